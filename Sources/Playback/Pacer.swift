import Concurrency
import Glibc

/// Sets the pace by the clock, for outputs that never block.
struct Pacer {
  private let sampleRate: Int
  private let bufferFrames: Int
  private var origin: Double
  private var written = 0

  /// - Parameter bufferFrames: how far writing may be ahead of the clock.
  init(sampleRate: Int, bufferFrames: Int) {
    self.sampleRate = sampleRate
    self.bufferFrames = bufferFrames
    origin = Clock.now()
  }

  /// The number of written frames that are still ahead of the clock.
  var lead: Int { max(0, written - Int((Clock.now() - origin) * Double(sampleRate))) }

  mutating func wrote(_ frames: Int) {
    // After an underrun, restart the clock.
    if lead == 0 { restart() }
    written += frames
  }

  /// Restarts the clock with nothing written.
  mutating func restart() {
    origin = Clock.now()
    written = 0
  }

  /// Sleeps while writing is more than the buffer ahead of the clock. Returns whether it slept.
  func waitForRoom() -> Bool {
    let excess = lead - bufferFrames
    guard excess > 0 else { return false }
    Clock.sleep(seconds: Double(excess) / Double(sampleRate))
    return true
  }
}
