import Compute
import Concurrency
import Messages
import Signals

/// The settings of a data set of waveforms: sines, triangles and squares, each with a random
/// frequency, amplitude, phase and noise.
package struct Waveforms: Hashable, Sendable {
  /// Waves of each class.
  package var count = 200
  /// Samples of each wave.
  package var length = 128
  /// Sampling rate in Hz.
  package var sampleRate: Double = 128
  /// The standard deviation of the normal noise; the amplitude is 0.5 to 1.5.
  package var noise = 0.05
  /// In Hz, uniform between the two.
  package var frequency = Interval(1, 10)
  /// In radians, uniform between the two.
  package var phase = Interval(0, 2 * .pi)
  /// Samples by which every wave is shifted to the left: sample `n` is taken at `(n + shift) / fs`.
  package var shift: Double = 0
  /// Of NumPy's legacy generator.
  package var seed: UInt32 = 0

  package struct Interval: Hashable, Sendable {
    package var low: Double
    package var high: Double

    package init(_ low: Double, _ high: Double) {
      self.low = low
      self.high = high
    }
  }

  package init() {}

  /// The waves, float64 `[3 * count, length]`, and their classes, int64: 0 is sine, 1 is triangle,
  /// 2 is square, in this order.
  ///
  /// Each wave draws frequency, amplitude, phase and then its noise, whatever the settings are:
  /// with the same seed, waves of other settings differ by these settings only.
  ///
  /// - Throws: when a size is not positive, a number is not finite, or the waves take more than
  ///   `NDArray.byteLimit`.
  package func generated() throws(Diagnostic) -> (inputs: NDArray, labels: NDArray) {
    try check()
    var random = NumPyGenerator(seed: seed)
    let times = try [Double](computing: length) { (Double($0) + shift) / sampleRate }
    let samples = try [Double](initializing: 3 * count * length) { (target) throws(Diagnostic) in
      var next = target
      var pace = Budget.Pace()
      for kind in Kind.allCases {
        for _ in 0..<count {
          let frequency = random.uniform(frequency.low, frequency.high)
          let amplitude = random.uniform(0.5, 1.5)
          let phase = random.uniform(phase.low, phase.high)
          // The phases and the wave are gone when the next one's turn comes.
          let wave = try Budget.releasing { () throws(Diagnostic) in
            try kind.values(at: times.mapInChunks { 2 * .pi * frequency * $0 + phase })
          }
          try Budget.forEachChunk(of: length, steps: 32) { range in
            for index in range {
              let value = amplitude * wave[index] + random.normal(deviation: noise)
              (next + index).initialize(to: value)
            }
          }
          next += length
          try pace.advance(by: 100 * length)
        }
      }
    }
    let labels = try [Int](computing: 3 * count) { Kind.allCases[$0 / count].rawValue }
    return (NDArray(shape: [3 * count, length], values: samples), NDArray(labels))
  }

  private func check() throws(Diagnostic) {
    for (name, size) in [("count", count), ("length", length)] where size < 1 {
      throw Diagnostic("\(name) must be at least 1, not \(size)")
    }
    guard sampleRate > 0, sampleRate.isFinite else {
      throw Diagnostic("fs must be a positive number, not \(sampleRate)")
    }
    guard noise >= 0, noise.isFinite else {
      throw Diagnostic("noise must not be negative, inf or nan, but is \(noise)")
    }
    let others = [shift, frequency.low, frequency.high, phase.low, phase.high]
    guard others.allSatisfy(\.isFinite) else {
      throw Diagnostic("freq, phase and shift must be finite, not inf or nan")
    }
    let latest = (Double(length) + abs(shift)) / sampleRate
    let fastest = max(abs(frequency.low), abs(frequency.high))
    guard (frequency.high - frequency.low).isFinite, (phase.high - phase.low).isFinite,
      (2 * .pi * fastest * latest + max(abs(phase.low), abs(phase.high))).isFinite
    else { throw Diagnostic("freq, phase, shift and 1 / fs are too large together") }
    let waves = count.multipliedReportingOverflow(by: 3)
    _ = try NDArray.checkedCount(
      shape: [waves.overflow ? .max : waves.partialValue, length], type: .float64)
  }

  private enum Kind: Int, CaseIterable {
    case sine, triangle, square

    func values(at phases: [Double]) throws(Diagnostic) -> [Double] {
      switch self {
      case .sine: try phases.mapInChunks(steps: 32, Elementary.sin)
      case .triangle: try sawtooth(NDArray(phases), width: 0.5).doubles
      case .square: try Signals.square(NDArray(phases)).doubles
      }
    }
  }
}
