extension Int16 {
  /// A sample in −1 … 1 as 16-bit PCM, rounded to the nearest step. Values out of range are clamped,
  /// NaN becomes 0. The exact inverse of `Float(pcm) / 32768`.
  package init(sample: Float) {
    let scaled = (sample * 32768).rounded()
    // NaN fails every comparison.
    if scaled >= 32767 {
      self = 32767
    } else if scaled <= -32768 {
      self = -32768
    } else if scaled == scaled {
      self = Int16(scaled)
    } else {
      self = 0
    }
  }
}
