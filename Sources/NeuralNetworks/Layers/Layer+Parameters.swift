import Compute
import Messages

/// One array of PyTorch's state_dict.
package struct StateEntry: Hashable, Sendable {
  /// What the array is at first, and whether training changes it.
  package enum Role: Hashable, Sendable {
    /// Drawn between the negative bound and the bound.
    case drawn(bound: Double)
    case constant(Float)
    /// Follows the data and has no gradient.
    case runningMean, runningVariance
    /// int64 without axes.
    case batchCounter
  }

  /// Such as "0.weight".
  package var name: String
  package var shape: [Int]
  package var role: Role

  package var count: Int { shape.reduce(1, *) }
  /// Whether the optimiser changes it.
  package var isParameter: Bool {
    switch role {
    case .drawn, .constant: true
    case .runningMean, .runningVariance, .batchCounter: false
    }
  }

  /// Whether training changes it without the optimiser.
  package var isStatistic: Bool {
    switch role {
    case .runningMean, .runningVariance: true
    case .drawn, .constant, .batchCounter: false
    }
  }
}

extension Layer {
  /// The layers inside all Sequentials with their names, such as "4.0", in PyTorch's order. A layer
  /// that is not a Sequential has no name.
  package var leaves: [(name: String, layer: Layer)] {
    guard case .sequential(let layers) = self else { return [("", self)] }
    return layers.enumerated().flatMap { index, layer in
      layer.leaves.map { ($0.name.isEmpty ? "\(index)" : "\(index).\($0.name)", $0.layer) }
    }
  }

  /// Layers inside all Sequentials, and how deep Sequentials are nested.
  package var extent: (leaves: Int, levels: Int) {
    guard case .sequential(let layers) = self else { return (1, 0) }
    let parts = layers.map(\.extent)
    return (parts.reduce(0) { $0 + $1.leaves }, 1 + (parts.map(\.levels).max() ?? 0))
  }

  /// What PyTorch's state_dict holds, in its order.
  ///
  /// - Throws: when a size makes no sense; says which layer.
  package func stateEntries() throws(Diagnostic) -> [StateEntry] {
    var entries: [StateEntry] = []
    for (name, layer) in leaves {
      do {
        try layer.check()
      } catch {
        throw Diagnostic("\(layer.label(name)): \(error.message)", hint: error.hint)
      }
      for var entry in layer.ownEntries {
        if !name.isEmpty { entry.name = "\(name).\(entry.name)" }
        entries.append(entry)
      }
    }
    return entries
  }

  /// Weights and biases, each number counted.
  ///
  /// - Throws: as ``stateEntries()``.
  package func parameterCount() throws(Diagnostic) -> Int {
    try stateEntries().reduce(0) { $0 + ($1.isParameter ? $1.count : 0) }
  }

  /// Of a leaf whose sizes were checked.
  private var ownEntries: [StateEntry] {
    switch self {
    case .conv1d(let sizes):
      weightAndBias(sizes.weightShape(isTransposed: false), sizes.outputChannels, sizes.hasBias)
    case .convTranspose1d(let sizes):
      weightAndBias(sizes.weightShape(isTransposed: true), sizes.outputChannels, sizes.hasBias)
    case .linear(let inputs, let outputs, let hasBias):
      weightAndBias([outputs, inputs], outputs, hasBias)
    case .batchNorm1d(let features, _, _):
      [
        StateEntry(name: "weight", shape: [features], role: .constant(1)),
        StateEntry(name: "bias", shape: [features], role: .constant(0)),
        StateEntry(name: "running_mean", shape: [features], role: .runningMean),
        StateEntry(name: "running_var", shape: [features], role: .runningVariance),
        StateEntry(name: "num_batches_tracked", shape: [], role: .batchCounter),
      ]
    case .groupNorm(_, let channels, _, isAffine: true):
      [
        StateEntry(name: "weight", shape: [channels], role: .constant(1)),
        StateEntry(name: "bias", shape: [channels], role: .constant(0)),
      ]
    case .activation, .maxPool1d, .avgPool1d, .adaptiveAvgPool1d, .flatten, .dropout, .groupNorm,
      .sequential:
      []
    }
  }

  /// Both uniform within ±1/√fan, where fan is what one output adds up; for a transposed
  /// convolution PyTorch takes the same sizes of the weight. The weight's bound is PyTorch's
  /// kaiming_uniform with a = √5, step by step, so that it rounds as there.
  private func weightAndBias(_ shape: [Int], _ outputs: Int, _ hasBias: Bool) -> [StateEntry] {
    let fan = Double(shape[1...].reduce(1, *))
    let slope = (5.0).squareRoot()
    let gain = (2 / (1 + slope * slope)).squareRoot()
    let bound = (3.0).squareRoot() * (gain / fan.squareRoot())
    let weight = StateEntry(name: "weight", shape: shape, role: .drawn(bound: bound))
    let bias = StateEntry(
      name: "bias", shape: [outputs], role: .drawn(bound: 1 / fan.squareRoot()))
    return hasBias ? [weight, bias] : [weight]
  }

  /// "layer 3, Conv1d(16, 32, 5),", at the start of a sentence about it.
  func subject(_ name: String) -> String { name.isEmpty ? code : "\(label(name))," }

  /// "layer 3, Conv1d(16, 32, 5)", for messages.
  func label(_ name: String) -> String { name.isEmpty ? code : "layer \(name), \(code)" }
}

extension ConvolutionLayer {
  /// - Precondition: the groups divide both numbers of channels.
  func weightShape(isTransposed: Bool) -> [Int] {
    isTransposed
      ? [inputChannels, outputChannels / groups, kernelSize]
      : [outputChannels, inputChannels / groups, kernelSize]
  }
}
