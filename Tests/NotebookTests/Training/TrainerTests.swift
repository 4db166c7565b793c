import Interpreter
import Lessons
import Notebook
import RunningCells
import Testing

/// Trainers in the reader: Enter starts, cells wait and follow, and the result is bit-identical
/// whatever the student does.
@Suite struct TrainerTests {
  private let id = TrainerID(cell: "fit", call: 0)

  private func worker(_ pages: Lesson) -> (SessionWorker, Wakes) {
    let wakes = Wakes()
    let worker = SessionWorker(lesson: pages, files: FileAccess(.folders([]))) { wakes.wake() }
    worker.request(.show(page: 0))
    return (worker, wakes)
  }

  /// A page with the network, a cell that trains it, and one that uses the fit.
  private func page(_ call: String = tinyCall) -> String {
    cell("net", tinyNetwork) + cell("fit", "'before'; fit = \(call)")
      + cell("after", "fit.epochs") + cell("further", "twice = 2 * fit.epochs")
      + cell("last", "twice + 1")
  }

  /// Names the run as its page does.
  private let waiting = "waits for the run \"CNN, SGD, rate 0.1, batches of 4\""

  @Test("Names that do not depend on the run are there before it")
  func independentNames() throws {
    let code = """
      early = 1; changed = np.zeros(2)
      fit = \(tinyCall)
      late = early + 1; twice = 2 * fit.epochs; thrice = twice + fit.epochs
      changed[0] = 5; early = fit.epochs; _used = late; fine = _used * 2
      again = twice; again = 7; broken = 1 / 0
      'after'
      """
    let (worker, wakes) = worker(
      lesson(
        cell("net", tinyNetwork) + cell("fit", code) + cell("late", "late") + cell("fine", "fine")
          + cell("changed", "changed[0]") + cell("again", "again") + cell("early", "early")
          + cell("thrice", "thrice")))
    let snapshot = try wakes.wait(for: worker) {
      !$0.isBusy && $0.reasonToWait("thrice")?.contains("about") == true
    }
    #expect(snapshot.texts("late") == ["2"] && snapshot.texts("fine") == ["4"])
    #expect(snapshot.texts("changed") == ["5.0"] && snapshot.texts("again") == ["7"])
    // Its last value is that after the run.
    #expect(snapshot.reasonToWait("early")?.hasPrefix(waiting) == true)
    #expect(snapshot.texts("fit").isEmpty)
    #expect(snapshot.trainers.count == 1)
  }

  @Test func aWaitForAnotherPageNamesThatPage() throws {
    let (worker, wakes) = worker(lesson(page(), cell("later", "twice")))
    worker.request(.show(page: 1))
    let snapshot = try wakes.wait(for: worker) { !$0.isBusy && $0.reasonToWait("later") != nil }
    #expect(snapshot.reasonToWait("later")?.hasPrefix("\(waiting), page 1: not started") == true)
  }

  @Test func beforeARunCellsWaitForEnter() throws {
    let (worker, wakes) = worker(lesson(page()))
    let snapshot = try wakes.wait(for: worker) {
      !$0.isBusy && $0.reasonToWait("fit")?.contains("about") == true
    }
    #expect(snapshot.reasonToWait("fit")?.hasPrefix("Enter trains, about ") == true)
    #expect(snapshot.reasonToWait("after")?.hasPrefix("\(waiting): not started") == true)
    #expect(snapshot.reasonToWait("last")?.hasPrefix("\(waiting): not started") == true)
    #expect(snapshot.texts("fit") == ["'before'"])
    guard case .trainer(id)? = snapshot.cells["fit"]?.outputs.last else {
      Issue.record("no trainer is shown")
      return
    }
    let trainer = try #require(snapshot.trainers[id])
    #expect(trainer.activity == .waiting)
    #expect(trainer.epochs == 20 && trainer.epoch == 0 && trainer.classCount == 2)
    #expect(trainer.pace == 2)
    #expect(trainer.estimatedSeconds != nil)
  }

  @Test func theRunsOfACellAreCountedBeforehandAndTakeOnePace() throws {
    let call = tinyCall.replacing("net", with: "model")
    let (worker, wakes) = worker(
      lesson(
        cell("net", tinyNetwork) + cell("fit", "fits = [\(call) for model in [net, net, net]]")))
    let second = TrainerID(cell: "fit", call: 1)
    let before = try wakes.wait(for: worker) { $0.trainers[id] != nil }
    #expect(before.trainers[id]?.callCount == 3)
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    let after = try wakes.wait(for: worker) { $0.trainers[second] != nil }
    #expect(after.trainers[second]?.pace == nil)
    #expect(after.trainers[second]?.callCount == 3)
    worker.request(.train(second, .changePace(-1)))
    let slower = try wakes.wait(for: worker) { $0.trainers[second]?.pace != nil }
    #expect(slower.trainers[id]?.pace == slower.trainers[second]?.pace)
  }

  @Test func inlineValuesArePendingUntilTheRun() throws {
    let (worker, wakes) = worker(
      lesson(page() + "After `{python} fit.epochs` epochs, `{python} twice` twice.\n\n"))
    let before = try wakes.wait(for: worker) { !$0.isBusy && $0.reasonToWait("last") != nil }
    #expect(before.inlineValues.isEmpty)
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    try wakes.wait(for: worker) {
      $0.inlineValues.values.compactMap { if case .text(let text) = $0 { text } else { nil } }
        .sorted() == ["20", "40"]
    }
  }

  @Test func aWatchedRunIsBitIdenticalToOneAtOnce() throws {
    let expected = try tinyFit()
    let (worker, wakes) = worker(lesson(page()))
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    let snapshot = try wakes.wait(for: worker) {
      $0.texts("after") == ["20"] && $0.texts("last") == ["41"]
    }
    let trainer = try #require(snapshot.trainers[id])
    #expect(trainer.activity == .finished)
    #expect(trainer.seconds > 0)
    #expect(bits(trainer.curves.loss) == bits(expected.history))
    #expect(bits(trainer.curves.testLoss) == bits(expected.testHistory))
    #expect(trainer.curves.testAccuracy == expected.testAccuracy)
  }

  @Test func pausesEpochsAndStagesDoNotChangeTheResult() throws {
    let expected = try tinyFit()
    let (worker, wakes) = worker(lesson(page()))
    try wakes.wait(for: worker) { $0.trainers[id] != nil }

    worker.request(.train(id, .oneEpoch))
    try wakes.wait(for: worker) { $0.texts("after") == ["1"] && $0.trainers[id]?.epoch == 1 }
    #expect(worker.snapshot.trainers[id]?.activity == .paused)

    // Three batches of four; two stages into the second one of this epoch.
    var stages: [String] = []
    for _ in 0..<7 {
      let before = worker.snapshot.trainers[id]?.batch
      worker.request(.train(id, .oneStage))
      let snapshot = try wakes.wait(for: worker) { snapshot in
        guard let batch = snapshot.trainers[id]?.batch else { return false }
        return (batch.stage != before?.stage || batch.batch != before?.batch)
          && snapshot.trainers[id]?.activity == .paused
      }
      let batch = try #require(snapshot.trainers[id]?.batch)
      #expect(batch.batchCount == 3 && batch.signal.count == 8)
      stages.append("\(batch.batch) \(batch.stage)")
    }
    #expect(
      stages == [
        "0 zeroGrad", "0 forward", "0 loss", "0 backward", "0 step", "1 zeroGrad", "1 forward",
      ])
    #expect(worker.snapshot.trainers[id]?.epoch == 1)

    worker.request(.train(id, .oneEpoch))
    try wakes.wait(for: worker) { $0.trainers[id]?.epoch == 2 }
    #expect(worker.snapshot.trainers[id]?.batch == nil)
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    let end = try wakes.wait(for: worker) { $0.trainers[id]?.activity == .finished }
    #expect(bits(end.trainers[id]?.curves.loss ?? []) == bits(expected.history))
    try wakes.wait(for: worker) { $0.texts("after") == ["20"] }
  }

  @Test func aStageRequestedDuringAFreeRunIsShown() throws {
    let (worker, wakes) = worker(lesson(page("train(net, data, epochs=1000000)")))
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    worker.request(.train(id, .runFree))
    for epochs in [20, 40, 60] {
      worker.request(.train(id, .startOrPause))
      try wakes.wait(for: worker) { ($0.trainers[id]?.epoch ?? 0) > epochs }
      worker.request(.train(id, .oneStage))
      let snapshot = try wakes.wait(for: worker) {
        $0.trainers[id]?.activity == .paused && $0.trainers[id]?.batch != nil
      }
      // The fit is that of the last complete epoch, wherever the run stopped.
      let epoch = snapshot.trainers[id]?.epoch ?? 0
      try wakes.wait(for: worker) { $0.texts("after") == ["\(epoch)"] }
    }
  }

  @Test func aRunThatContinuesAFitCountsItsOwnEpochs() throws {
    let (worker, wakes) = worker(
      lesson(page("train(train(net, data, epochs=5), data, epochs=15)")))
    let next = TrainerID(cell: "fit", call: 1)
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    // Both run freely: the pace is the cell's.
    let finished = try wakes.wait(for: worker) { $0.texts("after") == ["20"] }
    #expect(finished.trainers[id]?.startEpoch == 0)
    #expect(finished.trainers[next]?.startEpoch == 5 && finished.trainers[next]?.epochs == 20)
  }

  @Test func cellsFollowARunInProgress() throws {
    let (worker, wakes) = worker(
      lesson(page("train(net, data, epochs=100000)"), cell("other", "'elsewhere'")))
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    // 100 epochs a second: it runs longer than this test takes on any machine.
    worker.request(.train(id, .changePace(-5)))
    worker.request(.train(id, .startOrPause))
    func shownEpochs(_ snapshot: Snapshot) -> Int { Int(snapshot.texts("after").first ?? "") ?? 0 }
    let first = try wakes.wait(for: worker) { shownEpochs($0) > 0 }
    let second = try wakes.wait(for: worker) { shownEpochs($0) > shownEpochs(first) }
    #expect(shownEpochs(second) < 100_000)
    #expect(second.cells["after"]?.isStale == false)

    // On another page the run continues, and the cells of this page do not run.
    worker.request(.show(page: 1))
    let left = try wakes.wait(for: worker) { $0.hasSucceeded("other") && !$0.isBusy }
    let epoch = left.trainers[id]?.epoch ?? 0
    try wakes.wait(for: worker) { ($0.trainers[id]?.epoch ?? 0) > epoch + 20 }
    #expect(shownEpochs(worker.snapshot) == shownEpochs(left))

    worker.request(.train(id, .startOrPause))
    worker.request(.show(page: 0))
    try wakes.wait(for: worker) {
      shownEpochs($0) == $0.trainers[id]?.epoch && $0.trainers[id]?.activity == .paused
    }
  }

  @Test func aChangedInputMakesARunStaleAndNothingElse() throws {
    let (worker, wakes) = worker(
      lesson(
        cell("w", "rate = slider(1, 9, value=1)\nother = slider(1, 9, value=1)")
          + cell("net", tinyNetwork)
          + cell("fit", "fit = train(net, data, optim.SGD(lr=rate / 10), epochs=5); other")
          + cell("after", "(fit.epochs, float(fit.history[-1]))")))
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    let done = try wakes.wait(for: worker) {
      $0.texts("after").first?.hasPrefix("(5,") == true && $0.trainers[id]?.activity == .finished
    }

    worker.request(.setWidget(cell: "w", name: "other", to: .number(2)))
    try wakes.wait(for: worker) { $0.texts("fit") == ["2"] && !$0.isBusy }
    #expect(worker.snapshot.trainers[id]?.isStale == false)

    worker.request(.setWidget(cell: "w", name: "rate", to: .number(5)))
    try wakes.wait(for: worker) { $0.trainers[id]?.isStale == true && !$0.isBusy }
    #expect(worker.snapshot.texts("after") == done.texts("after"))
    #expect(worker.snapshot.trainers[id]?.activity == .finished)
    worker.request(.setWidget(cell: "w", name: "rate", to: .number(1)))
    try wakes.wait(for: worker) { $0.trainers[id]?.isStale == false && !$0.isBusy }

    worker.request(.setWidget(cell: "w", name: "rate", to: .number(5)))
    try wakes.wait(for: worker) { $0.trainers[id]?.isStale == true && !$0.isBusy }
    worker.request(.train(id, .startOrPause))
    let retrained = try wakes.wait(for: worker) {
      $0.trainers[id]?.activity == .finished && $0.texts("after") != done.texts("after")
    }
    #expect(retrained.trainers[id]?.isStale == false)
    #expect(retrained.trainers[id]?.title.hasPrefix("CNN, SGD, rate 0.5,") == true)
    #expect(
      bits(retrained.trainers[id]?.earlier.last?.curves.loss ?? [])
        == bits(done.trainers[id]?.curves.loss ?? [1]))
  }

  @Test func editingItsCellMakesARunStaleButLosesNothing() throws {
    let (worker, wakes) = worker(lesson(page("train(net, data, epochs=5)")))
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    let done = try wakes.wait(for: worker) {
      $0.texts("after") == ["5"] && $0.trainers[id]?.activity == .finished
    }
    worker.request(.edit(cell: "fit", source: "fit = train(net, data, epochs=7)"))
    try wakes.wait(for: worker) { $0.trainers[id]?.isStale == true && !$0.isBusy }
    #expect(worker.snapshot.trainers[id]?.activity == .finished)
    #expect(worker.snapshot.texts("after") == ["5"])

    worker.request(.edit(cell: "fit", source: "fit = train("))
    try wakes.wait(for: worker) { $0.failure("fit") != nil && !$0.isBusy }
    worker.request(.edit(cell: "fit", source: nil))
    let back = try wakes.wait(for: worker) { $0.trainers[id]?.isStale == false && !$0.isBusy }
    #expect(back.texts("after") == ["5"])
    #expect(
      bits(back.trainers[id]?.curves.loss ?? []) == bits(done.trainers[id]?.curves.loss ?? [1]))
  }

  @Test func runsOfACellFollowOneAnother() throws {
    let (worker, wakes) = worker(
      lesson(
        cell("net", tinyNetwork)
          + cell(
            "fit",
            "fits = [train(net, split(data, 0.5, seed=s)[0], epochs=6) for s in range(3)]")
          + cell("after", "[fit.epochs for fit in fits]")))
    let ids = (0..<3).map { TrainerID(cell: "fit", call: $0) }
    try wakes.wait(for: worker) { $0.reasonToWait("after")?.contains("not started") == true }
    #expect(worker.snapshot.trainers.count == 1)
    worker.request(.train(ids[0], .oneEpoch))
    try wakes.wait(for: worker) { $0.reasonToWait("fit") == "run 1 of the cell is paused" }
    #expect(
      worker.snapshot.reasonToWait("after")
        == "waits for run 2 \"CNN, ASGD, rate 0.01, batches of 64\": after run 1 of its cell, which is "
        + "paused")
    #expect(worker.snapshot.trainers.count == 2)
    worker.request(.train(ids[0], .runFree))
    worker.request(.train(ids[0], .startOrPause))
    // The others start by themselves, at the same pace.
    try wakes.wait(for: worker) { $0.texts("after") == ["[6, 6, 6]"] }
    #expect(ids.allSatisfy { worker.snapshot.trainers[$0]?.activity == .finished })
  }

  @Test(arguments: ["", "; 1 / 0"])
  func aCallThatIsAddedAfterTheRunWaitsForEnter(end: String) throws {
    let (worker, wakes) = worker(
      lesson(cell("net", tinyNetwork) + cell("fit", "fit = train(net, data, epochs=5)" + end)))
    let next = TrainerID(cell: "fit", call: 1)
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    try wakes.wait(for: worker) { $0.trainers[id]?.activity == .finished }
    // A later request, so that the cell has seen the end of the run.
    worker.request(.setScore(Score()))
    try wakes.wait(for: worker) { !$0.isBusy }
    worker.request(
      .edit(cell: "fit", source: "fit = train(net, data, epochs=5); b = train(net, data, epochs=6)")
    )
    let edited = try wakes.wait(for: worker) { $0.trainers[next] != nil && !$0.isBusy }
    #expect(edited.trainers[next]?.activity == .waiting)
    worker.request(.train(next, .runFree))
    worker.request(.train(next, .startOrPause))
    try wakes.wait(for: worker) { $0.trainers[next]?.activity == .finished }
  }

  @Test(arguments: [("1e30", "1e+30"), ("10**6", "1000000")])
  func aLossThatIsNotFiniteEndsTheRun(rate: String, shown: String) throws {
    let (worker, wakes) = worker(
      lesson(page("train(net, data, optim.SGD(lr=\(rate)), epochs=1000)")))
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    let snapshot = try wakes.wait(for: worker) {
      if case .failed? = $0.trainers[id]?.activity { !$0.isBusy } else { false }
    }
    guard case .failed(let sentence)? = snapshot.trainers[id]?.activity else { return }
    #expect(sentence.contains("the loss is no longer finite in epoch "))
    #expect(sentence.contains("with a learning rate of \(shown)"))
  }

  @Test func pacesStepByOneTwoFive() throws {
    let (worker, wakes) = worker(lesson(page("train(net, data, epochs=1000)")))
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    var paces = [worker.snapshot.trainers[id]?.pace]
    for command in [
      TrainerCommand.changePace(1), .changePace(1), .changePace(-3), .runFree, .changePace(-1),
      .changePace(-99), .changePace(99),
    ] {
      worker.request(.train(id, command))
      paces.append(worker.snapshot.trainers[id]?.pace)
    }
    #expect(paces == [100, 200, 500, 50, nil, 50, 1, 5000])
    worker.request(.train(TrainerID(cell: "fit", call: 7), .startOrPause))
    #expect(worker.snapshot.trainers.count == 1)
  }

  @Test func startingAgainKeepsThePreviousCurves() throws {
    let (worker, wakes) = worker(lesson(page("train(net, data, epochs=1000000)")))
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    try wakes.wait(for: worker) { ($0.trainers[id]?.epoch ?? 0) > 50 }
    worker.request(.train(id, .startAgain))
    let snapshot = try wakes.wait(for: worker) { $0.trainers[id]?.earlier.isEmpty == false }
    let previous = try #require(snapshot.trainers[id]?.earlier.last?.curves)
    #expect(previous.loss.count > 50)
    let again = try wakes.wait(for: worker) { ($0.trainers[id]?.epoch ?? 0) > 0 }
    let loss = try #require(again.trainers[id]?.curves.loss.first)
    #expect(loss.bitPattern == previous.loss[0].bitPattern)
  }

  @Test func inlineValuesCannotTrain() throws {
    let (worker, wakes) = worker(
      lesson(cell("net", tinyNetwork) + "It takes `{python} train(net, data).seconds` s."))
    let snapshot = try wakes.wait(for: worker) { !$0.inlineValues.isEmpty && !$0.isBusy }
    guard case .failed(let error)? = snapshot.inlineValues.values.first else {
      Issue.record("it has a value")
      return
    }
    #expect(error.message == "train belongs in a cell, not in the text")
    #expect(snapshot.trainers.isEmpty)
  }

  @Test func stoppingDoesNotWaitForTheRun() throws {
    let (worker, wakes) = worker(lesson(page("train(net, data, epochs=1000000)")))
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    try wakes.wait(for: worker) { ($0.trainers[id]?.epoch ?? 0) > 0 }
    #expect(ContinuousClock().measure { worker.stop() } < .seconds(5))
  }
}
