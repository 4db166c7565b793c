extension FormulaWriter {
  /// A line that grows to the right and puts the space between its parts.
  struct Line {
    private(set) var text = ""
    /// Whether what was written last can stand on the left of an operator.
    private(set) var endsInOperand: Bool
    private var isTight: Bool
    private var owesSpace = false
    private var endsInWord = false
    /// Square brackets that are open: an index such as [n−m] is written without spaces.
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
        if hasSpace && !isSign && !text.isEmpty || hasSpace && endsInOperand { space() }
        settle()
        text += part
        owesSpace = hasSpace && !isSign
        endsInOperand = false
        endsInWord = false
      case .punctuation:
        owesSpace = false
        text += part
        owesSpace = hasSpace
        endsInOperand = false
        endsInWord = false
      case .closing:
        owesSpace = false
        if part == "]" { indexDepth = max(indexDepth - 1, 0) }
        text += part
        endsInOperand = true
        endsInWord = false
      case .opening:
        if owesSpace { settle() }
        if part == "[" && endsInOperand { indexDepth += 1 }
        text += part
        endsInOperand = false
        endsInWord = false
      case .large:
        if endsInOperand && !isTight { space() }
        settle()
        text += part
        owesSpace = true
        endsInOperand = false
        endsInWord = false
      case .word, .ordinary:
        let meetsWord = role == .word || endsInWord
        if meetsWord, touchesLetter, part.first?.isLetter == true || part.first?.isNumber == true {
          space()
        }
        settle()
        text += part
        endsInOperand = true
        endsInWord = role == .word
      }
    }

    /// Puts scripts where the last part ends.
    mutating func attach(_ scripts: String) { text += scripts }

    mutating func appendSpace(_ count: Int) {
      owesSpace = false
      guard !text.isEmpty, !isTight else { return }
      let present = text.reversed().prefix { $0 == " " }.count
      text += String(repeating: " ", count: max(count - present, 0))
    }

    private var touchesLetter: Bool {
      text.last.map { $0.isLetter || $0.isNumber } ?? false
    }

    private mutating func space() { owesSpace = true }

    private mutating func settle() {
      if owesSpace, text.last != " ", !text.isEmpty || endsInOperand { text += " " }
      owesSpace = false
    }
  }
}
