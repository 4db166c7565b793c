import Compute
import Concurrency

/// What travels between the caches of threads that have chunks of their own: parameters, the sides of
/// linear layers' gradients, and the sums of convolutions' gradients. Each thread asks for it ahead.
///
/// Most of it, the weights of linear layers and the sides of their gradients, is fetched or
/// claimed by the kernels while they compute.
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

  /// The output gradient of the nearest linear layer before an operation that the operation does not write
  /// itself: the backward pass writes it soon, and other threads have read it for the last batch's weight
  /// gradients.
  func sharedSlopes(_ part: Pass, before index: Int) -> UnsafeMutableBufferPointer<Float>? {
    let written = operations[index].input
    guard let next = operations[..<index].last(where: { $0.isLinear && $0.output != written })
    else { return nil }
    return UnsafeMutableBufferPointer(
      start: part.slopes(next.output), count: part.chunks * next.output.count)
  }
}

extension Network.Operation {
  /// What the forward pass writes, and other threads have read for the gradients of the last batch's weights.
  func sharedInputs(_ part: Network.Pass) -> UnsafeMutableBufferPointer<Float>? {
    guard part.isTraining, case .linear(_, let transposed, _) = kind else { return nil }
    return UnsafeMutableBufferPointer(
      start: part.values(transposed), count: part.chunks * transposed.count)
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
