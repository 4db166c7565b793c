extension Unicode.Scalar {
  /// Whether a terminal may obey it instead of showing it: C0 and C1 controls, delete, line and
  /// paragraph separators, and what changes the direction of the text around it.
  package var isControl: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F: true
    case 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// With controls shown as Python writes them in a string, "\x1b" and "\u009b", so that a terminal
  /// does not obey them.
  ///
  /// - Parameter kept: controls that stay as they are.
  package func showingControls(except kept: Set<Unicode.Scalar> = []) -> String {
    guard unicodeScalars.contains(where: { $0.isControl && !kept.contains($0) }) else {
      return self
    }
    var result = UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar.isControl, !kept.contains(scalar) {
        result.append(contentsOf: scalar.escapeSequence.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  /// As in a string of Python, and from U+007F on also of JSON.
  fileprivate var escapeSequence: String {
    let digits = String(value, radix: 16)
    let (letter, width) = value < 0x7F ? ("x", 2) : ("u", 4)
    return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
  }
}
