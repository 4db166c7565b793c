import Compute
import Interpreter
import Lessons
import Messages
import Notebook
import RunningCells
import Testing

/// Runs that are kept before they have finished.
@Suite struct CheckpointTests {
  private let id = TrainerID(cell: "fit", call: 0)

  private func page(_ call: String = tinyCall) -> Lesson {
    lesson(
      cell("net", tinyNetwork) + cell("fit", "fit = \(call)") + cell("after", "fit.epochs"))
  }

  private func worker(_ lesson: Lesson, _ runs: [SavedRun] = []) -> (SessionWorker, Wakes) {
    let wakes = Wakes()
    var saved = SavedState()
    saved.runs = { runs }
    let worker = SessionWorker(
      lesson: lesson, files: FileAccess(.folders([])), resuming: saved
    ) { wakes.wake() }
    worker.request(.show(page: 0))
    return (worker, wakes)
  }

  /// A run that is paused after this many epochs.
  private func paused(
    after epochs: Int, of call: String = tinyCall, from runs: [SavedRun] = []
  ) throws -> (SessionWorker, Wakes) {
    let (worker, wakes) = worker(page(call), runs)
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    let start = worker.snapshot.trainers[id]?.epoch ?? 0
    for epoch in (start..<epochs).map({ $0 + 1 }) {
      worker.request(.train(id, .oneEpoch))
      try wakes.wait(for: worker) {
        $0.trainers[id]?.epoch == epoch && $0.trainers[id]?.activity == .paused
      }
    }
    return (worker, wakes)
  }

  private func checkpoint(after epochs: Int, of call: String = tinyCall) throws -> SavedRun {
    let (worker, _) = try paused(after: epochs, of: call)
    let run = try #require(worker.takeCheckpoints(areLast: true).first ?? worker.keptRuns.first)
    return try SavedRun(fileBytes: run.fileBytes())
  }

  @Test(arguments: [
    "optim.SGD(lr=0.1)", "optim.ASGD(lr=0.05)", "optim.Adam(lr=0.01)",
    "optim.SGD(lr=0.1, momentum=0.5)",
  ])
  func goesOnWithTheSameBits(optimizer: String) throws {
    let call = "train(net, data, \(optimizer), epochs=9, batch_size=5, test=data)"
    let run = try checkpoint(after: 4, of: call)
    #expect(run.isUnfinished)
    #expect(run.keptSentence == "the run of cell fit is kept at epoch 4 of 9")
    let (worker, wakes) = worker(page(call), [run])
    let before = try wakes.wait(for: worker) { !$0.isBusy && $0.texts("after") == ["4"] }
    #expect(before.trainers[id]?.activity == .paused)
    #expect(before.trainers[id]?.isStale == false)
    #expect(before.trainers[id]?.seconds == run.seconds)
    #expect(worker.takeCheckpoints(areLast: true).isEmpty, "it is on the disk already")

    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    let end = try wakes.wait(for: worker) { $0.trainers[id]?.activity == .finished }
    guard case .fit(let expected) = try value(of: "fit", after: "\(tinyNetwork)\nfit = \(call)")
    else { throw Diagnostic("no fit") }
    #expect(bits(end.trainers[id]?.curves.loss ?? []) == bits(expected.history))
    #expect(bits(end.trainers[id]?.curves.testLoss ?? []) == bits(expected.testHistory))
    let finished = try #require(worker.takeFinishedRuns().first)
    for (ours, theirs) in zip(finished.fit.model.state ?? [], expected.model.state ?? []) {
      #expect(ours.name == theirs.name && ours.array == theirs.array)
    }
    #expect(!finished.isUnfinished)
  }

  @Test func aRunThatGoesOnFromAFitIsKept() throws {
    let pages = lesson(
      cell("net", tinyNetwork) + cell("fit", "fit = train(net, data, epochs=2)")
        + cell("more", "more = train(fit, data, epochs=5)"))
    let more = TrainerID(cell: "more", call: 0)
    let (worker, wakes) = worker(pages)
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    try wakes.wait(for: worker) { $0.trainers[more] != nil }
    worker.request(.train(more, .oneEpoch))
    try wakes.wait(for: worker) { $0.trainers[more]?.epoch == 3 }
    let runs = try worker.keptRuns.map { try SavedRun(fileBytes: $0.fileBytes()) }
    #expect(Set(runs.map(\.isUnfinished)) == [false, true])

    let (second, secondWakes) = self.worker(pages, runs)
    try secondWakes.wait(for: second) { $0.trainers[more]?.activity == .paused }
    #expect(second.snapshot.trainers[more]?.startEpoch == 2)
    #expect(second.snapshot.trainers[more]?.isStale == false)
    second.request(.train(more, .runFree))
    second.request(.train(more, .startOrPause))
    let end = try secondWakes.wait(for: second) { $0.trainers[more]?.activity == .finished }
    guard
      case .fit(let expected) = try value(
        of: "more",
        after: "\(tinyNetwork)\nmore = train(train(net, data, epochs=2), data, epochs=5)")
    else { throw Diagnostic("no fit") }
    #expect(bits(end.trainers[more]?.curves.loss ?? []) == bits(expected.history))
  }

  @Test func aRunWithoutAnEpochIsNotKept() throws {
    let (worker, wakes) = worker(page())
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    worker.request(.train(id, .oneStage))
    try wakes.wait(for: worker) { $0.trainers[id]?.batch != nil }
    #expect(worker.takeCheckpoints(areLast: true).isEmpty)
    #expect(worker.keptRuns.isEmpty && worker.unfinishedRuns.isEmpty)
  }

  @Test func inTheMiddleOfAnEpochTheLastCompleteOneIsKept() throws {
    let (worker, wakes) = try paused(after: 2)
    worker.request(.train(id, .oneStage))
    try wakes.wait(for: worker) { $0.trainers[id]?.batch != nil }
    let run = try #require(worker.unfinishedRuns.first)
    #expect(try SavedRun(fileBytes: run.fileBytes()).fit.epoch == 2)
  }

  @Test func aPausedRunIsTakenOnceAndAgainWhenItHasChanged() throws {
    let (worker, wakes) = try paused(after: 1)
    #expect(worker.takeCheckpoints(areLast: false).map(\.fit.epoch) == [1])
    #expect(worker.takeCheckpoints(areLast: false).isEmpty)
    #expect(worker.takeCheckpoints(areLast: true).isEmpty)
    worker.request(.train(id, .oneEpoch))
    try wakes.wait(for: worker) {
      $0.trainers[id]?.epoch == 2 && $0.trainers[id]?.activity == .paused
    }
    #expect(worker.takeCheckpoints(areLast: true).map(\.fit.epoch) == [2])
    #expect(worker.takeCheckpoints(areLast: true).isEmpty)
  }

  @Test func isStaleWhenTheRequestDiffers() throws {
    let run = try checkpoint(after: 3)
    let (worker, wakes) = worker(page(tinyCall.replacing("0.1", with: "0.2")), [run])
    let snapshot = try wakes.wait(for: worker) { !$0.isBusy && $0.texts("after") == ["3"] }
    #expect(snapshot.trainers[id]?.isStale == true)
    #expect(snapshot.trainers[id]?.activity == .paused)
  }

  @Test func aFileWithImpossibleEpochsIsRejected() throws {
    let bytes = try checkpoint(after: 3).fileBytes()
    for wrong in ["02", "-3", "1x"] {
      let text = Array("\"epochs\":\"20\"".utf8)
      let start = try #require(
        bytes.indices.first { bytes[$0...].starts(with: text) })
      var file = bytes
      file.replaceSubrange(start..<start + text.count, with: "\"epochs\":\"\(wrong)\"".utf8)
      #expect(throws: Diagnostic.self) { try SavedRun(fileBytes: file) }
    }
  }
}
