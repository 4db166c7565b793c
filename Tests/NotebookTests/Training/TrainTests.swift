import Builtins
import Compute
import Concurrency
import Glibc
import Interpreter
import NeuralNetworks
import Notebook
import RunningCells
import Testing

/// `train` in eval and render: at once, to the end.
@Suite struct TrainTests {
  private func tinyCell(_ code: String) throws -> RunningCell {
    try RunningCell("\(tinyNetwork)\n\(code)")
  }

  @Test func aFitReportsItsResults() throws {
    let cell = try tinyCell(
      """
      fit = \(tinyCall)
      n = (fit.epochs, fit.signals == len(data), len(fit.history), len(fit.test_history), len(fit.test_accuracy))
      falls = bool(fit.history[19] < fit.history[0]); where = str(fit.device)
      learned = str(fit.model); seconds = fit.seconds; text = str(fit)
      plain = train(net, data, epochs=1); without = len(plain.test_history)
      """)
    #expect(cell.json("n") == "[20, true, 20, 20, 20]")
    #expect(cell.json("falls") == "true")
    #expect(cell.values["where"]?.str == "cpu")
    #expect(cell.values["learned"]?.str.hasPrefix("Sequential(\n  (0): Conv1d(1, 2") == true)
    #expect(try #require(cell.values["seconds"]?.realNumber) > 0)
    let text = try #require(cell.values["text"]?.str)
    #expect(text.hasPrefix("fit: 20 epochs, loss 0."))
    #expect(text.contains(", test accuracy ") && text.hasSuffix(" s on CPU"))
    #expect(cell.json("without") == "0")
    #expect(cell.outputs.count { if case .trainer = $0 { true } else { false } } == 2)
  }

  /// The lesson's network: PyTorch 2.15 has these losses after torch.manual_seed(0) and the
  /// notebook's steps.
  @Test func theFirstEpochsMatchTheNotebook() throws {
    let cell = try RunningCell(
      """
      X, y = waveforms()
      train_data, test_data = split(dataset(X, y), 0.8)
      cnn = nn.Sequential(nn.Conv1d(1, 16, 5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
        nn.Conv1d(16, 32, 5, stride=2), nn.ReLU(), nn.MaxPool1d(2), nn.Flatten(),
        nn.Linear(224, 64), nn.ReLU(), nn.Linear(64, 3))
      fit = train(cnn, train_data, epochs=4, test=test_data)
      """)
    guard case .fit(let fit)? = cell.values["fit"] else {
      Issue.record("no fit")
      return
    }
    let expected = [
      1.100294303894043, 1.098080619176229, 1.0960288286209106, 1.0942318916320801,
    ]
    for (loss, pyTorchs) in zip(fit.history, expected) {
      #expect(abs(loss - pyTorchs) < 1e-5)
    }
    #expect(fit.testAccuracy.count == 4)
  }

  @Test func trainingContinuesAFit() throws {
    let cell = try tinyCell(
      """
      first = train(net, data, optim.SGD(lr=0.1), epochs=5, batch_size=4)
      more = train(first, data, epochs=15)
      """)
    guard case .fit(let first)? = cell.values["first"], case .fit(let more)? = cell.values["more"]
    else {
      Issue.record("no fit")
      return
    }
    #expect(first.epoch == 5)
    #expect(more.seconds > first.seconds)
    #expect(bits(more.history) == bits(try tinyFit().history))
  }

  @Test(arguments: [
    ("train(3, data)", "must be a network or a fit"), ("train(net, X)", "dataset(X, y)"),
    ("train(net, data, optim.SGD)", "optimizer must be one of optim"),
    ("train(net, data, epochs=0)", "epochs must be between 1 and 1000000"),
    ("train(net, data, batch_size=0)", "batch_size"), ("train(net, data, test=3)", "test must be"),
    ("train(net, data, device=\"mps\")", "macOS"),
    ("train(net, data, device=\"gpu\")", "'gpu' is not a device"),
    ("train(nn.Linear(3, 2), data)", "train: Linear(3, 2)"),
    ("train(nn.Sequential(nn.Flatten(), nn.Linear(8, 1)), data)", "train: "),
    ("train(net, data, optim.SGD(lr=1e30), epochs=50)", "no longer finite"),
    ("train(train(net, data, epochs=1).model, data)", "give the fit itself"),
    (
      "train(train(net, data, epochs=1), dataset(X, np.zeros(12, dtype=int)))",
      "the data that the fit was trained on"
    ),
    ("train(train(net, data, epochs=1), data, batch_size=3)", "must stay at 64"),
    ("train(net, data, criterion=3)", "criterion must be a loss of nn"),
    (
      "train(net, data, criterion=nn.CrossEntropyLoss(torch.ones(3)))",
      "the criterion has 3 weights, and the network ends with 2 values"
    ),
    (
      "train(net, data, criterion=nn.CrossEntropyLoss(torch.zeros(2)))",
      "the data has no sample whose class has a weight above 0"
    ),
    (
      """
      train(net, data, batch_size=1, criterion=nn.CrossEntropyLoss(torch.tensor([1.0, 0])))
      """,
      "of epoch 1 has no sample whose class has a weight above 0"
    ),
    (
      "train(train(net, data, epochs=1), data, criterion=nn.CrossEntropyLoss(label_smoothing=0.1))",
      "criterion must stay that of the fit"
    ),
  ])
  func badInputIsExplained(code: String, message: String) {
    let error = failure(of: "\(tinyNetwork)\nresult = \(code)")
    #expect(error?.contains(message) == true, "\(error ?? "no error")")
  }

  @Test func aRunDoesNotCountAgainstTheCellsTime() throws {
    // If the run's time counted, the budget would stop the comprehension after it.
    let context = CellContext(vocabulary: .standard, budget: Budget(seconds: 0.3))
    var evaluator = Evaluator(context: context)
    try evaluator.run(
      parsed(
        """
        \(tinyNetwork)
        fit = train(net, data, epochs=200000, batch_size=12)
        seconds = fit.seconds; after = [k for k in range(1000)]
        """))
    #expect(try #require(evaluator.definitions["seconds"]?.realNumber) > 0.3)
  }

  @Test func timeitTrains() throws {
    let cell = try tinyCell("best = timeit(train, net, data, epochs=1)")
    #expect(try #require(cell.values["best"]?.realNumber) > 0)
    #expect(cell.outputs.isEmpty)
  }

  @Test func renderShowsAFinishedRun() {
    let session = Session(
      lesson: lesson(cell("net", tinyNetwork) + cell("fit", "fit = \(tinyCall)\nfit.epochs")),
      files: FileAccess(.folders([])))
    session.run(page: 0)
    let snapshot = session.snapshot
    #expect(snapshot.texts("fit") == ["20"])
    let trainer = snapshot.trainers[TrainerID(cell: "fit", call: 0)]
    #expect(trainer?.activity == .finished)
    #expect(trainer?.curves.loss.count == 20)
    #expect(trainer?.title.hasSuffix("SGD, rate 0.1, batches of 4") == true)
    #expect(trainer?.classCount == 2 && trainer?.testCount == 12)
  }

  @Test func anInterruptStopsARun() {
    let interrupt = Interrupt()
    let session = Session(
      lesson: lesson(
        cell("net", tinyNetwork) + cell("fit", "fit = train(net, data, epochs=1000000)")),
      files: FileAccess(.folders([])), interrupt: interrupt)
    // A moment after the previous cell is done: the run would take about ten seconds.
    let soon = ContinuousClock().measure {
      #expect(!session.run(page: 0) { interrupt.request(at: monotonicSeconds() + 0.2) })
    }
    #expect(soon < .seconds(5))
    #expect(session.snapshot.cells["fit"]?.isPending == true)
  }
}

private func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
