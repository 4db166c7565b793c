import Compute
import Concurrency
import Messages

/// A backend in the middle of training, shared by the copies of a ``Training``. A copy that runs
/// while others still refer to the backend makes a new one.
///
/// Unchecked, because backends are not Sendable: only a training that holds the sole reference runs
/// one, and it is read only under the lock.
final class LiveBackend: @unchecked Sendable {
  let backend: any TrainingBackend
  /// Whether the backend has run a batch.
  var hasBatch = false
  /// What has been downloaded since the backend last ran.
  private let downloaded = Monitor<TrainingState?>(nil)

  init(_ backend: any TrainingBackend) { self.backend = backend }

  /// The state with the current weights and optimiser.
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

  /// Call before the backend runs again. Also releases the arrays, which the next step would
  /// otherwise copy.
  func forget() { downloaded.withLock { $0 = nil } }
}
