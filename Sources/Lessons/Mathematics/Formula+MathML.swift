import Messages

extension Formula {
  /// A formula as a MathML element, which browsers draw and screen readers read. Never fails, as ``text(_:charset:)``.
  ///
  /// - Parameter isDisplayed: whether it stands in a line of its own.
  package static func mathML(_ tex: String, isDisplayed: Bool) -> String {
    let writer = MathMLWriter(isDisplayed: isDisplayed)
    let rows = Self.rows(tex)
    let isTable = rows.count > 1 || rows.contains { $0.count > 1 }
    let body =
      isTable
      ? writer.table(rows, alignments: [.right, .left])
      : writer.row(rows.first?.first ?? [])
    let display = isDisplayed ? " display=\"block\"" : ""
    return "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"\(display)>\(body)</math>"
  }
}

/// Writes nodes as elements of MathML.
private struct MathMLWriter {
  var isDisplayed: Bool

  /// The nodes as one element.
  func row(_ nodes: [FormulaNode]) -> String {
    let elements = elements(nodes)
    return elements.count == 1 ? elements[0] : "<mrow>\(elements.joined())</mrow>"
  }

  enum Alignment {
    case center
    case left
    /// Without space to what follows.
    case right
  }

  /// - Parameter alignments: of the columns, again and again; browsers know no attribute for them.
  func table(_ rows: [[[FormulaNode]]], alignments: [Alignment] = [.center]) -> String {
    let lines = rows.map { cells in
      let elements = cells.enumerated().map { column, cell in
        let style =
          switch alignments[column % alignments.count] {
          case .center: ""
          case .left:
            " style=\"text-align: left\(alignments.contains(.right) ? "; padding-left: 0" : "")\""
          case .right: " style=\"text-align: right; padding-right: 0\""
          }
        return "<mtd\(style)>\(row(cell))</mtd>"
      }
      return "<mtr>\(elements.joined())</mtr>"
    }
    let isDisplayed = alignments.contains(.right) && isDisplayed
    return "<mtable\(isDisplayed ? " displaystyle=\"true\"" : "")>\(lines.joined())</mtable>"
  }

  /// One element for each node, but one for the digits of a number.
  private func elements(_ nodes: [FormulaNode]) -> [String] {
    var result: [String] = []
    var number = ""
    func isDigit(_ symbol: FormulaSymbol) -> Bool {
      symbol.role == .ordinary && symbol.unicode.allSatisfy { $0.isNumber || $0 == "." }
    }
    var index = nodes.startIndex
    while index < nodes.endIndex {
      let node = nodes[index]
      index += 1
      if case .symbol(let symbol) = node, isDigit(symbol) {
        number += symbol.unicode
        continue
      }
      // The exponent belongs to the whole number.
      if case .scripts(.symbol(let symbol)?, let below, let above) = node, isDigit(symbol) {
        result.append(scripts(leaf("mn", number + symbol.unicode), below, above, areLimits: false))
        number = ""
        continue
      }
      if !number.isEmpty {
        result.append(leaf("mn", number))
        number = ""
      }
      if let end = tallFence(from: index - 1, in: nodes) {
        result.append(fence(node, Array(nodes[index..<end]), nodes[end]))
        index = end + 1
      } else if let element = element(node) {
        result.append(element)
      }
    }
    if !number.isEmpty { result.append(leaf("mn", number)) }
    return result
  }

  // MARK: Brackets

  /// The bracket that closes this one, if brackets have to grow for what is between them.
  private func tallFence(from start: Int, in nodes: [FormulaNode]) -> Int? {
    guard case .symbol(let symbol) = nodes[start], symbol.role == .opening else { return nil }
    var depth = 0
    for index in start..<nodes.endIndex {
      switch nodes[index] {
      case .symbol(let symbol) where symbol.role == .opening: depth += 1
      case .symbol(let symbol) where symbol.role == .closing,
        .scripts(.symbol(let symbol)?, _, _) where symbol.role == .closing:
        depth -= 1
      default: break
      }
      if depth == 0 { return nodes[start..<index].contains(where: isTall) ? index : nil }
    }
    return nil
  }

  private func isTall(_ node: FormulaNode) -> Bool {
    switch node {
    case .fraction, .matrix: true
    case .symbol(let symbol): isDisplayed && symbol.role == .large
    case .scripts(let base, _, _): base.map(isTall) ?? false
    case .group(let nodes), .root(_, let nodes), .accent(_, let nodes):
      nodes.contains(where: isTall)
    case .text, .space, .alignment, .rowEnd: false
    }
  }

  private func fence(
    _ opening: FormulaNode, _ content: [FormulaNode], _ closing: FormulaNode
  ) -> String {
    func fence(_ last: FormulaSymbol) -> String {
      guard case .symbol(let first) = opening else { return "" }
      return "<mrow>\(leaf("mo", first.unicode))\(row(content))\(leaf("mo", last.unicode))</mrow>"
    }
    return switch closing {
    case .symbol(let symbol): fence(symbol)
    case .scripts(.symbol(let symbol)?, let below, let above):
      scripts(fence(symbol), below, above, areLimits: false)
    default: ""
    }
  }

  // MARK: Nodes

  /// Nil for what only separates.
  private func element(_ node: FormulaNode) -> String? {
    switch node {
    case .symbol(let symbol): return element(symbol)
    case .text(let text): return leaf("mtext", text)
    case .group(let nodes): return row(nodes)
    case .scripts(let base, let below, let above):
      var areLimits = false
      if isDisplayed, case .symbol(let symbol)? = base { areLimits = symbol.role == .large }
      return scripts(base.flatMap(element) ?? "<mrow></mrow>", below, above, areLimits: areLimits)
    case .fraction(let numerator, let denominator):
      return "<mfrac>\(row(numerator))\(row(denominator))</mfrac>"
    case .root(let degree, let radicand):
      return degree.isEmpty
        ? "<msqrt>\(row(radicand))</msqrt>" : "<mroot>\(row(radicand))\(row(degree))</mroot>"
    case .accent(let accent, let nodes):
      let isBelow = accent.name == "underline"
      let tag = isBelow ? "munder" : "mover"
      let mark = leaf(
        "mo", Self.marks[accent.name] ?? "¯", accent.isLine ? "" : " stretchy=\"false\"")
      return "<\(tag) accent=\"true\">\(row(nodes))\(mark)</\(tag)>"
    case .matrix(let matrix): return element(matrix)
    case .space(let count): return "<mspace width=\"\(Double(count) * 0.5)em\"/>"
    case .alignment, .rowEnd: return nil
    }
  }

  private static let marks = [
    "hat": "^", "bar": "¯", "tilde": "~", "vec": "→", "dot": "˙", "ddot": "¨", "overline": "¯",
    "underline": "_",
  ]

  private func element(_ symbol: FormulaSymbol) -> String {
    switch symbol.role {
    case .ordinary, .word:
      return symbol.unicode.first?.isLetter == true
        ? leaf("mi", symbol.unicode) : leaf("mo", symbol.unicode)
    case .large: return leaf("mo", ["Σ": "∑", "Π": "∏"][symbol.unicode] ?? symbol.unicode)
    case .binary, .relation: return leaf("mo", symbol.unicode)
    case .opening, .closing: return leaf("mo", symbol.unicode, " stretchy=\"false\"")
    case .punctuation: return leaf("mo", symbol.unicode, " separator=\"true\"")
    }
  }

  private func element(_ matrix: FormulaMatrix) -> String {
    switch matrix.kind {
    case .brackets(let left, let right):
      "<mrow>\(leaf("mo", left))\(table(matrix.rows))\(leaf("mo", right))</mrow>"
    case .cases:
      "<mrow>\(leaf("mo", "{"))\(table(matrix.rows, alignments: [.left]))</mrow>"
    case .binomial:
      "<mrow>\(leaf("mo", "("))\(table(matrix.rows))\(leaf("mo", ")"))</mrow>"
    }
  }

  private func scripts(
    _ base: String, _ below: [FormulaNode]?, _ above: [FormulaNode]?, areLimits: Bool
  ) -> String {
    switch (below, above) {
    case (let below?, let above?):
      let tag = areLimits ? "munderover" : "msubsup"
      return "<\(tag)>\(base)\(row(below))\(row(above))</\(tag)>"
    case (let below?, nil):
      let tag = areLimits ? "munder" : "msub"
      return "<\(tag)>\(base)\(row(below))</\(tag)>"
    case (nil, let above?):
      let tag = areLimits ? "mover" : "msup"
      return "<\(tag)>\(base)\(row(above))</\(tag)>"
    case (nil, nil): return base
    }
  }

  private func leaf(_ tag: String, _ text: String, _ attributes: String = "") -> String {
    "<\(tag)\(attributes)>\(text.escapedForMarkup)</\(tag)>"
  }
}
