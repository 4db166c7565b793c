import CellLanguage
import Messages
import Testing

@Suite struct NameAnalysisTests {
  func analysis(_ source: String) throws -> NameAnalysis {
    NameAnalysis(of: try Program(parsing: source))
  }

  @Test(arguments: [
    ("a = b + c", "a", "b c"), ("a = 1; b = a", "a b", ""), ("a = a + 1", "a", "a"),
    ("x, y = f(z)", "x y", "f z"), ("a = 1\na = 2", "a", ""), ("b; b = 1; b", "b", "b"),
    ("c = [x * k for x in xs if x > t]", "c", "xs t k"), ("[x for x in x]", "", "x"),
    ("[x for x, y in p]; y", "", "p y"), ("x = 1; [x for x in y]; x", "x", "y"),
    ("[[x + y for x in a] for y in b]", "", "b a"), ("np.sin(x).sum(axis=k)", "", "np x k"),
    ("f'{a:{w}} {b!r}'", "", "a w b"), ("y[i:j, k] = v", "", "i j k v"), ("n += d", "", "d"),
    ("_tmp = 1; out = _tmp", "_tmp out", ""), ("import numpy as np", "", ""),
    ("plot(x, label=x)", "", "plot x"), ("a if b else c", "", "a b c"),
    ("x[i] += d", "", "i d"), ("[x + y for x in a if x for y in b(x)]", "", "a b"),
    ("[x for y in x for x in y]", "", "x"), ("f(*a)", "", "f a"),
    ("a < b <= c and not d", "", "a b c d"), ("(a, [b, c])[d]", "", "a b c d"),
  ])
  func names(source: String, definitions: String, free: String) throws {
    let analysis = try analysis(source)
    #expect(analysis.definitions.map(\.name).joined(separator: " ") == definitions)
    #expect(analysis.freeNames.map(\.name).joined(separator: " ") == free)
  }

  @Test func positionsAreThoseOfTheFirstMention() throws {
    let analysis = try analysis("a = b\na = b + cd")
    #expect(analysis.definitions[0].range.start == SourceLocation(line: 1, column: 1, offset: 0))
    #expect(analysis.freeNames[0].range.start.column == 5)
    #expect(analysis.freeNames[1].range.start == SourceLocation(line: 2, column: 9, offset: 14))
    #expect(analysis.freeNames[1].range.end.column == 11)
  }

  @Test func anExpression() throws {
    let analysis = NameAnalysis(of: try Expression(parsing: "f'{cut:.0f}' + slider(1, 2)"))
    #expect(analysis.definitions.isEmpty)
    #expect(analysis.freeNames.map(\.name) == ["cut", "slider"])
    #expect(analysis.diagnostics.count == 1)
  }

  // MARK: Changing values

  @Test(arguments: [
    "x = np.zeros(3); x[0] = 1", "x = a.copy(); x[0] = 1; x *= 2", "x = [0]; x[0] += 1",
    "x = np.zeros(3); x[1:] *= a", "x = a + 1; x += a",
    "n = 0; n += 1", "n = 0; m = n; n += 1; m += 1", "x = [1, 2]; x[0] = 3; x += [4]",
    "x = [a for a in b]; x[0] = 1", "a, b = f(c); a[0] = 1; b += 1",
    "a, b = 1, np.zeros(2); a += 1; b[0] = 1", "s = 'a'; t = s; s += 'b'",
    "x = a; x = a.copy(); x[0] = 1", "n = x.shape[0]; n -= 1", "n = x.size; n -= 1",
    "t = np.pi; t *= 2", "x = a[:3].copy(); x[0] = 1", "x = np.zeros(3); y = x.copy(); x[0] = 1",
    "x = np.zeros(3); y = x[:2] * 2; x[0] = 1", "x = np.zeros(3); y = np.sum(x); x[0] = 1",
    "x = np.ones(3) if a else np.zeros(3); x[0] = 1", "x = -a; x[0] = 1",
  ])
  func allowedChanges(source: String) throws {
    #expect(try analysis(source).diagnostics.map(described) == [])
  }

  @Test(arguments: [
    (
      "x = a; x[0] = 1", "1:8 other names may see this change: x is another name for a; add .copy()"
    ),
    ("x = a.T; x[0] = 1", "1:10 other names may see this change: x was assigned an attribute; add"),
    (
      "x = a[1:]; x[0] = 1",
      "1:12 other names may see this change: x was assigned part of another"
    ),
    ("x = a[0]; x += 1", "1:11 '+=' changes a value, but x was assigned part of another value; "),
    (
      "x = a.reshape(2, 3); x[0] = 1",
      "1:22 other names may see this change: x was assigned the result of r"
    ),
    ("x = np.reshape(a, 3); x[0] = 1", "1:23 other names may see this change"),
    ("x = a.ravel(); x /= 2", "1:16 '/=' changes a value, but x was assigned the result of ravel"),
    ("x = a if b else c; x[0] = 1", "1:20 other names may see this change: x is another name for"),
    ("x = a or [1]; x[0] = 1", "1:15 other names may see this change"),
    ("a, b = c, d; b[0] = 1", "1:14 other names may see this change: b is another name for d"),
    ("x = np.zeros(3); y = x; x[0] = 1", "1:25 other names may see this change: x was given a sec"),
    ("x = np.zeros(3); y = x[1:]; x[0] = 1", "1:29 other names may see this change: x was given"),
    (
      "x = np.zeros(3); y = [x]; x += 1", "1:27 '+=' changes a value, but x was given a second name"
    ),
    ("x = [1]; y = [[x] for i in z]; x[0] = 1", "1:32 other names may see this change"),
    ("x = np.ones(3); y = []; y += [x]; x[0] = 2", "1:35 other names may see this change"),
    ("x = np.ones(3); y = [0]; y[0] = x; x[0] = 2", "1:36 other names may see this change"),
    (
      "x[0] = 1", "1:1 an array can only be changed in the cell that creates it; x is not assigned"
    ),
    (
      "x += 1",
      "1:1 '+=' changes a value, but x is not assigned in this cell; give the result a name of its "
        + "own: result = x + …"
    ),
  ])
  func rejectedChanges(source: String, expected: String) throws {
    let found = try analysis(source).diagnostics.map(described)
    #expect(found.count == 1)
    #expect(found[0].hasPrefix(expected), "\(found)")
  }

  // MARK: Widgets

  @Test(arguments: [
    "n = slider(1, 10)", "c = choice(['a'], label=f(x))", "t = toggle()", "d = choose_device()",
    "f(slider)", "x.slider(1)", "slider = f; y = 1 + slider(2)",
  ])
  func allowedWidgets(source: String) throws {
    #expect(try analysis(source).diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("slider(1, 10)", 1), ("n = 2 * slider(1, 10)", 9), ("a, b = choice([1, 2])", 8),
    ("x = np.zeros(3); x[0] = slider(1, 2)", 25), ("n = 1; n += toggle()", 13),
    ("f(choose_device())", 3), ("a = slider(1, slider(2, 3))", 15), ("[toggle() for x in y]", 2),
    ("n = slider(1, 2).real", 5), ("n = (slider(1, 2), 3)", 6),
  ])
  func misplacedWidgets(source: String, column: Int) throws {
    let diagnostics = try analysis(source).diagnostics
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first?.range?.start.column == column)
    #expect(diagnostics.first?.hint?.hasPrefix("write name = ") == true)
  }
}
