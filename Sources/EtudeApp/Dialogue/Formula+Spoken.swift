import Lessons

extension Formula {
  /// A formula on one line, with words for the signs that screen readers skip:
  /// "sum over m of x[n minus m]".
  static func spoken(_ tex: String) -> String {
    var result = text(tex, charset: .ascii)
    result = result.replacing(/\b(sum|prod|int)_(\w|\([^()]*\))(?:\^(\w|\([^()]*\)))?/) { match in
      let lower = bare(match.2)
      return match.3.map { "\(match.1) from \(lower) to \(bare($0)) of" }
        ?? "\(match.1) over \(lower) of"
    }
    result = result.replacing(/([_^])(\w|\([^()]*\))/) { match in
      let inner = bare(match.2)
      // Brackets show where a longer subscript or exponent ends.
      let isWord = inner.allSatisfy { $0.isLetter || $0.isNumber }
      return (match.1 == "_" ? " sub " : " to the power of ") + (isWord ? inner : match.2)
    }
    result = result.replacing("->", with: " to ").replacing("/", with: " divided by ")
      .replacing("*", with: " times ")
    return withMinus(result).split(separator: " ").joined(separator: " ")
  }

  /// Without the brackets around it.
  private static func bare(_ text: Substring) -> Substring {
    text.first == "(" ? text.dropFirst().dropLast() : text
  }

  /// A hyphen is a minus sign, but not the one in "low-pass".
  private static func withMinus(_ text: String) -> String {
    text.replacing(/\w*(?:-\w*)+/) { match in
      let parts = match.0.split(separator: "-", omittingEmptySubsequences: false)
      let isWord = parts.allSatisfy { $0.count > 1 && $0.allSatisfy(\.isLetter) }
      return isWord ? String(match.0) : parts.joined(separator: " minus ")
    }
    .replacing("( ", with: "(")
  }
}
