import Interpreter
import RunningCells
import Testing

/// Errors say what failed and where: the innermost expression.
@Suite struct ErrorTests {
  @Test(arguments: [
    // code, the text that the error points at, a part of its message
    ("x = 1 + 2 / 0 * 3", "2 / 0", "division by zero"),
    ("[1, 2 // 0]", "2 // 0", "division by zero"),
    ("5 % 0", "5 % 0", "division by zero"), ("5.0 % 0", "5.0 % 0", "division by zero"),
    ("0 ** -1", "0 ** -1", "negative power"), ("0.0 ** -1", "0.0 ** -1", "negative power"),
    ("10.0 ** 400", "10.0 ** 400", "too large for a float"),
    ("np.uint8(256)", "np.uint8(256)", "256 is out of bounds for uint8, which goes from 0 to 255"),
    ("np.array([[1], [-1]], dtype=np.uint8)", "np.array([[1], [-1]], dtype=np.uint8)", "-1 is out"),
    ("np.array([300.5], np.uint8)", "np.array([300.5], np.uint8)", "300.5 is out of bounds"),
    ("np.int64(np.nan)", "np.int64(np.nan)", "nan is out of bounds for int64"),
    ("np.full(2, 40000, dtype='int16')", "np.full(2, 40000, dtype='int16')", "fill_value: 40000"),
    (
      "np.zeros(2, dtype='real')", "np.zeros(2, dtype='real')",
      "dtype is 'real', which is not an element type"
    ),
    ("int(np.array([5]))", "int(np.array([5]))", "not an array of shape (1,)"),
    ("np.fft.rfftfreq(8, 0)", "np.fft.rfftfreq(8, 0)", "d must not be 0"),
    ("np.fft.rfft(np.ones(3, 'float32'))", "np.fft.rfft(np.ones(3, 'float32'))", "complex64"),
    ("signal.firwin(3, 0.5, pass_zero=0)", "signal.firwin(3, 0.5, pass_zero=0)", "True, False"),
    ("(-8) ** (1 / 3)", "(-8) ** (1 / 3)", "complex"),
    ("9223372036854775807 + 1", "9223372036854775807 + 1", "more than 64 bits"),
    ("2 ** 63", "2 ** 63", "more than 64 bits"), ("1 << 63", "1 << 63", "more than 64 bits"),
    ("1 << -1", "1 << -1", "negative"), ("1.5 << 1", "1.5 << 1", "whole numbers"),
    ("-9223372036854775808 // -1", "-9223372036854775808 // -1", "64 bits"),
    ("abs(-9223372036854775807 - 1)", "abs(-9223372036854775807 - 1)", "64 bits"),
    ("'a' + 1", "'a' + 1", "'+' has no meaning for 'str' and 'int'"),
    ("[1] + (2,)", "[1] + (2,)", "'list' and 'tuple'"), ("[1] * 2.0", "[1] * 2.0", "'*' has no"),
    ("'%d' % 3", "'%d' % 3", "cannot be formatted with %"),
    ("None < 1", "None < 1", "'<' has no meaning"),
    ("[1] < ['a']", "[1] < ['a']", "'int' and 'str'"),
    ("-'a'", "-'a'", "'-' has no meaning for 'str'"),
    ("1 in 2", "1 in 2", "'in' works on"), ("1 in 'a'", "1 in 'a'", "looks for a string"),
    ("1 is 1", "1 is 1", "only compare with None"),
    ("[1, 2][2]", "[1, 2][2]", "index 2 is out of range for 2 items"),
    ("[][0]", "[][0]", "empty list"),
    ("'ab'[-3]", "'ab'[-3]", "out of range for 2 items"),
    ("[1][1.0]", "[1][1.0]", "not by 'float'"),
    ("[1][0, 0]", "[1][0, 0]", "takes one index"), ("[1][::0]", "[1][::0]", "step must not be 0"),
    ("[1][0.5:]", "[1][0.5:]", "not 'float'"), ("(5)[0]", "(5)[0]", "'int' has no items"),
    ("abs[0]", "abs[0]", "has no items"),
    ("range(0, 5, 0)", "range(0, 5, 0)", "step must not be 0"),
    ("x = (1, 2); x[0] = 5", "x[0] = 5", "cannot be changed"),
    ("a, b = 1, 2, 3", "a, b = 1, 2, 3", "3 values cannot be assigned to 2 names"),
    ("a, b = 5", "a, b = 5", "one 'int' cannot be assigned to 2 names"),
    ("[a for a, b in [1]]", "[1]", "cannot be assigned"), ("[a for a in 5]", "5", "loop over"),
    ("y = 3 + lenght", "lenght", "the name lenght is not defined"),
    ("kernel = 1; kernal + 1", "kernal", "the name kernal is not defined"),
    ("np.convolv(1)", "convolv", "np has no convolv"), ("(1).foo", "foo", "'int' has no attribute"),
    ("[1].append(2)", "append", "cannot be changed in place"),
    ("5(3)", "5", "'int' cannot be called"),
    ("len(3)", "len(3)", "has none"), ("len()", "len()", "needs an argument for x"),
    ("len([1], [2])", "[2]", "takes 1 positional argument, but 2 were given"),
    ("len(y=[1])", "y", "has no parameter y"),
    ("len([1], x=2)", "x", "two values for x"),
    ("max()", "max()", "nothing to choose from"), ("max(3)", "max(3)", "one number alone"),
    ("max([1], key=abs)", "key", "no parameter key"),
    ("len(*[])", "len(*[])", "needs an argument for x"),
    ("print(*5)", "5", "the value after '*' must have items"),
    ("sorted([1, 'a'])", "sorted([1, 'a'])", "'<' has no meaning for 'str' and 'int'"),
    ("sorted([1], key=3)", "sorted([1], key=3)", "key must be a function"),
    ("sorted([1], abs)", "abs", "takes 1 positional argument, but 2 were given"),
    ("sorted(5)", "sorted(5)", "must have items"), ("reversed(5)", "reversed(5)", "have items"),
    ("any(5)", "any(5)", "must have items to test"),
    ("all([np.zeros(2)])", "all([np.zeros(2)])", "neither true nor false"),
    ("[a for b in [1] for a in b]", "b", "loop over"),
    ("[a for b in [[1]] for a, c in b]", "b", "cannot be assigned"),
    ("[a for a in [1] if a for b in [1] if np.zeros(2)]", "np.zeros(2)", "neither true nor"),
    ("x = [1]; x[3] += 1", "x[3] += 1", "index 3 is out of range"),
    ("x = (1, 2); x[0] += 5", "x[0] += 5", "cannot be changed"),
    ("x = np.arange(3); x[:2] += 0.5", "x[:2] += 0.5", "cannot put float64 into"),
    ("x = [[1], 2]; x[0] += [3]", "x[0] += [3]", "may be in other lists"),
    ("x = [np.zeros(2)]; x[0] *= 3", "x[0] *= 3", "may be in other lists"),
    ("x = ['a']; x[0] -= 1", "x[0] -= 1", "'-' has no meaning"),
    ("int('a')", "int('a')", "not a whole number"),
    ("int('1.5')", "int('1.5')", "not a whole number"),
    ("int(float('nan'))", "int(float('nan'))", "not a number"),
    ("int(1e30)", "int(1e30)", "64 bits"),
    ("int('9' * 30)", "int('9' * 30)", "64 bits"),
    ("float('0x10')", "float('0x10')", "not a number"),
    ("float('nan(1)')", "float('nan(1)')", "not a number"),
    ("float('')", "float('')", "not a number"),
    ("float([1])", "float([1])", "must be a number"),
    ("round(9 * 10**18, -19)", "round(9 * 10**18, -19)", "64 bits"),
    ("round('a')", "round('a')", "must be a number"),
    ("round(float('inf'))", "round(float('inf'))", "whole number"),
    ("sum(5)", "sum(5)", "must be a list"),
    ("sum(['a'])", "sum(['a'])", "no meaning"),
    ("sum(['a'], '')", "sum(['a'], '')", "must be a number"),
    ("f\"{1:.99999999999f}\"", "1", ""), ("f\"{'a':d}\"", "'a'", ""),
    // Arrays
    ("np.zeros(3) + np.zeros(4)", "np.zeros(3) + np.zeros(4)", "shapes (3,) and (4,)"),
    ("np.zeros(6).reshape(4, 2)", "np.zeros(6).reshape(4, 2)", "(4, 2)"),
    (
      "np.concatenate([np.zeros((2, 3)), np.zeros((2, 4))])",
      "np.concatenate([np.zeros((2, 3)), np.zeros((2, 4))])", "(2, 4)"
    ),
    ("np.zeros(-1)", "np.zeros(-1)", "must not be negative"),
    ("np.linspace(0, 1, -1)", "np.linspace(0, 1, -1)", "negative"),
    ("signal.firwin(0, 0.5)", "signal.firwin(0, 0.5)", "at least 1"),
    ("np.convolve([], [1.0])", "np.convolve([], [1.0])", "without elements"),
    (
      "F.conv1d(torch.zeros(1, 1, 8), torch.zeros(1, 1, 3), stride=0)",
      "F.conv1d(torch.zeros(1, 1, 8), torch.zeros(1, 1, 3), stride=0)", "stride"
    ),
    (
      "F.conv1d(torch.zeros(1, 1, 2), torch.zeros(1, 1, 3))",
      "F.conv1d(torch.zeros(1, 1, 2), torch.zeros(1, 1, 3))", "2"
    ),
    (
      "F.conv1d(torch.zeros(1, 2, 8), torch.zeros(1, 1, 3))",
      "F.conv1d(torch.zeros(1, 2, 8), torch.zeros(1, 1, 3))", "1 input channel"
    ),
    ("1 if np.zeros(3) else 2", "1 if np.zeros(3) else 2", "neither true nor false"),
    ("0 < np.arange(3) < 2", "0 < np.arange(3) < 2", "neither true nor false"),
    ("np.zeros(3)['a']", "np.zeros(3)['a']", "'str'"),
    ("np.zeros(3)[1.0]", "np.zeros(3)[1.0]", "'float'"),
    ("np.zeros(3)[5]", "np.zeros(3)[5]", "out of bounds"),
    ("np.zeros(3)[np.array([0.5])]", "np.zeros(3)[np.array([0.5])]", "cannot be an index"),
    ("np.array([[1], [2, 3]])", "np.array([[1], [2, 3]])", "different lengths"),
    ("np.array(['a'])", "np.array(['a'])", "numbers, not 'str'"),
    ("np.zeros('a')", "np.zeros('a')", "whole numbers"),
    ("x = np.arange(3); x += 0.5", "x += 0.5", "cannot put float64 into an array of int64"),
    ("x = np.zeros(3); x += np.zeros((2, 3))", "x += np.zeros((2, 3))", "cannot change the shape"),
    ("x = np.zeros(3); x[0] = 'a'", "x[0] = 'a'", "holds numbers"),
    ("np.zeros(2).sum(axis=5)", "np.zeros(2).sum(axis=5)", "axis 5"),
    ("np.zeros(3).shap", "shap", "ndarray"),
    ("int(np.zeros(3))", "int(np.zeros(3))", "not an array of shape (3,)"),
    ("f\"{np.zeros(3):.2f}\"", "np.zeros(3)", ""),
  ])
  func pointsAtTheInnermostExpression(code: String, source: String, message: String) throws {
    let error = try #require(cellError(of: code))
    let range = try #require(error.range)
    let bytes = Array(code.utf8)[range.start.offset..<range.end.offset]
    #expect(String(decoding: bytes, as: UTF8.self) == source, "\(error)")
    #expect(error.message.contains(message), "\(error)")
    #expect(!error.message.hasSuffix("."))
  }

  @Test(
    arguments: [
      ("lne([1])", "did you mean len?"), ("kernel = 1; kernal", "did you mean kernel?"),
      ("np.convolv(1)", "did you mean convolve?"), ("np.zeros(3).shap", "did you mean shape?"),
      ("[i for item in range(3)]", "define it in a cell"),
      ("round(1, ndigit=2)", "did you mean ndigits?"),
      ("'a'.uper()", "did you mean upper?"), ("5 + 'a'", "use str(…), or an f-string: f\"{x}\""),
      ("x = [1]; x.append(2)", "write items = items + [item], or a list comprehension"),
    ] as [(String, String?)])
  func hintsSayWhatToDo(code: String, hint: String?) {
    #expect(cellError(of: code)?.hint == hint)
  }

  @Test("All that is wrong with code is said before it runs")
  func severalFaults() {
    let result = result(
      of: """
        print('here')
        x = np.zeros(3, dtyp=float); y = np.zero(2)
        z = x.shap + len(x, 1)
        w = (1
        v = lenn(x)
        """)
    #expect(result.outputs.isEmpty && result.names.isEmpty)
    let errors = ([result.error] + result.furtherErrors).compactMap { $0 }
    #expect(
      errors.map { "\($0.range?.start.line ?? 0):\($0.range?.start.column ?? 0) \($0)" } == [
        "2:17 np.zeros has no parameter dtyp; did you mean dtype?",
        "2:37 np has no zero here; did you mean zeros?",
        "3:7 'ndarray' has no attribute or method shap; did you mean shape?",
        "3:21 len takes 1 positional argument, but 2 were given; call it as len(x)",
        "4:5 '(' is not closed; add ')'", "5:5 the name lenn is not defined; did you mean len?",
      ])
  }

  @Test(
    "Nothing is said where nothing is known",
    arguments: [
      "x = 1 if True else np.foo", "False and lenn(3)", "[y.foo for y in []]",
      "f = abs; x = f(-1)", "max(*[3, 1])", "round(*(1.25, 1))", "np = [1]; x = np[0]",
      "len = 3; x = len", "x = [abs for abs in [1]]", "x = (np.zeros if True else abs)(3)",
    ])
  func noFalseAlarm(code: String) {
    #expect(cellError(of: code) == nil)
  }

  @Test func syntaxErrorsAreErrorsOfTheCell() {
    #expect(cellError(of: "x = (1")?.range != nil)
    #expect(cellError(of: "while True: pass") != nil)
    #expect(cellError(of: "y = x; y[0] = 1") != nil)
  }

  @Test func resultsBeforeTheErrorAreKept() {
    let evaluation = result(of: "a = 1; print('here'); b = 1 / 0; c = 2")
    #expect(evaluation.names.map(\.name) == ["a"])
    #expect(evaluation.outputs.count == 1)
    #expect(evaluation.error?.message == "division by zero")
  }
}
