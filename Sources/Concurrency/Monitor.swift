import Glibc

/// A state shared by several threads, and a way to wait for its changes.
///
/// Built on pthread_mutex: unlike Synchronization.Mutex, it supports waiting, and the thread
/// sanitizer understands it.
package final class Monitor<State>: @unchecked Sendable {
  /// The outcome of an attempt to find something in the state.
  package enum Attempt<Result> {
    case found(Result)
    /// Nothing yet: try again after the next signal, or at this time on ``Clock`` at the latest.
    case retry(at: Double = .infinity)
  }

  // Unchecked, since the compiler cannot see that the state is only accessed under the mutex.
  private var state: State
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  package init(_ state: sending State) {
    self.state = state
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    defer { pthread_condattr_destroy(&attributes) }
    // The default clock follows the wall clock, which may jump.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Exclusive access to the state. Wakes no waiting thread: see ``signal()``.
  package func withLock<Result>(_ work: (inout State) -> sending Result) -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return work(&state)
  }

  /// Changes the state and wakes all waiting threads.
  @discardableResult
  package func change<Result>(_ work: (inout State) -> sending Result) -> sending Result {
    defer { signal() }
    return withLock(work)
  }

  /// Waits until `work` finds something, which it may remove from the state.
  package func wait<Result>(for work: (inout State) -> sending Attempt<Result>) -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      switch work(&state) {
      case .found(let result): return result
      case .retry(let time) where time == .infinity: pthread_cond_wait(condition, mutex)
      case .retry(let time):
        var deadline = timespec(seconds: time)
        pthread_cond_timedwait(condition, mutex, &deadline)
      }
    }
  }

  /// To be called after a change that another thread may be waiting for.
  package func signal() { pthread_cond_broadcast(condition) }
}
