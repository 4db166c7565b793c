/// Python's repr of a string: in single quotes unless it contains them and no double ones;
/// unprintable characters are escaped.
func quoted(_ text: String) -> String {
  let quote: Unicode.Scalar =
    text.unicodeScalars.contains("'") && !text.unicodeScalars.contains("\"") ? "\"" : "'"
  var result = String.UnicodeScalarView()
  result.append(quote)
  for scalar in text.unicodeScalars {
    switch scalar {
    case quote, "\\": result.append(contentsOf: ["\\", scalar])
    case "\n": result.append(contentsOf: "\\n".unicodeScalars)
    case "\r": result.append(contentsOf: "\\r".unicodeScalars)
    case "\t": result.append(contentsOf: "\\t".unicodeScalars)
    default:
      if scalar.isPrintable {
        result.append(scalar)
      } else {
        result.append(contentsOf: escape(scalar).unicodeScalars)
      }
    }
  }
  result.append(quote)
  return String(result)
}

private func escape(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16)
  let (letter, width) =
    scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
  return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
}

extension Unicode.Scalar {
  /// Whether Python's repr shows the character unescaped.
  fileprivate var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    case .spaceSeparator: self == " "
    default: true
    }
  }
}
