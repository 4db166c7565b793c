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
  private let team: NetworkTeam

  /// - Parameter team: of ``team(for:batchSize:threads:)``; one thread if nil.
  init(
    _ network: Network, kernels: any BatchKernels, team: NetworkTeam? = nil,
    isTraining: Bool = false
  ) {
    self.network = network
    self.kernels = kernels
    self.team = team ?? NetworkTeam(ThreadTeam(threadCount: 1))
    gradients = [Float](repeating: 0, count: isTraining ? network.parameterCount : 0)
  }

  /// Threads for a network and batches of some size: at most so many, and fewer where there is too
  /// little work for them.
  static func team(for network: Network, batchSize: Int, threads: Int) -> NetworkTeam {
    let work = network.multiplicationCount * Double(batchSize)
    let useful = max(1, Int(min(work / multiplicationsForThread, 256)))
    return NetworkTeam(ThreadTeam(threadCount: min(threads, useful)) { flushDenormals() })
  }

  /// Below some 20 µs for each thread and pass, waiting for each other costs more than it saves.
  private static let multiplicationsForThread = 500_000.0

  /// All stages of a batch, in one piece of work for the threads.
  ///
  /// - Returns: as ``loss(_:)``. When it is not finite, so are the weights.
  func train(
    _ samples: [Int], of data: DataSet, masks: [[Bool]], _ targets: CrossEntropyTargets,
    _ optimizer: inout OptimizerState
  ) -> Double {
    batch.begin(samples, of: data, network)
    let divisor = targets.weightSum(of: batch.labels)
    let step = optimizer.begin(weights.parameters)
    optimizer.withMemory { first, second in
      team.timing(samples: samples.count) {
        run(isTraining: true) { [network, kernels] pass, share, synchronize in
          var pass = pass
          pass.addsGradients = false
          network.clearGradients(pass, share)
          network.fetchParameters(pass, share)
          network.load(samples, of: data, masks: masks, pass, share, kernels: kernels)
          if pass.part(of: share) == nil { synchronize() }
          network.forward(pass, share, kernels: kernels, synchronize: synchronize)
          // The loss takes no time worth sharing: without chunks of their own the others wait for one.
          let part = pass.part(of: share)
          if let own = part ?? (share.index == 0 ? pass : nil) {
            own.computeLoss(of: network.output, targets, kernels: kernels)
            own.computeLossGradient(of: network.output, targets, divisor: divisor, kernels: kernels)
          }
          if part == nil { synchronize() }
          network.backward(pass, share, kernels: kernels, synchronize: synchronize) { parameter in
            let own = parameter.range(of: share)
            let start = own.lowerBound
            kernels.step(
              .all, step, count: own.count, gradients: pass.gradients + start,
              first: first.map { $0 + start }, second: second.map { $0 + start },
              parameters: pass.parameters + start)
          }
        }
      }
    }
    return batch.lossSum(targets)
  }

  // MARK: The stages of a batch

  func clearGradients() {
    gradients.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  /// - Parameter masks: of the Dropouts, as in ``TrainingBatch``; BatchNorm then takes the batch's
  ///   statistics. Nil outside of training.
  func forward(_ samples: [Int], of data: DataSet, masks: [[Bool]]?) {
    batch.begin(samples, of: data, network)
    run(isTraining: masks != nil) { [network, kernels] pass, share, synchronize in
      network.load(samples, of: data, masks: masks, pass, share, kernels: kernels)
      synchronize()
      network.forward(pass, share, kernels: kernels, synchronize: synchronize)
    }
  }

  /// The mean loss of the batch, times its number of samples.
  func loss(_ targets: CrossEntropyTargets) -> Double {
    computeLosses(targets)
    return batch.lossSum(targets)
  }

  /// The loss of each sample of the batch, which ``batch`` then holds.
  func computeLosses(_ targets: CrossEntropyTargets) {
    withPass(isTraining: true) { pass in
      pass.computeLoss(of: network.output, targets, kernels: kernels)
    }
  }

  /// Adds to ``gradients``; after ``loss(_:)``.
  func backward(_ targets: CrossEntropyTargets) {
    let divisor = targets.weightSum(of: batch.labels)
    withPass(isTraining: true) { pass in
      pass.computeLossGradient(of: network.output, targets, divisor: divisor, kernels: kernels)
    }
    run(isTraining: true) { [network, kernels] pass, share, synchronize in
      network.backward(pass, share, kernels: kernels, synchronize: synchronize)
    }
  }

  func step(_ optimizer: inout OptimizerState) {
    let step = optimizer.begin(weights.parameters)
    let count = weights.parameters.count
    optimizer.withMemory { first, second in
      run(isTraining: true) { [kernels] pass, share, _ in
        kernels.step(
          share, step, count: count, gradients: pass.gradients, first: first, second: second,
          parameters: pass.parameters)
      }
    }
  }

  private func run(
    isTraining: Bool, _ body: @escaping (Network.Pass, Share, _ synchronize: () -> Void) -> Void
  ) {
    withPass(isTraining: isTraining) { pass in
      team.run { share, synchronize in body(pass, share, synchronize) }
    }
  }

  /// Calls `body` on this thread, with the pointers of batch, weights and gradients.
  private func withPass(isTraining: Bool, _ body: (Network.Pass) -> Void) {
    batch.withPointers { signals in
      weights.withPointers { parameters, statistics in
        gradients.withUnsafeMutableBufferPointer { gradients in
          let pass = Network.Pass(
            signals, parameters: parameters, gradients: gradients.baseAddress ?? parameters,
            statistics: statistics, isTraining: isTraining)
          flushingDenormals { body(pass) }
        }
      }
    }
  }
}
