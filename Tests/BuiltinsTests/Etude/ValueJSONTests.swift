import Compute
import FileFormats
import Interpreter
import Testing

@Suite struct ValueJSONTests {
  @Test(
    arguments: [
      (Value.none, "null"), (.bool(true), "true"), (.int(-3), "-3"), (.int(.min), "\(Int.min)"),
      (.float(3), "3.0"), (.float(0.1), "0.1"), (.float(1e300), "1e+300"), (.float(-0.0), "-0.0"),
      (.float(.nan), "NaN"), (.float(.infinity), "Infinity"), (.float(-.infinity), "-Infinity"),
      (.string("ä"), "\"ä\""),
      (.string("a\"b\\c\n\u{1b}[31m\u{9b}"), #""a\"b\\c\n\u001b[31m\u009b""#),
      (.list([.int(1), .tuple([.none, .float(2)])]), "[1, [null, 2.0]]"), (.tuple([]), "[]"),
      (.range(start: 5, stop: 0, step: -2), "[5, 3, 1]"),
      (.module(Module(name: "np")), "\"np\""),
    ] as [(Value, String)])
  func writesValues(value: Value, text: String) {
    #expect(JSONText.text(of: value.json) == text)
  }

  @Test(
    arguments: [
      (
        [2, 3], NDArray.Elements.int16(Array(repeating: 1, count: 6)),
        #"{"shape": [2, 3], "dtype": "int16"}"#
      ),
      ([0], .bool([]), #"{"shape": [0], "dtype": "bool"}"#),
      ([], .float32([0.1]), "0.10000000149011612"), ([], .int64([7]), "7"),
      ([], .bool([true]), "true"),
      ([], .float64([.nan]), "NaN"),
      ([], .complex128([Complex(1, -2)]), #"{"real": 1.0, "imag": -2.0}"#),
    ] as [([Int], NDArray.Elements, String)])
  func writesArrays(shape: [Int], elements: NDArray.Elements, text: String) {
    #expect(
      JSONText.text(
        of: Value.array(NDArray(shape: shape, elements: elements)).json) == text)
  }
}
