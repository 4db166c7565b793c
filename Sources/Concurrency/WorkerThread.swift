import Glibc

/// A thread of the system's, with a stack that is deep enough for nested values and expressions.
package struct WorkerThread: Sendable {
  private static let stackSize = 16 << 20
  private let thread: pthread_t
  private let hasEnded = Monitor(false)

  /// - Returns: nil when the system has no room for another thread.
  package init?(_ work: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    let box = Unmanaged.passRetained(
      Work { [hasEnded] in
        work()
        hasEnded.change { $0 = true }
      })
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        // Balances passRetained; the argument is never null, as it comes from there.
        Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().work()
        return nil
      }, box.toOpaque())
    guard status == 0 else {
      box.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits until the work is done, but no longer than `seconds`; a thread that is still at work
  /// then is left to itself, and the process may end without it. To be called once.
  package func join(within seconds: Double = .infinity) {
    let deadline = Clock.now() + seconds
    let isDone = hasEnded.wait { hasEnded in
      hasEnded || Clock.now() >= deadline ? .found(hasEnded) : .retry(at: deadline)
    }
    if isDone { pthread_join(thread, nil) } else { detach() }
  }

  /// Lets the thread end by itself. To be called once, instead of ``join(within:)``.
  package func detach() { pthread_detach(thread) }

  private final class Work: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
}
