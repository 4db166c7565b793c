import Messages
import Testing

@Suite struct ControlCharactersTests {
  @Test(arguments: [
    ("plain, naïve 日本 👩‍💻", "plain, naïve 日本 👩‍💻"), ("\u{1B}[31m", #"\x1b[31m"#),
    ("a\rb\u{8}", #"a\x0db\x08"#), ("\u{7F}\u{9B}", #"\u007f\u009b"#),
    ("\u{202E}abc\u{2069}", #"\u202eabc\u2069"#), ("a\nb\tc", "a\nb\tc"),
    ("\u{200E}\u{61C}\u{2028}", #"\u200e\u061c\u2028"#),
  ])
  func controlsAreShown(text: String, shown: String) {
    #expect(text.showingControls(except: ["\n", "\t"]) == shown)
  }

  @Test func carriageReturnAndLineFeedAreTwoControls() {
    #expect("a\r\nb".showingControls(except: ["\n"]) == "a\\x0d\nb")
    #expect("a\r\nb".showingControls() == #"a\x0d\x0ab"#)
  }

  @Test func noControlIsLeft() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory == .control
      else { continue }
      let isShown = String(scalar).showingControls().utf8.allSatisfy { $0 < 0x7F }
      #expect(isShown)
    }
  }
}
