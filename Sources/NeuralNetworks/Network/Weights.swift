import Compute
import Messages

/// The numbers of a network, in the order of PyTorch's state_dict.
package struct Weights: Sendable {
  /// What the optimiser changes.
  package var parameters: [Float] = []
  /// BatchNorm's running means and variances.
  package var statistics: [Float] = []
  /// Batches that training has seen.
  package var batchesSeen = 0

  package var count: Int { parameters.count + statistics.count }

  /// None.
  package init() {}

  /// As PyTorch initialises the layers one after the other.
  package init(drawing entries: [StateEntry], from random: inout PyTorchGenerator) {
    for entry in entries {
      switch entry.role {
      case .drawn(let bound):
        let bound = Float(bound)
        for _ in 0..<entry.count { parameters.append(random.uniform(-bound, bound)) }
      case .constant(let value): parameters += [Float](repeating: value, count: entry.count)
      case .runningMean: statistics += [Float](repeating: 0, count: entry.count)
      case .runningVariance: statistics += [Float](repeating: 1, count: entry.count)
      case .batchCounter: break
      }
    }
  }

  /// The pointers of ``parameters`` and ``statistics``; not to be read where there are none.
  mutating func withPointers(
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    parameters.withUnsafeMutableBufferPointer { parameters in
      statistics.withUnsafeMutableBufferPointer { statistics in
        // Never null: an empty array has no address.
        let nothing = UnsafeMutablePointer<Float>(bitPattern: MemoryLayout<Float>.alignment)!
        body(parameters.baseAddress ?? nothing, statistics.baseAddress ?? nothing)
      }
    }
  }

  /// - Precondition: the state is that of a model with these entries.
  package init(
    _ state: [(name: String, array: NDArray)], of entries: [StateEntry]
  ) throws(Diagnostic) {
    for (entry, (_, array)) in zip(entries, state) {
      switch entry.role {
      case .drawn, .constant: parameters += try array.values(as: Float.self)
      case .runningMean, .runningVariance: statistics += try array.values(as: Float.self)
      case .batchCounter: batchesSeen = try array.values(as: Int.self)[0]
      }
    }
  }

  /// PyTorch's state_dict.
  package func stateDictionary(_ entries: [StateEntry]) -> [(name: String, array: NDArray)] {
    var (parameter, statistic) = (0, 0)
    return entries.map { entry in
      switch entry.role {
      case .drawn, .constant:
        parameter += entry.count
        let values = Array(parameters[parameter - entry.count..<parameter])
        return (entry.name, NDArray(shape: entry.shape, values: values))
      case .runningMean, .runningVariance:
        statistic += entry.count
        let values = Array(statistics[statistic - entry.count..<statistic])
        return (entry.name, NDArray(shape: entry.shape, values: values))
      case .batchCounter: return (entry.name, NDArray(scalar: batchesSeen))
      }
    }
  }
}
