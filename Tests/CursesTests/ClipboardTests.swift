import Curses
import Testing

@Suite("Clipboard")
struct ClipboardTests {
  /// The examples of RFC 4648.
  @Test(
    "Base64",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("\u{FF}é", "w7/DqQ=="),
    ])
  func examples(text: String, encoded: String) {
    #expect(base64(Array(text.utf8)) == encoded)
  }
}
