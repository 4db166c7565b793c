/// Renders TeX as terminal text: `\sum_{m=0}^{M-1} h_m` becomes "Σₘ₌₀ᴹ⁻¹ hₘ".
///
/// Supports what lessons on signals and networks need: Greek letters, sums with limits, fractions,
/// roots, sub- and superscripts, relations, delimiters, accents, matrices, cases, rows of `aligned`. Never
/// fails: an unknown command is shown as its name, an unmatched brace is ignored.
package enum Formula {
  /// The characters that the terminal can display.
  package enum Charset: Sendable { case unicode, ascii }

  /// An inline formula. Rows are separated by "; ".
  package static func text(_ tex: String, charset: Charset) -> String {
    let writer = FormulaWriter(charset: charset)
    let rows = rows(tex).map { cells in
      cells.enumerated().map { writer.text($1, followsOperand: $0 > 0) }.joined()
    }
    return rows.filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "; ")
  }

  /// A displayed formula: its rows (which end with `\\`) below each other, aligned at `&`. Matrices
  /// and cases take several lines. At least one line.
  package static func lines(_ tex: String, charset: Charset) -> [String] {
    let writer = FormulaWriter(charset: charset)
    let rows = rows(tex).map { cells in
      cells.enumerated().map { writer.box($1, followsOperand: $0 > 0) }
    }.filter { cells in
      !cells.allSatisfy { $0.lines.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
    }
    let width = rows.lazy.filter { $0.count > 1 }.map { $0[0].width }.max() ?? 0
    var lines: [String] = []
    var isAfterTallRow = false
    for cells in rows {
      var row = cells[0]
      if cells.count > 1 {
        row = FormulaBox(String(repeating: " ", count: width - row.width)) + row
        for cell in cells.dropFirst() { row = row + cell }
      }
      let isTall = row.lines.count > 1
      if !lines.isEmpty, isTall || isAfterTallRow { lines.append("") }
      lines += row.lines
      isAfterTallRow = isTall
    }
    return lines.isEmpty ? [""] : lines
  }

  /// Commands and environments that it does not know, as they are written: `\foo`.
  package static func unknownCommands(_ tex: String) -> [String] {
    var parser = FormulaParser(tex)
    _ = parser.formula()
    return parser.unknown
  }

  /// The rows of a formula, each split at `&`: a part after it has an operand on its left, so that a
  /// relation keeps its space.
  static func rows(_ tex: String) -> [[[FormulaNode]]] {
    var parser = FormulaParser(tex)
    return parser.formula().split(omittingEmptySubsequences: false) {
      if case .rowEnd = $0 { true } else { false }
    }.map { row in
      row.split(omittingEmptySubsequences: false) {
        if case .alignment = $0 { true } else { false }
      }.map(Array.init)
    }
  }
}
