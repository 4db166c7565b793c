import Glibc

/// The monotonic clock for durations and deadlines, in seconds.
package enum Clock {
  package static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// A signal may end the sleep early.
  package static func sleep(seconds: Double) {
    var time = timespec(seconds: seconds)
    nanosleep(&time, nil)
  }
}

extension timespec {
  /// - Precondition: `seconds` is finite and not negative.
  init(seconds: Double) {
    let whole = seconds.rounded(.down)
    self.init(tv_sec: Int(whole), tv_nsec: Int((seconds - whole) * 1e9))
  }
}
