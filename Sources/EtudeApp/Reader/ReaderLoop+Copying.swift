import Messages

extension ReaderLoop {
  /// More is refused by some terminals, without a word: their limit is 100,000 characters of base64.
  private static let copyLimit = 74_994

  /// Puts a text on the clipboard, and says how much it is.
  func copy(_ text: String, _ name: String) {
    let count = text.utf8.count
    let size = count < 10_000 ? "\(count) bytes" : "\(grouped(count)) bytes"
    guard count <= Self.copyLimit else {
      reader.say(
        "\(name): too large to copy, with \(size); terminals take \(grouped(Self.copyLimit))")
      return
    }
    let lines = text.split(separator: "\n").count
    let remark = display.copy(text).map { "; \($0)" } ?? ""
    reader.say("copied \(name): \(lines > 1 ? "\(grouped(lines)) lines, " : "")\(size)\(remark)")
  }
}
