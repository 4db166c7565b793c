/// Writes nodes on one line.
struct FormulaWriter {
  let charset: Formula.Charset

  /// - Parameter followsOperand: whether an operand precedes, so that a sign at the start is a binary
  ///   operator.
  func text(_ nodes: some Sequence<FormulaNode>, followsOperand: Bool = false) -> String {
    var line = Line(endsInOperand: followsOperand)
    write(Array(nodes), to: &line)
    return line.text
  }

  /// For scripts, which have no spaces.
  private func tightText(_ nodes: [FormulaNode]) -> String {
    var line = Line(endsInOperand: false, isTight: true)
    write(nodes, to: &line)
    return line.text
  }

  private func write(_ nodes: [FormulaNode], to line: inout Line) {
    for (index, node) in nodes.enumerated() {
      let next = index + 1 < nodes.count ? nodes[index + 1] : nil
      write(node, before: next, to: &line)
    }
  }

  private func write(_ node: FormulaNode, before next: FormulaNode?, to line: inout Line) {
    switch node {
    case .symbol(let symbol):
      line.append(text(of: symbol), as: role(of: symbol))
    case .text(let text): line.append(text, as: .ordinary)
    case .group(let nodes): write(nodes, to: &line)
    case .space(let count): line.appendSpace(count)
    case .alignment: line.appendSpace(2)
    case .rowEnd: line.append(";", as: .punctuation)
    case .scripts(let base, let below, let above):
      if let base { line.append(scriptBase(base), as: role(of: base)) }
      let scripts = scripts(below: below, above: above)
      line.attach(scripts)
      // e^x y, not e^xy.
      if charset == .ascii, isWordCharacter(scripts.last), let next, beginsWithWord(next) {
        line.appendSpace(1)
      }
    case .root(let degree, let radicand):
      let inner = text(radicand)
      let index = tightText(degree)
      if charset == .ascii {
        let mark = degree.isEmpty ? "sqrt" : "root" + attached(index, mark: "_")
        line.append(mark + "(\(inner))", as: .word)
      } else {
        line.append(
          attached(index, mark: "", above: true) + "√"
            + (isSingle(radicand) ? inner : "(\(inner))"),
          as: .ordinary)
      }
    case .accent(let accent, let nodes): line.append(accented(nodes, accent), as: .ordinary)
    case .matrix(let matrix): line.append(text(of: matrix), as: .ordinary)
    case .fraction(let numerator, let denominator):
      let fraction =
        operand(numerator, allowingProduct: true) + "/"
        + operand(denominator, allowingProduct: false)
      // 2·(1/3), not 21/3; (a/b)·c, not a/(b·c)
      let isFactor = line.endsInOperand || (next.map(isOperand) ?? false)
      line.append(
        isFactor && !line.isEmpty || next.map(isOperand) == true
          ? "(\(fraction))" : fraction, as: .ordinary)
    }
  }

  // MARK: Symbols

  private func text(of symbol: FormulaSymbol) -> String {
    charset == .unicode ? symbol.unicode : symbol.ascii
  }

  /// A Greek letter is a word only if it is spelt out.
  private func role(of symbol: FormulaSymbol) -> FormulaSymbol.Role {
    symbol.role == .word && text(of: symbol).count == 1 ? .ordinary : symbol.role
  }

  private func role(of node: FormulaNode) -> FormulaSymbol.Role {
    if case .symbol(let symbol) = node { role(of: symbol) } else { .ordinary }
  }

  // MARK: Scripts

  private func scriptBase(_ base: FormulaNode) -> String {
    switch base {
    case .symbol(let symbol): return text(of: symbol)
    case .group(let nodes) where !isSingle(nodes): return "(\(text(nodes)))"
    case .fraction: return "(\(text([base])))"
    default: return text([base])
    }
  }

  private func scripts(below: [FormulaNode]?, above: [FormulaNode]?) -> String {
    let lower = below.map(tightText) ?? ""
    let upper = above.map(tightText) ?? ""
    if charset == .unicode, let lower = FormulaScripts.below(lower),
      let upper = FormulaScripts.above(upper)
    {
      return lower + upper
    }
    return attached(lower, mark: "_") + attached(upper, mark: "^")
  }

  private func isWordCharacter(_ character: Character?) -> Bool {
    character.map { $0.isLetter || $0.isNumber } ?? false
  }

  /// Looks only at the beginning: to write the node for that would take twice as long with each level of
  /// nesting.
  private func beginsWithWord(_ node: FormulaNode) -> Bool {
    switch node {
    case .symbol(let symbol): isWordCharacter(text(of: symbol).first)
    case .text(let text): isWordCharacter(text.first)
    case .group(let nodes): nodes.first.map(beginsWithWord) ?? false
    case .scripts(let base, _, _): base.map(beginsWithWord) ?? false
    case .root, .accent: true
    case .fraction, .matrix, .space, .alignment, .rowEnd: false
    }
  }

  private func attached(_ text: String, mark: String, above: Bool = false) -> String {
    if above, charset == .unicode, let small = FormulaScripts.above(text) { return small }
    if text.isEmpty { return "" }
    return text.count == 1 ? mark + text : mark + "(\(text))"
  }

  // MARK: Accents and matrices

  private func accented(_ nodes: [FormulaNode], _ accent: FormulaAccent) -> String {
    let inner = text(nodes)
    guard charset == .unicode, !inner.isEmpty, accent.isLine || inner.count == 1 else {
      return "\(accent.name)(\(inner))"
    }
    return inner.map { "\($0)\(accent.mark)" }.joined()
  }

  private func text(of matrix: FormulaMatrix) -> String {
    let rows = matrix.rows.map { $0.map { text($0) }.joined(separator: "  ") }
    return switch matrix.kind {
    case .binomial: "(" + rows.joined(separator: " over ") + ")"
    case .cases: "{" + rows.joined(separator: "; ")
    case .brackets(let left, let right):
      left + rows.joined(separator: "; ") + right
    }
  }

  /// The most matrices in a row of a formula that are several lines high.
  private static let tallMatrices = 20

  /// Nodes of a displayed formula: matrices are several lines high.
  func box(_ nodes: some Sequence<FormulaNode>, followsOperand: Bool = false) -> FormulaBox {
    var result = FormulaBox("")
    var before: [FormulaNode] = []
    var matrices = 0
    func add(_ part: FormulaBox) {
      guard part.width > 0 else { return }
      result = result.width == 0 ? part : result + FormulaBox(" ") + part
    }
    for node in nodes {
      guard case .matrix(let matrix) = node, matrices < Self.tallMatrices,
        let box = FormulaBox(matrix, charset: charset, text: { text($0) })
      else {
        before.append(node)
        continue
      }
      matrices += 1
      add(FormulaBox(text(before, followsOperand: followsOperand || result.width > 0)))
      before = []
      add(box)
    }
    add(FormulaBox(text(before, followsOperand: followsOperand || result.width > 0)))
    return result
  }

  // MARK: Fractions

  private func operand(_ nodes: [FormulaNode], allowingProduct: Bool) -> String {
    let inner = text(nodes)
    let isPlain = isSingle(nodes) || allowingProduct && isProduct(nodes)
    return isPlain ? inner : "(\(inner))"
  }

  /// Whether the nodes are one letter, number, name or bracketed part, with or without scripts.
  private func isSingle(_ nodes: [FormulaNode]) -> Bool {
    let nodes = nodes.filter { if case .space = $0 { false } else { true } }
    if nodes.count == 1 {
      switch nodes[0] {
      case .group(let inner): return isSingle(inner)
      case .fraction: return false
      default: return true
      }
    }
    return !nodes.isEmpty
      && nodes.allSatisfy {
        guard case .symbol(let symbol) = $0, let character = symbol.ascii.first else {
          return false
        }
        return symbol.ascii.count == 1 && (character.isNumber || character == ".")
      }
  }

  /// Whether the nodes are only juxtaposed factors: letters, numbers, brackets.
  private func isProduct(_ nodes: [FormulaNode]) -> Bool {
    var depth = 0
    for node in nodes {
      switch node {
      case .symbol(let symbol):
        switch symbol.role {
        case .opening: depth += 1
        case .closing: depth -= 1
        case .binary, .relation, .punctuation, .large: if depth == 0 { return false }
        case .ordinary, .word: continue
        }
      case .fraction, .rowEnd, .alignment: return false
      case .group(let inner): if !isProduct(inner) { return false }
      case .text, .scripts, .root, .accent, .matrix, .space: continue
      }
    }
    return true
  }

  private func isOperand(_ node: FormulaNode) -> Bool {
    switch node {
    case .symbol(let symbol): [.ordinary, .word, .opening, .large].contains(symbol.role)
    case .scripts(let base, _, _): base.map(isOperand) ?? true
    case .group(let nodes): nodes.first.map(isOperand) ?? false
    case .fraction, .root, .accent, .matrix: true
    case .text, .space, .alignment, .rowEnd: false
    }
  }
}
