import Compute
import Messages

/// A network laid out for training: which operation reads and writes what, for samples of one
/// shape.
///
/// It holds no numbers. Weights are one flat array in the order of PyTorch's state_dict, running
/// statistics another, and a ``Batch`` holds the signals.
package struct Network: Sendable {
  /// Signals of one chunk, `[channels][length][16]`, from `offset` floats within the chunk.
  package struct Region: Hashable, Sendable {
    package var offset: Int
    package var channels: Int
    package var length: Int

    package var count: Int { channels * length * chunkWidth }
  }

  package struct Operation: Sendable {
    package enum Kind: Sendable {
      /// `relu` joins the ReLU that follows.
      case convolution(BatchConvolution, isTransposed: Bool, relu: Bool)
      /// A convolution of length 1, but for the gradient of its weights, which needs the inputs
      /// sample by sample.
      case linear(BatchConvolution, transposed: Region, relu: Bool)
      case activation(Activation)
      case maxPool(PoolingGeometry)
      case averagePool(PoolingGeometry)
      /// The mask is 0 where a value is dropped, and the scale where it is kept.
      case dropout(probability: Double, mask: Region)
      case batchNorm(BatchNormalization)
      /// The statistics are a mean for each group, and 1 over the standard deviation.
      case groupNorm(groups: Int, epsilon: Double, statistics: Region)
    }

    package var kind: Kind
    package var input: Region
    package var output: Region
    /// Of weights and biases in the flat array of parameters; nil where there is none.
    package var weight: Int?
    package var bias: Int?
    /// Both of them.
    package var parameters: [Parameter] = []
    /// The gradients of ``parameters`` from each chunk by itself, in a row. Nil where they are more
    /// than the signals that they come from, or sums over all samples in order.
    package var chunkGradients: Region?

    var isLinear: Bool {
      if case .linear = kind { true } else { false }
    }
  }

  /// The weights or biases of an operation, row by row: one for each channel of the side that
  /// kernels share their gradients by.
  package struct Parameter: Hashable, Sendable {
    /// In the flat array of parameters.
    package var start: Int
    package var rows: Int
    package var rowSize: Int

    package var count: Int { rows * rowSize }

    /// One thread's rows, in the flat array.
    func range(of share: Share) -> Range<Int> {
      let own = share.range(of: rows)
      return start + own.lowerBound * rowSize..<start + own.upperBound * rowSize
    }
  }

  package let sampleShape: [Int]
  package let entries: [StateEntry]
  package let parameterCount: Int
  /// BatchNorm's running means and variances.
  package let statisticCount: Int
  package private(set) var operations: [Operation] = []
  package let input: Region
  package private(set) var output: Region
  package private(set) var outputShape: [Int]
  /// Floats that one chunk of a batch takes.
  package private(set) var chunkSize: Int
  /// Multiplications of one sample's forward pass, in all layers with weights.
  package private(set) var multiplicationCount = 0.0

  /// - Parameter sampleShape: `[channels, length]` or `[features]`.
  /// - Throws: when the layers do not fit; says which, both shapes and the rule.
  package init(_ layer: Layer, sampleShape: [Int]) throws(Diagnostic) {
    try Layer.check(sampleShape: sampleShape)
    self.sampleShape = sampleShape
    entries = try layer.stateEntries()
    parameterCount = entries.reduce(0) { $0 + ($1.isParameter ? $1.count : 0) }
    statisticCount = entries.reduce(0) { $0 + ($1.isStatistic ? $1.count : 0) }
    outputShape = sampleShape
    input = Region(
      offset: 0, channels: sampleShape[0], length: sampleShape[1...].reduce(1, *))
    output = input
    chunkSize = input.count
    var source = "the input"
    var parameter = 0
    var statistic = 0
    for (name, leaf) in layer.leaves {
      try append(
        leaf, from: source, name: name, parameter: &parameter, statistic: &statistic)
      source = leaf.code
    }
  }

  /// - Throws: when one chunk of a layer's output takes more than an array may.
  private func checkSize(of shape: [Int], _ leaf: Layer, name: String) throws(Diagnostic) {
    do {
      _ = try NDArray.checkedCount(shape: shape + [chunkWidth], type: .float32)
    } catch {
      throw Diagnostic("\(leaf.label(name)): \(error.message)", hint: "use a smaller layer")
    }
  }

  private mutating func append(
    _ leaf: Layer, from source: String, name: String, parameter: inout Int, statistic: inout Int
  ) throws(Diagnostic) {
    let shape = outputShape
    outputShape = try leaf.outputShape(of: shape, from: source, name: name)
    let kind: Operation.Kind
    switch leaf {
    case .conv1d, .convTranspose1d, .linear:
      let geometry = try leaf.convolutionGeometry(of: shape, from: source, name: name)
      // What the operation needs to know of each position takes memory, too.
      try checkSize(of: outputShape, leaf, name: name)
      multiplicationCount += geometry.multiplicationCount
      var isTransposed = false
      if case .convTranspose1d = leaf { isTransposed = true }
      if case .linear = leaf {
        let row = LinearShape.row(ofInputs: geometry.inputChannels)
        let transposed = Region(offset: chunkSize, channels: row, length: 1)
        chunkSize += transposed.count
        kind = .linear(BatchConvolution(geometry), transposed: transposed, relu: false)
      } else {
        kind = .convolution(
          BatchConvolution(geometry), isTransposed: isTransposed, relu: false)
      }
    case .activation(.relu):
      if let joined = operations.last?.kind.joiningReLU {
        operations[operations.count - 1].kind = joined
        return
      }
      kind = .activation(.relu)
    case .activation(let activation): kind = .activation(activation)
    case .maxPool1d:
      kind = .maxPool(try leaf.poolingGeometry(of: shape, from: source, name: name))
    case .avgPool1d:
      kind = .averagePool(try leaf.poolingGeometry(of: shape, from: source, name: name))
    case .adaptiveAvgPool1d:
      let all = Layer.avgPool1d(PoolingParameters(kernelSize: max(1, shape[1])))
      kind = .averagePool(try all.poolingGeometry(of: shape, from: source, name: name))
    case .dropout(let probability):
      let mask = Region(offset: chunkSize, channels: output.channels, length: output.length)
      chunkSize += mask.count
      kind = .dropout(probability: probability, mask: mask)
    case .batchNorm1d(let features, let epsilon, let momentum):
      kind = .batchNorm(
        BatchNormalization(
          statistics: statistic, epsilon: epsilon, momentum: momentum))
      statistic += 2 * features
    case .groupNorm(let groups, _, let epsilon, _):
      let statistics = Region(offset: chunkSize, channels: 2 * groups, length: 1)
      chunkSize += statistics.count
      kind = .groupNorm(groups: groups, epsilon: epsilon, statistics: statistics)
    case .flatten:
      // In a chunk, channels and positions follow each other as PyTorch flattens them.
      output = Region(offset: output.offset, channels: outputShape[0], length: 1)
      return
    case .sequential: return
    }
    let input = output
    output = Region(
      offset: chunkSize, channels: outputShape[0], length: outputShape[1...].reduce(1, *))
    chunkSize += output.count
    var operation = Operation(kind: kind, input: input, output: output)
    let prefix = name.isEmpty ? "" : "\(name)."
    for entry in entries {
      switch entry.name {
      case prefix + "weight": operation.weight = parameter
      case prefix + "bias": operation.bias = parameter
      default: continue
      }
      operation.parameters.append(
        Parameter(
          start: parameter, rows: entry.shape[0], rowSize: entry.count / max(1, entry.shape[0])))
      parameter += entry.count
    }
    if case .convolution = operation.kind {
      let count = operation.parameters.reduce(0) { $0 + $1.count }
      if count <= input.count + output.count {
        let vectors = (count + chunkWidth - 1) / chunkWidth
        operation.chunkGradients = Region(offset: chunkSize, channels: vectors, length: 1)
        chunkSize += vectors * chunkWidth
      }
    }
    operations.append(operation)
  }
}

extension Network.Operation.Kind {
  /// With the ReLU that follows; nil where there is already one, or it cannot be joined.
  fileprivate var joiningReLU: Self? {
    switch self {
    case .convolution(let convolution, let isTransposed, relu: false):
      .convolution(convolution, isTransposed: isTransposed, relu: true)
    case .linear(let convolution, let transposed, relu: false):
      .linear(convolution, transposed: transposed, relu: true)
    default: nil
    }
  }
}
