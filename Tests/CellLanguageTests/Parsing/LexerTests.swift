import CellLanguage
import Glibc
import Messages
import Testing

@Suite struct LexerTests {
  func value(_ source: String) throws -> String { grouped(try Expression(parsing: source)) }

  @Test(arguments: [
    ("0", "0"), ("1_000", "1000"), ("0xFF", "255"), ("0Xf_f", "255"), ("0o17", "15"),
    ("0b_101", "5"), ("00", "0"), ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"), ("-0x8000000000000000", "\(Int.min)"),
    ("- 9223372036854775808 + 1", "(+ -9223372036854775808 1)"),
    ("1.", "1.0"), (".5", "0.5"), ("1e3", "1000.0"), ("1E-3", "0.001"), ("1.e2", "100.0"),
    (".5e+1", "5.0"), ("1_0.0_1", "10.01"), ("007.5", "7.5"), ("09e1", "90.0"), ("1e999", "inf"),
    ("5e-324", "5e-324"), ("0.1", "0.1"),
  ])
  func numbers(source: String, expected: String) throws {
    #expect(try value(source) == expected)
  }

  @Test(arguments: [
    ("9223372036854775808", "1:1 this whole number does not fit into 64 bits"),
    ("-9223372036854775809", "1:2 this whole number does not fit into 64 bits"),
    ("-9223372036854775808**2", "1:2 this whole number does not fit into 64 bits"),
    ("1 - 9223372036854775808", "1:5 this whole number does not fit into 64 bits"),
    ("99999999999999999999999", "1:1 this whole number does not fit into 64 bits"),
    ("010", "1:1 a whole number cannot begin with 0; write 10, or 0o… for octal digits"),
    ("0x", "1:1 this number has no digits"), ("0b12", "1:1 2 is not a digit in base 2"),
    ("1_", "1:1 the number is directly followed by '_'"),
    ("1__0", "1:1 the number is directly followed by '_'"),
    ("2px", "1:1 the number is directly followed by 'p'"),
    ("1e", "1:1 the number is directly followed by 'e'"),
    ("1j", "1:1 complex numbers cannot be written in a cell"),
    ("1.5J", "1:1 complex numbers cannot be written in a cell"),
  ])
  func rejectedNumbers(source: String, expected: String) {
    #expect(fault(source).hasPrefix(expected), "\(fault(source))")
  }

  @Test(arguments: [
    (#"'a"b'"#, #"a"b"#), (#""a'b""#, "a'b"), (#"'''a'b''c'''"#, "a'b''c"), ("''", ""),
    (#"'\n\t\\\'\"\a\b\f\r\v\0'"#, "\n\t\\'\"\u{7}\u{8}\u{C}\r\u{B}\0"),
    (#"'\x41\u00e9\U0001F600'"#, "Aé😀"), (#"'\101\60z'"#, "A0z"), (#"'\q'"#, #"\q"#),
    (#"r'\n\''"#, #"\n\'"#), (#"R"\d""#, #"\d"#), (#"u'x'"#, "x"), ("'a\\\nb'", "ab"),
    ("'''a\r\nb\rc'''", "a\nb\nc"), (#"'a' "b" r'\c'"#, #"ab\c"#), ("'e\u{301}'", "e\u{301}"),
    ("'\u{301}a'", "\u{301}a"),
  ])
  func strings(source: String, expected: String) throws {
    guard case .string(let text) = try Expression(parsing: source).kind else {
      Issue.record("\(source) is not a string")
      return
    }
    #expect(Array(text.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [
    ("x = 'abc", "1:5 this string is not closed; end it with ' on the same line"),
    ("x = \"a\nb\"", "1:5 this string is not closed; end it with \" on the same line"),
    ("'''a\n", "1:1 this string is not closed; end it with '''"),
    (#"'\N{DASH}'"#, "1:2 \\N escapes are not supported"),
    (#"'\x4'"#, "1:2 this escape needs 2 hexadecimal digits"),
    (#"'\ud800'"#, "1:2 no character has this number"),
    (#"'\U00110000'"#, "1:2 no character has this number"),
    ("b'x'", "1:1 bytes are not part of the cell language"),
    ("Rb'x'", "1:1 bytes are not part of the cell language"),
    (#"'\"#, "1:1 this string is not closed"),
  ])
  func rejectedStrings(source: String, expected: String) {
    #expect(fault(source).hasPrefix(expected), "\(fault(source))")
  }

  @Test(arguments: [
    ("f'a'", "(f 'a')"), ("f''", "(f )"), ("f'{x}'", "(f {x})"), ("f'a{x}b'", "(f 'a' {x} 'b')"),
    ("f'{{{x}}}'", "(f '{' {x} '}')"), ("f'{x!r}'", "(f {x!r})"),
    ("f'{x !s:>5}'", "(f {x!s:'>5'})"),
    ("f'{x:.2f} Hz'", "(f {x:'.2f'} ' Hz')"), ("f'{x:{w}.{p}f}'", "(f {x:{w} '.' {p} 'f'})"),
    ("f'{x:=+5}'", "(f {x:'=+5'})"), ("f'{x!=y}'", "(f {(compare x != y)})"),
    ("f'{x==y}'", "(f {(compare x == y)})"), ("f'{x=}'", "(f {x \"x=\"!r})"),
    ("f'{ x = }'", "(f {x \" x = \"!r})"), ("f'{x=:.1f}'", "(f {x \"x=\":'.1f'})"),
    ("f'{x=!s}'", "(f {x \"x=\"!s})"), ("f'{a, b}'", "(f {(tuple a b)})"),
    ("f'{x[1:2]}'", "(f {(index x (slice 1 2 _))})"), ("f'{(a if b else c)}'", "(f {(if b a c)})"),
    ("f'{a if b else c:3}'", "(f {(if b a c):'3'})"), (#"f"{f('}')}""#, "(f {(call f '}')})"),
    (#"f"{f'{x}'}""#, "(f {(f {x})})"), ("'{x}' f'{x}' 'b'", "(f '{x}' {x} 'b')"),
    (#"rf'\d{x}\n'"#, #"(f '\d' {x} '\n')"#), (#"f'\x41{x}'"#, "(f 'A' {x})"),
    ("f'''{\nx\n}'''", "(f {x})"), ("f'{x:}'", "(f {x})"), ("f'{x:%}'", "(f {x:'%'})"),
    (#"f'\{x}\d'"#, #"(f '\' {x} '\d')"#),
    ("f'{x:!>5}'", "(f {x:'!>5'})"), ("f'{x:#x}'", "(f {x:'#x'})"),
  ])
  func formattedStrings(source: String, expected: String) throws {
    #expect(try value(source) == expected)
  }

  @Test(arguments: [
    ("f'{'", "1:3 this '{' of an f-string is not closed"),
    ("f'a{x'", "1:4 this '{' of an f-string"),
    ("f'}'", "1:3 an f-string contains a single '}'; write }} for a brace"),
    ("f'{}'", "1:3 a value is missing between '{' and '}'"),
    ("f'{x!a}'", "1:5 the conversion after '!' is unknown; write !r or !s"),
    ("f'{x!}'", "1:5 the conversion after '!' is unknown"),
    ("f'{x y}'", "1:6 'y' is not allowed here"), ("f'{x:{y:3}}'", "fine"),
    ("f'{x:{y:{z}}}'", "1:9 an f-string's fields are nested too deeply"),
    (#"f"{d["a"]}""#, "1:5 '[' is not closed; add ']'; quotes inside a field must differ"),
    (#"f"{'\n'}""#, "1:5 an f-string's field cannot contain a backslash"),
    ("f'''{x # c\n}'''", "1:8 a comment is not allowed in an f-string's field"),
    ("f'{x'y'}'", "1:3 this '{' of an f-string is not closed"),
    ("a = 1\nf'{1 +}'", "2:7 a value is missing before '}'"),
  ])
  func rejectedFormattedStrings(source: String, expected: String) {
    #expect(fault(source).hasPrefix(expected), "\(fault(source))")
  }

  @Test(arguments: [
    ("a = (1 +\n   2)", 1), ("a = 1 + \\\n  2", 1), ("a = 1; b = 2;", 2), ("a\r\nb\rc\n", 3),
    ("# only a comment", 0), ("", 0), ("\n\n  \n   # note\na", 1), ("a # note\n\n# more\nb", 2),
    ("x = [\n  1,  # one\n\n  2,\n]\ny", 2), ("größe = π + μ1 + _", 1), ("matchs = match = 1", -1),
    ("match = type = 3", -1), ("match = 3", 1),
  ])
  func lines(source: String, statements: Int) throws {
    guard statements >= 0 else {
      #expect(fault(source).contains("assigned to one target"))
      return
    }
    #expect(try Program(parsing: source).statements.count == statements)
  }

  @Test(arguments: [
    (" a = 1", "1:2 this line is indented; a cell's lines start at the left edge"),
    ("a = 1\n\tb = 2", "2:2 this line is indented"),
    ("a = 1 \\ \nb", "1:7 a backslash is only allowed at the end of a line"),
    ("a = “x”", "1:5 the character '“' is not allowed here; write \""),
    ("a = 3 − 1", "1:7 the character '−' is not allowed here; write -"),
    ("a = 1\u{A0}+ 2", "1:6 the character U+A0 is not allowed here; write a plain space"),
    ("a = 1 \\\n", "1:7 no line follows this backslash; remove it"),
    ("a\u{1B}[2J", "1:2 the character U+1B is not allowed here"),
    ("a = $x", "1:5 the character '$'"),
    ("f(a", "1:2 '(' is not closed; add ')'"),
    ("a = [1, (2, 3]", "1:14 ']' does not match the '(' on line"),
    ("a)", "1:2 ')' closes a bracket that was never opened"),
    ("f(a b)", "1:5 ',' or ')' is missing before 'b'"),
    ("f(a,\n  b", "1:2 '(' is not closed"),
  ])
  func rejectedLines(source: String, expected: String) {
    #expect(fault(source).hasPrefix(expected), "\(fault(source))")
  }

  @Test func positionsCountLinesScalarsAndBytes() throws {
    let program = try Program(parsing: "é = 1\r\nname = 'ä' + b\n")
    let statement = program.statements[1]
    #expect(statement.range.start == SourceLocation(line: 2, column: 1, offset: 8))
    #expect(statement.range.end == SourceLocation(line: 2, column: 15, offset: 23))
    guard case .assignment(_, let value) = statement.kind, case .binary(_, _, let b) = value.kind
    else {
      Issue.record("no sum")
      return
    }
    #expect(b.range.start.column == 14)
    #expect(b.range.end.column == 15)
  }

  @Test func positionsInsideFormattedStrings() throws {
    guard
      case .formatted(let parts) = try Expression(parsing: "f'ä{\"x\" + name:{width}}'").kind,
      case .field(let value, _, _, let specification) = parts[1],
      case .binary(_, _, let name) = value.kind,
      case .field(let width, _, _, _) = specification[0]
    else {
      Issue.record("no field")
      return
    }
    #expect(name.range.start.column == 11)
    #expect(width.range.start == SourceLocation(line: 1, column: 17, offset: 17))
  }

  // MARK: Names

  /// What CPython makes of a name, from Fixtures/identifiers.txt.
  @Test func namesAreNormalizedAsInPython() throws {
    let folder = #filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)
    let file = try #require(fopen("\(folder)/../Fixtures/identifiers.txt", "r"))
    defer { fclose(file) }
    var count = 0
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) > 0, let line {
      let names = String(cString: line).split(whereSeparator: \.isWhitespace)
      try #require(names.count == 2)
      let program = try Program(parsing: "\(names[0]) = 1")
      guard case .assignment(let targets, _)? = program.statements.first?.kind else {
        Issue.record("\(names[0]) is not assigned to")
        continue
      }
      #expect(targets[0].name == names[1], "\(names[0])")
      count += 1
    }
    #expect(count > 500)
  }

  @Test func attributesAndKeywordArgumentsAreNormalized() throws {
    #expect(try value("ｎｐ.ſize(ａxis=1)") == "(call (. np size) axis=1)")
  }

  @Test(
    "Characters that cannot be seen are no part of a name",
    arguments: [
      ("ta\u{200B}ps = 1", "1:3 the invisible character U+200B is not allowed here"),
      ("taps\u{200D} = 1", "1:5 the invisible character U+200D is not allowed here"),
      ("x\u{FE0F} = 1", "1:2 the invisible character U+FE0F is not allowed here"),
      ("\u{2060}x = 1", "1:1 the invisible character U+2060 is not allowed here"),
      ("x = 1\u{AD}", "1:6 the invisible character U+AD is not allowed here"),
      ("x = 1\u{FE0F}", "1:6 the invisible character U+FE0F is not allowed here"),
      ("x = y\u{202E}", "1:6 the invisible character U+202E is not allowed here"),
      ("\u{3164} = 1", "1:1 the invisible character U+3164 is not allowed here"),
      ("x\u{E0041} = 1", "1:2 the invisible character U+E0041 is not allowed here"),
    ])
  func invisibleCharacters(source: String, expected: String) {
    #expect(fault(source).hasPrefix(expected), "\(fault(source))")
  }

  @Test func keywordsAreWrittenWithPlainLetters() {
    #expect(fault("ｉｆ = 1").hasPrefix("1:1 'ｉｆ' is not the keyword 'if'"))
    #expect(fault("x = Ｔｒｕｅ").hasPrefix("1:5 'Ｔｒｕｅ' is not the keyword 'True'"))
  }
}
