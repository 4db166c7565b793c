import Audio
import CALSA
import Glibc

/// A value that tests and the audio thread share.
final class Shared<Value: Sendable>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // Touched only while the mutex is held.
  private var value: Value

  init(_ value: Value) {
    self.value = value
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  @discardableResult
  func update<Result>(_ body: (inout Value) -> Result) -> Result {
    wait { body(&$0) }
  }

  /// Waits until `body` gives a result.
  @discardableResult
  func wait<Result>(_ body: (inout Value) -> Result?) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    while true {
      if let result = body(&value) { return result }
      pthread_cond_wait(changed, mutex)
    }
  }
}

/// What a `SteppedOutput` took, and what the test lets it take.
struct Recording: Sendable {
  /// Left side only.
  var frames: [Int16] = []
  var periodsAllowed = 0
  var periodsTaken = 0
  var isWaiting = false
  var openedRates: [Int] = []
  var closeCount = 0
  var losesDevice = false
}

/// An output that takes a period only when the test allows it: time stands still in between.
final class SteppedOutput: Output {
  let sampleRate: Int
  let delay: Int
  let description = OutputDescription.device("stepped")
  private let recording: Shared<Recording>

  init(sampleRate: Int, delay: Int = 0, recording: Shared<Recording>) {
    self.sampleRate = sampleRate
    self.delay = delay
    self.recording = recording
    recording.update { $0.openedRates.append(sampleRate) }
  }

  func write(_ samples: UnsafeBufferPointer<Int16>) throws(LostOutput) {
    recording.update { $0.isWaiting = true }
    let isLost = recording.wait { recording -> Bool? in
      if recording.losesDevice { return true }
      guard recording.periodsAllowed > 0 else { return nil }
      recording.isWaiting = false
      recording.periodsAllowed -= 1
      recording.periodsTaken += 1
      recording.frames += (0..<samples.count / 2).map { samples[2 * $0] }
      return false
    }
    if isLost { throw LostOutput(reason: "the test took the device away") }
  }

  func close() { recording.update { $0.closeCount += 1 } }
}

extension Shared<Recording> {
  /// Lets the output take some periods, and waits until the player stands before the next one,
  /// which is rendered already: what a test does now is heard from the period after it on.
  func step(_ periods: Int) {
    wait { $0.isWaiting ? () : nil }
    update { recording in
      recording.periodsAllowed += periods
      recording.isWaiting = false
    }
    wait { $0.periodsAllowed == 0 && $0.isWaiting ? () : nil }
  }

  var frames: [Int16] { update { $0.frames } }
}
