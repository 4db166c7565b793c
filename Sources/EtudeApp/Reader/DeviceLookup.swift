import Concurrency

/// Asks which devices there are, on a thread of its own: a device that has hung may not answer for
/// seconds, or ever.
final class DeviceLookup: Sendable {
  private let state = Monitor(State())

  private struct State: Sendable {
    var isRunning = false
    /// The answer, until it is taken.
    var lines: [OverlayLine]?
  }

  /// Does nothing while an earlier question is open.
  ///
  /// - Parameter wake: called when the answer is there.
  func start(
    _ devices: @escaping @Sendable () -> [OverlayLine], wake: @escaping @Sendable () -> Void
  ) {
    let isFirst = state.withLock { state in
      defer { state.isRunning = true }
      return !state.isRunning
    }
    guard isFirst else { return }
    let thread = WorkerThread { [state] in
      let lines = devices()
      state.withLock { $0 = State(lines: lines) }
      wake()
    }
    if let thread {
      thread.detach()
    } else {
      let lines = [OverlayLine("no thread could be started to ask for the devices")]
      state.withLock { $0 = State(lines: lines) }
    }
  }

  /// Each answer is returned once.
  func takeLines() -> [OverlayLine]? {
    state.withLock { state in
      defer { state.lines = nil }
      return state.lines
    }
  }
}
