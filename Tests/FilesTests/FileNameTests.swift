import Files
import Messages
import Testing

@Suite struct FileNameTests {
  @Test(arguments: ["a.wav", "naïve ünïcode.npy", "日本.wav", "a b", "👩‍💻.wav", "a'b\"c"])
  func ordinaryNamesAreUsable(name: String) throws {
    try FileName.check(name)
    #expect(FileName.isUsable(name))
  }

  @Test(arguments: [
    ("", "the file's name is empty"), ("a\0b", "a file's name cannot contain a null character"),
    ("a\nb", #"the name 'a\x0ab' contains a line break, U+000A"#),
    ("a\u{1B}[31m", #"the name 'a\x1b[31m' contains a control character, U+001B"#),
    ("a\u{9B}2J", #"the name 'a\u009b2J' contains a control character, U+009B"#),
    ("a\u{202E}gpj", #"the name 'a\u202egpj' contains a control character, U+202E"#),
    ("a\u{7F}", #"the name 'a\u007f' contains a control character, U+007F"#),
  ])
  func controlsAreNamed(name: String, message: String) {
    #expect(!FileName.isUsable(name))
    let error = #expect(throws: Diagnostic.self) { try FileName.check(name) }
    #expect(error?.message == message)
  }
}
