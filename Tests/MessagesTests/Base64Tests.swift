import Messages
import Testing

@Suite("Base64")
struct Base64Tests {
  @Test(
    "The examples of RFC 4648",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("\u{FF}é", "w7/DqQ=="),
    ])
  func examples(text: String, encoded: String) {
    #expect(base64(Array(text.utf8)) == encoded)
  }
}
