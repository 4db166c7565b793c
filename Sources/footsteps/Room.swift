#if canImport(Glibc)
  import Glibc
#endif

/// The reverberation of a wall or two outdoors: a few early reflections, then a faint decaying tail.
struct Room {
  /// One impulse response for each ear, so that the tail surrounds the listener.
  let left, right: [Double]

  init(sampleRate: Double, noise: inout Noise) {
    left = Room.impulseResponse(sampleRate: sampleRate, noise: &noise)
    right = Room.impulseResponse(sampleRate: sampleRate, noise: &noise)
  }

  private static func impulseResponse(sampleRate: Double, noise: inout Noise) -> [Double] {
    var response = [Double](repeating: 0, count: Int(0.45 * sampleRate))
    response[0] = 1
    for reflection in 0..<7 {
      let delay = 0.006 + 0.005 * Double(reflection) + noise.uniform(0...0.004)
      let sign = noise.uniform(0...1) < 0.5 ? -1.0 : 1
      response[Int(delay * sampleRate)] += sign * 0.16 * exp(-delay / 0.020)
    }
    var air = 0.0
    for i in Int(0.018 * sampleRate)..<response.count {
      let t = Double(i) / sampleRate
      // Air and soil absorb high frequencies most.
      air += 0.30 * (noise.normal() - air)
      response[i] += 0.012 * exp(-t / 0.055) * air
    }
    return response
  }
}
