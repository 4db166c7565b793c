import Compute
import NeuralNetworks
import Testing

/// A network that fits its data, with the settings of a short training, all drawn from a seed: any
/// layers with any options, odd sizes, batches of 1 to 70 samples.
struct RandomNetwork: CustomTestStringConvertible {
  let plan: TrainingPlan
  let testDescription: String

  /// Large networks are those whose work is divided among threads.
  init(seed: Int, isLarge: Bool) throws {
    var draw = Draw(seed: seed, isLarge: isLarge)
    while true {
      guard let plan = try? draw.plan() else { continue }
      self.plan = plan
      let layers = plan.layer.leaves.map(\.layer.code).joined(separator: ", ")
      testDescription =
        "seed \(seed): \(plan.data.sampleShape), batches of \(plan.batchSize), \(layers)"
      return
    }
  }
}

/// Layers and sizes, one after the other.
private struct Draw {
  private var random: PyTorchGenerator
  private let isLarge: Bool

  init(seed: Int, isLarge: Bool) {
    random = PyTorchGenerator(seed: UInt64(seed))
    self.isLarge = isLarge
  }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int {
    min(range.upperBound, range.lowerBound + Int(random.uniform(0, Float(range.count))))
  }

  private mutating func pick<Element>(_ items: [Element]) -> Element {
    items[pick(0...items.count - 1)]
  }

  /// A common factor of both.
  private mutating func groups(_ a: Int, _ b: Int) -> Int {
    pick((1...a).filter { a % $0 == 0 && b % $0 == 0 })
  }

  mutating func plan() throws -> TrainingPlan {
    let input = isLarge ? [pick(4...9), pick(50...90)] : [pick(1...5), pick(3...40)]
    var layers: [Layer] = []
    var shape = input
    if isLarge { layers.append(.conv1d(convolution(shape[0], outputs: pick(16...33)))) }
    for _ in 0..<pick(2...8) { layers.append(layer(for: try self.shape(after: layers, input))) }
    shape = try self.shape(after: layers, input)
    let classes = pick(2...7)
    layers += [
      .flatten,
      .linear(inputs: shape.reduce(1, *), outputs: classes, hasBias: pick([true, false])),
    ]
    let batchSize = isLarge ? pick(30...70) : pick(1...70)
    let count = batchSize + pick(0...batchSize + 3)
    let inputs = (0..<count * input[0] * input[1]).map { _ in random.uniform(-1, 1) }
    let data = DataSet(
      inputs: inputs, sampleShape: input, labels: (0..<count).map { _ in pick(0...classes - 1) },
      random: random)
    let weight = (0..<classes).map { _ in random.uniform(0.2, 2) }
    let criterion = CrossEntropyLoss(
      weight: pick([nil, weight]), labelSmoothing: pick([0, 0, 0.1, 1]))
    return try TrainingPlan(
      layer: .sequential(layers), data: data,
      settings: .init(
        optimizer: pick(Self.optimizers), batchSize: batchSize, criterion: criterion))
  }

  /// Where Adam divides by the size of a gradient that should be 0, as before BatchNorm, roundings
  /// decide its sign: a large epsilon keeps the naive backend comparable.
  private static let optimizers: [Optimizer] = [
    .sgd(learningRate: 0.05), .sgd(learningRate: 0.02, momentum: 0.9, nesterov: true),
    .sgd(learningRate: 0.05, momentum: 0.8, dampening: 0.1, weightDecay: 0.01),
    .asgd(learningRate: 0.05, t0: 1), .adam(learningRate: 0.01, epsilon: 0.1, weightDecay: 0.1),
    .adamW(learningRate: 0.01, epsilon: 0.1),
  ]

  private func shape(after layers: [Layer], _ input: [Int]) throws -> [Int] {
    let shape = try Layer.sequential(layers).summary(input: input).last?.outputShape ?? input
    try #require(shape.reduce(1, *) <= 5000)
    return shape
  }

  /// May not fit after all: then the network is drawn anew.
  private mutating func layer(for shape: [Int]) -> Layer {
    switch pick(0...(shape.count == 2 ? 12 : 7)) {
    case 0, 1: return .activation(pick(Self.activations))
    case 2: return .dropout(probability: pick([0, 0.25, 0.5]))
    case 3: return .batchNorm1d(features: shape[0], epsilon: 1e-2, momentum: 0.1)
    case 4, 5:
      return .groupNorm(
        groups: groups(shape[0], shape[0]), channels: shape[0], epsilon: 1e-2,
        isAffine: pick([true, false]))
    case 6 where shape.count == 1:
      return .linear(inputs: shape[0], outputs: pick(1...40), hasBias: pick([true, false]))
    case 6: return pick([.flatten, .adaptiveAvgPool1d])
    case 7 where shape.count == 2:
      let outputs = pick(1...8)
      return .sequential([
        .conv1d(convolution(shape[0], outputs: outputs)),
        .sequential([.activation(.relu), .conv1d(convolution(outputs, outputs: pick(1...8)))]),
      ])
    case 7: return .flatten
    case 8, 9: return .conv1d(convolution(shape[0], outputs: pick(1...18)))
    case 10:
      var sizes = convolution(shape[0], outputs: pick(1...9))
      sizes.padding = .samples(pick(0...2))
      sizes.outputPadding = pick(0...max(sizes.stride, sizes.dilation) - 1)
      return .convTranspose1d(sizes)
    default:
      let kernelSize = pick(1...5)
      var windows = PoolingParameters(
        kernelSize: kernelSize, stride: pick(1...4), padding: pick(0...kernelSize / 2),
        ceilMode: pick([true, false]), countsPadding: pick([true, false]))
      guard pick([true, false]) else { return .avgPool1d(windows) }
      windows.countsPadding = true
      windows.dilation = pick(1...2)
      return .maxPool1d(windows)
    }
  }

  private mutating func convolution(_ inputs: Int, outputs: Int) -> ConvolutionLayer {
    let padding = pick([.samples(pick(0...4)), .same, .valid] as [ConvolutionPadding])
    return ConvolutionLayer(
      inputChannels: inputs, outputChannels: outputs, kernelSize: pick(1...7),
      stride: padding == .same ? 1 : pick(1...3), padding: padding, dilation: pick(1...2),
      groups: groups(inputs, outputs), hasBias: pick([true, false]))
  }

  private static let activations =
    Activation.allCases + [.gelu(approximation: .tanh), .relu, .leakyReLU(negativeSlope: 0.3)]
}
