import Compute
import Concurrency

/// A network with weights and a batch, and the threads that compute it.
///
/// Work is split over outputs, never over the terms of a sum, so any number of threads gives the same
/// bits.
final class NetworkRunner {
  let network: Network
  let kernels: any BatchKernels
  var weights = Weights()
  var batch = Batch()
  /// The gradients of the parameters.
  var gradients: [Float]
  private let team: ThreadTeam

  /// - Parameter threads: at most so many; fewer for networks with too little work for them.
  init(
    _ network: Network, kernels: any BatchKernels, threads: Int = 1, batchSize: Int = 1,
    isTraining: Bool = false
  ) {
    self.network = network
    self.kernels = kernels
    gradients = [Float](repeating: 0, count: isTraining ? network.parameterCount : 0)
    let work = network.multiplicationCount * Double(batchSize)
    let useful = max(1, Int(min(work / Self.multiplicationsForThread, 256)))
    team = ThreadTeam(threadCount: min(threads, useful)) { flushDenormals() }
  }

  /// Below some 20 µs for each thread and pass, waiting for each other costs more than it saves.
  private static let multiplicationsForThread = 500_000.0

  /// - Parameter masks: of the Dropouts, as in ``TrainingBatch``; BatchNorm then takes the batch's
  ///   statistics. Nil outside of training.
  func forward(_ samples: [Int], of data: DataSet, masks: [[Bool]]?) {
    batch.begin(samples, of: data)
    run(isTraining: masks != nil) { [network, kernels, team] pass, share in
      samples.withUnsafeBufferPointer { pass.load($0, of: data, into: network.input, share) }
      if let masks { network.fillMasks(masks, pass, share) }
      team.synchronize()
      network.forward(pass, share, kernels: kernels) { team.synchronize() }
    }
  }

  /// The mean loss of the batch, times its number of samples.
  func loss(_ targets: CrossEntropyTargets) -> Double {
    flushingDenormals { batch.computeLoss(of: network.output, targets, kernels: kernels) }
  }

  /// Adds to ``gradients``; after ``loss(_:)``.
  func backward(_ targets: CrossEntropyTargets) {
    flushingDenormals { batch.computeLossGradient(of: network.output, targets, kernels: kernels) }
    run(isTraining: true) { [network, kernels, team] pass, share in
      network.backward(pass, share, kernels: kernels) { team.synchronize() }
    }
  }

  func step(_ optimizer: inout OptimizerState) {
    let step = optimizer.begin(weights.parameters)
    let count = weights.parameters.count
    optimizer.withMemory { first, second in
      run(isTraining: true) { [kernels] pass, share in
        kernels.step(
          share, step, count: count, gradients: pass.gradients, first: first, second: second,
          parameters: pass.parameters)
      }
    }
  }

  private func run(isTraining: Bool, _ body: @escaping (Network.Pass, Share) -> Void) {
    let (team, count) = (team, batch.count)
    batch.withPointers { values, slopes in
      weights.withPointers { parameters, statistics in
        gradients.withUnsafeMutableBufferPointer { gradients in
          let pass = Network.Pass(
            count: count, values: values, slopes: slopes, parameters: parameters,
            gradients: gradients.baseAddress ?? slopes, statistics: statistics,
            isTraining: isTraining)
          flushingDenormals {
            team.run { index in body(pass, Share(index, of: team.count)) }
          }
        }
      }
    }
  }
}
