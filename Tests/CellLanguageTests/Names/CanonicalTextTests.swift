import CellLanguage
import Testing

@Suite("Canonical text of cells")
struct CanonicalTextTests {
  @Test(
    "Comments, spacing and hints make no difference",
    arguments: [
      ("x = 1", "x=1  # one"), ("x = 1\ny = 2", "\n\nx = 1; y = 2;\n"),
      ("f(\n  1,\n  2)", "f(1, 2)"),
      ("check(a > 2, \"more\")", "check(a > 2, hint='less' 'or more')"),
      ("check(a)", "# a task\ncheck( a )"),
    ])
  func same(a: String, b: String) {
    #expect(canonicalText(of: a) == canonicalText(of: b))
  }

  @Test(
    "Anything else does",
    arguments: [
      ("x = 1", "x = 2"), ("x = 'a b'", "x = 'a  b'"), ("f(a, \"b\")", "f(a, \"c\")"),
      ("check(a > 2, \"b\")", "check(a > 3, \"b\")"), ("x = 1\ny = 2", "x = 1"), ("-x", "x"),
    ])
  func different(a: String, b: String) {
    #expect(canonicalText(of: a) != canonicalText(of: b))
  }

  @Test("A text that cannot be read counts as it stands")
  func unreadable() {
    #expect(canonicalText(of: "x = (  1") == "x = ( 1")
    #expect(canonicalText(of: "\"open") == "\"open")
    #expect(canonicalText(of: "") == "")
  }
}
