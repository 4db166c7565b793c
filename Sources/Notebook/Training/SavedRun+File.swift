import Builtins
import Compute
import Curves
import FileFormats
import Interpreter
import Lessons
import Messages
import NeuralNetworks

/// Runs as .safetensors files: arrays for the weights, under PyTorch's names prefixed with
/// "model.", curves, optimiser state and RNG state; settings as text. The model and the
/// optimiser are written as the code of a cell.
///
/// Of the data, which may be a thousand times as large as the weights, a file holds the classes and a
/// fingerprint of the inputs: enough to show the run and to know its data again, which its cell makes.
extension SavedRun {
  /// In the first format, files held the inputs.
  private static let formats = (first: "1", current: "2")
  /// Runs over this limit are not saved.
  package static let byteLimit = 64 << 20

  // MARK: Writing

  /// - Throws: when the run is too large, or has weights that are not finite.
  package func fileBytes() throws(Diagnostic) -> [UInt8] {
    let byteCount =
      fit.state.byteCount + 8 * (fit.data.labels.count + (fit.test?.labels.count ?? 0))
    guard byteCount <= Self.byteLimit else {
      throw Diagnostic(
        "it takes \(Quantity(bytes: Double(byteCount))), "
          + "and \(Quantity(bytes: Double(Self.byteLimit))) are kept at most")
    }
    let state = fit.state
    let weights = state.stateDictionary(for: fit.plan)
    for (_, array) in weights where try !array.values(as: Float.self).allSatisfy(\.isFinite) {
      throw Diagnostic("it has weights that are nan or inf")
    }

    var arrays = weights.map { ("model.\($0.name)", $0.array) }
    arrays += [
      ("history", NDArray(state.history.values)),
      ("test_history", NDArray(state.testHistory.values)),
      ("test_accuracy", NDArray(state.testAccuracy.values)),
      ("optimizer.steps", NDArray([state.optimizer.steps])),
      ("optimizer.first", NDArray(state.optimizer.first)),
      ("optimizer.second", NDArray(state.optimizer.second)),
      ("random", NDArray(state.random)),
    ]
    arrays += Self.arrays(of: fit.data, named: "data")
    if let test = fit.test { arrays += Self.arrays(of: test, named: "test") }
    var earlierSettings: [(String, String)] = []
    for (index, run) in earlier.enumerated() {
      let name = Self.earlierName(index)
      arrays += [
        ("\(name).history", NDArray(run.curves.loss.values)),
        ("\(name).test_history", NDArray(run.curves.testLoss.values)),
        ("\(name).test_accuracy", NDArray(run.curves.testAccuracy.values)),
      ]
      earlierSettings += [("\(name).title", run.title), ("\(name).seconds", "\(run.seconds)")]
    }
    return try SafeTensorsFile.write(
      arrays,
      metadata: cellMetadata + Self.metadata(of: fit.data, named: "data")
        + (fit.test.map { Self.metadata(of: $0, named: "test") } ?? []) + [
          ("format", Self.formats.current), ("cell", id.cell), ("call", "\(id.call)"),
          ("model", fit.layer.expression), ("optimizer", fit.settings.optimizer.code),
          ("criterion", fit.settings.criterion.code),
          ("batch_size", "\(fit.settings.batchSize)"),
          ("epochs", "\(request.plan.settings.epochs)"),
          ("start_epoch", "\(request.startEpoch)"), ("device", fit.device.rawValue),
          ("arithmetic", state.arithmetic.description),
          ("seconds", "\(seconds)"), ("earlier_seconds", "\(request.earlierSeconds)"),
        ] + earlierSettings)
  }

  /// Of what is kept of a run before this one: its curves.
  private static func earlierName(_ index: Int) -> String { "earlier.\(index)" }

  /// What its cell is and says.
  private var cellMetadata: [(String, String)] {
    guard let cell else { return [] }
    return [
      ("cell_source", cell.source), ("cell_page", cell.place.page),
      ("cell_number", "\(cell.place.inLesson.number)"),
      ("cell_count", "\(cell.place.inLesson.count)"),
    ] + (cell.task.map { [("cell_task", $0)] } ?? [])
  }

  /// - Parameter id: the cell's, as the file has it.
  private static func cell(_ id: String, _ settings: [String: String]) -> CellIdentity {
    // Ids that lessons give begin with a letter, positions with a number.
    var cell = CellIdentity(
      name: id.first?.isLetter == true ? id : nil, source: settings["cell_source"] ?? "",
      task: settings["cell_task"], place: Place(page: settings["cell_page"] ?? ""))
    if let number = settings["cell_number"].flatMap({ Int($0) }),
      let count = settings["cell_count"].flatMap({ Int($0) }), (1...max(1, count)).contains(number)
    {
      cell.place.inLesson = Place.Ordinal(number, of: count)
    }
    return cell
  }

  private static func arrays(of data: DataSet, named name: String) -> [SafeTensorsFile.NamedArray] {
    let classes =
      data.labels.allSatisfy { (0...255).contains($0) }
      ? NDArray(data.labels.map { UInt8($0) }) : NDArray(data.labels)
    return [("\(name).labels", classes)]
      + (data.random.map { [("\(name).random", NDArray($0))] } ?? [])
  }

  private static func metadata(of data: DataSet, named name: String) -> [(String, String)] {
    [
      ("\(name)_shape", data.sampleShape.map(String.init).joined(separator: " ")),
      ("\(name)_inputs", "\(data.fingerprint)"),
    ]
  }

  // MARK: Reading

  /// - Throws: when the bytes are not a finished run in the format of this version.
  package init(fileBytes bytes: [UInt8]) throws(Diagnostic) {
    let settings = try SafeTensorsFile.metadata(of: bytes)
    guard let format = settings["format"],
      [Self.formats.first, Self.formats.current].contains(format)
    else {
      throw Diagnostic("it is from another version of Etude")
    }
    let arrays = SavedArrays(try SafeTensorsFile.read(bytes), settings)
    func number<Number: LosslessStringConvertible>(_ name: String) throws(Diagnostic) -> Number {
      guard let number = settings[name].flatMap({ Number($0) }) else {
        throw Diagnostic("its \(name) is missing or not a number")
      }
      return number
    }
    let (layer, optimizer, criterion) = try Self.network(settings)
    let (seconds, earlierSeconds): (Double, Double) =
      (try number("seconds"), try number("earlier_seconds"))
    let (call, startEpoch): (Int, Int) = (try number("call"), try number("start_epoch"))
    guard let cell = settings["cell"], call >= 0, seconds >= 0, seconds.isFinite,
      earlierSeconds >= 0, earlierSeconds.isFinite,
      let device = settings["device"].flatMap(DeviceKind.init(rawValue:))
    else { throw Diagnostic("its settings are invalid") }
    let history = try arrays.doubles("history")
    guard (0..<history.count).contains(startEpoch) else {
      throw Diagnostic("it has no epoch of its own")
    }
    // Earlier versions kept finished runs only, and did not write it.
    let epochs: Int = settings["epochs"] == nil ? history.count : try number("epochs")
    guard epochs >= history.count else {
      throw Diagnostic("its epochs are impossible")
    }

    // Checks the network's size against the weights in the file before laying it out.
    let weights = arrays.weights
    _ = try Model(layer: layer, state: weights)
    let plan = try TrainingPlan(
      layer: layer, data: try arrays.dataSet("data"),
      test: try arrays.has("test.labels") ? arrays.dataSet("test") : nil,
      settings: Training.Settings(
        optimizer: optimizer, epochs: epochs,
        batchSize: settings["batch_size"].flatMap { Int($0) } ?? 0, criterion: criterion))
    let state = try TrainingState(
      history: history, testHistory: arrays.doubles("test_history"),
      testAccuracy: arrays.doubles("test_accuracy"), stateDictionary: weights,
      optimizer: arrays.optimizerMemory, random: arrays.random("random"),
      arithmetic: settings["arithmetic"].map(ArithmeticVersion.init) ?? .unrecorded, for: plan)
    id = TrainerID(cell: cell, call: call)
    request = TrainingRequest(
      plan, from: startEpoch == 0 ? nil : state.atEpoch(startEpoch), device: device,
      earlierSeconds: earlierSeconds)
    fit = Fit(plan: plan, state: state, seconds: earlierSeconds + seconds, device: device)
    self.seconds = seconds
    self.cell = Self.cell(cell, settings)
    var earlier: [TrainerState.EarlierRun] = []
    for index in 0..<Trainer.keptRuns {
      let name = Self.earlierName(index)
      guard let title = settings["\(name).title"] else { break }
      let seconds: Double = try number("\(name).seconds")
      var curves = TrainerState.Curves()
      curves.loss = Trace(try arrays.doubles("\(name).history"))
      curves.testLoss = Trace(try arrays.doubles("\(name).test_history"))
      curves.testAccuracy = Trace(try arrays.doubles("\(name).test_accuracy"))
      earlier.append(TrainerState.EarlierRun(title: title, curves: curves, seconds: seconds))
    }
    self.earlier = earlier
  }

  /// Networks, optimisers and losses only: a file must not be able to start a training.
  private static let vocabulary = Vocabulary(
    builtins: Builtins.all.filter {
      $0.name.hasPrefix("nn.") || $0.name.hasPrefix("optim.") || $0.name == "torch.tensor"
    },
    constants: [:])

  /// Evaluates the network, the optimiser and the loss like a cell, so that a file cannot make
  /// anything that a cell could not.
  private static func network(
    _ settings: [String: String]
  ) throws(Diagnostic) -> (Layer, Optimizer, CrossEntropyLoss) {
    // Earlier versions had no choice of the loss, and did not write it.
    let code = """
      model = \(settings["model"] ?? "")
      optimizer = \(settings["optimizer"] ?? "")
      criterion = \(settings["criterion"] ?? CrossEntropyLoss().code)
      """
    let evaluation = CodeResult(of: code, files: FileAccess(.folders([])), vocabulary: vocabulary)
    let values = Dictionary(evaluation.names.map { ($0.name, $0.value) }) { $1 }
    guard case .model(let model)? = values["model"],
      case .optimizer(let optimizer)? = values["optimizer"],
      case .criterion(let criterion)? = values["criterion"]
    else { throw Diagnostic("its network, its optimiser or its loss cannot be read") }
    return (model.layer, optimizer, criterion)
  }
}

/// The arrays of a file by name; each must exist and have the requested type.
private struct SavedArrays {
  private var arrays: [String: NDArray] = [:]
  private let modelNames: [String]
  private let settings: [String: String]

  init(_ list: [SafeTensorsFile.NamedArray], _ settings: [String: String]) {
    self.settings = settings
    for (name, array) in list { arrays[name] = array }
    modelNames = list.map(\.name).filter { $0.hasPrefix("model.") }
  }

  func has(_ name: String) -> Bool { arrays[name] != nil }

  var weights: [SafeTensorsFile.NamedArray] {
    modelNames.map { (String($0.dropFirst(6)), arrays[$0] ?? NDArray(scalar: 0)) }
  }

  var optimizerMemory: OptimizerState.Memory {
    get throws(Diagnostic) {
      var memory = OptimizerState.Memory()
      memory.steps = try integers("optimizer.steps", count: 1)[0]
      memory.first = try floats("optimizer.first")
      memory.second = try floats("optimizer.second")
      return memory
    }
  }

  func dataSet(_ name: String) throws(Diagnostic) -> DataSet {
    let labels = try classes("\(name).labels")
    let random = has("\(name).random") ? try random("\(name).random") : nil
    guard labels.allSatisfy({ (0..<1 << 30).contains($0) }) else {
      throw Diagnostic("its \(name) does not fit its labels")
    }
    guard has("\(name).inputs") else {
      let shape = (settings["\(name)_shape"] ?? "").split(separator: " ").map { Int($0) ?? 0 }
      guard let fingerprint = settings["\(name)_inputs"].flatMap(InputsFingerprint.init),
        (1...2).contains(shape.count), shape.allSatisfy({ (1...Self.longestAxis).contains($0) })
      else { throw Diagnostic("its \(name) is not described") }
      return DataSet(missing: fingerprint, sampleShape: shape, labels: labels, random: random)
    }
    let inputs = try array("\(name).inputs", .float32)
    guard inputs.shape.first == labels.count else {
      throw Diagnostic("its \(name) does not fit its labels")
    }
    return DataSet(
      inputs: try inputs.values(as: Float.self), sampleShape: Array(inputs.shape.dropFirst()),
      labels: labels, random: random)
  }

  /// More than a signal that fits into memory has.
  private static let longestAxis = 1 << 28

  /// In one byte each, where that is enough.
  private func classes(_ name: String) throws(Diagnostic) -> [Int] {
    if let array = arrays[name], array.type == .uint8 { return try array.values(as: Int.self) }
    return try integers(name)
  }

  private func array(_ name: String, _ type: ElementType) throws(Diagnostic) -> NDArray {
    guard let array = arrays[name], array.type == type else { throw Self.missing(name) }
    return array
  }

  func doubles(_ name: String) throws(Diagnostic) -> [Double] {
    try array(name, .float64).values(as: Double.self)
  }

  private func floats(_ name: String) throws(Diagnostic) -> [Float] {
    try array(name, .float32).values(as: Float.self)
  }

  private func integers(_ name: String, count: Int? = nil) throws(Diagnostic) -> [Int] {
    let values = try array(name, .int64).values(as: Int.self)
    guard count == nil || values.count == count else { throw Self.missing(name) }
    return values
  }

  private static func missing(_ name: String) -> Diagnostic {
    Diagnostic("its \(name) is missing or has another type or length")
  }

  func random(_ name: String) throws(Diagnostic) -> PyTorchGenerator {
    let words = try integers(name).compactMap { UInt32(exactly: $0) }
    guard let random = PyTorchGenerator(words: words) else {
      throw Diagnostic("its RNG state is invalid")
    }
    return random
  }
}

extension NDArray {
  /// As 64-bit integers: the format has no unsigned 32-bit type.
  fileprivate init(_ random: PyTorchGenerator) { self.init(random.words.map { Int($0) }) }
}

extension Layer {
  /// The code of a cell that makes it: "nn.Sequential(nn.Flatten(), nn.Linear(128, 3))".
  fileprivate var expression: String {
    guard case .sequential(let layers) = self else { return "nn.\(code)" }
    return "nn.Sequential(\(layers.map(\.expression).joined(separator: ", ")))"
  }
}
