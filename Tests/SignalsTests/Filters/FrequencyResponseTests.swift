import Compute
import Foundation
import Messages
import Signals
import Testing

struct FrequencyResponseTests {
  private func halfGain(_ taps: Int) throws -> Double {
    let kernel = try firwin(taps, cutoff: [200], sampleRate: 44100)
    return try #require(try FrequencyResponse(of: kernel, sampleRate: 44100).crossing())
  }

  @Test("the -6 dB point of the lesson's filters, in Hz")
  func lesson() throws {
    // scipy.signal.firwin, scipy.optimize.brentq on the exact response
    #expect(abs(try halfGain(11) - 3887.5836485833493) < 1e-5)
    #expect(abs(try halfGain(101) - 418.1729547584238) < 1e-5)
    #expect(abs(try halfGain(301) - 205.76182822673186) < 1e-5)
    #expect(abs(try halfGain(401) - 199.67558243306732) < 1e-5)
  }

  @Test("two taps make a comb: |H| = 2 |cos(π f / fs)|")
  func twoTaps() throws {
    let response = try FrequencyResponse(of: [1, 1], sampleRate: 48000)
    #expect(response.passGain == 2)
    #expect(abs(try #require(try response.crossing()) - 16000) < 1e-5)
    for (frequency, magnitude) in zip(response.frequencies, response.magnitudes) {
      #expect(abs(magnitude - 2 * cos(.pi * frequency / 48000)) < 1e-14)
    }
    #expect(response.frequencies.last == 24000)
    #expect(try abs(response.response(at: 12000).angle + .pi / 4) < 1e-15)
  }

  @Test func highPassCrossesUpwards() throws {
    let kernel = try firwin(201, cutoff: [5000], pass: .highpass, sampleRate: 44100)
    let crossing = try FrequencyResponse(of: kernel, sampleRate: 44100).crossing()
    #expect(abs(try #require(crossing) - 5000) < 2)
  }

  @Test func flatAndSilentKernelsHaveNoCrossing() throws {
    #expect(try FrequencyResponse(of: [0.5], sampleRate: 100).crossing() == nil)
    let silent = try FrequencyResponse(of: [0, 0], sampleRate: 100)
    #expect(try silent.crossing() == nil)
    #expect(try silent.decibels(floor: -60).allSatisfy { $0 == -60 })
    #expect(
      try FrequencyResponse(of: [0.1], sampleRate: 100).decibels().allSatisfy {
        abs($0 + 20) < 1e-12
      })
  }

  @Test func impossibleKernelsAreRefused() {
    #expect(throws: Diagnostic.self) { try FrequencyResponse(of: [], sampleRate: 100) }
    #expect(throws: Diagnostic.self) { try FrequencyResponse(of: [1], sampleRate: 0) }
    #expect(throws: Diagnostic.self) { try FrequencyResponse(of: [1], sampleRate: .nan) }
  }
}
