import EtudeApp
import Pages
import SampleLessons
import Terminal
import Testing

@Suite("Copying")
struct CopyingTests {
  private var reader = SampleLesson.reader()

  /// What y copies while the target has the focus.
  private mutating func copy(_ target: FocusTarget) -> (text: String, name: String)? {
    for _ in 0..<20 where reader.state.focus != target { _ = reader.handle(.key(.tab)) }
    guard case .copy(let text, let name)? = reader.handle(.key(.character("y"))).first else {
      return nil
    }
    return (text, name)
  }

  @Test("Code is copied as it is, a widget by its value, a plot as CSV")
  mutating func kinds() throws {
    let code = try #require(copy(.code(cell: "filter")))
    #expect(code.text == reader.lesson.cell("filter")?.source && code.name == "the cell filter")
    #expect(try #require(copy(SampleLesson.slider)).text == "11")
    let plot = try #require(copy(SampleLesson.plot))
    #expect(plot.text.hasPrefix("x,kernel\n0.0,0.0\n1.0,0.05"))
    #expect(plot.text.split(separator: "\n").count == 42)
    #expect(copy(SampleLesson.player) == nil)
    #expect(reader.notice == "a sound cannot be copied; w writes it to a file")
  }

  @Test("A run is copied with a row for each epoch, and not before the first")
  func run() throws {
    var reader = SampleTraining.reader(SampleTraining.trainer(.waiting))
    _ = reader.handle(.key(.tab))
    #expect(reader.handle(.key(.character("y"))).isEmpty)
    #expect(reader.notice == "this run has no numbers yet")
    _ = reader.update(
      snapshot: SampleTraining.snapshot(SampleTraining.trainer(.paused, epoch: 2), revision: 2))
    guard case .copy(let text, _)? = reader.handle(.key(.character("y"))).first else {
      Issue.record("y copies nothing")
      return
    }
    let lines = text.split(separator: "\n")
    #expect(lines.count == 3 && lines[0] == "epoch,train_loss,test_loss,test_accuracy")
    #expect(lines[1].hasPrefix("1,1.1,1.1,"))
  }
}
