import Interpreter
import Messages
import Pages
import Terminal
import Testing

struct StepperViewTests {
  private let signal = [0.0, 1, 0, 0, 2, 1, 0, 0]
  private let kernel = [1, 0.5, 0.25]

  private func view(step: Int, flips: Bool = true) -> StepperView {
    StepperView(Stepper(signal: signal, kernel: kernel, flips: flips), step: step)
  }

  private func draw(step: Int, flips: Bool = true, width: Int = 100) -> [Substring] {
    var canvas = Canvas(width: width, height: 6)
    view(step: step, flips: flips)
      .draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    return canvas.text.split(separator: "\n")
  }

  @Test(arguments: Charset.allCases, [78, 46, 24])
  func pictures(charset: Charset, width: Int) {
    var canvas = Canvas(width: width, height: StepperView.height, charset: charset)
    view(step: 5).draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    expectPicture(canvas, "stepper-\(charset)-\(width)")
    expectStaysInside(charset) { view(step: 5).draw(into: &$0, in: $1, theme: .monochrome) }
  }

  @Test func outputsMatchTheFormula() {
    let view = view(step: 0)
    // numpy.convolve(signal, kernel), and numpy.correlate(signal, kernel, "full")
    #expect(
      (0..<view.stepper.outputCount).map { view.output(at: $0, flips: true) }
        == [0, 1, 0.5, 0.25, 2, 2, 1, 0.25, 0, 0])
    #expect(
      (0..<view.stepper.outputCount).map { view.output(at: $0, flips: false) }
        == [0, 0.25, 0.5, 1, 0.5, 1.25, 2.5, 1, 0, 0])
  }

  @Test func everyStepShowsItsSumAndMarksItsPlace() {
    for step in 0..<10 {
      for width in [100, 60, 40] {
        let rows = draw(step: step, width: width)
        let y = view(step: step).output(at: step, flips: true)
        #expect(rows[3].contains("= \(readable(y))"))
        #expect(rows[4].contains("[\(readable(y))]"))
        #expect(rows[2].last == "]")
      }
    }
  }

  @Test func theKernelIsReversedOnlyWithTheFlip() {
    #expect(draw(step: 5)[2].contains("[0.25  0.5    1  ]"))
    #expect(draw(step: 5, flips: false)[2].contains("[ 1    0.5   0.25]"))
  }

  @Test func outOfRangeStepsAreClampedAndEmptyInputIsAccepted() {
    #expect(draw(step: -5) == draw(step: 0))
    #expect(draw(step: 99) == draw(step: 9))
    var canvas = Canvas(width: 70, height: 6)
    StepperView(Stepper(signal: [], kernel: [1], flips: true), step: 0)
      .draw(into: &canvas, in: canvas.bounds, theme: .monochrome)
    #expect(canvas.text.contains("no data"))
  }
}
