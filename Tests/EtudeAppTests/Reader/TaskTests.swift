import Builtins
import EtudeApp
import Interpreter
import Lessons
import Notebook
import Terminal
import Testing

@Suite("Tasks")
struct TaskTests {
  private static let lesson = Lesson(
    parsing: """
      ---
      title: Tasks
      id: tasks
      version: 1
      language: en
      ---
      # Tasks
      ## Lengths
      > [!TASK]
      > Make it 100 long.
      >
      > ```python {#length .hidden}
      > check(n == 100, "shorter")
      > ```

      > [!PREDICT]
      > How wide?
      >
      > - [x] very

      > [!TASK]
      > Make it wide.
      >
      > ```python {#width}
      > check(w > 5, "wider")
      > ```

      ## Nothing to do
      """, file: "lesson.md", folder: "/")

  private var reader: Reader

  init() {
    reader = Reader(
      lesson: Self.lesson, width: 80, height: 30,
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
  }

  private var text: String { reader.draw().text }

  private mutating func update(length: Bool, width: Bool = false, isStale: Bool = false) {
    var snapshot = Snapshot()
    snapshot.revision = reader.snapshot.revision + 1
    for (id, isPassed, hint) in [("length", length, "shorter"), ("width", width, "wider")] {
      snapshot.cells[id] = CellResult(
        state: .succeeded, outputs: [.check(isPassed: isPassed, hint: hint)], isStale: isStale)
    }
    _ = reader.update(snapshot: snapshot)
  }

  @Test mutating func aTaskShowsItsHintUntilItIsDone() {
    #expect(text.contains("Make it 100 long."))
    #expect(!text.contains("check(n"), "a hidden cell is shown")
    #expect(!text.contains("not yet"), "nothing has run")
    update(length: false)
    #expect(text.contains("▎ ○ not yet: shorter"))
    update(length: true)
    #expect(text.contains("▎ ✓ done"))
    #expect(!text.contains("shorter"))
    #expect(reader.state.progress.doneTasks == ["length"])
  }

  @Test("A run of older settings does no task")
  mutating func oldRun() throws {
    let lesson = Lesson(
      parsing: """
        ---
        title: Runs
        id: runs
        ---
        ## Learn
        ```python {#run}
        steps = slider(1, 9)
        fit = train(network, data, epochs=steps)
        ```

        > [!TASK]
        > Learn it.
        >
        > ```python {#learned .hidden}
        > check(fit.history[-1] < 1, "longer")
        > ```

        ## Later
        > [!TASK]
        > Learn it well.
        >
        > ```python {#well .hidden}
        > check(fit.history[-1] < 0.1, "longer")
        > ```
        """, file: "lesson.md", folder: "/")
    reader = Reader(
      lesson: lesson, width: 80, height: 30,
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
    func snapshot(isStale: Bool) -> Snapshot {
      var snapshot = Snapshot()
      snapshot.revision = reader.snapshot.revision + 1
      for id in ["learned", "well"] {
        snapshot.cells[id] = CellResult(
          state: .succeeded, outputs: [.check(isPassed: true, hint: "longer")])
      }
      var trainer = TrainerState(
        activity: .finished, title: "a network", startEpoch: 0, epochs: 1, classCount: 2,
        testCount: 0)
      trainer.isStale = isStale
      snapshot.trainers[TrainerID(cell: "run", call: 0)] = trainer
      return snapshot
    }
    _ = reader.update(snapshot: snapshot(isStale: true))
    #expect(reader.state.progress.doneTasks.isEmpty)
    #expect(
      text.contains("○ not yet: the settings here have changed since the training; train again"))
    _ = reader.handle(.key(.character("n")))
    _ = reader.update(snapshot: snapshot(isStale: true))
    #expect(text.contains("the settings on page 1 have changed since the training"))
    _ = reader.update(snapshot: snapshot(isStale: false))
    #expect(reader.state.progress.doneTasks == ["well"])
    #expect(text.contains("✓ done"))
  }

  @Test mutating func movingTheSliderOnDoesNotUndoATask() {
    update(length: true)
    update(length: false)
    #expect(text.contains("✓ done"))
    _ = reader.handle(.key(.character("n")))
    _ = reader.handle(.key(.character("p")))
    #expect(text.contains("✓ done"))
  }

  @Test mutating func aDoneTaskIsPraisedUntilTheStudentGoesOn() {
    let praise = "✓ Task done, 1 of 2. Well done!"
    update(length: true)
    #expect(text.contains(praise))
    // Nothing here takes these keys; they are like those that move a slider on.
    _ = reader.handle(.key(.down))
    #expect(text.contains(praise) && text.contains("q quit"))
    _ = reader.handle(.key(.tab))
    #expect(!text.contains(praise))
    update(length: true, width: true)
    #expect(text.contains("✓ Task done, and with it all 2 of this lesson."))
    _ = reader.handle(.key(.character("n")))
    #expect(!text.contains("Task done"))
  }

  @Test mutating func anOutOfDateResultDoesNotCount() {
    update(length: true, isStale: true)
    #expect(reader.state.progress.doneTasks == [])
  }

  @Test mutating func anOpenQuestionCoversTheChecksBelowIt() {
    update(length: false)
    #expect(!text.contains("not yet: wider"))
    _ = reader.handle(.key(.tab))
    _ = reader.handle(.key(.character("1")))
    #expect(text.contains("○ not yet: wider"))
    #expect(text.contains("check(w > 5"))
  }

  @Test mutating func theContentsShowWhatIsDone() {
    _ = reader.handle(.key(.character("t")))
    #expect(text.contains("1  Lengths  ○ ○"))
    update(length: false, width: true)
    #expect(text.contains("1  Lengths  ○ ✓"))
    #expect(text.contains("2  Nothing to do  │\n"))
  }
}
