import CellLanguage
import Testing

/// Texts are read to their end, whatever is wrong with them.
@Suite struct SyntaxFaultsTests {
  private func faults(_ source: String) -> [String] {
    do throws(SyntaxFaults) {
      _ = try Program(reading: source)
      return []
    } catch {
      return error.faults.map { fault in
        let start = fault.range?.start
        return "\(start?.line ?? 0):\(start?.column ?? 0) \(fault.message)"
      }
    }
  }

  @Test(arguments: [
    (
      "a = = 1\nb = )\nc = 2\nd e",
      [
        "1:5 a value is missing before '='", "2:5 ')' closes a bracket that was never opened",
        "4:3 'e' is not allowed here",
      ]
    ),
    (
      "a = ; b = 1; c d; e = 3",
      ["1:5 a value is missing before ';'", "1:16 'd' is not allowed here"]
    ),
    // The body of a loop is not at fault.
    (
      "for x in y:\n  z = x\n\n  w\nelse:\n  v\nu = (",
      [
        "1:1 a cell has no for loops", "7:5 '(' is not closed",
      ]
    ),
    (
      "if a:\n  b\nelif c:\n  d\nelse: e\nelse_ = f g",
      [
        "1:1 a cell has no if statements", "6:11 'g' is not allowed here",
      ]
    ),
    // A bracket that takes in all that follows is the cause.
    ("a = f(1,\nb = 2\nc = 3 4", ["1:6 '(' is not closed", "3:7 the number is not allowed here"]),
    ("a = [1, 2\nb = 3", ["1:5 '[' is not closed"]),
    (
      "a = f(1,\n  b 2,\n  3)\nc d",
      [
        "2:5 ',' or ')' is missing before the number",
        "4:3 'd' is not allowed here",
      ]
    ),
    (
      "a = 'b\nc = 'd\ne f",
      [
        "1:5 this string is not closed", "2:5 this string is not closed",
        "3:3 'f' is not allowed here",
      ]
    ),
    // A text in triple quotes takes in the rest.
    ("a = '''b\nc = 'd\ne f", ["1:5 this string is not closed"]),
    (
      "  a = 1\n  b = 2\nc = 3 4",
      ["1:3 this line is indented", "3:7 the number is not allowed here"]
    ),
    (
      "a = $\nb = €",
      [
        "1:5 the character '$' is not allowed here", "2:5 the character '€' is not allowed here",
      ]
    ),
  ])
  func everyStatementIsTold(source: String, expected: [String]) {
    #expect(faults(source) == expected)
  }

  @Test("What can be read is read, and the words of the rest are known")
  func readableParts() throws {
    do throws(SyntaxFaults) {
      _ = try Program(reading: "a = 1\nb = = c\nd = 2; e = ; f = 3")
      Issue.record("the text has errors")
    } catch {
      #expect(error.readable.statements.flatMap(\.targets).map(\.name) == ["a", "d", "f"])
      #expect(error.unreadable.flatMap(\.codeWords) == ["b", "c", "e"])
      #expect(error.first.range?.start.line == 2)
    }
  }

  @Test("Hopeless texts end")
  func manyFaults() {
    #expect(faults(String(repeating: "$\n", count: 10_000)).count == 25)
    #expect(faults(String(repeating: "a = (\n", count: 300)).count == 25)
    #expect(faults(String(repeating: "'", count: 9_999)).count == 1)
    #expect(faults(String(repeating: "if a:\n", count: 5_000)).count == 25)
    for text in [
      "(", "\\", "a = \\", "'''", "\u{0}", "a;;b", ";", "\n\n;", "[\n]\n}", "é = (\r\nb",
    ] {
      _ = faults(text)
    }
  }
}
