/// What a terminal library reads before it is a key.
package enum RawInput: Hashable, Sendable {
  case scalar(Unicode.Scalar)
  /// A key that the library recognised by the terminal's description.
  case key(Key)
}

/// Makes events of raw input. Knows the escape sequences that the usual terminals send for keys that
/// their descriptions leave out, and swallows those that nobody knows, so that no rest of a sequence
/// is taken for typing.
package struct KeyDecoder: Sendable {
  /// When an escape was read that nothing followed, in milliseconds.
  private var lastEscape: Int?

  /// A sequence whose start was taken for the escape key, because a slow line tore it apart, arrives
  /// within this time.
  private static let tornWithin = 300

  /// What has come of a pasted text, and when its last part came; nil outside of one.
  private var paste: (text: [Unicode.Scalar], time: Int)?

  /// The end of a pasted text that does not follow within this time, in milliseconds, is lost.
  private static let pasteWithin = 1000
  private static let pasteEnd = Array("\u{1B}[201~".unicodeScalars)

  package init() {}

  /// - Parameters:
  ///   - input: all that could be read without waiting, in order.
  ///   - time: now, in milliseconds of any clock that does not jump.
  package mutating func decode(_ input: [RawInput], at time: Int) -> [Event] {
    var events: [Event] = []
    var rest = input[...]
    let isTorn = lastEscape.map { time - $0 <= Self.tornWithin } ?? false
    lastEscape = nil
    if let start = paste, time - start.time > Self.pasteWithin {
      events.append(.paste(Self.string(start.text)))
      paste = nil
    }
    if isTorn, rest.count > 1, let sequence = Self.takeSequence(from: &rest) {
      // The escape key was reported already; only a known sequence is worth reporting after it.
      if let event = sequence.event { events.append(event) }
    }
    while let next = rest.popFirst() {
      if paste != nil {
        if let text = takePasted(next, at: time) { events.append(.paste(text)) }
        continue
      }
      switch next {
      case .key(let key): events.append(.key(key))
      case .scalar("\u{1B}"):
        if let sequence = Self.takeSequence(from: &rest) {
          if let event = sequence.event { events.append(event) }
          if sequence.beginsPaste { paste = ([], time) }
        } else {
          if rest.isEmpty { lastEscape = time }
          events.append(.key(.escape))
        }
      case .scalar(let scalar):
        if let key = Self.key(for: scalar) { events.append(.key(key)) }
      }
    }
    return events
  }

  private static func key(for scalar: Unicode.Scalar) -> Key? {
    switch scalar.value {
    case 0x0D, 0x0A: return .enter
    case 0x09: return .tab
    case 0x08, 0x7F: return .backspace
    case 0x00: return .control(" ")
    case 0x01...0x1A: return .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
    case 0x1C...0x1F: return .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x40)))
    case 0x80...0x9F: return nil
    default: return .character(Character(scalar))
    }
  }

  // MARK: Pasted text

  /// - Returns: the whole text when this was the last of it. What curses takes for a key has no place
  ///   in a text.
  private mutating func takePasted(_ input: RawInput, at time: Int) -> String? {
    guard case .scalar(let scalar) = input else { return nil }
    paste?.text.append(scalar)
    paste?.time = time
    guard let text = paste?.text, text.suffix(Self.pasteEnd.count) == Self.pasteEnd[...] else {
      return nil
    }
    paste = nil
    return Self.string(text.dropLast(Self.pasteEnd.count))
  }

  /// With the line ends that a text has; terminals send those of the Enter key.
  private static func string(_ scalars: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }

  // MARK: Sequences

  private struct Sequence {
    /// Nil for a sequence that is well formed and unknown.
    var event: Event?
    var beginsPaste = false
  }

  /// Takes what follows an escape, when it is a control sequence ("[", parameters, a final byte) or
  /// a single shift ("O", a letter), of ECMA-48; leaves `rest` alone otherwise.
  private static func takeSequence(from rest: inout ArraySlice<RawInput>) -> Sequence? {
    var remaining = rest
    guard case .scalar(let introducer) = remaining.popFirst() else { return nil }
    switch introducer {
    case "[":
      var parameters = ""
      while case .scalar(let scalar) = remaining.popFirst() {
        switch scalar.value {
        case 0x20...0x3F: parameters.unicodeScalars.append(scalar)
        case 0x40...0x7E:
          rest = remaining
          return Sequence(
            event: event(final: scalar, parameters: parameters),
            beginsPaste: scalar == "~" && parameters == "200")
        default: return nil
        }
      }
      // Cut off in the middle: nothing to be made of it, and nothing to be typed.
      if remaining.isEmpty, !parameters.isEmpty {
        rest = remaining
        return Sequence(event: nil)
      }
      return nil
    case "O":
      guard case .scalar(let final) = remaining.popFirst(), final.properties.isAlphabetic else {
        return nil
      }
      rest = remaining
      return Sequence(event: event(final: final, parameters: ""))
    default:
      return nil
    }
  }

  private static func event(final: Unicode.Scalar, parameters: String) -> Event? {
    if parameters.hasPrefix("<") {
      return mouse(parameters: parameters.dropFirst(), isRelease: final == "m").map { .mouse($0) }
    }
    return key(final: final, parameters: parameters).map { .key($0) }
  }

  /// Button, column and row, counted from 1 (xterm's SGR mode). The left button and the wheel only.
  private static func mouse(parameters: Substring, isRelease: Bool) -> Mouse? {
    let numbers = parameters.split(separator: ";").compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    func mouse(_ action: Mouse.Action) -> Mouse {
      Mouse(action: action, x: numbers[1] - 1, y: numbers[2] - 1)
    }
    // Bits 2 to 4 are the modifier keys.
    switch numbers[0] & ~0b11100 {
    case 0: return mouse(isRelease ? .release : .press)
    case 32: return mouse(.drag)
    case 64: return mouse(.scrollUp)
    case 65: return mouse(.scrollDown)
    default: return nil
    }
  }

  /// As xterm and its followers send them; the second parameter counts the modifiers from 1.
  private static func key(final: Unicode.Scalar, parameters: String) -> Key? {
    let numbers = parameters.split(separator: ";").map { Int($0) ?? 0 }
    let isShifted = numbers.count > 1 && (numbers[1] - 1) & 1 == 1
    switch final {
    case "A": return .up
    case "B": return .down
    case "C": return isShifted ? .shiftRight : .right
    case "D": return isShifted ? .shiftLeft : .left
    case "H": return .home
    case "F": return .end
    case "Z": return .backTab
    case "M" where parameters.isEmpty: return .enter
    case "P": return .function(1)
    case "Q": return .function(2)
    case "R": return .function(3)
    case "S": return .function(4)
    case "~": return numbers.first.flatMap { numberedKeys[$0] }
    default: return nil
    }
  }

  private static let numberedKeys: [Int: Key] = [
    1: .home, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12),
  ]
}
