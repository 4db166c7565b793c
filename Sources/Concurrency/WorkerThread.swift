import Glibc

/// A system thread with a stack deep enough for nested values and expressions.
package struct WorkerThread: Sendable {
  private static let stackSize = 16 << 20
  private let thread: pthread_t
  private let hasEnded = Monitor(false)

  /// - Returns: nil when the system cannot create another thread.
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
        // Balances passRetained, whose result is never null.
        Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().work()
        return nil
      }, box.toOpaque())
    guard status == 0 else {
      box.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits until the work is done, but no longer than `seconds`; then detaches the thread, and the
  /// process may exit without it. Call at most once.
  package func join(within seconds: Double = .infinity) {
    let deadline = Clock.now() + seconds
    let isDone = hasEnded.wait { hasEnded in
      hasEnded || Clock.now() >= deadline ? .found(hasEnded) : .retry(at: deadline)
    }
    if isDone { pthread_join(thread, nil) } else { detach() }
  }

  /// Lets the thread end by itself. Call at most once, instead of ``join(within:)``.
  package func detach() { pthread_detach(thread) }

  private final class Work: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
}
