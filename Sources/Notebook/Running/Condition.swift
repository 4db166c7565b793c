import Glibc

/// A state that several threads share, and the signal that it has changed.
///
/// By pthread_mutex: the thread sanitizer understands it, and Foundation is not needed.
final class Condition<State>: @unchecked Sendable {
  // Unchecked, since the compiler cannot see that the state is only touched under the mutex.
  private var state: State
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init(_ state: sending State) {
    self.state = state
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// The state, alone with it.
  func withLock<Result>(_ work: (inout State) -> sending Result) -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return work(&state)
  }

  /// Waits until `work` finds something, which it may take out of the state.
  func wait<Result>(for work: (inout State) -> sending Result?) -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = work(&state) { return result }
      pthread_cond_wait(condition, mutex)
    }
  }

  /// To be called after a change that somebody may wait for.
  func signal() { pthread_cond_broadcast(condition) }
}
