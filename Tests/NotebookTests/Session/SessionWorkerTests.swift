import Interpreter
import Lessons
import Notebook
import Testing

/// The worker's thread: the last request determines the result.
@Suite struct SessionWorkerTests {
  private func worker(_ lesson: Lesson) -> (SessionWorker, Wakes) {
    let wakes = Wakes()
    let worker = SessionWorker(lesson: lesson, files: FileAccess(.folders([]))) { wakes.wake() }
    return (worker, wakes)
  }

  /// Takes far longer than a test may last, unless it is interrupted.
  private let endless = "[1 for i in range(10**9) if i < 0]"

  @Test func showsAPage() throws {
    let (worker, wakes) = worker(lesson(cell("a", "a = 1; a"), cell("b", "b = a + 1; b")))
    worker.request(.show(page: 1))
    #expect(worker.snapshot.isBusy || worker.snapshot.hasSucceeded("b"))
    try wakes.wait(for: worker) { !$0.isBusy }
    #expect(worker.snapshot.texts("b") == ["2"])
    worker.stop()
    worker.stop()
  }

  @Test func anotherPageStopsTheWorkForTheOneBefore() throws {
    let (worker, wakes) = worker(lesson(cell("slow", endless), cell("b", "'here'")))
    worker.request(.show(page: 0))
    worker.request(.show(page: 1))
    try wakes.wait(for: worker) { $0.hasSucceeded("b") && !$0.isBusy }
    #expect(worker.snapshot.cells["slow"]?.isPending == true)
  }

  @Test("Large outputs of another page are given up and made again; values stay")
  func givesUpOutputs() throws {
    let (worker, wakes) = worker(
      lesson(
        cell("sound", "x = np.zeros(200_000); play(x, 44100); print('played')")
          + cell("small", "y = 1; y"), cell("b", "len(x)"), cell("c", "'c'")))
    worker.request(.show(page: 0))
    try wakes.wait(for: worker) { !$0.isBusy }
    let first = try #require(worker.snapshot.cells["sound"])
    #expect(first.outputs.count == 2)
    worker.request(.show(page: 1))
    try wakes.wait(for: worker) { $0.texts("b") == ["200000"] && !$0.isBusy }
    #expect(worker.snapshot.cells["sound"]?.isPending == true)
    #expect(worker.snapshot.cells["sound"]?.outputs.isEmpty == true)
    #expect(worker.snapshot.texts("small") == ["1"])
    let b = try #require(worker.snapshot.cells["b"])
    worker.request(.show(page: 0))
    try wakes.wait(for: worker) { $0.hasSucceeded("sound") && !$0.isBusy }
    #expect(worker.snapshot.cells["sound"]?.outputs.count == 2)
    #expect((worker.snapshot.cells["sound"]?.revision ?? 0) > first.revision)
    worker.request(.show(page: 1))
    try wakes.wait(for: worker) { $0.hasSucceeded("b") && !$0.isBusy }
    #expect(worker.snapshot.cells["b"]?.revision == b.revision, "its input is the same")
  }

  @Test func theNewestWidgetPositionWins() throws {
    // Position 0 would run forever.
    let (worker, wakes) = worker(
      lesson(
        cell("w", "n = slider(0, 1000, value=1)")
          + cell("x", "x = [i for i in range(10**9 if n == 0 else n) if i < 0]; n")))
    worker.request(.show(page: 0))
    try wakes.wait(for: worker) { $0.texts("x") == ["1"] && !$0.isBusy }
    worker.request(.setWidget(cell: "w", name: "n", to: .number(0)))
    try wakes.wait(for: worker) { $0.cells["x"]?.isStale == true }
    for position in 1...1000 {
      worker.request(.setWidget(cell: "w", name: "n", to: .number(Double(position))))
    }
    try wakes.wait(for: worker) { !$0.isBusy }
    #expect(worker.snapshot.texts("x") == ["1000"])
    #expect(worker.snapshot.cells["x"]?.isStale == false)
    worker.request(.reset(page: 0))
    try wakes.wait(for: worker) { !$0.isBusy }
    #expect(worker.snapshot.texts("x") == ["1"])
  }

  @Test func anEditStopsTheCellThatItReplaces() throws {
    let (worker, wakes) = worker(lesson(cell("x", endless), cell("y", "y = 1; y")))
    worker.request(.show(page: 0))
    worker.request(.edit(cell: "x", source: "x = 'quick'; x"))
    worker.request(.edit(cell: "y", source: "y = x; y"))
    try wakes.wait(for: worker) { $0.texts("x") == ["'quick'"] && !$0.isBusy }
    worker.request(.show(page: 1))
    try wakes.wait(for: worker) { $0.texts("y") == ["'quick'"] }
    worker.request(.edit(cell: "y", source: nil))
    try wakes.wait(for: worker) { $0.texts("y") == ["1"] && !$0.isBusy }
  }

  @Test func stoppingDoesNotWaitForTheWork() throws {
    let (worker, wakes) = worker(lesson(cell("quick", "'q'") + cell("slow", endless)))
    worker.request(.show(page: 0))
    try wakes.wait(for: worker) { $0.hasSucceeded("quick") }
    let clock = ContinuousClock()
    // The cell's own time limit is ten seconds.
    #expect(clock.measure { worker.stop() } < .seconds(5))
  }

  @Test("One call that walks for seconds stops for a new request and at the end, like a whole cell")
  func anOperationStopsInTheMiddle() throws {
    let (worker, wakes) = worker(
      lesson(cell("quick", "'q'") + cell("slow", "sum(range(10**12))"), cell("b", "'here'")))
    worker.request(.show(page: 0))
    try wakes.wait(for: worker) { $0.hasSucceeded("quick") }
    let clock = ContinuousClock()
    let seconds = try clock.measure {
      worker.request(.show(page: 1))
      try wakes.wait(for: worker) { $0.hasSucceeded("b") }
    }
    #expect(seconds < .seconds(5))
    worker.request(.show(page: 0))
    #expect(clock.measure { worker.stop() } < .seconds(5))
  }

  @Test func aReleasedWorkerEnds() {
    let wakes = Wakes()
    for _ in 0..<20 {
      let worker = SessionWorker(
        lesson: lesson(cell("slow", endless)), files: FileAccess(.folders([]))
      ) { wakes.wake() }
      worker.request(.show(page: 0))
    }
  }

  @Test func theDeepestCellFitsTheStack() throws {
    let depth = 90
    let code = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
    let (worker, wakes) = worker(lesson(cell("deep", "x = \(code); x == x; x")))
    worker.request(.show(page: 0))
    try wakes.wait(for: worker) { !$0.isBusy }
    #expect(worker.snapshot.texts("deep").last == code)
  }
}
