import Compute
import Interpreter
import Messages
import Testing

@Suite struct ValueFormatTests {
  @Test func formatsAsPythonDoes() throws {
    let formats = try TextFixture.load().formats
    #expect(formats.count > 3000)
    for row in formats {
      let value = row.value.value
      let result = try? value.formatted(row.specification)
      #expect(
        result == row.result, "\(value.repr) with '\(row.specification)': \(result ?? "an error")")
    }
  }

  @Test func conversions() throws {
    #expect(try Value.string("a'b").formatted("", conversion: "r") == "\"a'b\"")
    #expect(try Value.string("ab").formatted(">6", conversion: "r") == "  'ab'")
    #expect(try Value.list([.int(1)]).formatted("5", conversion: "s") == "[1]  ")
  }

  @Test(arguments: [
    (Value.float(1.5), "d", "the format code 'd' is unknown for a float"),
    (.int(1), "s", "the format code 's' is unknown for an integer"),
    (.string("a"), "d", "the format code 'd' is unknown for a string"),
    (.bool(true), "s", "the format code 's' is unknown for a bool"),
    (.int(1), "10001", "the format specification '10001' asks for a width above 10000"),
    (.float(1), ".10001f", "the format specification '.10001f' asks for a precision above 10000"),
    (
      .int(1), "99999999999999999999",
      "the format specification '99999999999999999999' asks for a "
        + "width above 10000"
    ),
    (.int(1), "ab", "'ab' is not a format specification"),
    (.int(1), ".2", "an integer has no digits after a point"),
    (.list([]), "5", "a format specification cannot be used with a list"),
    (.int(-1), "c", "no character has the number -1"),
  ])
  func errors(value: Value, specification: String, message: String) {
    do throws(Diagnostic) {
      Issue.record("\(try value.formatted(specification)) instead of an error")
    } catch {
      #expect(error.message == message)
    }
  }

  @Test func theWidestAreAllowed() throws {
    #expect(try Value.int(1).formatted("10000").utf8.count == 10_000)
    #expect(try Value.float(1.7e308).formatted(".10000f").utf8.count == 10_310)
  }
}
