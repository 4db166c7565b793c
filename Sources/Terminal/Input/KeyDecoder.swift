/// One unit of input as the terminal library delivers it.
package enum RawInput: Hashable, Sendable {
  case scalar(Unicode.Scalar)
  /// A key that the library recognised from the terminal's description.
  case key(Key)
}

/// Turns raw input into events. Knows the escape sequences that common terminals send for keys
/// missing from their descriptions, and drops unknown sequences whole, so that no remainder is taken
/// for typing.
package struct KeyDecoder: Sendable {
  /// When an escape with nothing after it was read, in milliseconds.
  private var lastEscape: Int?

  /// A slow connection may split a sequence, so that its escape is taken for the Escape key. The rest
  /// is still recognised within this time, in milliseconds.
  private static let splitSequenceTimeout = 300

  /// The pasted text so far and when its last part arrived; nil outside a paste.
  private var paste: (text: [Unicode.Scalar], time: Int)?

  /// A paste with no further input for this long, in milliseconds, counts as finished.
  private static let pasteTimeout = 1000
  private static let pasteEnd = Array("\u{1B}[201~".unicodeScalars)

  /// What has been read of a string, and when its last part came; nil outside one. The terminal answers with
  /// it, so none of it was typed.
  private var string: (text: [Unicode.Scalar], time: Int)?

  /// A string with no further input for this long, in milliseconds, or of more scalars, is none: Alt was held with "]".
  private static let (stringTimeout, longestString) = (300, 64)

  package init() {}

  /// - Parameters:
  ///   - input: everything that could be read without waiting, in order.
  ///   - time: the current time in milliseconds, from any monotonic clock.
  package mutating func decode(_ input: [RawInput], at time: Int) -> [Event] {
    var events: [Event] = []
    var rest = input[...]
    let continuesEscape = lastEscape.map { time - $0 <= Self.splitSequenceTimeout } ?? false
    lastEscape = nil
    if let start = paste, time - start.time > Self.pasteTimeout {
      events.append(.paste(Self.string(start.text)))
      paste = nil
    }
    if let start = string, time - start.time > Self.stringTimeout { string = nil }
    if continuesEscape, rest.count > 1, rest.first == .scalar("]") {
      rest.removeFirst()
      string = ([], time)
    } else if continuesEscape, rest.count > 1, let sequence = Self.takeSequence(from: &rest) {
      // The Escape key has already been reported; add the sequence only if it is known.
      if let event = sequence.event { events.append(event) }
    }
    while let next = rest.popFirst() {
      if paste != nil {
        if let text = takePasted(next, at: time) { events.append(.paste(text)) }
        continue
      }
      if string != nil {
        if let event = takeString(next, at: time) { events.append(event) }
        continue
      }
      switch next {
      case .key(let key): events.append(.key(key))
      case .scalar("\u{1B}"):
        if rest.first == .scalar("]") {
          rest.removeFirst()
          string = ([], time)
        } else if let sequence = Self.takeSequence(from: &rest) {
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

  /// - Returns: the whole text once it is complete. Keys recognised by curses are not part of the
  ///   text.
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

  /// Normalises line endings: terminals send those of the Enter key.
  private static func string(_ scalars: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }

  // MARK: Answers of the terminal

  /// - Returns: what a string says once it is complete, if anything.
  private mutating func takeString(_ input: RawInput, at time: Int) -> Event? {
    guard case .scalar(let scalar) = input else { return nil }
    string?.text.append(scalar)
    string?.time = time
    guard let text = string?.text else { return nil }
    let end =
      text.suffix(2) == ["\u{1B}", "\\"] ? 2 : scalar == "\u{7}" || scalar == "\u{9C}" ? 1 : 0
    guard end > 0 else {
      if text.count > Self.longestString { string = nil }
      return nil
    }
    string = nil
    return Self.background(Self.string(text.dropLast(end))).map(Event.background)
  }

  /// Of "11;rgb:fafa/fafa/f8f8", where the intensities have one to four hexadecimal digits.
  private static func background(_ answer: String) -> Theme.Background? {
    let start = "11;rgb:"
    guard answer.hasPrefix(start) else { return nil }
    let parts = answer.dropFirst(start.count).split(separator: "/")
    let intensities = parts.compactMap { part -> Double? in
      guard (1...4).contains(part.count), let value = Int(part, radix: 16), value >= 0 else {
        return nil
      }
      return Double(value) / Double((1 << (4 * part.count)) - 1)
    }
    guard parts.count == 3, intensities.count == 3 else { return nil }
    let luminance = 0.2126 * intensities[0] + 0.7152 * intensities[1] + 0.0722 * intensities[2]
    return luminance > 0.5 ? .light : .dark
  }

  // MARK: Sequences

  private struct Sequence {
    /// Nil for a well-formed but unknown sequence.
    var event: Event?
    var beginsPaste = false
  }

  /// Takes what follows an escape if it is an ECMA-48 control sequence ("[", parameters, a final
  /// byte) or single shift ("O", a letter); otherwise leaves `rest` unchanged.
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
      // Cut off in the middle: it cannot be decoded, and is not typing either.
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

  /// Button, column and row, counted from 1 (xterm's SGR mode). Left button and wheel only.
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

  /// As sent by xterm and compatible terminals; the second parameter is 1 plus the modifier bits.
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
