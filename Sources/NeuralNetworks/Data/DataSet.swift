import Compute
import Concurrency
import Messages

/// Examples with their classes.
package struct DataSet: Sendable {
  /// One sample after the other, each of `sampleShape`, row-major.
  package var inputs: [Float]
  /// `[channels, length]`.
  package var sampleShape: [Int]
  /// The class of each sample, from 0.
  package var labels: [Int]
  /// PyTorch's random stream as `split` left it: `train` starts from a copy. Nil when nothing has
  /// been drawn yet.
  package var random: PyTorchGenerator?
  /// A name for each class, for tables and pictures; nil for their numbers.
  package var classNames: [String]?
  /// Of inputs that are not here, since a saved run does not keep them; nil when they are.
  package private(set) var missingInputs: InputsFingerprint?

  package var hasInputs: Bool { missingInputs == nil }
  package var count: Int { labels.count }
  package var byteCount: Int { inputs.count * 4 + labels.count * 8 }
  package var classCount: Int { (labels.max() ?? -1) + 1 }

  /// - Precondition: there is one label for each sample.
  package init(
    inputs: [Float], sampleShape: [Int], labels: [Int], random: PyTorchGenerator? = nil
  ) {
    precondition(inputs.count == labels.count * sampleShape.reduce(1, *))
    self.inputs = inputs
    self.sampleShape = sampleShape
    self.labels = labels
    self.random = random
  }

  /// A data set whose inputs are not here: good for comparing and counting only.
  package init(
    missing inputs: InputsFingerprint, sampleShape: [Int], labels: [Int],
    random: PyTorchGenerator? = nil
  ) {
    self.inputs = []
    self.sampleShape = sampleShape
    self.labels = labels
    self.random = random
    missingInputs = inputs
  }

  /// Of the inputs, wherever they are.
  package var fingerprint: InputsFingerprint { missingInputs ?? InputsFingerprint(of: inputs) }

  /// The values of one sample, row-major.
  package func inputs(ofSample index: Int) -> ArraySlice<Float> {
    let size = sampleShape.reduce(1, *)
    return inputs[index * size..<(index + 1) * size]
  }

  /// The samples of these indices, in their order.
  package func selecting(_ indices: [Int]) throws(Diagnostic) -> DataSet {
    try selecting(indices[...])
  }

  /// The samples of these indices, in their order.
  package func selecting(_ indices: ArraySlice<Int>) throws(Diagnostic) -> DataSet {
    let size = sampleShape.reduce(1, *)
    let first = indices.startIndex
    let inputs = try self.inputs.withUnsafeBufferPointer { (inputs) throws(Diagnostic) in
      try [Float](initializing: indices.count * size) { (target) throws(Diagnostic) in
        try Budget.forEachChunk(of: indices.count, steps: size + 8) { range in
          for position in range {
            let start = indices[first + position] * size
            for index in 0..<size {
              (target + position * size + index).initialize(to: inputs[start + index])
            }
          }
        }
      }
    }
    var part = DataSet(
      inputs: inputs, sampleShape: sampleShape,
      labels: try [Int](computing: indices.count) { labels[indices[first + $0]] }, random: random)
    part.classNames = classNames
    return part
  }

  /// As `torch.manual_seed(seed)` and `random_split(data, [train, test])`, with train =
  /// int(fraction * count): both parts carry the stream as it is then. A fraction outside of 0 ...
  /// 1 counts as the nearer end.
  package func split(
    fraction: Double, seed: UInt32
  ) throws(Diagnostic) -> (train: DataSet, test: DataSet) {
    var random = PyTorchGenerator(seed: seed)
    try [Int].reserve(count)
    let order = try random.permutation(count) { () throws(Diagnostic) in try Budget.check() }
    var source = self
    source.random = random
    let trainCount = Int((fraction > 0 ? min(fraction, 1) : 0) * Double(count))
    return (
      try source.selecting(order[..<trainCount]), try source.selecting(order[trainCount...])
    )
  }
}

extension DataSet {
  /// Whether both train alike: the names of the classes do not count. Constant time for copies of one
  /// another, which is what cells compare again and again.
  package func isIdentical(to other: DataSet) -> Bool {
    guard sampleShape == other.sampleShape, labels == other.labels, random == other.random else {
      return false
    }
    guard hasInputs, other.hasInputs else { return fingerprint == other.fingerprint }
    return inputs.withUnsafeBufferPointer { ours in
      other.inputs.withUnsafeBufferPointer { theirs in
        ours.count == theirs.count
          && (ours.baseAddress == theirs.baseAddress
            || ours.elementsEqual(theirs) { $0.bitPattern == $1.bitPattern })
      }
    }
  }

  /// With the inputs of another data set, if they are missing here and those are the same.
  package func supplied(from other: DataSet?) -> DataSet {
    guard !hasInputs, let other, other.hasInputs, isIdentical(to: other) else { return self }
    return other
  }
}
