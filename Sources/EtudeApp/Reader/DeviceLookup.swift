import Concurrency

/// Asks which devices there are, on a thread of its own: a device that has hung may not answer for
/// seconds, or ever.
final class DeviceLookup: Sendable {
  private let state = Monitor(State())

  private struct State: Sendable {
    var isRunning = false
    /// The answer, until it is taken.
    var list: DeviceList?
  }

  /// Does nothing while an earlier question is open.
  ///
  /// - Parameter wake: called when the answer is there.
  func start(
    _ devices: @escaping @Sendable () -> DeviceList, wake: @escaping @Sendable () -> Void
  ) {
    let isFirst = state.withLock { state in
      defer { state.isRunning = true }
      return !state.isRunning
    }
    guard isFirst else { return }
    let thread = WorkerThread { [state] in
      let list = devices()
      state.withLock { $0 = State(list: list) }
      wake()
    }
    if let thread {
      thread.detach()
    } else {
      let list = DeviceList(
        computing: [], sound: ["no thread could be started to ask for the devices"])
      state.withLock { $0 = State(list: list) }
    }
  }

  /// Each answer is returned once.
  func takeList() -> DeviceList? {
    state.withLock { state in
      defer { state.list = nil }
      return state.list
    }
  }
}
