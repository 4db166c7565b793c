import Compute
import FakeCards
import Messages
import NeuralNetworks
import Testing

/// A device whose backend is slow and simple: the whole batch as arrays in float64, layer by layer,
/// without chunks, offsets or kernels. What training gives with it, it gives through the protocol.
struct NaiveDevice: TrainingDevice {
  let kind = DeviceKind.cpu
  let name = "naive"

  func makeTrainingBackend(for plan: TrainingPlan) -> any TrainingBackend {
    NaiveTrainingBackend(plan)
  }
}

final class NaiveTrainingBackend: TrainingBackend {
  let plan: TrainingPlan
  private var state: [(name: String, array: NDArray)] = []
  private var gradients: [String: NDArray] = [:]
  private var optimizer: OptimizerState
  private var tape: [Step] = []
  private var labels: [Int] = []

  /// A layer with what went in and came out.
  private struct Step {
    var name: String
    var layer: Layer
    var input: NDArray
    var output: NDArray
    var mask: NDArray?
  }

  init(_ plan: TrainingPlan) {
    self.plan = plan
    optimizer = OptimizerState(plan.settings.optimizer)
  }

  func load(_ state: TrainingState) {
    self.state = state.stateDictionary(for: plan)
    optimizer = try! OptimizerState(plan.settings.optimizer, remembering: state.optimizer)
  }

  func download(into state: inout TrainingState) {
    let seen = state.weights.batchesSeen
    // The state is the plan's own, and without a budget nothing this small is refused.
    state.weights = try! Weights(self.state, of: plan.network.entries)
    // Without BatchNorm nothing counts batches.
    state.weights.batchesSeen = max(state.weights.batchesSeen, seen)
    state.optimizer = optimizer.memory
  }

  // MARK: Stages

  func zeroGrad() { gradients = [:] }

  func forward(_ batch: TrainingBatch) {
    labels = batch.samples.map { plan.data.labels[$0] }
    tape = []
    run(plan.data.samples(batch.samples), masks: batch.masks)
    for index in state.indices where state[index].name.hasSuffix("num_batches_tracked") {
      state[index].array = NDArray(scalar: Int(state[index].array.numbers[0]) + 1)
    }
  }

  func loss() -> Double {
    labels.indices.reduce(0) { sum, index in
      let logits = logits(ofBatchSample: index)
      return sum + CrossEntropy.loss(logits, label: labels[index], plan.targets)
    } * Double(labels.count) / plan.targets.weightSum(of: labels)
  }

  func backward() {
    guard
      var gradient = tape.last.map({
        try! NDArray.crossEntropyGradient(
          logits: $0.output, classes: labels, weight: NDArray(plan.targets.weights),
          labelSmoothing: plan.settings.criterion.labelSmoothing)
      })
    else { return }
    for step in tape.reversed() { gradient = backward(gradient, step) }
  }

  func step() {
    let parameters = plan.network.entries.filter(\.isParameter)
    var values = parameters.flatMap { array($0.name).floats }
    let slopes = parameters.flatMap { entry in
      gradients[entry.name]?.floats ?? [Float](repeating: 0, count: entry.count)
    }
    optimizer.step(&values, gradients: slopes)
    var start = 0
    for entry in parameters {
      set(entry.name, Array(values[start..<start + entry.count]))
      start += entry.count
    }
  }

  func logits(ofBatchSample index: Int) -> [Float] {
    guard let output = tape.last?.output else { return [] }
    let width = output.shape[1]
    return Array(output.floats[index * width..<(index + 1) * width])
  }

  func gradientNorm() -> Double {
    gradients.values.reduce(0) { $1.numbers.reduce($0) { $0 + $1 * $1 } }.squareRoot()
  }

  func logits(of data: DataSet, samples: Range<Int>) -> [Float] {
    run(data.samples(samples), masks: nil).floats
  }

  // MARK: Layers

  private func array(_ name: String) -> NDArray { state.first { $0.name == name }!.array }

  private func bias(_ prefix: String) -> NDArray? {
    state.first { $0.name == prefix + "bias" }?.array.inFloat64
  }

  private func set(_ name: String, _ values: [Float]) {
    let index = state.firstIndex { $0.name == name }!
    state[index].array = NDArray(shape: state[index].array.shape, values: values)
  }

  private func add(_ gradient: NDArray, to name: String) {
    gradients[name] =
      gradients[name].map { try! .binary(.add, .array($0), .array(gradient)) }
      ?? gradient
  }

  @discardableResult
  private func run(_ data: DataSet, masks: [[Bool]]?) -> NDArray {
    var x = NDArray(shape: [data.count] + data.sampleShape, values: data.inputs.map(Double.init))
    var masks = masks.map { $0[...] }
    for (name, layer) in plan.layer.leaves {
      let prefix = name.isEmpty ? "" : name + "."
      var mask: NDArray?
      if case .dropout(let probability) = layer, let kept = masks?.popFirst() {
        let scale = probability < 1 ? 1 / (1 - probability) : 0
        mask = NDArray(
          shape: x.shape,
          values: kept.isEmpty
            ? [Double](repeating: 1, count: x.count) : kept.map { $0 ? scale : 0 })
      }
      let y = try! output(of: layer, prefix, x, mask, isTraining: masks != nil)
      if masks != nil {
        tape.append(Step(name: prefix, layer: layer, input: x, output: y, mask: mask))
      }
      x = y
    }
    return x
  }

  private func output(
    of layer: Layer, _ prefix: String, _ x: NDArray, _ mask: NDArray?, isTraining: Bool
  ) throws -> NDArray {
    func weight() -> NDArray { array(prefix + "weight").inFloat64 }
    switch layer {
    case .conv1d(let sizes):
      return try .conv1d(x, weight: weight(), bias: bias(prefix), sizes.parameters())
    case .convTranspose1d(let sizes):
      return try .convTranspose1d(x, weight: weight(), bias: bias(prefix), sizes.parameters())
    case .linear: return try .linear(x, weight: weight(), bias: bias(prefix))
    case .activation(let activation): return try .applying(activation, x)
    case .maxPool1d(let windows): return try .maxPool1d(x, windows)
    case .avgPool1d(let windows): return try .avgPool1d(x, windows)
    case .adaptiveAvgPool1d: return try .adaptiveAvgPool1d(x)
    case .groupNorm(let groups, _, let epsilon, let isAffine):
      return try .groupNorm(
        x, groups: groups, weight: isAffine ? weight() : nil, bias: bias(prefix),
        epsilon: epsilon)
    case .flatten: return x.withShape([x.shape[0], x.shape[1...].reduce(1, *)])
    case .dropout:
      guard let mask else { return x }
      return try .binary(.multiply, .array(x), .array(mask))
    case .batchNorm1d(_, let epsilon, let momentum):
      return normalized(x, prefix, epsilon, momentum, isTraining: isTraining)
    case .sequential: return x
    }
  }

  private func backward(_ dy: NDArray, _ step: Step) -> NDArray {
    func weight() -> NDArray { array(step.name + "weight").inFloat64 }
    func take(_ gradients: LayerGradients, hasBias: Bool) -> NDArray {
      add(gradients.weight, to: step.name + "weight")
      if hasBias { add(gradients.bias, to: step.name + "bias") }
      return gradients.input
    }
    let x = step.input
    switch step.layer {
    case .conv1d(let sizes):
      return take(
        try! NDArray.conv1dGradients(dy, input: x, weight: weight(), sizes.parameters()),
        hasBias: sizes.hasBias)
    case .convTranspose1d(let sizes):
      return take(
        try! NDArray.convTranspose1dGradients(dy, input: x, weight: weight(), sizes.parameters()),
        hasBias: sizes.hasBias)
    case .linear(_, _, let hasBias):
      return take(try! NDArray.linearGradients(dy, input: x, weight: weight()), hasBias: hasBias)
    case .activation(let activation):
      return try! .gradient(of: activation, dy, input: x, output: step.output)
    case .maxPool1d(let windows): return try! .maxPool1dGradient(dy, input: x, windows)
    case .avgPool1d(let windows): return try! .avgPool1dGradient(dy, input: x, windows)
    case .groupNorm(let groups, _, let epsilon, let isAffine):
      let gradients = try! NDArray.groupNormGradients(
        dy, input: x, groups: groups, weight: isAffine ? weight() : nil, epsilon: epsilon)
      return isAffine ? take(gradients, hasBias: true) : gradients.input
    case .adaptiveAvgPool1d: return try! .adaptiveAvgPool1dGradient(dy, input: x)
    case .flatten: return dy.withShape(x.shape)
    case .dropout: return try! .binary(.multiply, .array(dy), .array(step.mask!))
    case .batchNorm1d(_, let epsilon, _): return normalizedGradient(dy, x, step.name, epsilon)
    case .sequential: return dy
    }
  }

  // MARK: BatchNorm

  /// The offsets of the values of each channel; axis 1 has the channels.
  private func channels(of x: NDArray) -> [[Int]] {
    let (count, channels) = (x.shape[0], x.shape[1])
    let length = x.count / (count * channels)
    return (0..<channels).map { channel in
      (0..<count).flatMap { sample in
        (0..<length).map { (sample * channels + channel) * length + $0 }
      }
    }
  }

  private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
  }

  private func normalized(
    _ x: NDArray, _ prefix: String, _ epsilon: Double, _ momentum: Double, isTraining: Bool
  ) -> NDArray {
    let (weight, bias) = (array(prefix + "weight").numbers, array(prefix + "bias").numbers)
    var means = array(prefix + "running_mean").numbers
    var variances = array(prefix + "running_var").numbers
    let values = x.numbers
    var result = values
    for (channel, offsets) in channels(of: x).enumerated() {
      var (mean, variance) = (means[channel], variances[channel])
      if isTraining {
        (mean, variance) = moments(offsets.map { values[$0] })
        let unbiased = variance * Double(offsets.count) / Double(offsets.count - 1)
        means[channel] += momentum * (mean - means[channel])
        variances[channel] += momentum * (unbiased - variances[channel])
      }
      let scale = weight[channel] / (variance + epsilon).squareRoot()
      for offset in offsets { result[offset] = (values[offset] - mean) * scale + bias[channel] }
    }
    if isTraining {
      set(prefix + "running_mean", means.map { Float($0) })
      set(prefix + "running_var", variances.map { Float($0) })
    }
    return NDArray(shape: x.shape, values: result)
  }

  private func normalizedGradient(
    _ dy: NDArray, _ x: NDArray, _ prefix: String, _ epsilon: Double
  ) -> NDArray {
    let weight = array(prefix + "weight").numbers
    let (values, slopes) = (x.numbers, dy.numbers)
    var (result, dw, db) = (values, weight, weight)
    for (channel, offsets) in channels(of: x).enumerated() {
      let (mean, variance) = moments(offsets.map { values[$0] })
      let inverse = 1 / (variance + epsilon).squareRoot()
      let size = Double(offsets.count)
      db[channel] = offsets.reduce(0) { $0 + slopes[$1] }
      dw[channel] = offsets.reduce(0) { $0 + slopes[$1] * (values[$1] - mean) * inverse }
      for offset in offsets {
        let normalized = (values[offset] - mean) * inverse
        result[offset] =
          weight[channel] * inverse
          * (slopes[offset] - db[channel] / size - normalized * dw[channel] / size)
      }
    }
    add(NDArray(dw), to: prefix + "weight")
    add(NDArray(db), to: prefix + "bias")
    return NDArray(shape: x.shape, values: result)
  }
}

/// A device of the tests, named in their output.
struct Implementation: Sendable, CustomTestStringConvertible {
  let device: any TrainingDevice
  let testDescription: String

  /// Every set of kernels that this processor can run, the naive device, and a card.
  static let all: [Implementation] =
    AvailableKernels.all.map {
      Implementation(device: CPU(kernels: $0), testDescription: $0.name)
    } + [naive, card]
  /// One of each device. The CPU computes a card's stages, with the card's bits only where it can fuse a
  /// product and a sum.
  static let devices =
    [Implementation(device: Devices.cpu, testDescription: "cpu"), naive]
    + (AvailableKernels.chosen.isFused ? [card] : [])
  private static let naive = Implementation(device: NaiveDevice(), testDescription: "naive")
  private static let fakeCard = FakeCard()
  private static let card = Implementation(device: fakeCard.device, testDescription: "a card")
}

// Without a budget nothing this small is refused.

extension NDArray {
  fileprivate var floats: [Float] { try! values() }
  fileprivate var inFloat64: NDArray { try! asType(.float64) }
}

extension DataSet {
  fileprivate func samples(_ indices: some Sequence<Int>) -> DataSet {
    try! selecting(Array(indices)[...])
  }
}
