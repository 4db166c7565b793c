import Interpreter
import Messages
import Notebook
import RunningCells
import Testing

@Suite struct TasksTests {
  private func checks(_ source: String) throws -> [(isPassed: Bool, hint: String)] {
    CellResult(state: .succeeded, outputs: try RunningCell(source).outputs).checks
  }

  @Test(arguments: [
    ("1 < 2", true), ("[]", false), ("np.array([3.0])", true), ("np.bool(False)", false),
    ("'' or 1", true),
  ])
  func aConditionIsTrueAsInPython(condition: String, isPassed: Bool) throws {
    let checks = try checks("check(\(condition), \"go on\")")
    #expect(checks.map(\.isPassed) == [isPassed])
    #expect(checks.map(\.hint) == ["go on"])
  }

  @Test func allChecksOfACellMustPass() throws {
    func isDone(_ source: String) throws -> Bool {
      CellResult(state: .succeeded, outputs: try RunningCell(source).outputs).isDoneTask
    }
    #expect(try isDone("check(True, 'a'); check(True, 'b')"))
    #expect(try !isDone("check(True, 'a'); check(False, 'b')"))
    #expect(try !isDone("1 + 1"), "a cell without a check is no task")
  }

  @Test func aFailedCellIsNotDone() {
    let outputs = [Output.check(isPassed: true, hint: "")]
    #expect(!CellResult(state: .failed(Diagnostic("no")), outputs: outputs).isDoneTask)
  }

  @Test(arguments: [
    ("check(np.zeros(2) == 0, 'a')", "neither true nor false"), ("check(True)", "hint"),
    ("check(True, 3)", "hint"),
  ])
  func refuses(source: String, message: String) {
    #expect(failure(of: source)?.contains(message) == true, "\(failure(of: source) ?? "passed")")
  }
}
