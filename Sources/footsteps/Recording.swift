#if canImport(Glibc)
  import Glibc
#endif
import Compute

/// A stereo recording of a walk past the listener: thirteen steps in seven and a half seconds.
package struct Recording {
  package static let seed: UInt64 = 4_410_016
  static let sampleRate = 44_100.0
  static let seconds = 7.5

  /// 16-bit frames of left and right.
  package let interleaved: [Int16]

  package init(seed: UInt64) {
    let sampleRate = Recording.sampleRate
    var noise = Noise(seed: seed)
    let frameCount = Int(Recording.seconds * sampleRate)
    var left = [Double](repeating: 0, count: frameCount)
    var right = left

    for step in Recording.walk(noise: &noise) {
      let samples = step.samples(sampleRate: sampleRate, noise: &noise)
      // Nearest mid-walk; equal-power panning, never fully to one side.
      let nearness = 1 / (1 + 1.1 * pow(step.position - 0.42, 2) * 4)
      let angle = (0.12 + 0.70 * step.position) * .pi / 2
      // The farther ear hears it up to 0.5 ms later.
      let lag = Int((step.position - 0.5) * 0.001 * sampleRate)
      let start = Int(step.onset * sampleRate)
      for (i, sample) in samples.enumerated() {
        let l = start + i + max(0, lag)
        let r = start + i + max(0, -lag)
        if l < frameCount { left[l] += sample * nearness * cos(angle) }
        if r < frameCount { right[r] += sample * nearness * sin(angle) }
      }
    }

    let room = Room(sampleRate: sampleRate, noise: &noise)
    left = Recording.outdoors(left, response: room.left, noise: &noise)
    right = Recording.outdoors(right, response: room.right, noise: &noise)

    // Normalised to the full range: the deepest trough of the left channel is exactly −32768.
    let lowest = left.min()!
    let scale = max(-lowest, left.max()!, right.map(abs).max()!)
    let polarity = scale == -lowest ? 1.0 : -1
    interleaved = zip(left, right).flatMap { l, r in
      [l, r].map { Int16(max(-32768, min(32767, ($0 * polarity / scale * 32768).rounded()))) }
    }
  }

  private static func walk(noise: inout Noise) -> [Step] {
    var steps: [Step] = []
    var onset = 0.166
    while onset < seconds - 0.75 {
      let isLeftFoot = steps.count.isMultiple(of: 2)
      steps.append(
        Step(
          onset: onset, position: onset / seconds, weight: noise.uniform(0.8...1.05),
          pitch: (isLeftFoot ? 1 : 1.07) * noise.uniform(0.96...1.04)))
      onset += 0.545 + noise.normal() * 0.010
    }
    return steps
  }

  /// Adds surroundings to the dry signal: reflections, and wind far below the level of the steps.
  private static func outdoors(_ dry: [Double], response: [Double], noise: inout Noise) -> [Double]
  {
    // Cannot fail: both are non-empty and one-dimensional.
    let wet = try! NDArray.convolve(NDArray(dry), NDArray(response), mode: .full).doubles
    var wind = 0.0
    return wet.prefix(dry.count).map { sample in
      wind += 0.06 * (noise.normal() - wind)
      return sample + 0.0016 * wind + 0.00012 * noise.normal()
    }
  }
}
