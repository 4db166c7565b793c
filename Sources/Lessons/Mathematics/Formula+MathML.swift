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
      ? writer.table(rows, attributes: " columnalign=\"right left\" columnspacing=\"0\"")
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

  func table(_ rows: [[[FormulaNode]]], attributes: String = "") -> String {
    let lines = rows.map { cells in
      "<mtr>" + cells.map { "<mtd>\(row($0))</mtd>" }.joined() + "</mtr>"
    }
    return "<mtable\(attributes)>\(lines.joined())</mtable>"
  }

  /// One element for each node, but one for the digits of a number.
  private func elements(_ nodes: [FormulaNode]) -> [String] {
    var result: [String] = []
    var number = ""
    func isDigit(_ symbol: FormulaSymbol) -> Bool {
      symbol.role == .ordinary && symbol.unicode.allSatisfy { $0.isNumber || $0 == "." }
    }
    for node in nodes {
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
      if let element = element(node) { result.append(element) }
    }
    if !number.isEmpty { result.append(leaf("mn", number)) }
    return result
  }

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
      "<mrow>\(leaf("mo", "{"))\(table(matrix.rows, attributes: " columnalign=\"left left\""))</mrow>"
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
