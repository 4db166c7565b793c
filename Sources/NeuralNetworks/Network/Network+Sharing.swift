import Compute
import Concurrency

/// What travels between the caches of threads that have chunks of their own: parameters, the sides of
/// linear layers' gradients, and the sums of convolutions' gradients. Each asks for it ahead.
extension Network {
  /// Before the forward pass in training: parameters that other threads have changed.
  func fetchParameters(_ pass: Pass, _ share: Share) {
    guard pass.part(of: share) != nil else { return }
    for parameter in parameters {
      let own = parameter.range(of: share)
      let all = parameter.start..<parameter.start + parameter.count
      SharedMemory.fetch(
        pass.parameters + all.lowerBound, count: own.lowerBound - all.lowerBound)
      SharedMemory.fetch(pass.parameters + own.upperBound, count: all.upperBound - own.upperBound)
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
    for parameter in parameters {
      let own = parameter.range(of: share)
      SharedMemory.claim(pass.parameters + own.lowerBound, count: own.count)
    }
    let rows = share.range(of: parameters.first?.rows ?? 0)
    for chunk in 0..<pass.chunks where !part.contains(chunk) {
      if case .linear(_, let transposed, _) = kind {
        SharedMemory.fetch(
          pass.values(transposed) + chunk * transposed.count, count: transposed.count)
        SharedMemory.fetch(
          pass.slopes(output) + chunk * output.count + rows.lowerBound * chunkWidth,
          count: rows.count * chunkWidth)
      }
      guard let chunkGradients, let start = parameters.first?.start else { continue }
      for parameter in parameters {
        let own = parameter.range(of: share)
        SharedMemory.fetch(
          pass.values(chunkGradients) + chunk * chunkGradients.count + own.lowerBound - start,
          count: own.count)
      }
    }
  }
}
