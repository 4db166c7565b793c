import FileFormats
import Testing

struct JSONTextTests {
  @Test func writesMembersInTheirOrder() {
    let members: JSONValue = .object([("b", .integer(1)), ("a", .string("x")), ("c", .null)])
    #expect(JSONText.text(of: members) == #"{"b": 1, "a": "x", "c": null}"#)
    #expect(JSONText.text(of: .object([])) == "{}")
  }

  @Test func whatIsWrittenReadsBackAsTheSame() throws {
    let text = #"[1, -2.5, 1e+300, true, null, "a\"b\\c\n\u001b", {"k": []}]"#
    let json = try JSONValue(parsing: Array(text.utf8)[...], maximumDepth: 4)
    #expect(JSONText.text(of: json) == text)
  }
}
