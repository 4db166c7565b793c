import Glibc

/// A thread with a stack that is deep enough for nested values and expressions.
package struct WorkerThread: Sendable {
  private static let stackSize = 16 << 20
  private let thread: pthread_t

  /// - Returns: nil when the system has no room for another thread.
  package init?(_ work: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    let box = Unmanaged.passRetained(Work(work))
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

  /// Waits until the work is done. To be called once.
  package func join() { pthread_join(thread, nil) }

  private final class Work: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
}
