import Compute
import Foundation
import Messages
import Signals
import Testing

struct SpectrumTests {
  private func sine(_ frequency: Double, amplitude: Double = 1, count: Int) -> [Double] {
    (0..<count).map { amplitude * sin(2 * .pi * frequency * Double($0) / 8192) }
  }

  @Test("a sine of amplitude 1 stands at 0 dB, one of a tenth at -20")
  func levels() throws {
    let sound = zip(sine(1000, count: 40_000), sine(2500, amplitude: 0.1, count: 40_000)).map(+)
    let spectrum = try Spectrum(of: sound, sampleRate: 8192)
    #expect(spectrum.frequencies.count == 2049)
    #expect(spectrum.frequencies.last == 4096)
    #expect(abs(spectrum.decibels[500]) < 1e-6)
    #expect(abs(spectrum.decibels[1250] + 20) < 1e-6)
    #expect(spectrum.decibels[900] < -100)
  }

  @Test func shortAndSilentSounds() throws {
    let short = try Spectrum(of: sine(1024, count: 64), sampleRate: 8192)
    let peak = try #require(short.decibels.indices.max { short.decibels[$0] < short.decibels[$1] })
    #expect(abs(short.frequencies[peak] - 1024) < 20)
    #expect(abs(short.decibels[peak]) < 0.1)
    #expect(try Spectrum(of: [0, 0, 0], sampleRate: 100).decibels.allSatisfy { $0 == -120 })
    #expect(try Spectrum(of: [1], sampleRate: 100).decibels.allSatisfy(\.isFinite))
    #expect(throws: Diagnostic.self) { try Spectrum(of: [], sampleRate: 100) }
  }

  @Test("a spectrogram shows which tone comes first")
  func spectrogram() throws {
    let sound = sine(512, count: 20_000) + sine(2048, count: 20_000)
    let picture = try Spectrogram(of: sound, sampleRate: 8192, columnLimit: 20)
    #expect(picture.columns.count == 20)
    #expect(picture.times.count == 20)
    #expect(zip(picture.times, picture.times.dropFirst()).allSatisfy { $0 < $1 })
    for (time, column) in zip(picture.times, picture.columns) where abs(time - 2.44) > 0.2 {
      let peak = try #require(column.indices.max { column[$0] < column[$1] })
      #expect(picture.frequencies[peak] == (time < 2.44 ? 512 : 2048))
      #expect(abs(column[peak]) < 1e-6)
    }
    let short = try Spectrogram(of: [1, 0, -1], sampleRate: 8192)
    #expect(short.columns.count == 3 || short.columns.count == 1)
    #expect(throws: Diagnostic.self) { try Spectrogram(of: [], sampleRate: 1) }
  }
}
