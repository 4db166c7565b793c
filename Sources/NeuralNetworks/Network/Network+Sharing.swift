import Compute
import Concurrency

/// What travels between the caches of threads that have chunks of their own: parameters, the sides of
/// linear layers' gradients, and the sums of convolutions' gradients. Each thread asks for it ahead.
///
/// Most of it, the weights of linear layers and the sides of their gradients, is fetched by the kernels
/// while they compute.
extension Network {
  /// Before the forward pass in training: parameters that other threads have changed.
  func fetchParameters(_ pass: Pass, _ share: Share) {
    guard pass.part(of: share) != nil else { return }
    for operation in operations where !operation.isLinear {
      for parameter in operation.parameters {
        let own = parameter.range(of: share)
        let all = parameter.start..<parameter.start + parameter.count
        SharedMemory.fetch(
          pass.parameters + all.lowerBound, count: own.lowerBound - all.lowerBound)
        SharedMemory.fetch(pass.parameters + own.upperBound, count: all.upperBound - own.upperBound)
      }
    }
  }
}

extension Network.Operation {
  /// Before the forward pass: where the last batch's inputs were read.
  func claimInputs(_ part: Network.Pass) {
    guard part.isTraining, case .linear(_, let transposed, _) = kind else { return }
    SharedMemory.claim(part.values(transposed), count: part.chunks * transposed.count)
  }

  /// Before the backward pass reaches the output.
  func claimSlopes(_ part: Network.Pass) {
    guard case .linear = kind else { return }
    SharedMemory.claim(part.slopes(output), count: part.chunks * output.count)
  }

  /// Before the gradients of this thread's parameters.
  func fetchGradients(_ pass: Network.Pass, _ part: Network.Pass, _ share: Share) {
    guard !isLinear else { return }
    for parameter in parameters {
      let own = parameter.range(of: share)
      SharedMemory.claim(pass.parameters + own.lowerBound, count: own.count)
    }
    guard let chunkGradients, let start = parameters.first?.start else { return }
    for chunk in 0..<pass.chunks where !part.contains(chunk) {
      for parameter in parameters {
        let own = parameter.range(of: share)
        SharedMemory.fetch(
          pass.values(chunkGradients) + chunk * chunkGradients.count + own.lowerBound - start,
          count: own.count)
      }
    }
  }
}
