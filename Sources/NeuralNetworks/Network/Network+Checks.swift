import Compute

extension Network {
  /// - Throws: when the network cannot learn to classify these samples.
  func check(_ data: DataSet, named name: String) throws(NetworkError) {
    guard data.count > 0 else { throw NetworkError("\(name) has no samples") }
    guard data.labels.allSatisfy({ $0 >= 0 }) else {
      throw NetworkError("\(name) has negative labels", mend: "classes are numbered from 0")
    }
    guard data.inputs.allSatisfy(\.isFinite) else {
      throw NetworkError(
        "\(name) has values that are nan or inf", mend: "no loss is finite with them")
    }
    guard data.sampleShape == sampleShape else {
      throw NetworkError(
        "\(name) has samples of shape \(NDArray.describe(shape: data.sampleShape)), and the network "
          + "is trained with samples of shape \(NDArray.describe(shape: sampleShape))")
    }
    guard outputShape.count == 1 else {
      throw NetworkError(
        "the network ends with channels × length, "
          + "\(NDArray.describe(shape: outputShape)), and needs one value for each class",
        mend: "end it with nn.Flatten() and nn.Linear(\(outputShape.reduce(1, *)), "
          + "\(data.classCount))")
    }
    guard data.classCount <= outputShape[0] else {
      throw NetworkError(
        "the network ends with \(outputShape[0]) \(outputShape[0] == 1 ? "value" : "values"), and "
          + "\(name) has \(data.classCount) classes",
        mend: "the last layer's out_features must be \(data.classCount)")
    }
  }

  /// A batch is not interrupted: it should take a second at most.
  static let productLimit = 2e9

  /// - Throws: when one batch would take too long. Samples are computed a slice at a time: one takes
  ///   as long as 16.
  func checkWork(ofBatch count: Int) throws(NetworkError) {
    let products = productCount * Double(sliceCount(ofBatch: count) * sliceWidth)
    guard products <= Self.productLimit else {
      throw NetworkError(
        "a batch of \(count) takes \(Int(min(products / 1e6, 1e15))) million products; "
          + "\(Int(Self.productLimit / 1e6)) million are allowed",
        mend: "take smaller batches, shorter kernels or fewer channels")
    }
  }

  /// - Throws: when BatchNorm would be given a single value of a channel, which has no variance.
  func checkBatches(of count: Int, size: Int) throws(NetworkError) {
    let last = count % size == 0 ? min(size, count) : count % size
    for operation in operations {
      if case .batchNorm = operation.kind, last * operation.input.length == 1 {
        throw NetworkError(
          "the last batch has a single sample, and BatchNorm1d needs more than one value of each "
            + "channel", mend: "choose batch_size so that \(count) samples leave more than one over"
        )
      }
    }
  }
}
