extension FormulaWriter {
  /// Assembles a line, inserting space between its parts.
  struct Line {
    private(set) var text = ""
    /// Whether the last part can be the left operand of an operator.
    private(set) var endsInOperand: Bool
    private var isTight: Bool
    private var needsSpace = false
    private var endsInWord = false
    /// The number of open square brackets: an index such as [n−m] is written without spaces.
    private var indexDepth = 0

    init(endsInOperand: Bool, isTight: Bool = false) {
      self.endsInOperand = endsInOperand
      self.isTight = isTight
    }

    var isEmpty: Bool { text.isEmpty }

    mutating func append(_ part: String, as role: FormulaSymbol.Role) {
      guard !part.isEmpty else { return }
      let hasSpace = !isTight && indexDepth == 0
      switch role {
      case .binary, .relation:
        let isSign = role == .binary && !endsInOperand
        if hasSpace && !isSign && !text.isEmpty || hasSpace && endsInOperand { requireSpace() }
        writePendingSpace()
        text += part
        needsSpace = hasSpace && !isSign
        endsInOperand = false
        endsInWord = false
      case .punctuation:
        needsSpace = false
        text += part
        needsSpace = hasSpace
        endsInOperand = false
        endsInWord = false
      case .closing:
        needsSpace = false
        if part == "]" { indexDepth = max(indexDepth - 1, 0) }
        text += part
        endsInOperand = true
        endsInWord = false
      case .opening:
        if needsSpace { writePendingSpace() }
        if part == "[" && endsInOperand { indexDepth += 1 }
        text += part
        endsInOperand = false
        endsInWord = false
      case .large:
        if endsInOperand && !isTight { requireSpace() }
        writePendingSpace()
        text += part
        needsSpace = true
        endsInOperand = false
        endsInWord = false
      case .word, .ordinary:
        let isNextToWord = role == .word || endsInWord
        if isNextToWord, endsInLetterOrDigit,
          part.first?.isLetter == true || part.first?.isNumber == true
        {
          requireSpace()
        }
        writePendingSpace()
        text += part
        endsInOperand = true
        endsInWord = role == .word
      }
    }

    /// Appends scripts directly to the last part.
    mutating func attach(_ scripts: String) { text += scripts }

    mutating func appendSpace(_ count: Int) {
      needsSpace = false
      guard !text.isEmpty, !isTight else { return }
      let present = text.reversed().prefix { $0 == " " }.count
      text += String(repeating: " ", count: max(count - present, 0))
    }

    private var endsInLetterOrDigit: Bool {
      text.last.map { $0.isLetter || $0.isNumber } ?? false
    }

    private mutating func requireSpace() { needsSpace = true }

    private mutating func writePendingSpace() {
      if needsSpace, text.last != " ", !text.isEmpty || endsInOperand { text += " " }
      needsSpace = false
    }
  }
}
