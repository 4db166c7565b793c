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
