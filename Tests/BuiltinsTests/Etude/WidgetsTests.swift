import RunningCells
import Testing

@Suite struct WidgetsTests {
  // MARK: slider

  @Test(arguments: [
    ("slider(3, 1023, step=2, value=11)", "11"),
    ("slider(0, 10)", "0"),
    ("slider(0, 10, value=20)", "10"),
    ("slider(0, 10, value=-1)", "0"),
    ("slider(0.0, 1.0)", "0.0"),
    ("slider(0, 5, value=2.0)", "2.0"),
    ("slider(0.0, 1.0, step=0.1, value=0.3)", "0.3"),
    ("slider(0.0, 1.0, step=0.3, value=1.0)", "0.9"),
    ("slider(3, 11, step=2, value=6)", "7"),
    ("slider(0.5, 10, step=1)", "0.5"), ("slider(0.5, 10, step=1, value=10)", "9.5"),
    ("slider(0.05, 1, step=0.1, value=0.35)", "0.35"),
    ("slider(0.25, 5, step=0.5, value=1.25)", "1.25"),
    ("slider(1e-10, 1e-9, step=1e-10, value=5e-10)", "5e-10"),
    ("slider(0, 10, step=5e-324, value=5)", "5.0"),
    ("slider(0, 1, step=1/3, value=0.4)", "0.3333333333333333"),
    ("slider(1, 10, step=4, value=10)", "9"),
    ("slider(5, 5)", "5"),
    ("slider(20, 20000, value=200, scale=\"log\")", "200"),
  ])
  func startsWithTheLessonsValue(call: String, value: String) throws {
    #expect(try RunningCell("x = \(call)").json("x") == value)
  }

  @Test(
    arguments: [
      ("slider(3, 101, step=2, value=11)", 40, "41"),
      ("slider(3, 101, step=2, value=11)", 1000, "101"),
      ("slider(3, 101, step=2, value=11)", -7, "3"),
      ("slider(0.0, 1.0, step=0.1)", 0.72, "0.7"),
      ("slider(0.0, 1.0)", 0.123, "0.123"),
      ("slider(0, 10)", .nan, "0"),
    ] as [(String, Double, String)])
  func followsTheStudent(call: String, set: Double, value: String) throws {
    let cell = try RunningCell("x = \(call)", widgets: ["x": .number(set)])
    #expect(cell.json("x") == value)
  }

  @Test func describesASlider() throws {
    let cell = try RunningCell(
      "f = slider(20, 20000, value=200, label=\"cut-off\", unit=\"Hz\", scale=\"log\")",
      widgets: ["f": .number(500)])
    let widget = try #require(cell.widgets.first)
    #expect(widget.name == "f")
    #expect(widget.label == "cut-off")
    guard
      case .slider(
        let start, let stop, let step, let isInteger, let isLogarithmic, let unit, let value,
        let lessonValue) = widget.kind
    else {
      Issue.record("not a slider")
      return
    }
    #expect((start, stop, step) == (20, 20000, nil))
    #expect(isInteger && isLogarithmic && unit == "Hz")
    #expect((value, lessonValue) == (500, 200))
  }

  @Test(arguments: [
    ("slider(1, 0)", "below start"), ("slider(0, 1, step=0)", "above 0"),
    ("slider(0, 1, scale=\"log\")", "logarithmic"), ("slider(0, 1, scale=\"cubic\")", "'linear'"),
    ("slider(0, np.inf)", "2**53"), ("slider(0, 1, value=np.nan)", "2**53"),
    ("slider(0, \"b\")", "number"),
  ])
  func rejectsInvalidSliders(call: String, message: String) {
    #expect(failure(of: "x = \(call)")?.contains(message) == true)
  }

  @Test(arguments: [
    "slider(0, 1)", "x = 2 * slider(0, 1)", "x = [toggle()]", "a, b = choice([1, 2])",
  ])
  func rejectsWidgetsElsewhere(source: String) {
    #expect(failure(of: source)?.contains("alone") == true)
  }

  // MARK: choice and toggle

  @Test func choosesOneOutOfAList() throws {
    #expect(try RunningCell("x = choice([\"a\", \"b\"])").json("x") == "\"a\"")
    #expect(try RunningCell("x = choice([11, 101], value=101)").json("x") == "101")
    #expect(throws: (any Error).self) { try RunningCell("x = choice(range(10**6))") }
    #expect(
      try RunningCell("x = choice([11, 101])", widgets: ["x": .option(1)]).json("x") == "101")
    // The list has become shorter since the student chose.
    #expect(
      try RunningCell("x = choice([11, 101])", widgets: ["x": .option(7)]).json("x") == "101")
    #expect(failure(of: "x = choice([])") != nil)
    #expect(failure(of: "x = choice([\"a\"], value=\"c\")")?.contains("'c'") == true)
  }

  @Test func switchesOnAndOff() throws {
    #expect(try RunningCell("x = toggle()").json("x") == "false")
    #expect(try RunningCell("x = toggle(True)").json("x") == "true")
    #expect(try RunningCell("x = toggle(True)", widgets: ["x": .isOn(false)]).json("x") == "false")
  }
}
