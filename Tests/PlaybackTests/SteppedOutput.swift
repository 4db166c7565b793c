import Concurrency
import Playback
import Sounds

/// What a `SteppedOutput` has accepted, and what the test allows it to accept.
struct Recording: Sendable {
  /// Left channel only.
  var frames: [Int16] = []
  var periodsAllowed = 0
  var periodsTaken = 0
  var isWaiting = false
  var openedRates: [Int] = []
  var closeCount = 0
  var losesDevice = false
}

/// An output that accepts a period only when the test allows it, so that the test controls time.
final class SteppedOutput: SoundOutput {
  let sampleRate: Int
  let delay: Int
  let description = SoundDestination.device("stepped")
  private let recording: Monitor<Recording>

  init(sampleRate: Int, delay: Int = 0, recording: Monitor<Recording>) {
    self.sampleRate = sampleRate
    self.delay = delay
    self.recording = recording
    recording.change { $0.openedRates.append(sampleRate) }
  }

  func write(_ samples: UnsafeBufferPointer<Int16>) throws(OutputLostError) {
    recording.change { $0.isWaiting = true }
    let isLost = recording.wait { recording -> Monitor<Recording>.Attempt<Bool> in
      if recording.losesDevice { return .found(true) }
      guard recording.periodsAllowed > 0 else { return .retry() }
      recording.isWaiting = false
      recording.periodsAllowed -= 1
      recording.periodsTaken += 1
      recording.frames += (0..<samples.count / 2).map { samples[2 * $0] }
      return .found(false)
    }
    if isLost { throw OutputLostError(reason: "the test took the device away") }
  }

  func close() { recording.change { $0.closeCount += 1 } }
}

extension Monitor<Recording> {
  /// Lets the output accept some periods, and waits until the player tries to write the next one,
  /// which is already rendered: commands from now on take effect in the period after it.
  func step(_ periods: Int) {
    wait { $0.isWaiting ? .found(()) : .retry() }
    change { recording in
      recording.periodsAllowed += periods
      recording.isWaiting = false
    }
    wait { $0.periodsAllowed == 0 && $0.isWaiting ? .found(()) : .retry() }
  }

  var frames: [Int16] { withLock { $0.frames } }
}
