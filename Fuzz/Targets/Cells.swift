import Builtins
import CellLanguage
import Concurrency
import Interpreter
import Lessons
import Messages
import Notebook
import Pages
import Publishing
import Terminal

/// Runs a cell and draws its outputs.
///
/// Uses a fraction of a cell's normal limits, to try many inputs per second and expose computations
/// that escape the limits. A cell of which a fault was told before must fail.
func runCell(_ bytes: [UInt8]) {
  let source = String(decoding: bytes, as: UTF8.self)
  let program: Program
  do throws(SyntaxFaults) {
    program = try Program(reading: source)
  } catch {
    _ = CellCheck(of: error.readable, in: surroundings)
    return
  }
  guard NameAnalysis(of: program).diagnostics.isEmpty else { return }
  let foretold = CellCheck(of: program, in: surroundings).faults.first(where: \.isCertain)

  let allowedBytes = 1 << 20
  let allowedSeconds = 0.5
  let interrupt = Interrupt()
  interrupt.request(at: Clock.now() + allowedSeconds)
  var evaluator = Evaluator(
    context: CellContext(
      files: FileAccess(.folders([])), vocabulary: .standard,
      budget: Budget(
        liveBytes: Budget.byteLimit - allowedBytes, seconds: allowedSeconds, interrupt: interrupt)))
  var state = CellResult.State.succeeded
  do {
    try evaluator.run(program)
    if let foretold { fatalError("no error, but there should be: \(foretold.diagnostic)") }
  } catch let error as Diagnostic {
    state = .failed(error)
  } catch {
    return
  }

  for value in evaluator.definitions.values { _ = value.repr }
  drawPage(with: CellResult(state: state, outputs: evaluator.context.outputs))
}

private let surroundings = CellCheck.Surroundings(builtins: Vocabulary.standard.knownNames)

/// Draws a page that contains only this cell.
private func drawPage(with result: CellResult) {
  var snapshot = Snapshot()
  snapshot.cells[page.cells[0].id] = result
  let look = PageLook(width: 80, height: 22, theme: .monochrome, charset: .unicode)
  let arrangement = PageArrangement(page: page, snapshot: snapshot, state: PageState(), look: look)
  var canvas = Canvas(width: look.width, height: arrangement.height, charset: look.charset)
  arrangement.draw(into: &canvas, in: canvas.bounds, from: 0, look: look, state: PageState())
  for output in result.outputs { _ = output.plainText }
}

private let page = Lesson(
  parsing: "## Page\n\n```python {#cell}\n1\n```\n", file: "lesson.md", folder: "/nonexistent"
).pages[0]
