import Interpreter
import RunningCells
import Testing

/// Expressions on Python's own values, each with what CPython 3.11 prints for its `repr`.
@Suite struct PythonExpressionTests {
  @Test(arguments: [
    // Integers
    ("7 + 2 * 3", "13"), ("7 / 2", "3.5"), ("6 / 2", "3.0"), ("7 // 2", "3"), ("-7 // 2", "-4"),
    ("7 // -2", "-4"), ("-7 // -2", "3"), ("7 % 3", "1"), ("-7 % 3", "2"), ("7 % -3", "-2"),
    ("-6 % 3", "0"), ("2 ** 10", "1024"), ("2 ** -1", "0.5"), ("(-2) ** 3", "-8"),
    ("-2 ** 2", "-4"), ("0 ** 0", "1"), ("(-1) ** 1000000001", "-1"), ("0 ** 10**18", "0"),
    ("2 ** 62", "4611686018427387904"), ("(-2) ** 63", "-9223372036854775808"),
    ("5 & 3", "1"), ("5 | 3", "7"), ("5 ^ 3", "6"), ("~5", "-6"), ("1 << 40", "1099511627776"),
    ("-9 >> 2", "-3"), ("1 >> 100", "0"), ("-1 >> 100", "-1"), ("0 << 10**9", "0"),
    ("10**18 / 3", "3.3333333333333331e+17"), ("(10**18 + 1) / 10**18", "1.0"),
    ("9007199254740993 / 1", "9007199254740992.0"),
    ("-(10**18 + 1) / 7", "-1.4285714285714286e+17"),
    ("9223372036854775807 / 9223372036854775806", "1.0"),
    ("9007199254740995 / 9007199254740993", "1.0000000000000002"),
    // Booleans
    ("True + True", "2"), ("True & False", "False"), ("True ^ True", "False"), ("True | 2", "3"),
    ("~True", "-2"), ("-True", "-1"), ("+False", "0"), ("not 0", "True"), ("not 'a'", "False"),
    ("True == 1", "True"), ("True / 2", "0.5"),
    // Floats
    ("0.1 + 0.2", "0.30000000000000004"), ("7.5 // 2", "3.0"), ("-7.5 // 2", "-4.0"),
    ("-7.5 % 2", "0.5"), ("7.5 % -2", "-0.5"), ("1e16 + 1", "1e+16"),
    ("2.0 ** 0.5", "1.4142135623730951"),
    ("0.5 % -0.1", "-2.7755575615628914e-17"), ("1.0 // 0.1", "9.0"), ("-0.0 % 5", "0.0"),
    ("4 ** 0.5", "2.0"), ("(-8.0) ** 3", "-512.0"), ("5.0 // -0.3", "-17.0"),
    ("1e300 * 1e300", "inf"),
    ("-0.0", "-0.0"), ("-1.5 // 1e308", "-1.0"), ("float('inf') // 2", "nan"),
    ("-3 % float('inf')", "inf"), ("2.0 ** -1074", "5e-324"), ("0.0 ** 0", "1.0"),
    // Comparisons
    ("1 < 2 < 3", "True"), ("1 < 3 < 2", "False"), ("1 == 1.0", "True"), ("1 != 1", "False"),
    ("9007199254740993 == 9007199254740992.0", "False"),
    ("9007199254740993 > 9007199254740992.0", "True"),
    ("float('nan') == float('nan')", "False"), ("1 < float('inf')", "True"),
    ("-9223372036854775808 >= float('-inf')", "True"), ("1 == 'a'", "False"),
    ("None == 0", "False"),
    ("[1, 2] == [1.0, 2]", "True"), ("[1, 2] < [1, 3]", "True"), ("(1, 2) < (1, 2, 0)", "True"),
    ("[1] == (1,)", "False"), ("'abc' < 'abd'", "True"), ("'Z' < 'a'", "True"),
    ("'\\U0001F600' > '\\uFFFD'", "True"), ("'é' == 'e\\u0301'", "False"), ("len('e\\u0301')", "2"),
    ("None is None", "True"), ("0 is not None", "True"), ("2 in [1, 2]", "True"),
    ("3 not in (1, 2)", "True"),
    ("'bc' in 'abcd'", "True"), ("'' in ''", "True"), ("'x' in 'abc'", "False"),
    ("4 in range(0, 10, 2)", "True"), ("5 in range(0, 10, 2)", "False"),
    ("4.0 in range(5)", "True"),
    ("3 in range(10, 0, -7)", "True"), ("10 in range(10, 0, -7)", "True"),
    ("0 in range(10, 0, -5)", "False"),
    ("range(3) == range(0, 3, 1)", "True"), ("range(0) == range(5, 2)", "True"),
    // Logic
    ("0 or 'a'", "'a'"), ("1 and 2", "2"), ("0 and 1 / 0", "0"), ("1 or 1 / 0", "1"),
    ("1 if [] else 2", "2"), ("not None", "True"), ("[] or None or 3", "3"),
    // Strings and lists
    ("'ab' + 'c'", "'abc'"), ("'ab' * 3", "'ababab'"), ("3 * 'ab'", "'ababab'"),
    ("'ab' * -1", "''"),
    ("[1, 2] + [3]", "[1, 2, 3]"), ("[0] * 3", "[0, 0, 0]"), ("2 * (1, 2)", "(1, 2, 1, 2)"),
    ("(1,) + (2,)", "(1, 2)"), ("[1, 2] * True", "[1, 2]"), ("[] * 5", "[]"), ("'' * 10**18", "''"),
    ("'hello'[1]", "'e'"), ("'hello'[-1]", "'o'"), ("'hello'[1:3]", "'el'"),
    ("'hello'[::-1]", "'olleh'"),
    ("'hello'[10:]", "''"), ("'hello'[-3:-1]", "'ll'"), ("'hello'[3:1:-1]", "'ll'"),
    ("[1, 2, 3][-2]", "2"), ("[1, 2, 3][::2]", "[1, 3]"), ("[1, 2, 3][::-2]", "[3, 1]"),
    ("[1, 2, 3][5:1:-1]", "[3]"), ("[1, 2, 3][-10:2]", "[1, 2]"), ("(1, 2, 3)[1:]", "(2, 3)"),
    ("[1, 2, 3][True]", "2"), ("[[1, 2], [3]][0][1]", "2"),
    ("range(10)[2:8:3] == range(2, 8, 3)", "True"),
    ("range(10)[-1]", "9"), ("list(range(10)[::-3])", "[9, 6, 3, 0]"), ("'aéb'[1]", "'é'"),
    ("[1, 2, 3][None:2]", "[1, 2]"), ("[1, 2, 3][::9223372036854775807]", "[1]"),
    // Comprehensions
    ("[i * i for i in range(5)]", "[0, 1, 4, 9, 16]"),
    ("[i for i in range(9) if i % 2]", "[1, 3, 5, 7]"),
    ("[a + b for a, b in [(1, 2), (3, 4)]]", "[3, 7]"), ("[c for c in 'ab']", "['a', 'b']"),
    ("[[j for j in range(i)] for i in range(3)]", "[[], [0], [0, 1]]"),
    ("[i for i in [j for j in [3, 1]]]", "[3, 1]"), ("[x for x in ()]", "[]"),
    // Functions
    ("abs(-3)", "3"), ("abs(-2.5)", "2.5"), ("abs(True)", "1"), ("bool([])", "False"),
    ("bool('a')", "True"),
    ("bool()", "False"), ("float('1e-3')", "0.001"), ("float(' -inf ')", "-inf"),
    ("float('1_0.5')", "10.5"),
    ("float('.5')", "0.5"), ("float('5.')", "5.0"), ("float('5.e2')", "500.0"),
    ("float('+1')", "1.0"),
    ("float(3)", "3.0"), ("int(3.9)", "3"), ("int(-3.9)", "-3"), ("int('12')", "12"),
    ("int(' -1_000 ')", "-1000"),
    ("int()", "0"), ("int(True)", "1"), ("int('+5')", "5"), ("len([1, 2])", "2"),
    ("len(range(0, 10, 3))", "4"),
    ("len('')", "0"), ("list('ab')", "['a', 'b']"), ("list((1, 2))", "[1, 2]"),
    ("tuple([1])", "(1,)"),
    ("tuple()", "()"), ("max(1, 3, 2)", "3"), ("max([1, 3, 2])", "3"), ("min('b', 'a')", "'a'"),
    ("min([(2, 1), (1, 9)])", "(1, 9)"), ("max(1, 1.0)", "1"), ("max(2.5, 1)", "2.5"),
    ("sum([1, 2, 3])", "6"),
    ("sum([])", "0"), ("sum([0.1] * 3)", "0.30000000000000004"), ("sum([[1], [2]], [])", "[1, 2]"),
    ("sum(range(101))", "5050"), ("sum([1, 2], start=10)", "13"), ("sum([True, True])", "2"),
    ("round(2.5)", "2"), ("round(3.5)", "4"), ("round(-2.5)", "-2"), ("round(2.675, 2)", "2.67"),
    ("round(1.5, 0)", "2.0"), ("round(1234, -2)", "1200"), ("round(1250, -2)", "1200"),
    ("round(1350, -2)", "1400"), ("round(5, -2**62 * 2)", "0"), ("round(5 * 10**18, -19)", "0"),
    ("round(-1250, -2)", "-1200"), ("round(0.5)", "0"), ("round(1e300, 2)", "1e+300"),
    ("round(1234.5, -2)", "1200.0"),
    ("round(7)", "7"), ("round(5, -1)", "0"), ("round(15, -1)", "20"), ("round(-5, -1)", "0"),
    ("round(True)", "1"), ("round(1.005, 2)", "1.0"), ("round(5e-324, 400)", "5e-324"),
    ("list(zip([1, 2], 'ab'))", "[(1, 'a'), (2, 'b')]"), ("list(zip([1, 2], [3]))", "[(1, 3)]"),
    ("list(zip())", "[]"),
    ("list(enumerate('ab'))", "[(0, 'a'), (1, 'b')]"), ("list(enumerate('a', 5))", "[(5, 'a')]"),
    ("list(enumerate('a', start=1))", "[(1, 'a')]"), ("list(range(5, 0, -2))", "[5, 3, 1]"),
    ("list(range(0))", "[]"),
    ("len(range(-9223372036854775807, 9223372036854775807, 4))", "4611686018427387904"),
    ("[f for f in [abs, max]][0](-1)", "1"), ("(1).real", "1"), ("(2.5).imag", "0.0"),
    // Methods
    ("'aBc'.upper()", "'ABC'"), ("'aBc'.lower()", "'abc'"), ("' a b '.strip()", "'a b'"),
    ("'xxaxx'.lstrip('x')", "'axx'"), ("'xxaxx'.rstrip('x')", "'xxa'"),
    ("'a b  c'.split()", "['a', 'b', 'c']"),
    ("'a,b,,c'.split(',')", "['a', 'b', '', 'c']"), ("''.split(',')", "['']"),
    ("', '.join(['a', 'b'])", "'a, b'"),
    ("'-'.join('abc')", "'a-b-c'"), ("'aXbX'.replace('X', '--')", "'a--b--'"),
    ("'abc'.startswith('ab')", "True"),
    ("'abc'.endswith('bc')", "True"), ("'abc'.endswith('abcd')", "False"),
    ("'banana'.count('an')", "2"),
    ("'abc'.count('')", "4"), ("[1, 2, 2].index(2)", "1"), ("(1, 2, 2).count(2)", "2"),
    ("[1, 2].copy()", "[1, 2]"),
    ("[f(' a ') for f in [str, 'b'.join]]", "[' a ', ' bab ']"),
  ])
  func equalsPythons(expression: String, expected: String) throws {
    let result = try value(of: expression)
    let literal = try value(
      of: expected == "nan" || expected.hasSuffix("inf") ? "float('\(expected)')" : expected)
    #expect(result.isIdentical(to: literal), "\(expression) is \(result), not \(expected)")
  }

  @Test func statements() throws {
    #expect(try value(of: "b", after: "a, b = 1, 2; a, b = b, a").isIdentical(to: .int(1)))
    #expect(try value(of: "x", after: "x = 5; x += 2; x *= 3").isIdentical(to: .int(21)))
    #expect(
      try value(of: "x", after: "x = [1, 2, 3]; x[0] = 9; x[-1] = 7")
        .isIdentical(to: .list([.int(9), .int(2), .int(7)])))
    #expect(
      try value(of: "x", after: "x = [1, 2, 3]; x[1:2] = [8, 9]")
        .isIdentical(to: .list([.int(1), .int(8), .int(9), .int(3)])))
    #expect(
      try value(of: "x", after: "x = [1]; x += (2, 3)")
        .isIdentical(to: .list([.int(1), .int(2), .int(3)])))
  }

  @Test func namesOfAComprehensionAreLocal() throws {
    #expect(try value(of: "i", after: "i = 5; a = [i for i in range(3)]").isIdentical(to: .int(5)))
    #expect(cellError(of: "a = [i for i in range(3)]; i")?.message == "the name i is not defined")
    #expect(
      try value(of: "a", after: "n = 2; a = [n for n in range(n)]")
        .isIdentical(to: .list([.int(0), .int(1)])))
  }

  @Test func definitionsAreInOrder() {
    let evaluation = result(of: "b = 1; a = 2; b = 3; _c = 4")
    #expect(evaluation.names.map(\.name) == ["b", "a", "_c"])
  }

  @Test func printing() throws {
    #expect(
      try text(of: "print(1, 'a'); print('x', end=''); print('y', 2, sep='-'); 3")
        == ["1 a", "xy-2", "3"])
    #expect(try text(of: "None; x = 1; 'text'; print(end='')") == ["'text'", ""])
  }
}
