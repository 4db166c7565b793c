/// Text of several lines that stands in a line.
struct FormulaBox {
  private(set) var lines: [String]
  /// The line that is level with the text at its sides.
  private(set) var baseline: Int

  init(_ text: String) {
    lines = [text]
    baseline = 0
  }

  /// - Parameter lines: equally long, at least one; the middle one is the baseline.
  init(lines: [String]) {
    self.lines = lines
    baseline = (lines.count - 1) / 2
  }

  var width: Int { lines[0].count }

  /// The two side by side.
  static func + (left: FormulaBox, right: FormulaBox) -> FormulaBox {
    let baseline = max(left.baseline, right.baseline)
    let below = max(left.lines.count - left.baseline, right.lines.count - right.baseline)
    var result = left
    result.lines = (0..<baseline + below).map {
      left.line($0 - baseline) + right.line($0 - baseline)
    }
    result.baseline = baseline
    return result
  }

  /// The line so far below the baseline; spaces beyond the box.
  private func line(_ offset: Int) -> String {
    lines.indices.contains(baseline + offset)
      ? lines[baseline + offset] : String(repeating: " ", count: width)
  }
}

extension FormulaBox {
  /// The most characters of a matrix: more than any screen shows.
  private static let largestMatrix = 20_000

  /// A matrix with large brackets; nil when it is too large.
  ///
  /// - Parameter text: what stands in a cell, on one line.
  init?(_ matrix: FormulaMatrix, charset: Formula.Charset, text: ([FormulaNode]) -> String) {
    let cells = matrix.rows.map { $0.map(text) }
    let columnCount = cells.map(\.count).max() ?? 0
    guard columnCount * cells.count <= Self.largestMatrix else { return nil }
    let widths = (0..<columnCount).map { column in
      cells.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    let width = widths.reduce(0) { $0 + $1 + 2 }
    guard width * cells.count <= Self.largestMatrix else { return nil }
    var rows = cells.map { row in
      widths.indices.map { column in
        let cell = row.indices.contains(column) ? row[column] : ""
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return if case .cases = matrix.kind { cell + space } else { space + cell }
      }.joined(separator: "  ")
    }
    let opening: String
    let closing: String
    switch matrix.kind {
    case .brackets(let left, let right): (opening, closing) = (left, right)
    case .binomial: (opening, closing) = ("(", ")")
    case .cases:
      (opening, closing) = ("{", "")
      // The point of the brace is between two rows.
      if rows.count % 2 == 0, let first = rows.first {
        rows.insert(String(repeating: " ", count: first.count), at: rows.count / 2)
      }
    }
    if rows.isEmpty { rows = [""] }
    let count = rows.count
    let isCases = if case .cases = matrix.kind { true } else { false }
    self.init(
      lines: rows.enumerated().map { index, row in
        let left = Self.part(index, of: count, opening, charset)
        let right = Self.part(index, of: count, closing, charset)
        return left + (isCases ? " " : "") + row + right
      })
  }

  /// One line of a bracket that is so many lines high.
  private static func part(
    _ index: Int, of count: Int, _ bracket: String, _ charset: Formula.Charset
  ) -> String {
    guard charset == .unicode, count > 1, let parts = brackets[bracket] else {
      return charset == .ascii && bracket == "‖" ? "||" : bracket
    }
    if index == 0 { return parts.top }
    if index == count - 1 { return parts.bottom }
    return index == (count - 1) / 2 ? parts.middle : parts.other
  }

  private static let brackets:
    [String: (top: String, middle: String, other: String, bottom: String)] =
      [
        "[": ("⎡", "⎢", "⎢", "⎣"), "]": ("⎤", "⎥", "⎥", "⎦"), "(": ("⎛", "⎜", "⎜", "⎝"),
        ")": ("⎞", "⎟", "⎟", "⎠"), "{": ("⎧", "⎨", "⎪", "⎩"), "}": ("⎫", "⎬", "⎪", "⎭"),
        "|": ("│", "│", "│", "│"), "‖": ("║", "║", "║", "║"),
      ]
}
