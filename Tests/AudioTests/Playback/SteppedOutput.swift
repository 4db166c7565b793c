import Audio

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
  private let recording: Monitor<Recording>

  init(sampleRate: Int, delay: Int = 0, recording: Monitor<Recording>) {
    self.sampleRate = sampleRate
    self.delay = delay
    self.recording = recording
    recording.withLock { $0.openedRates.append(sampleRate) }
  }

  func write(_ samples: UnsafeBufferPointer<Int16>) throws(LostOutput) {
    recording.withLock { $0.isWaiting = true }
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

  func close() { recording.withLock { $0.closeCount += 1 } }
}

extension Monitor<Recording> {
  /// Lets the output take some periods, and waits until the player stands before the next one,
  /// which is rendered already: what a test does now is heard from the period after it on.
  func step(_ periods: Int) {
    wait { $0.isWaiting ? () : nil }
    withLock { recording in
      recording.periodsAllowed += periods
      recording.isWaiting = false
    }
    wait { $0.periodsAllowed == 0 && $0.isWaiting ? () : nil }
  }

  var frames: [Int16] { withLock { $0.frames } }
}
