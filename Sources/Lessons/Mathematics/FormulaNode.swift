/// A part of a formula.
indirect enum FormulaNode {
  case symbol(FormulaSymbol)
  /// Upright text, as it stands.
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
  /// What it does to the space around it.
  enum Role {
    case ordinary
    /// The name of a function or of a letter, kept apart from letters and digits beside it.
    case word
    /// A sum or an integral: limits belong to it, what follows stands apart.
    case large
    /// Stands between operands with spaces around, or as a sign in front of one.
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
