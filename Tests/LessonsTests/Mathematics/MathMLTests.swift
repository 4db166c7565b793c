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
      ("\\text{if }", "<mtext>if </mtext>"), ("", "<mrow></mrow>"),
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
}
