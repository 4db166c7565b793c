import Compute
import Messages
import Testing

struct ConvolutionTests {
  /// By the definition, one sum for each place.
  private func definition(_ x: [Double], _ h: [Double]) -> [Double] {
    (0..<x.count + h.count - 1).map { n in
      (max(0, n - h.count + 1)...min(n, x.count - 1)).reduce(0) { $0 + x[$1] * h[n - $1] }
    }
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    let peak = b.map(abs).max() ?? 0
    return zip(a, b).map { abs($0 - $1) }.max()! / peak
  }

  private let lengths = [
    (1, 1), (2, 1), (2, 2), (5, 3), (4, 4), (7, 4), (9, 8), (100, 7), (1023, 5), (1024, 9),
    (1025, 12), (1027, 300), (3000, 64), (5000, 1023), (1000, 1000), (12_345, 4097),
  ]

  @Test func directAndByTransformsAgreeWithTheDefinition() throws {
    for (n, m) in lengths {
      let x = FourierTransformTests.noise(n)
      let h = FourierTransformTests.noise(m, seed: 7)
      let expected = definition(x, h)
      let direct = try convolveDirectly(x, h)
      #expect(direct.count == n + m - 1)
      #expect(distance(direct, expected) < 1e-14)
      for mode in ConvolutionMode.allCases {
        let part = Array(expected[mode.range(longer: n, shorter: m)])
        for method in ConvolutionMethod.allCases {
          let values = try NDArray.convolve(NDArray(x), NDArray(h), mode: mode, method: method)
          #expect(try distance(values.doubles, part) < 1e-13, "\(n) with \(m), \(mode), \(method)")
        }
      }
    }
  }

  @Test("every instruction set sums in the reference's order")
  func instructionSets() throws {
    for (n, m) in lengths + [(2100, 1), (4000, 17), (3000, 2000)] {
      let x = FourierTransformTests.noise(n)
      var h = FourierTransformTests.noise(m, seed: 7)
      h[m / 2] = 0
      let expected = try convolveDirectly(x, h)
      for kernels in SignalKernels.all where kernels.isFused {
        for range in [0..<n + m - 1, m - 1..<n, n / 3..<n / 3 + 1] {
          var values = [Double](repeating: .nan, count: range.count)
          try NDArray.convolve(x, h, range: range, into: &values, .direct, kernels)
          #expect(values == Array(expected[range]), "\(n) with \(m), \(range), \(kernels.name)")
        }
      }
    }
  }

  @Test("transforms leave silence silent, and what is far from loud sounds")
  func silence() throws {
    var x = [Double](repeating: 0, count: 50_000)
    for n in 0..<100 { x[n] = 1e9 }
    for n in 20_000..<20_100 { x[n] = 1e-9 * Double(n % 7 - 3) }
    x[49_000] = 1
    let h = FourierTransformTests.noise(900, seed: 5)
    let expected = try convolveDirectly(x, h)
    let values = try NDArray.convolve(NDArray(x), NDArray(h), method: .fft).doubles
    // The last sample that is not 0, as seen from each output.
    var last = -h.count
    for n in values.indices {
      if n < x.count, x[n] != 0 { last = n }
      if last <= n - h.count { #expect(values[n] == 0, "output \(n)") }
    }
    #expect(distance(Array(values[19_900..<21_100]), Array(expected[19_900..<21_100])) < 1e-12)
  }

  @Test func methodsAgree() throws {
    let x = NDArray(FourierTransformTests.noise(1000))
    let h = NDArray(FourierTransformTests.noise(30, seed: 7))
    let direct = try NDArray.convolve(x, h, method: .direct).doubles
    let transformed = try NDArray.convolve(x, h, method: .fft).doubles
    #expect(distance(transformed, direct) < 1e-12)
    #expect(transformed != direct, "one of them went the other's way")
    // What transforms would spread or round goes the direct way.
    let integers = NDArray([1, 2, 3])
    #expect(
      try NDArray.convolve(integers, integers, method: .fft).elements == .int64([1, 4, 10, 12, 9]))
    let spoilt = try NDArray.convolve(NDArray([1, .nan, 1, 1]), NDArray([1.0]), method: .fft)
    #expect(try spoilt.doubles.filter(\.isNaN).count == 1)
  }

  @Test func modesKeepNumPysParts() throws {
    let a = NDArray([1, 2, 3])
    let b = NDArray([0, 1])
    #expect(try NDArray.convolve(a, b) == NDArray([0, 1, 2, 3]))
    #expect(try NDArray.convolve(a, b, mode: .same) == NDArray([0, 1, 2]))
    #expect(try NDArray.convolve(a, b, mode: .valid) == NDArray([1, 2]))
    // The longer one is the signal, whichever comes first.
    #expect(try NDArray.convolve(b, a, mode: .same) == NDArray([0, 1, 2]))
    #expect(try NDArray.convolve(b, a, mode: .valid) == NDArray([1, 2]))
    let long = NDArray([1, 10, 100, 1000])
    #expect(try NDArray.convolve(NDArray([1, 2, 3, 4, 5]), long, mode: .same).count == 5)
    #expect(
      try NDArray.convolve(NDArray([1, 2, 3, 4, 5]), long, mode: .same)
        == NDArray([12, 123, 1234, 2345, 3450]))
  }

  @Test func typesAreNumPys() throws {
    let bytes = NDArray([1, 200] as [UInt8])
    #expect(try NDArray.convolve(bytes, bytes).elements == .uint8([1, 144, 64]))
    let truths = NDArray([true, false])
    #expect(try NDArray.convolve(truths, truths).elements == .bool([true, false, false]))
    let single = NDArray([1.5, 2] as [Float])
    #expect(try NDArray.convolve(single, NDArray([2] as [Int16])).elements == .float32([3, 4]))
    let complex = NDArray([Complex(0, 1), Complex(1, 0)])
    #expect(
      try NDArray.convolve(complex, complex).elements
        == .complex128([Complex(-1, 0), Complex(0, 2), Complex(1, 0)]))
    #expect(try NDArray.convolve(NDArray(scalar: 2.0), NDArray([1, 2])).doubles == [2, 4])
  }

  @Test func whatCannotBeDoneIsSaid() {
    let row = NDArray([1.0])
    #expect(throws: Diagnostic.self) { try NDArray.convolve(row, NDArray([Double]())) }
    #expect(throws: Diagnostic.self) {
      try NDArray.convolve(row, NDArray(shape: [1, 1], values: [1.0]))
    }
    // 4e12 products of integers.
    #expect(throws: Diagnostic.self) {
      let long = try NDArray.zeros([2_000_000], type: .int64)
      _ = try NDArray.convolve(long, long)
    }
  }

  @Test func onePlaceThatIsNotFiniteStaysInItsPlace() throws {
    var x = FourierTransformTests.noise(20_000)
    x[10_000] = .nan
    let h = FourierTransformTests.noise(500, seed: 3)
    let y = try NDArray.convolve(NDArray(x), NDArray(h)).doubles
    #expect(y.indices.filter { y[$0].isNaN } == Array(10_000..<10_500))
    x[10_000] = .infinity
    let z = try NDArray.convolve(NDArray(x), NDArray(h)).doubles
    #expect(z.indices.filter { z[$0].isInfinite } == Array(10_000..<10_500))
  }

  @Test("What takes too long says what is faster")
  func refusals() throws {
    func hint(_ array: NDArray, _ method: ConvolutionMethod = .auto) -> String? {
      #expect(throws: Diagnostic.self) { try NDArray.convolve(array, array, method: method) }?.hint
    }
    let count = 200_000
    #expect(hint(NDArray([Int](repeating: 1, count: count)))?.contains(".astype(float)") == true)
    let infinite = [Double](repeating: .infinity, count: count)
    #expect(hint(NDArray(infinite))?.contains("np.isfinite") == true)
    let finite = NDArray([Double](repeating: 1, count: count))
    #expect(hint(finite, .direct)?.contains("leave out method") == true)
  }
}
