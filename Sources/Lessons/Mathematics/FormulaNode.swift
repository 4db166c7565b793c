/// A part of a formula.
indirect enum FormulaNode {
  case symbol(FormulaSymbol)
  /// Upright text, verbatim.
  case text(String)
  case group([FormulaNode])
  case scripts(base: FormulaNode?, below: [FormulaNode]?, above: [FormulaNode]?)
  case fraction([FormulaNode], [FormulaNode])
  case root(degree: [FormulaNode], [FormulaNode])
  case space(Int)
  /// `&`
  case alignment
  /// `\\`
  case rowEnd
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
