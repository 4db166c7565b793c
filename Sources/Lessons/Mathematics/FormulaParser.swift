/// Parses TeX into nodes. Never fails.
struct FormulaParser {
  let characters: [Character]
  var position = 0
  var depth = 0
  /// The names of the matrices that are open here.
  var openMatrices: [String] = []
  /// Commands and environments without a meaning here, as they are written.
  var unknown: [String] = []
  /// The maximum nesting of braces; deeper ones are ignored.
  static let maximumDepth = 40
  /// The maximum nesting of scripts on scripts: `a_b_c`.
  private static let maximumScriptDepth = 4

  init(_ tex: String) { characters = Array(tex) }

  /// The whole formula.
  mutating func formula() -> [FormulaNode] {
    var nodes: [FormulaNode] = []
    while position < characters.count {
      if characters[position] == "}" { position += 1 }
      nodes += self.nodes()
    }
    return nodes
  }

  /// Nodes up to a closing brace, the end of the matrix, or the end.
  mutating func nodes() -> [FormulaNode] {
    var nodes: [FormulaNode] = []
    var scriptDepth = 0
    while position < characters.count, characters[position] != "}", !isAtEndOfMatrix {
      switch characters[position] {
      case "_", "^":
        // TeX allows one pair of scripts per base; a long chain would nest too deeply.
        scriptDepth = if case .scripts? = nodes.last { scriptDepth + 1 } else { 0 }
        let isTooDeep = scriptDepth % Self.maximumScriptDepth == Self.maximumScriptDepth - 1
        nodes.append(scripts(on: isTooDeep ? nil : nodes.popLast()))
      case "'":
        position += 1
        nodes.append(.symbol(FormulaSymbol(Character("'"))))
      default:
        if let node = atom() { nodes.append(node) }
      }
    }
    return nodes
  }

  /// The scripts of `base`, in either order.
  private mutating func scripts(on base: FormulaNode?) -> FormulaNode {
    var below: [FormulaNode]?
    var above: [FormulaNode]?
    while position < characters.count {
      if characters[position] == "_", below == nil {
        position += 1
        below = argument()
      } else if characters[position] == "^", above == nil {
        position += 1
        above = argument()
      } else if characters[position].isWhitespace {
        position += 1
      } else {
        break
      }
    }
    if below == nil && above == nil { position += 1 }
    return .scripts(base: base, below: below, above: above)
  }

  /// One character, command or group; nil if it is invisible.
  mutating func atom() -> FormulaNode? {
    let character = characters[position]
    position += 1
    switch character {
    case "\\": return command()
    case "{":
      guard depth < Self.maximumDepth else { return nil }
      depth += 1
      defer { depth -= 1 }
      let nodes = nodes()
      if position < characters.count, characters[position] == "}" { position += 1 }
      return .group(nodes)
    case "&": return .alignment
    case "~": return .space(1)
    case _ where character.isWhitespace: return nil
    default: return .symbol(FormulaSymbol(character))
    }
  }

  /// The argument of a command or script: a group without its braces, or one atom.
  mutating func argument() -> [FormulaNode] {
    skipSpace()
    guard position < characters.count, characters[position] != "}", depth < Self.maximumDepth else {
      return []
    }
    depth += 1
    defer { depth -= 1 }
    switch atom() {
    case .group(let nodes): return nodes
    case let node?: return [node]
    case nil: return []
    }
  }

  // MARK: Commands

  private mutating func command() -> FormulaNode? {
    let name = commandName()
    switch name {
    case "": return nil
    case "\\":
      skipOptionalArgument()
      return .rowEnd
    case ",", ":", ";", ">", " ": return .space(1)
    case "quad": return .space(2)
    case "qquad": return .space(4)
    case "!", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "big", "Big",
      "bigl",
      "bigr", "Bigl", "Bigr", "bigg", "Bigg", "biggl", "biggr", "Biggl", "Biggr", "strut", "notag",
      "nonumber", "hline":
      return nil
    case "label", "phantom", "color":
      _ = rawArgument()
      return nil
    case "hspace", "mspace":
      _ = rawArgument()
      return .space(1)
    case "tag": return .text("  (\(rawArgument()))")
    case "frac", "dfrac", "tfrac": return .fraction(argument(), argument())
    case "sqrt": return .root(degree: optionalArgument(), argument())
    case "left", "right", "middle": return delimiter()
    case "text", "textrm", "textbf", "textit", "mbox": return .text(rawArgument())
    case "operatorname":
      // A star lets limits stand below.
      if position < characters.count, characters[position] == "*" { position += 1 }
      return .symbol(FormulaSymbol(rawArgument(), nil, .word))
    case "mathbb":
      let letters = argument()
      guard letters.count == 1, case .symbol(let letter) = letters[0],
        let set = Self.numberSets[letter.unicode]
      else { return .group(letters) }
      return .symbol(FormulaSymbol(set, letter.unicode))
    case "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "mathscr", "mathfrak",
      "boldsymbol", "bm", "boxed", "overbrace", "underbrace", "mathop", "mathbin", "mathrel":
      return .group(argument())
    case "binom", "dbinom", "tbinom":
      return .matrix(FormulaMatrix(kind: .binomial, rows: [[argument()], [argument()]]))
    case "overset", "stackrel":
      let above = argument()
      return .scripts(base: .group(argument()), below: nil, above: above)
    case "underset":
      let below = argument()
      return .scripts(base: .group(argument()), below: below, above: nil)
    case "xrightarrow", "xleftarrow":
      let below = optionalArgument()
      let arrow = FormulaSymbol.command(name == "xrightarrow" ? "to" : "gets")
      return .scripts(
        base: arrow.map(FormulaNode.symbol), below: below.isEmpty ? nil : below, above: argument())
    case "begin": return environment()
    case "end":
      _ = rawArgument()
      return nil
    default:
      if let accent = FormulaAccent.named(name) { return .accent(accent, argument()) }
      if let symbol = FormulaSymbol.command(name) { return .symbol(symbol) }
      noteUnknown("\\" + name)
      return .symbol(FormulaSymbol(name, nil, .word))
    }
  }

  /// A few are enough to be told.
  mutating func noteUnknown(_ command: String) {
    if unknown.count < 20, !unknown.contains(command) { unknown.append(command) }
  }

  /// Letters, or one other character.
  mutating func commandName() -> String {
    guard position < characters.count else { return "" }
    let start = position
    while position < characters.count, characters[position].isASCII, characters[position].isLetter {
      position += 1
    }
    if position == start { position += 1 }
    return String(characters[start..<position])
  }

  /// `\left(`: the delimiter; `\left.`: nothing.
  private mutating func delimiter() -> FormulaNode? {
    skipSpace()
    guard position < characters.count else { return nil }
    if characters[position] == "." {
      position += 1
      return nil
    }
    guard characters[position] != "}", depth < Self.maximumDepth else { return nil }
    depth += 1
    defer { depth -= 1 }
    return atom()
  }

  private static let numberSets = ["N": "ℕ", "Z": "ℤ", "Q": "ℚ", "R": "ℝ", "C": "ℂ"]

  /// The verbatim text between braces.
  mutating func rawArgument() -> String {
    skipSpace()
    guard position < characters.count, characters[position] == "{" else { return "" }
    position += 1
    var level = 1
    var text = ""
    while position < characters.count {
      let character = characters[position]
      position += 1
      if character == "{" { level += 1 }
      if character == "}" { level -= 1 }
      if level == 0 { break }
      if character != "{" && character != "}" && character != "\\" { text.append(character) }
    }
    return text
  }

  /// `[3]` of `\sqrt[3]{x}`.
  mutating func optionalArgument() -> [FormulaNode] {
    skipSpace()
    guard position < characters.count, characters[position] == "[",
      let end = characters[position...].prefix(40).firstIndex(of: "]")
    else { return [] }
    var inner = FormulaParser(String(characters[(position + 1)..<end]))
    inner.depth = depth + 1
    position = end + 1
    guard inner.depth < Self.maximumDepth else { return [] }
    defer { inner.unknown.forEach { noteUnknown($0) } }
    return inner.formula()
  }

  /// `[2pt]` after `\\`: extra space, which a terminal cannot show.
  private mutating func skipOptionalArgument() {
    guard position < characters.count, characters[position] == "[",
      let end = characters[position...].prefix(12).firstIndex(of: "]"),
      characters[position..<end].last?.isLetter == true
    else { return }
    position = end + 1
  }

  mutating func skipSpace() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }
}
