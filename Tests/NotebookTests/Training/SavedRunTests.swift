import Compute
import FileFormats
import Interpreter
import Lessons
import Messages
import NeuralNetworks
import Notebook
import RunningCells
import Testing

/// Runs that are restored by a later session.
@Suite struct SavedRunTests {
  private let id = TrainerID(cell: "fit", call: 0)

  private func page(_ call: String = tinyCall) -> Lesson {
    lesson(
      cell("net", tinyNetwork) + cell("fit", "fit = \(call)")
        + cell("after", "fit.epochs") + cell("more", "more = train(fit, data, epochs=5)"))
  }

  private func worker(_ lesson: Lesson, _ runs: [SavedRun] = []) -> (SessionWorker, Wakes) {
    let wakes = Wakes()
    var work = SavedState()
    work.runs = { runs }
    let worker = SessionWorker(
      lesson: lesson, files: FileAccess(.folders([])), resuming: work
    ) { wakes.wake() }
    worker.request(.show(page: 0))
    return (worker, wakes)
  }

  /// The run of the page's first trainer, written to a file and read back.
  private func savedRun(_ call: String = tinyCall) throws -> SavedRun {
    try SavedRun(fileBytes: bytes(call))
  }

  private func bytes(_ call: String = tinyCall) throws -> [UInt8] {
    let (worker, wakes) = worker(page(call))
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    #expect(worker.takeFinishedRuns().isEmpty)
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startOrPause))
    try wakes.wait(for: worker) { $0.trainers[id]?.activity == .finished }
    let runs = worker.takeFinishedRuns()
    #expect(runs.count == 1 && worker.takeFinishedRuns().isEmpty)
    #expect(worker.finishedRuns.count == 1)
    return try #require(runs.first).fileBytes()
  }

  @Test func earlierRunsComeBackAsCurves() throws {
    let (first, wakes) = worker(page())
    try wakes.wait(for: first) { $0.trainers[id] != nil }
    first.request(.train(id, .runFree))
    for count in 1...3 {
      first.request(.train(id, .startAgain))
      try wakes.wait(for: first) {
        $0.trainers[id]?.activity == .finished && $0.trainers[id]?.earlier.count == count - 1
      }
    }
    let run = try #require(first.takeFinishedRuns().last)
    let (second, secondWakes) = worker(page(), [try SavedRun(fileBytes: run.fileBytes())])
    let trainer = try #require(
      try secondWakes.wait(for: second) { $0.trainers[id]?.activity == .finished }.trainers[id])
    #expect(trainer.earlier.count == 2)
    let expected = try tinyFit()
    for earlier in trainer.earlier {
      #expect(bits(earlier.curves.loss) == bits(expected.history))
      #expect(earlier.title == trainer.title && earlier.seconds > 0)
    }
  }

  @Test func isRestoredWithoutTraining() throws {
    let run = try savedRun()
    let (worker, wakes) = worker(page(), [run])
    let snapshot = try wakes.wait(for: worker) { !$0.isBusy && $0.texts("after") == ["20"] }
    let trainer = try #require(snapshot.trainers[id])
    #expect(trainer.activity == .finished && !trainer.isStale)
    #expect(trainer.seconds == run.seconds && trainer.seconds > 0)
    let expected = try tinyFit()
    #expect(bits(trainer.curves.loss) == bits(expected.history))
    #expect(bits(trainer.curves.testLoss) == bits(expected.testHistory))
    #expect(trainer.curves.testAccuracy == expected.testAccuracy)
    #expect(worker.takeFinishedRuns().isEmpty, "a restored run need not be saved again")
    #expect(worker.finishedRuns.map(\.id) == [id])
    for (ours, theirs) in zip(run.fit.model.state ?? [], expected.model.state ?? []) {
      #expect(ours.name == theirs.name && ours.array == theirs.array)
    }
  }

  @Test func everyLayerAndTheLossAreRestored() throws {
    let model = """
      nn.Sequential(nn.Conv1d(1, 4, 4, padding="same"), nn.GroupNorm(2, 4),
        nn.MaxPool1d(3, 2, 1, 2, ceil_mode=True), nn.GroupNorm(4, 4, affine=False),
        nn.AvgPool1d(3, 1, 1, count_include_pad=False), nn.Flatten(), nn.Linear(16, 2))
      """
    let call = """
      train(\(model), data, optim.AdamW(lr=0.02), epochs=4, batch_size=5, test=data,
        criterion=nn.CrossEntropyLoss(torch.tensor([0.1, 3]), label_smoothing=0.2))
      """
    let saved = try savedRun(call)
    guard case .fit(let expected) = try value(of: "fit", after: "\(tinyNetwork)\nfit = \(call)")
    else {
      Issue.record("no fit")
      return
    }
    #expect(saved.fit.plan.isIdentical(to: expected.plan))
    #expect(bits(saved.fit.history) == bits(expected.history))
    #expect(bits(saved.fit.testHistory) == bits(expected.testHistory))
    #expect(
      TrainingRequest(saved.fit.plan).title == """
        CNN, AdamW, rate 0.02, batches of 5, weighted classes, label smoothing 0.2
        """)
  }

  @Test func theDeepestNetworkIsRestored() throws {
    let parts = (2...20).map { "m\($0) = nn.Sequential(m\($0 - 1))" }.joined(separator: "; ")
    let deep = "m1 = net; \(parts); fit = train(m20, data, epochs=2)"
    let (worker, wakes) = worker(lesson(cell("net", tinyNetwork) + cell("fit", deep)))
    try wakes.wait(for: worker) { $0.trainers[id] != nil }
    worker.request(.train(id, .startOrPause))
    try wakes.wait(for: worker) { $0.trainers[id]?.activity == .finished }
    let run = try #require(worker.finishedRuns.first)
    let saved = try SavedRun(fileBytes: run.fileBytes())
    #expect(Value.fit(saved.fit).isIdentical(to: .fit(run.fit)))
  }

  @Test(arguments: ["optim.SGD(lr=0.1)", "optim.Adam(lr=0.01)", "optim.SGD(lr=0.1, momentum=0.5)"])
  func continuesBitIdentically(optimizer: String) throws {
    let call = "train(net, data, \(optimizer), epochs=20, batch_size=5)"
    let more = TrainerID(cell: "more", call: 0)
    let (worker, wakes) = worker(page(call), [try savedRun(call)])
    try wakes.wait(for: worker) { $0.trainers[more] != nil }
    worker.request(.train(more, .runFree))
    worker.request(.train(more, .startOrPause))
    let end = try wakes.wait(for: worker) { $0.trainers[more]?.activity == .finished }
    guard
      case .fit(let expected) = try value(
        of: "more", after: "\(tinyNetwork)\nmore = train(\(call), data, epochs=5)")
    else { throw Diagnostic("no fit") }
    #expect(bits(end.trainers[more]?.curves.loss ?? []) == bits(expected.history))

    // And that run, saved and restored in turn.
    let runs = try worker.finishedRuns.map { try SavedRun(fileBytes: $0.fileBytes()) }
    #expect(runs.count == 2)
    let (third, thirdWakes) = self.worker(page(call), runs)
    let snapshot = try thirdWakes.wait(for: third) {
      $0.trainers[more]?.activity == .finished && $0.trainers[id]?.activity == .finished
    }
    #expect(snapshot.trainers.values.allSatisfy { !$0.isStale })
    #expect(snapshot.trainers[more]?.startEpoch == 20)
  }

  @Test(arguments: [
    tinyCall.replacing("0.1", with: "0.2"), tinyCall.replacing("=20", with: "=30"),
    tinyCall.replacing("data, o", with: "split(data, 0.5)[0], o"),
    tinyCall.replacing("net,", with: "nn.Sequential(nn.Flatten(), nn.Linear(8, 2)),"),
  ])
  func isStaleWhenTheRequestDiffers(call: String) throws {
    let (worker, wakes) = worker(page(call), [try savedRun()])
    let snapshot = try wakes.wait(for: worker) { !$0.isBusy && $0.texts("after") == ["20"] }
    #expect(snapshot.trainers[id]?.isStale == true)
    #expect(snapshot.trainers[id]?.activity == .finished)
    worker.request(.train(id, .runFree))
    worker.request(.train(id, .startAgain))
    try wakes.wait(for: worker) {
      $0.trainers[id]?.isStale == false && $0.trainers[id]?.activity == .finished
    }
    #expect(worker.takeFinishedRuns().count == 1)
  }

  @Test func ofARemovedCellDoesNoHarm() throws {
    let (worker, wakes) = worker(lesson(cell("other", "1 + 1")), [try savedRun()])
    try wakes.wait(for: worker) { $0.texts("other") == ["2"] }
    #expect(worker.snapshot.trainers.isEmpty)
  }

  @Test func doesNotStartTheNextCallOfItsCell() throws {
    let call = "fit = \(tinyCall); second = train(net, data, epochs=3)"
    let pages = lesson(cell("net", tinyNetwork) + cell("fit", call))
    let (worker, wakes) = worker(pages, [try savedRun()])
    let second = TrainerID(cell: "fit", call: 1)
    let snapshot = try wakes.wait(for: worker) {
      $0.trainers[second] != nil && $0.reasonToWait("fit")?.contains("about") == true
    }
    #expect(snapshot.trainers[second]?.activity == .waiting)
  }

  @Test func ofARemovedCallIsDropped() throws {
    let both = "fit = train(net, data, epochs=3); second = \(tinyCall)"
    let second = TrainerID(cell: "fit", call: 1)
    let pages = lesson(cell("net", tinyNetwork) + cell("fit", both))
    let (first, firstWakes) = worker(pages)
    try firstWakes.wait(for: first) { $0.trainers[id] != nil }
    first.request(.train(id, .runFree))
    first.request(.train(id, .startOrPause))
    try firstWakes.wait(for: first) { $0.trainers[second] != nil }
    first.request(.train(second, .runFree))
    try firstWakes.wait(for: first) { $0.trainers[second]?.activity == .finished }
    let runs = try first.finishedRuns.map { try SavedRun(fileBytes: $0.fileBytes()) }
    #expect(runs.count == 2)

    let single = lesson(
      cell("net", tinyNetwork) + cell("fit", "fit = train(net, data, epochs=3)"))
    let (worker, wakes) = worker(single, runs)
    try wakes.wait(for: worker) { $0.hasSucceeded("fit") && !$0.isBusy }
    #expect(worker.finishedRuns.map(\.id) == [id])
    worker.request(.edit(cell: "fit", source: both))
    let snapshot = try wakes.wait(for: worker) { $0.trainers[second] != nil && !$0.isBusy }
    #expect(snapshot.trainers[second]?.activity == .waiting)
  }

  @Test("A file holds the classes of the data, not its inputs, and its run goes on all the same")
  func filesAreSmall() throws {
    let arrays = try SafeTensorsFile.read(bytes())
    #expect(!arrays.contains { $0.name.hasSuffix("inputs") })
    #expect(arrays.first { $0.name == "data.labels" }?.array.type == .uint8)
    #expect(try !savedRun().fit.plan.hasInputs)
    // A changed rate, but the same data: the fit can still be continued from.
    let more = TrainerID(cell: "more", call: 0)
    let (worker, wakes) = worker(page(tinyCall.replacing("0.1", with: "0.2")), [try savedRun()])
    try wakes.wait(for: worker) { $0.trainers[more] != nil }
    worker.request(.train(more, .runFree))
    worker.request(.train(more, .startOrPause))
    let end = try wakes.wait(for: worker) { $0.trainers[more]?.activity == .finished }
    #expect(end.trainers[more]?.curves.loss.count == 25)
    #expect(end.trainers[id]?.isStale == true)
  }

  @Test("The file of a small network is small, however large its data is")
  func sizeOfTheFile() throws {
    let data = "dataset(np.sin(np.arange(8000.0 * 128)).reshape(8000, 128), np.arange(8000) % 3)"
    let net = "nn.Sequential(nn.Flatten(), nn.Linear(128, 28), nn.ReLU(), nn.Linear(28, 3))"
    let bytes = try bytes("train(\(net), \(data), optim.Adam(lr=0.001), epochs=1, batch_size=1000)")
    // 3,699 weights, three times with the optimiser's memory, and a byte for each class: not 4 MB.
    #expect((40_000..<80_000).contains(bytes.count))
  }

  @Test("Files of the first format hold the inputs, and are read")
  func firstFormat() throws {
    let expected = try tinyFit()
    let inputs = NDArray(
      shape: [expected.data.count] + expected.data.sampleShape, values: expected.data.inputs)
    let arrays = try SafeTensorsFile.read(bytes()).map { entry in
      entry.name.hasSuffix("labels") ? (entry.name, NDArray(expected.data.labels)) : entry
    }
    let settings = try SafeTensorsFile.metadata(of: bytes()).filter {
      !$0.key.hasPrefix("data_") && !$0.key.hasPrefix("test_")
    }.map { (key: $0.key, text: $0.key == "format" ? "1" : $0.value) }
    let file = try SafeTensorsFile.write(
      arrays + [("data.inputs", inputs), ("test.inputs", inputs)], metadata: settings)
    let run = try SavedRun(fileBytes: file)
    #expect(run.fit.plan.hasInputs && run.fit.plan.isIdentical(to: expected.plan))
    // Written again, it is as small as others.
    #expect(try abs(run.fileBytes().count - bytes().count) < 100)
  }

  // MARK: Damage

  @Test func truncatedFilesAreRefused() throws {
    let bytes = try bytes()
    for count in stride(from: 0, to: bytes.count, by: 97) {
      #expect(throws: Diagnostic.self) { try SavedRun(fileBytes: Array(bytes[..<count])) }
    }
    #expect(throws: Diagnostic.self) { try SavedRun(fileBytes: bytes + [0]) }
  }

  @Test func aChangedByteOfTheHeaderDoesNoHarm() throws {
    let bytes = try bytes()
    let length = Int(bytes[0]) | Int(bytes[1]) << 8
    for index in stride(from: 8, to: 8 + length, by: 3) {
      var changed = bytes
      changed[index] = UInt8(ascii: "9")
      _ = try? SavedRun(fileBytes: changed)
    }
  }

  @Test(arguments: [
    (#""format":"2""#, #""format":"3""#), (#""call":"0""#, #""call":"-""#),
    (#""batch_size":"4""#, #""batch_size":"0""#), (#""start_epoch":"0""#, #""start_epoch":"9""#),
    (#""device":"cpu""#, #""device":"tpu""#), ("nn.Linear(12, 2)", "nn.Linear(12, 3)"),
    ("nn.Linear(12, 2)", "nn.Linear(-1, 2)"), ("nn.Linear(12, 2)", "nn.Linear(12, 2"),
    ("nn.Conv1d(1, 2, 3)", "nn.Conv1d(1, 3, 3)"), ("optim.SGD(lr=0.1)", "optim.SGD(lr=nan)"),
    ("optim.SGD(lr=0.1)", "print            "), (#""F64""#, #""F32""#), (#""I64""#, #""F64""#),
    (#""data.labels""#, #""data.lables""#), (#""model.0.bias""#, #""model.0.bais""#),
    (#""test_history""#, #""tset_history""#), (#"[20]"#, #"[10]"#),
    (#""data_shape":"1 8""#, #""data_shape":"1 9""#),
    (#""data_shape":"1 8""#, #""data_shape":"0 8""#),
    (#""data_inputs""#, #""data_outputs""#),
  ])
  func invalidSettingsAreRefused(part: String, replacement: String) throws {
    let bytes = try bytes()
    let length = Int(bytes[0]) | Int(bytes[1]) << 8
    let header = String(decoding: bytes[8..<(8 + length)], as: UTF8.self)
    let changed = Array(header.replacing(part, with: replacement).utf8)
    try #require(changed != Array(header.utf8))
    let newLength = [UInt8(changed.count & 0xFF), UInt8(changed.count >> 8)]
    let all = newLength + bytes[2..<8] + changed + bytes[(8 + length)...]
    if part == #""start_epoch":"0""# {
      // Another start epoch makes it a run that continued an earlier one.
      #expect(try SavedRun(fileBytes: Array(all)).id == id)
    } else {
      #expect(throws: Diagnostic.self) { try SavedRun(fileBytes: Array(all)) }
    }
  }

  @Test("A run of another arithmetic says that going on from it gives other numbers")
  func anotherArithmetic() throws {
    #expect(try SavedRun(fileBytes: bytes()).arithmeticRemark == nil)
    // Versions that did not record it, and an earlier one.
    for arithmetic in [[], [(key: "arithmetic", text: "1")]] {
      let settings = try SafeTensorsFile.metadata(of: bytes())
        .filter { $0.key != "arithmetic" }.map { (key: $0.key, text: $0.value) }
      let file = try SafeTensorsFile.write(
        SafeTensorsFile.read(bytes()), metadata: settings + arithmetic)
      let remark = try SavedRun(fileBytes: file).arithmeticRemark
      #expect(remark?.contains("does not give the numbers of a new run") == true)
    }
  }

  @Test func anArrayOfAnotherTypeIsReportedAsSuch() throws {
    let bytes = try bytes()
    let settings = try SafeTensorsFile.metadata(of: bytes).map { (key: $0.key, text: $0.value) }
    let arrays = try SafeTensorsFile.read(bytes).map { entry in
      entry.name == "optimizer.steps" ? (entry.name, NDArray([1, 2])) : entry
    }
    let file = try SafeTensorsFile.write(arrays, metadata: settings)
    let error = #expect(throws: Diagnostic.self) { try SavedRun(fileBytes: file) }
    #expect(error?.message == "its optimizer.steps is missing or has another type or length")
  }

  @Test func numbersThatAreNotFiniteAreRefused() throws {
    let arrays = try SafeTensorsFile.read(bytes())
    let settings = try SafeTensorsFile.metadata(of: bytes()).map { (key: $0.key, text: $0.value) }
    let good = try SafeTensorsFile.write(arrays, metadata: settings)
    #expect(throws: Never.self) { try SavedRun(fileBytes: good) }
    for name in ["model.0.weight", "history", "random", "optimizer.steps"] {
      let changed = arrays.map { entry in
        entry.name == name ? (entry.name, entry.array.filledWithNothing) : entry
      }
      let file = try SafeTensorsFile.write(changed, metadata: settings)
      #expect(throws: Diagnostic.self, "\(name)") { try SavedRun(fileBytes: file) }
    }
  }
}

extension NDArray {
  /// With the same shape and type: nan, or -1 for types without nan.
  fileprivate var filledWithNothing: NDArray {
    switch elements {
    case .float32: NDArray(shape: shape, values: [Float](repeating: .nan, count: count))
    case .float64: NDArray(shape: shape, values: [Double](repeating: .nan, count: count))
    default: NDArray(shape: shape, values: [Int](repeating: -1, count: count))
    }
  }
}
