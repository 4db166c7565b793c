import Interpreter
import Testing

/// How far a key moves a widget.
@Suite struct WidgetMovingTests {
  private func slider(
    _ start: Double, _ stop: Double, step: Double? = nil, isInteger: Bool = true,
    isLogarithmic: Bool = false, value: Double
  ) -> Widget {
    Widget(
      name: "x", label: "x",
      kind: .slider(
        start: start, stop: stop, step: step, isInteger: isInteger, isLogarithmic: isLogarithmic,
        unit: "", value: value, lessonValue: value))
  }

  @Test func aLinearSliderMovesByItsStepAndStopsAtItsEnds() {
    let taps = slider(3, 1023, step: 2, value: 11)
    #expect(taps.moved(by: 1) == .number(13))
    #expect(taps.moved(by: -10) == .number(3))
    #expect(slider(3, 1023, step: 2, value: 1021).moved(by: 10) == .number(1023))
  }

  /// A hundred key presses lead from one end to the other, whatever the range.
  @Test func aLogarithmicSliderMovesByAConstantRatio() {
    var delay = slider(1, 13230, isLogarithmic: true, value: 13230)
    #expect(delay.moved(by: -100) == .number(1))
    #expect(delay.moved(by: -50) == .number(115))
    var keys = 0
    while delay.value != .number(1), keys < 200 {
      delay = delay.showing(delay.moved(by: -1))
      keys += 1
    }
    #expect((60...100).contains(keys), "small integers are further apart: fewer keys")
  }

  @Test func stepsAccumulateNoRoundingErrors() {
    #expect(slider(0, 1, step: 0.1, isInteger: false, value: 0.2).moved(by: 1) == .number(0.3))
    #expect(slider(0, 10, isInteger: false, value: 5).moved(by: 1) == .number(5.1))
  }

  @Test func aSliderFromHighToLowGoesDownWithTheRightArrow() {
    #expect(slider(10, 0, step: -1, value: 5).moved(by: 1) == .number(4))
  }

  @Test func typedValuesSnapToTheNearestStepInRange() {
    let taps = slider(3, 101, step: 2, value: 11)
    #expect(taps.clamped(44.2) == 45)
    #expect(taps.clamped(1e9) == 101)
    #expect(taps.clamped(-5) == 3)
  }

  @Test func choicesWrapAroundAndTogglesFlip() {
    let choice = Widget(
      name: "c", label: "c", kind: .choice(options: ["a", "b"], selected: 1, lessonSelected: 0))
    #expect(choice.moved(by: 1) == .option(0, text: "a"))
    #expect(choice.moved(by: -1) == .option(0, text: "a"))
    #expect(choice.lessonValue == .option(0, text: "a"))
    let toggle = Widget(name: "t", label: "t", kind: .toggle(isOn: true, lessonIsOn: false))
    #expect(toggle.moved(by: 1) == .isOn(false))
    #expect(toggle.lessonValue == .isOn(false))
  }

  /// What the mouse sets: the ends are reached, and between them the steps of the keys.
  @Test func aPlaceOnTheRailIsAValueOnTheGrid() {
    let taps = slider(3, 1023, step: 2, value: 11)
    #expect(taps.value(at: 0) == .number(3) && taps.value(at: 1) == .number(1023))
    guard case .number(let middle) = taps.value(at: 0.5) else { return }
    #expect(abs(middle - 513) <= 2 && middle.truncatingRemainder(dividingBy: 2) == 1)
    let plain = slider(0, 1, isInteger: false, value: 0.2)
    #expect(plain.value(at: 0.333) == .number(0.33))
    let delay = slider(1, 10_000, isLogarithmic: true, value: 10)
    #expect(delay.value(at: 0.5) == .number(100))
    #expect(slider(10, 0, step: -1, value: 5).value(at: 0.2) == .number(8))
    // An end that is not on the grid.
    #expect(
      slider(0, 10, step: 4, value: 0).value(at: 1) == slider(0, 10, step: 4, value: 8).moved(by: 1)
    )
  }
}
