extension BlindTest {
  /// The sounds as a test plays them: A and B, alike in everything that would tell which one X is without
  /// listening to the difference. Both are as long as the shorter one, both end in the same fade, so that
  /// neither clicks where it repeats, and the louder one (by RMS) is reduced to the level of the other.
  package static func tracks(_ a: Track, _ b: Track) -> [Track] {
    let duration = min(a.duration, b.duration)
    let (a, b) = (a.cut(to: duration), b.cut(to: duration))
    let level = min(a.rms, b.rms)
    // A sound of silence has no level to match.
    guard level > 0 else { return [a, b] }
    return [a.scaled(by: level / a.rms), b.scaled(by: level / b.rms)]
  }
}

extension Track {
  /// In seconds; of sounds that are shorter than ten times this, their last tenth.
  private static let fade = 0.01

  fileprivate func cut(to duration: Double) -> Track {
    var samples = Array(samples.prefix(max(0, Int((duration * sampleRate).rounded()))))
    let count = samples.count
    let fade = Int(min(Self.fade * sampleRate, Double(count) / 10))
    for index in 0..<fade {
      samples[count - 1 - index] *= Float(index) / Float(fade)
    }
    return Track(samples: samples, sampleRate: sampleRate, label: label)
  }

  fileprivate func scaled(by factor: Double) -> Track {
    guard factor < 1 else { return self }
    return Track(
      samples: samples.map { $0 * Float(factor) }, sampleRate: sampleRate, label: label)
  }
}
