import Compute
import Concurrency
import Messages

/// A backend that trains, shared by the copies of a ``Training``: whichever of them goes on while
/// others refer to it takes a new one.
///
/// Unchecked, because backends are not Sendable: one is run only by the training that alone refers to
/// it, and read only under the lock.
final class LiveBackend: @unchecked Sendable {
  let backend: any TrainingBackend
  /// Whether the backend holds a batch that ran.
  var hasBatch = false
  /// What was downloaded since the backend ran last.
  private let downloaded = Monitor<TrainingState?>(nil)

  init(_ backend: any TrainingBackend) { self.backend = backend }

  /// The state with weights and optimiser as they are now.
  func completed(_ state: TrainingState) -> TrainingState {
    let current = downloaded.withLock { downloaded in
      if let downloaded { return downloaded }
      var current = state
      backend.download(into: &current)
      downloaded = current
      return current
    }
    var state = state
    state.weights = current.weights
    state.optimizer = current.optimizer
    return state
  }

  /// To be called before the backend goes on. Also lets go of the arrays, which would otherwise be
  /// copied by the next step.
  func forget() { downloaded.withLock { $0 = nil } }
}
