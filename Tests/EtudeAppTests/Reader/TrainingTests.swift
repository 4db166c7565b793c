import EtudeApp
import Interpreter
import NeuralNetworks
import Notebook
import SampleLessons
import Terminal
import Testing

@Suite("Training in the reader")
struct TrainingTests {
  private func rows(_ reader: Reader) -> [Substring] {
    reader.draw().text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test("Before the run, the page says what Enter does and what waits for it")
  func waiting() {
    let text = SampleTraining.reader(SampleTraining.trainer(.waiting)).draw().text
    #expect(text.contains("⏎ trains, about 1 s, free 0.2 s"))
    #expect(text.contains("ln 3: guessing"))
    #expect(text.contains("33 %: guessing"))
    #expect(
      text.contains(
        "waits for the run \"ASGD, rate 0.01, batches of 64\": not started, about 2 s; ⏎"))
  }

  @Test("A cell that waits for its own trainer does not say so twice")
  func waitingForItself() {
    var snapshot = SampleTraining.snapshot(SampleTraining.trainer(.waiting), revision: 2)
    snapshot.cells["run"]?.state = .waiting(.ownWork(.training(estimatedSeconds: 3)))
    var reader = SampleTraining.reader(SampleTraining.trainer(.waiting))
    _ = reader.update(snapshot: snapshot)
    #expect(!reader.draw().text.contains("about 3 s"))
    #expect(reader.draw().text.contains("⏎ trains"))
  }

  @Test("Several runs of a cell are listed, numbered, each with a line of numbers")
  func severalRuns() {
    var snapshot = SampleTraining.snapshot(SampleTraining.trainer(.waiting), revision: 2)
    let ids = (0..<5).map { TrainerID(cell: "run", call: $0) }
    snapshot.cells["run"]?.outputs = ids.map { .trainer($0) }
    for id in ids { snapshot.trainers[id] = SampleTraining.trainer(.paused, epoch: id.call) }
    var reader = SampleTraining.reader(SampleTraining.trainer(.waiting))
    _ = reader.update(snapshot: snapshot)
    let text = reader.draw().text
    for number in 1...5 {
      #expect(text.contains("run \(number): ASGD"))
      #expect(text.contains("epoch \(number - 1)/100"))
    }
    #expect(!text.contains("guessing"))
  }

  @Test("Ending a run asks for confirmation", arguments: [Key.character("q"), .function(5)])
  func ending(key: Key) {
    var reader = SampleTraining.reader(SampleTraining.trainer(.running, epoch: 3))
    #expect(reader.handle(.key(key)).isEmpty)
    #expect(reader.draw().text.contains("A network is still training"))
    #expect(reader.handle(.key(.character("n"))).isEmpty)
    _ = reader.handle(.key(key))
    let actions = reader.handle(.key(.character("y")))
    switch actions.first {
    case .quit: #expect(key == .character("q"))
    case .reload: #expect(key == .function(5))
    default: Issue.record("\(actions)")
    }
    var idle = SampleTraining.reader(SampleTraining.trainer(.paused, epoch: 3))
    #expect(idle.handle(.key(key)).count == 1)
  }

  @Test("The question says what becomes of the run")
  func question() {
    func question(_ key: Key, epoch: Int, isSaving: Bool) -> String {
      var reader = SampleTraining.reader(SampleTraining.trainer(.running, epoch: epoch))
      reader.isSaving = isSaving
      _ = reader.handle(.key(key))
      return reader.draw().text
    }
    let quit = Key.character("q")
    #expect(question(quit, epoch: 3, isSaving: true).contains("It is kept at epoch 3 of 100"))
    #expect(question(.function(5), epoch: 3, isSaving: false).contains("It is kept at epoch 3 of"))
    #expect(question(quit, epoch: 3, isSaving: false).contains("Nothing is saved"))
    #expect(question(quit, epoch: 0, isSaving: true).contains("Its first epoch is not complete"))
  }

  @Test("Each key sends its command to the focused trainer")
  func keys() {
    var reader = SampleTraining.reader(SampleTraining.trainer(.waiting))
    #expect(reader.handle(.key(.tab)).isEmpty)
    #expect(reader.state.focus == SampleTraining.focus)
    let commands: [(Key, TrainerCommand)] = [
      (.enter, .startOrPause), (.character("s"), .oneEpoch), (.character("b"), .oneStage),
      (.character(","), .changePace(-1)), (.character("."), .changePace(1)),
      (.character("f"), .runFree), (.character("r"), .startAgain),
    ]
    for (key, wanted) in commands {
      let actions = reader.handle(.key(key))
      guard actions.count == 1, case .session(.train(SampleTraining.id, wanted))? = actions.first
      else {
        Issue.record("\(key) gives \(actions)")
        continue
      }
    }
  }

  @Test("After a run, s and b say what to do instead", arguments: ["s", "b"] as [Character])
  func finishedRun(key: Character) {
    var reader = SampleTraining.reader(SampleTraining.trainer(.finished, epoch: 100))
    _ = reader.handle(.key(.tab))
    #expect(reader.handle(.key(.character(key))).isEmpty)
    #expect(reader.notice?.contains("r starts it again, then \(key) goes") == true)
    reader = SampleTraining.reader(SampleTraining.trainer(.paused, epoch: 10))
    _ = reader.handle(.key(.tab))
    #expect(reader.handle(.key(.character(key))).count == 1)
  }

  @Test("The first of several runs says how long all of them take at their pace, or else itself")
  func totalTime() {
    var trainer = SampleTraining.trainer(.waiting)
    trainer.callCount = 5
    trainer.pace = 10
    func text() -> String { SampleTraining.reader(trainer).draw().text }
    #expect(text().contains("⏎ trains all 5, about 50 s"))
    #expect(!text().contains("free"))
    trainer.pace = nil
    // The other runs may train larger networks.
    #expect(text().contains("⏎ trains all 5, the first in about"))
  }

  @Test("Curves, numbers and progress follow the snapshots")
  func progress() {
    var reader = SampleTraining.reader(SampleTraining.trainer(.running, epoch: 64))
    #expect(rows(reader)[0].hasSuffix("training 64 %"))
    #expect(reader.draw().text.contains("epoch 64/100"))
    _ = reader.update(
      snapshot: SampleTraining.snapshot(SampleTraining.trainer(.finished, epoch: 100), revision: 2))
    #expect(!rows(reader)[0].contains("%"))
    #expect(reader.draw().text.contains("epoch 100/100"))
    #expect(reader.draw().text.contains("finished"))
  }

  @Test("The trainer, its page and footer fit the usual sizes", arguments: [(80, 24), (140, 45)])
  func sizes(width: Int, height: Int) {
    var reader = SampleTraining.reader(
      SampleTraining.trainer(.running, epoch: 64), width: width, height: height)
    _ = reader.handle(.key(.tab))
    let rows = rows(reader)
    #expect(rows.allSatisfy { $0.count <= width })
    #expect(rows[height - 1].contains("one epoch"))
    #expect(reader.draw().text.contains("zero_grad › forward"))
  }

  @Test("A batch that is stepped through is scrolled into view")
  func batch() {
    var trainer = SampleTraining.trainer(.paused, epoch: 3)
    var reader = SampleTraining.reader(trainer, height: 14)
    _ = reader.handle(.key(.tab))
    trainer.batch = BatchView(
      stage: .loss, batch: 1, batchCount: 8, signal: [0, 1, 0, -1], label: 1,
      probabilities: [0.25, 0.5, 0.25], loss: 0.693)
    _ = reader.update(snapshot: SampleTraining.snapshot(trainer, revision: 2))
    let text = reader.draw().text
    #expect(text.contains("[loss]"))
    #expect(text.contains("0.693"))
    #expect(text.contains("gradient norm ?"))
  }

  @Test("q asks while a network is training, and only then")
  func quitting() {
    var reader = SampleTraining.reader(SampleTraining.trainer(.running, epoch: 5))
    #expect(reader.handle(.key(.character("q"))).isEmpty)
    #expect(reader.draw().text.contains("still training"))
    #expect(reader.handle(.key(.character("n"))).isEmpty)
    #expect(reader.overlay == nil)
    _ = reader.handle(.key(.character("q")))
    guard case .quit? = reader.handle(.key(.character("y"))).first else {
      Issue.record("y does not quit")
      return
    }
    reader = SampleTraining.reader(SampleTraining.trainer(.paused, epoch: 5))
    guard case .quit? = reader.handle(.key(.character("q"))).first else {
      Issue.record("q asks although nothing is training")
      return
    }
  }

  @Test("Turning the page leaves the trainer alone")
  func turning() {
    var reader = SampleTraining.reader(SampleTraining.trainer(.running, epoch: 5))
    let actions = reader.handle(.key(.character("n")))
    #expect(!actions.contains { if case .session(.train) = $0 { true } else { false } })
    #expect(rows(reader)[0].contains("training 5 %"))
  }

  @Test("A stale cell dims its outputs but not the trainer, which says that settings changed")
  func stale() {
    var trainer = SampleTraining.trainer(.finished, epoch: 100)
    trainer.isStale = true
    var snapshot = SampleTraining.snapshot(trainer, revision: 2)
    snapshot.cells["run"]?.isStale = true
    var reader = SampleTraining.reader(trainer)
    _ = reader.update(snapshot: snapshot)
    let canvas = reader.draw()
    let rows = canvas.text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = rows.firstIndex { $0.contains("settings have changed; r retrains") }
    #expect(row.map { canvas[3, $0].style } == Theme.monochrome.warning)
  }

  @Test("Examples are shown in a grid, each with its verdict")
  func grid() {
    var reader = SampleTraining.reader(
      SampleTraining.trainer(.finished, epoch: 100), height: 45)
    #expect(reader.draw().text.contains("✓ sine? sine 0"))
    #expect(reader.draw().text.contains("✗ sine? sine 2"))
    _ = reader.handle(.key(.character("v")))
    #expect(reader.draw().text.contains("5 of 6 right"))
  }
}
