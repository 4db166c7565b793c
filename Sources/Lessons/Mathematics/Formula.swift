/// Renders TeX as terminal text: `\sum_{m=0}^{M-1} h_m` becomes "Σₘ₌₀ᴹ⁻¹ hₘ".
///
/// Supports what lessons on signals and networks need: Greek letters, sums with limits, fractions,
/// roots, sub- and superscripts, relations, delimiters, rows of `aligned`. Never fails: an unknown
/// command is shown as its name, an unmatched brace is ignored.
package enum Formula {
  /// The characters that the terminal can display.
  package enum Charset: Sendable { case unicode, ascii }

  /// An inline formula. Rows are separated by "; ".
  package static func text(_ tex: String, charset: Charset) -> String {
    rows(tex, charset: charset).map { $0.joined() }.joined(separator: "; ")
  }

  /// A displayed formula, one line per row (rows end with `\\`), aligned at `&`. At least one line.
  package static func lines(_ tex: String, charset: Charset) -> [String] {
    let rows = rows(tex, charset: charset)
    let width = rows.lazy.filter { $0.count > 1 }.map { $0[0].count }.max() ?? 0
    return rows.map { row in
      guard row.count > 1 else { return row.joined() }
      let first = String(repeating: " ", count: width - row[0].count) + row[0]
      return first + row.dropFirst().joined()
    }
  }

  /// The rows of a formula, each split at `&`.
  private static func rows(_ tex: String, charset: Charset) -> [[String]] {
    var parser = FormulaParser(tex)
    let writer = FormulaWriter(charset: charset)
    let rows = parser.formula().split(omittingEmptySubsequences: false) {
      if case .rowEnd = $0 { true } else { false }
    }.map { row in
      // A relation right after '&' keeps its space: the part before counts as its left operand.
      row.split(omittingEmptySubsequences: false) {
        if case .alignment = $0 { true } else { false }
      }.enumerated().map { writer.text($1, followsOperand: $0 > 0) }
    }
    let filled = rows.filter { !$0.joined().allSatisfy(\.isWhitespace) }
    return filled.isEmpty ? [[""]] : filled
  }
}
