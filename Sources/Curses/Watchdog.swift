import Concurrency
import Glibc

/// Ends the program when the main thread cannot: a terminal that takes no output, as after Ctrl-S, or
/// endless work would keep it from ever reading a signal.
///
/// A thread that waits for signals, too, but does not take them; it costs nothing while there are none.
final class Watchdog: Sendable {
  /// How long the main thread may leave a signal unread, in seconds: usually, while it saves, and after
  /// it has saved.
  static let usualPatience = 3.0
  static let patienceWhileSaving = 30.0
  static let patienceAfterSaving = 2.0

  private let patience = Monitor(Patience())
  private let stopping: Wake
  private let thread: WorkerThread?

  private struct Patience: Sendable {
    var seconds = Watchdog.usualPatience
    /// When it was set.
    var start = 0.0
  }

  init(_ signals: Signals) throws(ScreenError) {
    stopping = try Wake()
    thread = WorkerThread { [patience, stopping, descriptor = signals.descriptor] in
      Self.watch(descriptor, stopping, patience)
    }
  }

  /// Gives the main thread this long from now on.
  func allow(seconds: Double) {
    patience.withLock { $0 = Patience(seconds: seconds, start: Clock.now()) }
  }

  /// Call once.
  func stop() {
    stopping.signal()
    thread?.join()
  }

  private static func watch(
    _ descriptor: Int32, _ stopping: Wake, _ patience: Monitor<Patience>
  ) {
    var pendingSince: Double?
    while true {
      // While a signal is pending, its descriptor stays readable: look at the clock instead.
      var descriptors = [stopping.readEnd, descriptor].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      poll(&descriptors, pendingSince == nil ? 2 : 1, pendingSince == nil ? -1 : 50)
      if descriptors[0].revents != 0 { return }
      var readable = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&readable, 1, 0) == 1 else {
        pendingSince = nil
        continue
      }
      let since = pendingSince ?? Clock.now()
      pendingSince = since
      let allowed = patience.withLock { $0 }
      guard Clock.now() >= max(since, allowed.start) + allowed.seconds,
        let signal = Signals.pendingTerminating
      else { continue }
      CrashGuard.endProgram()
      Signals.performDefaultAction(of: signal)
    }
  }
}
