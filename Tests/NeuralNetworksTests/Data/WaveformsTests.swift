import Compute
import Messages
import NeuralNetworks
import Testing

@Suite("Waveforms")
struct WaveformsTests {
  @Test("The notebook's data set of seed 0")
  func seedZero() throws {
    let (inputs, labels) = try Waveforms().generated()
    let expected = try SafeTensors("waveforms-seed0.safetensors")
    #expect(inputs.shape == [600, 128])
    #expect(try largestDifference(inputs.doubles, expected.doubles("X")) < 1e-12)
    #expect(labels == NDArray(try expected.integers("y")))
  }

  @Test("Other settings and seeds, against NumPy and SciPy")
  func otherSettings() throws {
    for row in try Fixtures.json("waveforms.json", as: [Row].self) {
      let (inputs, labels) = try row.settings.waveforms.generated()
      #expect(labels.shape == [3 * row.settings.count])
      #expect(inputs.shape == [3 * row.settings.count, row.settings.length])
      #expect(try largestDifference(inputs.doubles, row.waves) < 1e-12, "seed \(row.settings.seed)")
    }
  }

  @Test("The same seed draws the same numbers, whatever the settings")
  func orderOfDraws() throws {
    var settings = Waveforms()
    settings.count = 2
    let noisy = try settings.generated().inputs.doubles
    settings.noise = 0
    let clean = try settings.generated().inputs.doubles
    #expect(largestDifference(noisy, clean) < 0.3)
    settings.shift = 1
    let shifted = try settings.generated().inputs.doubles
    #expect(largestDifference(Array(clean[1..<128]), Array(shifted[..<127])) < 1e-12)
  }

  @Test("What cannot be made is refused")
  func refusals() {
    let refusals: [(String, (inout Waveforms) -> Void)] = [
      ("count must be at least 1, not 0", { $0.count = 0 }),
      ("length must be at least 1, not -3", { $0.length = -3 }),
      ("fs must be a positive number, not 0.0", { $0.sampleRate = 0 }),
      ("noise must not be negative, inf or nan, but is -1.0", { $0.noise = -1 }),
      ("freq, phase and shift must be finite, not inf or nan", { $0.shift = .nan }),
    ]
    for (message, change) in refusals {
      var settings = Waveforms()
      change(&settings)
      #expect(throws: Diagnostic(message)) { try settings.generated() }
    }
    var settings = Waveforms()
    settings.count = .max
    #expect(throws: Diagnostic.self) { try settings.generated() }
  }

  private struct Row: Decodable {
    var settings: Settings
    var waves: [Double]
  }

  private struct Settings: Decodable {
    var count: Int
    var length: Int
    var fs: Double
    var noise: Double
    var freq: [Double]
    var phase: [Double]
    var shift: Double
    var seed: UInt32

    var waveforms: Waveforms {
      var waveforms = Waveforms()
      waveforms.count = count
      waveforms.length = length
      waveforms.sampleRate = fs
      waveforms.noise = noise
      waveforms.frequency = .init(freq[0], freq[1])
      waveforms.phase = .init(phase[0], phase[1])
      waveforms.shift = shift
      waveforms.seed = seed
      return waveforms
    }
  }
}

/// Infinite when the lengths differ.
func largestDifference(
  _ a: some Collection<Double>, _ b: some Collection<Double>
) -> Double {
  a.count == b.count ? zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
}
