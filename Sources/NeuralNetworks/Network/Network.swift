import Compute

/// A network laid out for training: which operation reads and writes what, for samples of one shape.
///
/// It holds no numbers. Weights are one flat array in the order of PyTorch's state_dict, running
/// statistics another, and a ``Batch`` holds the signals.
struct Network: Sendable {
  /// Signals of one slice, `[channels][length][16]`, from `offset` floats within the slice.
  struct Region: Hashable, Sendable {
    var offset: Int
    var channels: Int
    var length: Int

    var count: Int { channels * length * sliceWidth }
  }

  struct Operation: Sendable {
    enum Kind: Sendable {
      /// Also linear layers; `rectified` joins the ReLU that follows.
      case convolution(BatchConvolution, isTransposed: Bool, rectified: Bool)
      case relu, tanh, sigmoid
      case maxPool(PoolingGeometry)
      case averagePool(PoolingGeometry)
      /// The mask is 0 where a value is dropped, and the scale where it is kept.
      case dropout(probability: Double, mask: Region)
      case batchNorm(BatchNormalization)
    }

    var kind: Kind
    var input: Region
    var output: Region
    /// Of weights and biases in the flat array of parameters; nil where there is none.
    var weight: Int?
    var bias: Int?
  }

  let sampleShape: [Int]
  let entries: [StateEntry]
  let parameterCount: Int
  private(set) var operations: [Operation] = []
  let input: Region
  private(set) var output: Region
  private(set) var outputShape: [Int]
  /// Floats that one slice of a batch takes.
  private(set) var sliceSize: Int
  /// Products of all layers with weights, for one sample on its way forwards.
  private(set) var productCount = 0.0

  /// - Parameter sampleShape: `[channels, length]` or `[features]`.
  /// - Throws: when the layers do not fit; says which, both shapes and the rule.
  init(_ layer: Layer, sampleShape: [Int]) throws(NetworkError) {
    try Layer.check(sampleShape: sampleShape)
    self.sampleShape = sampleShape
    entries = try layer.stateEntries()
    parameterCount = entries.reduce(0) { $0 + ($1.isParameter ? $1.count : 0) }
    outputShape = sampleShape
    input = Region(
      offset: 0, channels: sampleShape[0], length: sampleShape[1...].reduce(1, *))
    output = input
    sliceSize = input.count
    var source = "the input"
    var parameter = 0
    var statistic = 0
    for (name, leaf) in layer.leaves {
      try append(
        leaf, from: source, name: name, parameter: &parameter, statistic: &statistic)
      source = leaf.code
    }
  }

  /// - Throws: when one slice of a layer's output takes more than an array may.
  private func checkSize(of shape: [Int], _ leaf: Layer, name: String) throws(NetworkError) {
    do {
      _ = try NDArray.checkedCount(shape: shape + [sliceWidth], type: .float32)
    } catch {
      throw NetworkError("\(leaf.place(name)): \(error.message)", mend: "take a smaller layer")
    }
  }

  private mutating func append(
    _ leaf: Layer, from source: String, name: String, parameter: inout Int, statistic: inout Int
  ) throws(NetworkError) {
    let shape = outputShape
    outputShape = try leaf.outputShape(of: shape, from: source, name: name)
    let kind: Operation.Kind
    switch leaf {
    case .conv1d, .convTranspose1d, .linear:
      let geometry = try leaf.convolutionGeometry(of: shape, from: source, name: name)
      // What the operation needs to know of each position takes memory, too.
      try checkSize(of: outputShape, leaf, name: name)
      productCount += geometry.productCount
      var isTransposed = false
      if case .convTranspose1d = leaf { isTransposed = true }
      kind = .convolution(
        BatchConvolution(geometry), isTransposed: isTransposed, rectified: false)
    case .relu:
      if case .convolution(let convolution, let isTransposed, rectified: false)? = operations.last?
        .kind
      {
        operations[operations.count - 1].kind =
          .convolution(convolution, isTransposed: isTransposed, rectified: true)
        return
      }
      kind = .relu
    case .tanh: kind = .tanh
    case .sigmoid: kind = .sigmoid
    case .maxPool1d:
      kind = .maxPool(try leaf.poolingGeometry(of: shape, from: source, name: name))
    case .avgPool1d:
      kind = .averagePool(try leaf.poolingGeometry(of: shape, from: source, name: name))
    case .adaptiveAvgPool1d:
      let all = Layer.avgPool1d(kernelSize: max(1, shape[1]), stride: max(1, shape[1]))
      kind = .averagePool(try all.poolingGeometry(of: shape, from: source, name: name))
    case .dropout(let probability):
      let mask = Region(offset: sliceSize, channels: output.channels, length: output.length)
      sliceSize += mask.count
      kind = .dropout(probability: probability, mask: mask)
    case .batchNorm1d(let features, let epsilon, let momentum):
      kind = .batchNorm(
        BatchNormalization(
          statistics: statistic, epsilon: epsilon, momentum: momentum))
      statistic += 2 * features
    case .flatten:
      // In a slice, channels and positions follow each other as PyTorch flattens them.
      output = Region(offset: output.offset, channels: outputShape[0], length: 1)
      return
    case .sequential: return
    }
    let input = output
    output = Region(
      offset: sliceSize, channels: outputShape[0], length: outputShape[1...].reduce(1, *))
    sliceSize += output.count
    var operation = Operation(kind: kind, input: input, output: output)
    let prefix = name.isEmpty ? "" : "\(name)."
    for entry in entries {
      switch entry.name {
      case prefix + "weight": operation.weight = parameter
      case prefix + "bias": operation.bias = parameter
      default: continue
      }
      parameter += entry.count
    }
    operations.append(operation)
  }
}
