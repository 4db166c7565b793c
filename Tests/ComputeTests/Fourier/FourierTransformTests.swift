import Compute
import Foundation
import Messages
import Testing

struct FourierTransformTests {
  /// Values between -1 and 1 without a pattern, the same on every run.
  static func noise(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(Int64(bitPattern: state) >> 11) / 0x1p52
    }
  }

  /// By the definition, in O(N²).
  private func definition(_ values: [Complex]) -> [Complex] {
    let size = values.count
    return (0..<size).map { k in
      (0..<size).reduce(Complex(0, 0)) { sum, n in
        sum + values[n] * .unit(angle: -2 * .pi * Double(k * n % size) / Double(size))
      }
    }
  }

  private func distance(_ a: [Complex], _ b: [Complex]) -> Double {
    let peak = b.map(\.magnitude).max() ?? 0
    return zip(a, b).map { ($0 - $1).magnitude }.max()! / max(peak, .leastNormalMagnitude)
  }

  @Test(
    "every length agrees with the definition",
    arguments: Array(1...200) + [211, 243, 256, 331, 500, 512, 509, 1000, 1009, 1021, 1024])
  func lengths(_ length: Int) throws {
    let real = Self.noise(length)
    let imaginary = Self.noise(length, seed: 2)
    let values = zip(real, imaginary).map { Complex($0, $1) }
    let spectrum = try NDArray(values).fourier()
    #expect(try distance(spectrum.values(), definition(values)) < 1e-14)
    #expect(distance(try spectrum.inverseFourier().values(), values) < 1e-14)

    let half = try NDArray(real).realFourier()
    #expect(half.count == length / 2 + 1)
    let whole = definition(real.map { Complex($0, 0) })
    #expect(try distance(half.values(), Array(whole.prefix(half.count))) < 1e-14)
    let back = try half.inverseRealFourier(length: length)
    #expect(try zip(back.doubles, real).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test("long transforms return to where they came from", arguments: [1 << 18, 400_000, 100_003])
  func longLengths(_ length: Int) throws {
    let samples = Self.noise(length)
    let spectrum = try NDArray(samples).realFourier()
    let back = try spectrum.inverseRealFourier(length: length).doubles
    #expect(zip(back, samples).map { abs($0 - $1) }.max()! < 1e-13)
    // Parseval: Σ x² = Σ |X|² / N, where the mirrored half counts too.
    let powers = try spectrum.values(as: Complex.self).map { $0.magnitude * $0.magnitude }
    let mirrored = length % 2 == 0 ? powers.dropLast().dropFirst() : powers.dropFirst()
    let energy = (powers.reduce(0, +) + mirrored.reduce(0, +)) / Double(length)
    #expect(abs(energy / samples.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
  }

  @Test("one line for each sine, to 1e-13 of it", arguments: [1 << 16, 50_000])
  func lines(_ length: Int) throws {
    let samples = (0..<length).map { n in
      cos(2 * .pi * Double(1234 * n % length) / Double(length))
    }
    let magnitudes = try NDArray.unary(.absolute, NDArray(samples).realFourier()).doubles
    for (index, magnitude) in magnitudes.enumerated() {
      let expected = index == 1234 ? Double(length) / 2 : 0
      #expect(abs(magnitude - expected) < 1e-13 * Double(length))
    }
  }

  @Test("every instruction set gives the same bits")
  func instructionSets() throws {
    let fused = SignalKernels.all.filter(\.isFused)
    let lengths = Array(1...200) + [509, 1024, 1800, 4099, 30_030, 65_536, 99_225]
    for length in lengths {
      let numbers = zip(Self.noise(2 * length), Self.noise(2 * length, seed: 2)).map {
        Complex($0, $1)
      }
      let answers = try fused.map { kernels in
        let transform = try FourierTransform(length: length, kernels: kernels)
        let real = try RealFourierTransform(length: length, kernels: kernels)
        var spectra = numbers
        var back = numbers
        try transform.transform(numbers, rows: 2, into: &spectra)
        try transform.transform(numbers, rows: 2, isInverse: true, into: &back)
        var half = [Complex](repeating: Complex(0, 0), count: 2 * real.frequencyCount)
        var samples = [Double](repeating: 0, count: 2 * length)
        try real.forward(numbers.map(\.real), rows: 2, into: &half)
        try real.inverse(half, rows: 2, into: &samples)
        return [spectra, back, half, samples.map { Complex($0, 0) }]
      }
      #expect(answers.allSatisfy { $0 == answers[0] }, "\(length) points")
    }
  }

  @Test(
    "a row's spectrum does not depend on the rows beside it", arguments: [7, 64, 100, 211, 1024])
  func rows(_ length: Int) throws {
    let samples = Self.noise(19 * length)
    let together = try NDArray(shape: [19, length], values: samples).realFourier()
    let apart = try (0..<19).flatMap { row in
      try NDArray(Array(samples[row * length..<(row + 1) * length])).realFourier()
        .values(as: Complex.self)
    }
    #expect(try together.values(as: Complex.self) == apart)
  }

  @Test func whatCancelsIsZero() throws {
    // A constant has no other frequency than 0.
    for length in Array(1...66) + [100, 441, 1000, 1024, 44_100] {
      for value in [1, 0.1, -3.7e-5] {
        let constant = NDArray([Double](repeating: value, count: length))
        let half = try constant.realFourier().values(as: Complex.self)
        #expect(half.dropFirst().allSatisfy { $0 == Complex(0, 0) }, "\(length) times \(value)")
        let whole = try constant.fourier().values(as: Complex.self)
        #expect(whole.dropFirst().allSatisfy { $0 == Complex(0, 0) }, "\(length) times \(value)")
      }
    }
    // Opposites cancel at 0, and the last frequency of an even number of samples is real.
    for length in [5, 7, 11, 61, 67, 100, 509, 1024, 2018] {
      var samples = [Double](repeating: 0, count: length)
      (samples[0], samples[1]) = (1, -1)
      let spectrum = try NDArray(samples).realFourier().values(as: Complex.self)
      #expect(spectrum[0] == Complex(0, 0), "\(length) points")
      guard length % 2 == 0 else { continue }
      #expect(spectrum[length / 2].imaginary == 0 && abs(spectrum[length / 2].real - 2) < 1e-14)
    }
    // A mean of 2, 4, ... samples cancels where they make whole turns.
    for (length, count) in [(1024, 32), (512, 16), (1000, 8), (44_100, 4), (48_000, 32), (96, 8)] {
      let taps = [Double](repeating: 1 / Double(count), count: count)
      for spectrum in try [
        NDArray(taps).realFourier(length: length), NDArray(taps).fourier(length: length),
      ] {
        let values = try spectrum.values(as: Complex.self)
        for k in values.indices.dropFirst() where k * count % length == 0 {
          #expect(values[k] == Complex(0, 0), "frequency \(k) of \(length), \(count) taps")
        }
      }
    }
  }

  @Test func oneInfinityStaysInItsRow() throws {
    var samples = [Double](repeating: 1, count: 20 * 16)
    samples[5 * 16 + 3] = .infinity
    let spectra = try NDArray(shape: [20, 16], values: samples).realFourier()
    let isFinite = try spectra.values(as: Complex.self).map { $0.real.isFinite }
    #expect(
      (0..<20).allSatisfy { row in row == 5 || isFinite[row * 9..<row * 9 + 9].allSatisfy { $0 } })
  }

  @Test func lengthsCutAndPad() throws {
    let samples = NDArray([1.0, 2, 3, 4])
    #expect(
      try samples.realFourier(length: 2).values(as: Complex.self) == [
        Complex(3, 0), Complex(-1, 0),
      ])
    #expect(try samples.realFourier(length: 7).count == 4)
    #expect(try samples.realFourier().inverseRealFourier().shape == [4])
    let rows = NDArray(shape: [2, 2], values: [1, 2, 3, 5])
    #expect(
      try rows.realFourier().values(as: Complex.self)
        == [Complex(3, 0), Complex(-1, 0), Complex(8, 0), Complex(-2, 0)])
    #expect(try NDArray.realFourierFrequencies(length: 5, spacing: 0.1).doubles == [0, 2, 4])
    #expect(throws: Diagnostic.self) { try samples.realFourier(length: 0) }
    #expect(throws: Diagnostic.self) { try samples.realFourier(length: .max) }
    #expect(throws: Diagnostic.self) { try NDArray(scalar: 1.0).fourier() }
    #expect(throws: Diagnostic.self) { try NDArray([1.0]).inverseRealFourier() }
    #expect(throws: Diagnostic.self) { try NDArray.realFourierFrequencies(length: 0) }
  }
}
