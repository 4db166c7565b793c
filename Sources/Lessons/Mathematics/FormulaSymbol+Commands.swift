extension FormulaSymbol {
  /// A character of a formula.
  init(_ character: Character) {
    switch character {
    case "-": self.init("−", "-", .binary)
    case "+": self.init("+", nil, .binary)
    case "*": self.init("∗", "*", .binary)
    case "=", "<", ">": self.init(String(character), nil, .relation)
    case ":": self.init(":", nil, .relation)
    case "(", "[": self.init(String(character), nil, .opening)
    case ")", "]": self.init(String(character), nil, .closing)
    case ",", ";": self.init(String(character), nil, .punctuation)
    case "'": self.init("′", "'")
    default: self.init(String(character), character.isASCII ? nil : "?")
    }
  }

  /// The symbol for `\name`; nil if the command is not a symbol.
  static func command(_ name: String) -> FormulaSymbol? { commands[name] }

  private static let commands: [String: FormulaSymbol] = {
    var table: [String: FormulaSymbol] = [:]
    for (name, letter) in greek { table[name] = FormulaSymbol(letter, name, .word) }
    for name in functions { table[name] = FormulaSymbol(name, nil, .word) }
    for (name, unicode, ascii) in relations {
      table[name] = FormulaSymbol(unicode, ascii, .relation)
    }
    for (name, unicode, ascii) in operators { table[name] = FormulaSymbol(unicode, ascii, .binary) }
    for (name, unicode, ascii) in large { table[name] = FormulaSymbol(unicode, ascii, .large) }
    for (name, unicode, ascii) in ordinary { table[name] = FormulaSymbol(unicode, ascii) }
    for (name, unicode, ascii) in openings {
      table[name] = FormulaSymbol(unicode, ascii, .opening)
    }
    for (name, unicode, ascii) in closings {
      table[name] = FormulaSymbol(unicode, ascii, .closing)
    }
    return table
  }()

  private static let greek = [
    ("alpha", "α"), ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("epsilon", "ε"),
    ("varepsilon", "ε"), ("zeta", "ζ"), ("eta", "η"), ("theta", "θ"), ("vartheta", "ϑ"),
    ("iota", "ι"), ("kappa", "κ"), ("lambda", "λ"), ("mu", "μ"), ("nu", "ν"), ("xi", "ξ"),
    ("pi", "π"), ("rho", "ρ"), ("sigma", "σ"), ("tau", "τ"), ("upsilon", "υ"), ("phi", "φ"),
    ("varphi", "φ"), ("chi", "χ"), ("psi", "ψ"), ("omega", "ω"), ("Gamma", "Γ"), ("Delta", "Δ"),
    ("Theta", "Θ"), ("Lambda", "Λ"), ("Xi", "Ξ"), ("Pi", "Π"), ("Sigma", "Σ"),
    ("Upsilon", "Υ"), ("Phi", "Φ"), ("Psi", "Ψ"), ("Omega", "Ω"),
  ]

  private static let functions = [
    "sin", "cos", "tan", "exp", "log", "ln", "max", "min", "arg", "lim", "sup", "inf", "det",
    "sinh", "cosh", "tanh", "arctan", "arcsin", "arccos", "cot", "sec", "csc", "sinc", "deg", "dim",
    "ker",
    "limsup", "liminf", "argmax", "argmin", "gcd", "Pr",
  ]

  private static let relations = [
    ("le", "≤", "<="), ("leq", "≤", "<="), ("ge", "≥", ">="), ("geq", "≥", ">="),
    ("ne", "≠", "!="), ("neq", "≠", "!="), ("lt", "<", "<"), ("gt", ">", ">"),
    ("approx", "≈", "~="), ("sim", "~", "~"), ("equiv", "≡", "=="), ("propto", "∝", "~"),
    ("ll", "≪", "<<"), ("gg", "≫", ">>"), ("in", "∈", "in"), ("notin", "∉", "not in"),
    ("subset", "⊂", "subset of"), ("to", "→", "->"), ("rightarrow", "→", "->"),
    ("leftarrow", "←", "<-"), ("mapsto", "↦", "->"), ("gets", "←", "<-"),
    ("Rightarrow", "⇒", "=>"), ("implies", "⇒", "=>"), ("Leftrightarrow", "⇔", "<=>"),
    ("iff", "⇔", "<=>"), ("leftrightarrow", "↔", "<->"), ("longrightarrow", "⟶", "-->"),
    ("longleftarrow", "⟵", "<--"), ("Leftarrow", "⇐", "<="), ("uparrow", "↑", "up"),
    ("downarrow", "↓", "down"), ("nearrow", "↗", "up"), ("searrow", "↘", "down"),
    ("supset", "⊃", "superset of"), ("subseteq", "⊆", "subset of"),
    ("supseteq", "⊇", "superset of"), ("simeq", "≃", "~="), ("cong", "≅", "~="),
    ("asymp", "≍", "~"), ("perp", "⊥", "perp"), ("parallel", "∥", "||"), ("doteq", "≐", ".="),
    ("triangleq", "≜", ":="), ("coloneqq", "≔", ":="), ("ni", "∋", "contains"), ("mid", "|", "|"),
    ("colon", ":", ":"),
  ]

  private static let operators = [
    ("cdot", "·", "*"), ("times", "×", "x"), ("ast", "∗", "*"), ("star", "⋆", "*"),
    ("circ", "∘", "o"), ("pm", "±", "+-"), ("mp", "∓", "-+"), ("div", "÷", "/"),
    ("oplus", "⊕", "(+)"), ("otimes", "⊗", "(x)"), ("odot", "⊙", "(.)"), ("cup", "∪", "or"),
    ("cap", "∩", "and"), ("land", "∧", "and"), ("lor", "∨", "or"), ("bmod", "mod", "mod"),
    ("wedge", "∧", "and"), ("vee", "∨", "or"), ("setminus", "∖", "\\"),
    ("bullet", "•", "*"), ("ominus", "⊖", "(-)"), ("dagger", "†", "+"),
    ("smallsetminus", "∖", "\\"),
  ]

  private static let large = [
    ("sum", "Σ", "sum"), ("prod", "Π", "prod"), ("int", "∫", "int"), ("bigcup", "⋃", "union"),
    ("bigcap", "⋂", "intersection"), ("oint", "∮", "int"),
    ("iint", "∬", "iint"), ("iiint", "∭", "iiint"), ("coprod", "∐", "coprod"),
    ("bigoplus", "⨁", "(+)"),
  ]

  private static let ordinary = [
    ("infty", "∞", "inf"), ("partial", "∂", "d"), ("nabla", "∇", "grad"), ("ell", "ℓ", "l"),
    ("dots", "…", "..."), ("ldots", "…", "..."), ("cdots", "…", "..."), ("vdots", "⋮", ":"),
    ("forall", "∀", "for all"), ("exists", "∃", "exists"), ("emptyset", "∅", "{}"),
    ("Re", "Re", "Re"), ("Im", "Im", "Im"), ("degree", "°", "deg"), ("prime", "′", "'"),
    ("hbar", "ħ", "h"), ("imath", "ı", "i"), ("jmath", "ȷ", "j"), ("angle", "∠", "angle"),
    ("therefore", "∴", "so"), ("because", "∵", "since"), ("top", "⊤", "T"), ("bot", "⊥", "_|_"),
    ("aleph", "ℵ", "aleph"), ("varnothing", "∅", "{}"), ("ddots", "⋱", "..."),
    ("square", "□", "[]"),
    ("checkmark", "✓", "ok"), ("S", "§", "section"), ("neg", "¬", "not "), ("vert", "|", "|"),
    ("Vert", "‖", "||"),
    ("|", "‖", "||"), ("%", "%", "%"), ("$", "$", "$"), ("#", "#", "#"), ("&", "&", "&"),
    ("_", "_", "_"), ("backslash", "\\", "\\"),
  ]

  private static let openings = [
    ("lfloor", "⌊", "floor("), ("lceil", "⌈", "ceil("), ("langle", "⟨", "<"), ("{", "{", "{"),
    ("lbrace", "{", "{"), ("lbrack", "[", "["), ("lvert", "|", "|"), ("lVert", "‖", "||"),
  ]

  private static let closings = [
    ("rfloor", "⌋", ")"), ("rceil", "⌉", ")"), ("rangle", "⟩", ">"), ("}", "}", "}"),
    ("rbrace", "}", "}"), ("rbrack", "]", "]"), ("rvert", "|", "|"), ("rVert", "‖", "||"),
  ]
}
