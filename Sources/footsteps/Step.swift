#if canImport(Glibc)
  import Glibc
#endif

/// One step on gravel, as a microphone at the walker's feet would hear it.
///
/// A step is two impacts with crunching stones between them. As the heel strikes, the body's weight
/// excites a few low, quickly damped modes of shoe and ground, and the edge of the heel clicks. A
/// tenth of a second later the ball of the foot follows, more softly. Meanwhile stones are pressed
/// against each other: hundreds of tiny impacts, densest under heel and toe, each a burst of noise
/// with its own pitch and decay (after P. Cook's stochastic particle models, 1997).
struct Step {
  /// Seconds from the start of the recording to the heel strike.
  let onset: Double
  /// 0 is the far left of the walk, 1 its far right.
  let position: Double
  /// About 1; varies from step to step.
  let weight: Double
  /// A factor; the two shoes differ slightly in pitch.
  let pitch: Double

  static let duration = 0.5

  func samples(sampleRate: Double, noise: inout Noise) -> [Double] {
    var out = [Double](repeating: 0, count: Int(Step.duration * sampleRate))
    let toe = noise.uniform(0.128...0.152)

    addThump(
      to: &out, at: 0,
      modes: [
        (72, 0.034, 0.30), (121, 0.027, 0.27), (208, 0.018, 0.22), (395, 0.011, 0.17),
        (690, 0.007, 0.12),
      ],
      sampleRate: sampleRate)
    addThump(
      to: &out, at: toe,
      modes: [(95, 0.024, 0.10), (168, 0.018, 0.09), (310, 0.011, 0.07), (560, 0.007, 0.05)],
      sampleRate: sampleRate)
    addBurst(
      to: &out, at: 0, frequency: 2100 * pitch, quality: 0.5, attack: 0.0008, decay: 0.006,
      level: 1.1, sampleRate: sampleRate, noise: &noise)
    addBurst(
      to: &out, at: toe, frequency: 1500 * pitch, quality: 0.5, attack: 0.004, decay: 0.012,
      level: 0.42, sampleRate: sampleRate, noise: &noise)
    addBurst(
      to: &out, at: toe + 0.05, frequency: 5200, quality: 0.4, attack: 0.035, decay: 0.045,
      level: 0.075, sampleRate: sampleRate, noise: &noise)
    addGravel(to: &out, toe: toe, sampleRate: sampleRate, noise: &noise)
    return out.map { $0 * weight }
  }

  /// Damped sines: (frequency in Hz, decay in seconds to 1/e, amplitude).
  private func addThump(
    to out: inout [Double], at start: Double,
    modes: [(frequency: Double, decay: Double, amplitude: Double)], sampleRate: Double
  ) {
    let first = Int(start * sampleRate)
    for mode in modes {
      for i in first..<out.count {
        let t = Double(i - first) / sampleRate
        // The impact itself takes a few milliseconds.
        let envelope = (1 - exp(-t / 0.0025)) * exp(-t / mode.decay)
        out[i] += mode.amplitude * envelope * sin(2 * .pi * mode.frequency * pitch * t)
      }
    }
  }

  private func addBurst(
    to out: inout [Double], at start: Double, frequency: Double, quality: Double, attack: Double,
    decay: Double, level: Double, sampleRate: Double, noise: inout Noise
  ) {
    var filter = Resonator(frequency: frequency, quality: quality, sampleRate: sampleRate)
    let first = Int(start * sampleRate)
    let last = min(out.count, first + Int((attack + 7 * decay) * sampleRate))
    guard first < last else { return }
    for i in first..<last {
      let t = Double(i - first) / sampleRate
      let envelope = (1 - exp(-t / attack)) * exp(-t / decay)
      out[i] += level * envelope * filter(noise.normal())
    }
  }

  private func addGravel(
    to out: inout [Double], toe: Double, sampleRate: Double, noise: inout Noise
  ) {
    for _ in 0..<420 {
      // Most stones give way under the heel, then under the toe, a few while the foot rolls.
      let choice = noise.uniform(0...1)
      let start =
        if choice < 0.40 {
          0.003 + abs(noise.normal()) * 0.022
        } else if choice < 0.90 {
          toe + 0.016 + noise.normal() * 0.026
        } else {
          noise.uniform(0.02...(toe + 0.14))
        }
      let size = noise.uniform(0...1)
      guard start > 0, start < Step.duration - 0.05 else { continue }
      // Large stones are rare, low-pitched and long, small ones frequent, high-pitched and short.
      addBurst(
        to: &out, at: start, frequency: 520 * pow(19, 1 - size * size) * noise.uniform(0.85...1.15),
        quality: noise.uniform(1.2...4.5), attack: 0.0002, decay: 0.0006 + 0.0042 * size * size,
        level: 0.13 * pow(noise.uniform(0.02...1), -0.45), sampleRate: sampleRate, noise: &noise)
    }
  }
}
