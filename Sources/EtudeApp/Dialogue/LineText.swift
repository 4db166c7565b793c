import Terminal

/// Utterances as lines of text: wrapped between words, without control characters, and in the characters
/// that the terminal has.
struct LineText {
  let width: Int
  let charset: Charset

  /// A longer line of code is wrapped, too.
  private static let codeWidth = 500

  /// With its line break.
  func written(_ utterance: Dialogue.Utterance) -> String {
    switch utterance {
    case .gap: return "\n"
    case .line(.sentence(let text)): return written(text, width: max(20, width))
    case .line(.code(let text)): return written(text, width: Self.codeWidth)
    }
  }

  private func written(_ text: String, width: Int) -> String {
    wrap(text, width: width, charset: charset).map { line in
      var line = line.map(\.text).joined()
      while line.last == " " { line.removeLast() }
      return line.replacing("\u{A0}", with: " ") + "\n"
    }.joined()
  }
}
