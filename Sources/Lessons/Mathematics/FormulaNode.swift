/// A part of a formula.
indirect enum FormulaNode {
  case symbol(FormulaSymbol)
  /// Upright text, verbatim.
  case text(String)
  case group([FormulaNode])
  case scripts(base: FormulaNode?, below: [FormulaNode]?, above: [FormulaNode]?)
  case fraction([FormulaNode], [FormulaNode])
  case root(degree: [FormulaNode], [FormulaNode])
  case accent(FormulaAccent, [FormulaNode])
  case matrix(FormulaMatrix)
  case space(Int)
  /// `&`
  case alignment
  /// `\\`
  case rowEnd
}

/// Rows of cells between large brackets.
struct FormulaMatrix {
  enum Kind {
    case brackets(String, String)
    /// A brace on the left, and conditions on the right.
    case cases
    /// n over k.
    case binomial
  }

  var kind: Kind
  var rows: [[[FormulaNode]]]
}

/// A mark above or below a letter.
struct FormulaAccent {
  /// What ASCII shows: `hat(x)`.
  var name: String
  /// The combining character.
  var mark: Unicode.Scalar
  /// Lines go on over several letters.
  var isLine = false
}

/// A character or a command that stands for one.
struct FormulaSymbol {
  /// Determines the space around it.
  enum Role {
    case ordinary
    /// The name of a function or a letter, separated from adjacent letters and digits.
    case word
    /// A sum or an integral: takes limits, and is followed by a space.
    case large
    /// Surrounded by spaces between operands; without space as a sign before one.
    case binary
    case relation
    case opening
    case closing
    case punctuation
  }

  var unicode: String
  var ascii: String
  var role: Role

  init(_ unicode: String, _ ascii: String? = nil, _ role: Role = .ordinary) {
    self.unicode = unicode
    self.ascii = ascii ?? unicode
    self.role = role
  }
}
