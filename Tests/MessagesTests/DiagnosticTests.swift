import Messages
import Testing

struct DiagnosticTests {
  @Test func reads() {
    let diagnostic = Diagnostic("shape must not be negative", hint: "use 0")
    #expect("\(diagnostic)" == "shape must not be negative; use 0")
    #expect(
      "\(diagnostic.prefixed(by: "np.zeros"))" == "np.zeros: shape must not be negative; use 0")
  }

  @Test("A message that quotes a long text is cut in the middle, with a sign")
  func length() {
    let long = Diagnostic("a" + String(repeating: "é", count: 100_000) + "z", hint: "short")
      .prefixed(by: "f")
    #expect(long.message.hasPrefix("f: aéé"))
    #expect(long.message.hasSuffix("ééz"))
    #expect(long.message.contains("é … é"))
    #expect(long.message.utf8.count < 2100)
    #expect(Diagnostic("short", hint: "x").description == "short; x")
  }
}
