import Compute
import NeuralNetworks

/// What a call of `train` asks for.
struct TrainingRequest: Sendable {
  /// As it begins: without an epoch, or where the fit that it goes on from stands.
  let start: Training
  let device: Device.Kind
  /// What the fit that it goes on from took to compute.
  let earlierSeconds: Double

  /// Epochs that are to be run.
  var epochCount: Int { start.settings.epochs - start.epoch }

  /// "ASGD, rate 0.01, batches of 64".
  var title: String {
    "\(start.settings.optimizer.title), batches of \(start.settings.batchSize)"
  }

  /// Whether both come to the same fit, bit for bit. Linear in the size of the data.
  func isIdentical(to other: TrainingRequest) -> Bool {
    device == other.device && start.isIdentical(to: other.start)
  }

  /// Whether one estimate holds for both: weights and the values of the data make no difference.
  func takesAsLong(as other: TrainingRequest) -> Bool {
    device == other.device && epochCount == other.epochCount && start.layer == other.start.layer
      && start.settings.optimizer == other.start.settings.optimizer
      && start.settings.batchSize == other.start.settings.batchSize
      && start.data.sampleShape == other.start.data.sampleShape
      && start.data.count == other.start.data.count
      && start.test?.count == other.start.test?.count
  }
}

extension Training {
  /// Whether both are at the same point of the same run. Training is deterministic, so that equal
  /// beginnings and equal curves mean equal weights.
  func isIdentical(to other: Training) -> Bool {
    layer == other.layer && settings == other.settings && epoch == other.epoch
      && history.elementsEqual(other.history) { $0.bitPattern == $1.bitPattern }
      && data.isIdentical(to: other.data)
      && (test == nil) == (other.test == nil)
      && (test.flatMap { test in other.test.map(test.isIdentical) } ?? true)
  }
}

extension DataSet {
  /// Constant time for copies of one another, which is what cells compare again and again.
  func isIdentical(to other: DataSet) -> Bool {
    sampleShape == other.sampleShape && labels == other.labels && random == other.random
      && inputs.withUnsafeBufferPointer { ours in
        other.inputs.withUnsafeBufferPointer { theirs in
          ours.count == theirs.count
            && (ours.baseAddress == theirs.baseAddress
              || ours.elementsEqual(theirs) { $0.bitPattern == $1.bitPattern })
        }
      }
  }
}

extension Model {
  func isIdentical(to other: Model) -> Bool {
    guard layer == other.layer, state?.count == other.state?.count else { return false }
    return zip(state ?? [], other.state ?? []).allSatisfy {
      $0.name == $1.name && Value.array($0.array).isIdentical(to: .array($1.array))
    }
  }
}

extension Fit {
  func isIdentical(to other: Fit) -> Bool {
    device == other.device && seconds == other.seconds
      && training.isIdentical(to: other.training)
  }
}
