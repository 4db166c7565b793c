import Glibc

/// Keeps the pace by the clock, for outputs that take sound as fast as it comes.
struct Pacer {
  private let sampleRate: Int
  private let bufferFrames: Int
  private var origin: Double
  private var written = 0

  /// - Parameter bufferFrames: how far writing may run ahead of the clock.
  init(sampleRate: Int, bufferFrames: Int) {
    self.sampleRate = sampleRate
    self.bufferFrames = bufferFrames
    origin = Self.now()
  }

  /// How many of the frames that were written the clock has not come to yet.
  var lead: Int { max(0, written - Int((Self.now() - origin) * Double(sampleRate))) }

  mutating func wrote(_ frames: Int) {
    // Who comes late starts anew, as a device does after an underrun.
    if lead == 0 { restart() }
    written += frames
  }

  /// Forgets what was written: the clock starts now.
  mutating func restart() {
    origin = Self.now()
    written = 0
  }

  /// Sleeps while writing is ahead of the clock by more than the buffer. Returns whether it was.
  func waitForRoom() -> Bool {
    let excess = lead - bufferFrames
    guard excess > 0 else { return false }
    var time = timespec()
    let seconds = Double(excess) / Double(sampleRate)
    time.tv_sec = Int(seconds)
    time.tv_nsec = Int((seconds - Double(time.tv_sec)) * 1e9)
    nanosleep(&time, nil)
    return true
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
