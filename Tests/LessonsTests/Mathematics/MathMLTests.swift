import Lessons
import Testing

struct MathMLTests {
  private func body(_ tex: String, isDisplayed: Bool = false) -> String {
    let start = isDisplayed ? " display=\"block\">" : "MathML\">"
    let math = Formula.mathML(tex, isDisplayed: isDisplayed)
    guard let range = math.firstRange(of: start), math.hasSuffix("</math>") else { return math }
    return String(math[range.upperBound...].dropLast("</math>".count))
  }

  @Test(
    arguments: [
      ("x", "<mi>x</mi>"), ("12.5", "<mn>12.5</mn>"),
      ("a < b", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"),
      ("x_1^2", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
      ("10^3", "<msup><mn>10</mn><mn>3</mn></msup>"),
      ("\\frac{1}{n}", "<mfrac><mn>1</mn><mi>n</mi></mfrac>"),
      ("\\sqrt{2}", "<msqrt><mn>2</mn></msqrt>"),
      ("\\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>"),
      ("\\hat{x}", "<mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">^</mo></mover>"),
      ("\\text{if }", "<mtext>if </mtext>"), ("\\mathbb{R}", "<mi>ℝ</mi>"), ("", "<mrow></mrow>"),
    ])
  func inline(tex: String, expected: String) {
    #expect(body(tex) == expected)
  }

  @Test("Limits stand above and below a displayed sum, and beside one in the text")
  func limits() {
    let sum = "\\sum_{m=0}^{M} h"
    #expect(body(sum, isDisplayed: true).contains("<munderover>"))
    #expect(body(sum).contains("<msubsup>"))
  }

  @Test("Rows and matrices become tables")
  func tables() {
    #expect(body("a &= b \\\\ c &= d", isDisplayed: true).matches(of: /<mtr>/).count == 2)
    let matrix = body("\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}")
    #expect(matrix.matches(of: /<mtd>/).count == 4)
    #expect(matrix.contains("<mo>(</mo>"))
  }

  @Test("Rows align at their marks, and conditions of cases on the left")
  func alignment() {
    let rows = body("a &= b \\\\ c &= \\sum_m d", isDisplayed: true)
    #expect(
      rows.hasPrefix(
        "<mtable displaystyle=\"true\"><mtr><mtd style=\"text-align: right; padding-right: 0\"><mi>a</mi>"
      ))
    #expect(rows.contains("<mtd style=\"text-align: left; padding-left: 0\"><mrow><mo>=</mo>"))
    let cases = body("\\begin{cases} 0 & x \\\\ 1 & y \\end{cases}")
    #expect(cases.contains("<mtd style=\"text-align: left\"><mn>0</mn></mtd>"))
  }

  @Test(
    "Brackets grow with a fraction between them, and only then",
    arguments: [
      (
        "\\left\\lfloor \\frac{a}{b} \\right\\rfloor",
        "<mrow><mo>⌊</mo><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>⌋</mo></mrow>"
      ),
      (
        "\\left( \\frac{a}{b} \\right)^2",
        "<msup><mrow><mo>(</mo><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>)</mo></mrow><mn>2</mn></msup>"
      ),
      ("(a)", "<mrow><mo stretchy=\"false\">(</mo><mi>a</mi><mo stretchy=\"false\">)</mo></mrow>"),
      (
        "[\\frac{1}{2}",
        "<mrow><mo stretchy=\"false\">[</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></mrow>"
      ),
    ])
  func brackets(tex: String, expected: String) {
    #expect(body(tex) == expected)
  }
}
