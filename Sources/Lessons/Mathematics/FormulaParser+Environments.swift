extension FormulaParser {
  /// Rows of a displayed formula, whose `&` and `\\` stand where they are.
  private static let alignments: Set = [
    "align", "aligned", "alignat", "alignedat", "gather", "gathered", "split", "equation",
    "eqnarray",
    "multline", "math", "displaymath",
  ]

  private static let matrices: [String: FormulaMatrix.Kind] = [
    "cases": .cases, "dcases": .cases, "matrix": .brackets("", ""),
    "smallmatrix": .brackets("", ""),
    "array": .brackets("", ""), "bmatrix": .brackets("[", "]"), "pmatrix": .brackets("(", ")"),
    "Bmatrix": .brackets("{", "}"), "vmatrix": .brackets("|", "|"),
    "Vmatrix": .brackets("‖", "‖"),
  ]

  /// What follows `\begin`. A matrix is a node of its own.
  mutating func environment() -> FormulaNode? {
    let name = rawArgument()
    let plainName = name.hasSuffix("*") ? String(name.dropLast()) : name
    guard let kind = Self.matrices[plainName], depth < Self.maximumDepth else {
      if !Self.alignments.contains(plainName), Self.matrices[plainName] == nil {
        noteUnknown("\\begin{\(name)}")
      }
      if plainName == "alignat" || plainName == "alignedat" { _ = rawArgument() }
      return nil
    }
    // The columns' alignment.
    if plainName == "array" { _ = rawArgument() }
    depth += 1
    openMatrices.append(name)
    var body: [FormulaNode] = []
    while position < characters.count, !isAtEndOfMatrix {
      if characters[position] == "}" { position += 1 }
      body += nodes()
    }
    openMatrices.removeLast()
    depth -= 1
    if position < characters.count {
      position += 4
      _ = rawArgument()
    }
    var rows = body.split(omittingEmptySubsequences: false) {
      if case .rowEnd = $0 { true } else { false }
    }.map { row in
      row.split(omittingEmptySubsequences: false) {
        if case .alignment = $0 { true } else { false }
      }.map(Array.init)
    }
    if rows.last?.allSatisfy(\.isEmpty) == true { rows.removeLast() }
    return .matrix(FormulaMatrix(kind: kind, rows: rows))
  }

  /// Whether the innermost open matrix ends here.
  var isAtEndOfMatrix: Bool {
    guard let name = openMatrices.last, characters[position] == "\\" else { return false }
    let rest = characters[position...].prefix(16 + name.count).filter { !$0.isWhitespace }
    return String(rest).hasPrefix("\\end{\(name)}")
  }
}

extension FormulaAccent {
  /// That of `\name`.
  static func named(_ name: String) -> FormulaAccent? { all[name] }

  private static let all: [String: FormulaAccent] = {
    let hat = FormulaAccent(name: "hat", mark: "\u{302}")
    let tilde = FormulaAccent(name: "tilde", mark: "\u{303}")
    let bar = FormulaAccent(name: "bar", mark: "\u{304}", isLine: true)
    let vector = FormulaAccent(name: "vec", mark: "\u{20D7}")
    return [
      "hat": hat, "widehat": hat, "tilde": tilde, "widetilde": tilde, "bar": bar,
      "overline": FormulaAccent(name: "bar", mark: "\u{305}", isLine: true),
      "underline": FormulaAccent(name: "underline", mark: "\u{332}", isLine: true),
      "vec": vector, "overrightarrow": vector, "dot": FormulaAccent(name: "dot", mark: "\u{307}"),
      "ddot": FormulaAccent(name: "ddot", mark: "\u{308}"),
      "mathring": FormulaAccent(name: "ring", mark: "\u{30A}"),
      "check": FormulaAccent(name: "check", mark: "\u{30C}"),
      "breve": FormulaAccent(name: "breve", mark: "\u{306}"),
    ]
  }()
}
