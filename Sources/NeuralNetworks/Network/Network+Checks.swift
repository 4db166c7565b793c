import Compute
import Messages

extension Network {
  /// - Throws: when the network cannot learn to classify these samples.
  func check(_ data: DataSet, named name: String) throws(Diagnostic) {
    guard data.count > 0 else { throw Diagnostic("\(name) has no samples") }
    guard data.labels.allSatisfy({ $0 >= 0 }) else {
      throw Diagnostic("\(name) has negative labels", hint: "classes are numbered from 0")
    }
    guard data.inputs.allSatisfy(\.isFinite) else {
      throw Diagnostic(
        "\(name) has values that are nan or inf", hint: "no loss is finite with them")
    }
    guard data.sampleShape == sampleShape else {
      throw Diagnostic(
        "\(name) has samples of shape \(NDArray.describe(shape: data.sampleShape)), and the network "
          + "is trained with samples of shape \(NDArray.describe(shape: sampleShape))")
    }
    guard outputShape.count == 1 else {
      throw Diagnostic(
        "the network ends with channels × length, "
          + "\(NDArray.describe(shape: outputShape)), and needs one value for each class",
        hint: "end it with nn.Flatten() and nn.Linear(\(outputShape.reduce(1, *)), "
          + "\(data.classCount))")
    }
    guard data.classCount <= outputShape[0] else {
      throw Diagnostic(
        "the network ends with \(outputShape[0]) \(outputShape[0] == 1 ? "value" : "values"), and "
          + "\(name) has \(data.classCount) classes",
        hint: "the last layer's out_features must be \(data.classCount)")
    }
  }

  /// A batch is not interrupted: it should take a second at most.
  static let multiplicationLimit = 2e9

  /// - Throws: when one batch would take too long. Samples are computed in chunks of 16: a single
  ///   one takes as long.
  func checkWork(ofBatch count: Int) throws(Diagnostic) {
    let multiplications = multiplicationCount * Double(chunkCount(ofBatch: count) * chunkWidth)
    guard multiplications <= Self.multiplicationLimit else {
      throw Diagnostic(
        "a batch of \(count) takes \(Int(min(multiplications / 1e6, 1e15))) million "
          + "multiplications; \(Int(Self.multiplicationLimit / 1e6)) million are allowed",
        hint: "use smaller batches, shorter kernels or fewer channels")
    }
  }

  /// - Throws: when the signals of a batch take more than an array may.
  func checkMemory(ofBatch count: Int) throws(Diagnostic) {
    do {
      _ = try NDArray.checkedCount(
        shape: [chunkCount(ofBatch: count), chunkSize], type: .float32)
    } catch {
      throw Diagnostic(
        "the signals inside of the network: \(error.message)",
        hint: "use smaller batches or a smaller network")
    }
  }

  /// Weights, gradients, two arrays of the optimiser, signals and their gradients; in bytes.
  func workingByteCount(batchSize: Int) -> Double {
    let signals = Double(chunkCount(ofBatch: batchSize)) * Double(chunkSize)
    return 4 * (4 * Double(parameterCount) + 2 * signals)
  }

  /// - Throws: when BatchNorm would be given a single value of a channel, which has no variance;
  ///   GroupNorm takes one for each sample, but PyTorch refuses it for a single one.
  func checkBatches(of count: Int, size: Int) throws(Diagnostic) {
    let last = count % size == 0 ? min(size, count) : count % size
    for operation in operations {
      if case .groupNorm(let groups, _, _) = operation.kind,
        last * operation.input.length * operation.input.channels == groups
      {
        throw Diagnostic(
          "the last batch has a single sample, and GroupNorm needs more than one value of each group",
          hint: "choose fewer groups")
      }
      if case .batchNorm = operation.kind, last * operation.input.length == 1 {
        throw Diagnostic(
          "the last batch has a single sample, and BatchNorm1d needs more than one value of each "
            + "channel", hint: "choose batch_size so that \(count) samples leave more than one over"
        )
      }
    }
  }
}
