import Compute
import Glibc
import Messages
import Testing

/// Every instruction set gives the bits of the first one, and these are near to the system's.
struct ArrayKernelsTests {
  /// Lengths that fill no vector too.
  private static let special: [Double] = [
    0, -0.0, 1, -1, 0.5, -0.5, 2.5, -3.5, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
    -0x1p-1030, 1e308,
    -1e308, 710, -746, 1e-17, 1e22, 1_048_577,
  ]

  private static func numbers(_ scale: Double) -> [Double] {
    var state: UInt64 = 1
    return (0..<1003).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) * 0x1p-52 - 1) * scale
    } + special
  }

  // The system's own may be off by 2 ulp.
  @Test("functions: the same bits, near the system's", arguments: ElementFunction.allCases)
  func functions(_ function: ElementFunction) throws {
    for scale in [1e-9, 1, 7, 300, 2e5] {
      let numbers = Self.numbers(scale)
      let singles = numbers.map { Float($0) }
      let values = try ArrayKernels.all[0].values(of: function, numbers)
      let rounded = try ArrayKernels.all[0].values(of: function, singles)
      for kernels in ArrayKernels.all {
        #expect(areSame(try kernels.values(of: function, numbers), values), "\(kernels.name)")
        #expect(try kernels.values(of: function, singles).map(bits) == rounded.map(bits))
      }
      for (x, value) in zip(numbers, values) {
        let expected = function(x)
        let isNear =
          value == expected || value.isNaN && expected.isNaN
          || abs(value - expected) <= 3 * expected.ulp
        #expect(isNear, "\(function.rawValue) of \(x): \(value), not \(expected)")
        if expected == 0 { #expect(value.sign == expected.sign, "\(function.rawValue) of \(x)") }
      }
    }
  }

  @Test(
    "pairs", arguments: [BinaryOperation.divide, .maximum, .minimum, .arcTangent, .hypotenuse])
  func pairs(_ operation: BinaryOperation) throws {
    var (a, b) = (Self.numbers(3), Array(Self.numbers(1e4).reversed()))
    for x in Self.special {
      for y in Self.special {
        a.append(x)
        b.append(y)
      }
    }
    let values = try #require(try ArrayKernels.all[0].values(of: operation, a, b))
    for kernels in ArrayKernels.all {
      #expect(areSame(try #require(try kernels.values(of: operation, a, b)), values))
      let single = try #require(try kernels.values(of: operation, [a[3]], b))
      let same = [Double](repeating: a[3], count: b.count)
      #expect(areSame(try #require(try kernels.values(of: operation, same, b)), single))
    }
    for (index, value) in values.enumerated() {
      let (x, y) = (a[index], b[index])
      let expected =
        switch operation {
        case .divide: x / y
        case .maximum: x >= y || x.isNaN ? x : y
        case .minimum: x <= y || x.isNaN ? x : y
        case .arcTangent: atan2(x, y)
        default: hypot(x, y)
        }
      let isNear =
        value == expected || value.isNaN && expected.isNaN
        || abs(value - expected) <= 2 * expected.ulp
      #expect(isNear, "\(operation.rawValue) of \(x), \(y): \(value), not \(expected)")
    }
  }

  @Test("plain loops give the same", arguments: ArrayKernels.all.map(\.name))
  func loops(_ name: String) throws {
    let kernels = try #require(ArrayKernels.all.first { $0.name == name })
    let numbers = Self.numbers(1e3)
    for rule: FloatingPointRoundingRule in [.down, .up, .towardZero, .toNearestOrEven] {
      #expect(areSame(try kernels.rounded(numbers, rule), numbers.map { $0.rounded(rule) }))
    }
    #expect(
      areSame(
        try kernels.rounded(numbers, scale: 100, isFraction: true),
        numbers.map { ($0 * 100).rounded(.toNearestOrEven) / 100 }))
    #expect(
      areSame(
        try kernels.clipped(numbers, low: -0.5, high: 1),
        numbers.map { $0.isNaN ? $0 : min(max($0, -0.5), 1) }))
    #expect(try kernels.clipped(numbers, low: .nan, high: 1).allSatisfy(\.isNaN))
    #expect(try kernels.clipped(numbers, low: 0, high: .nan).allSatisfy(\.isNaN))
    #expect(
      areSame(
        try kernels.signs(numbers), numbers.map { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 == 0 ? 0 : $0 }))
    #expect(
      areSame(
        try kernels.ramp(70_001, start: 0.1, step: 0.3),
        (0..<70_001).map { 0.1 + Double($0) * 0.3 }))
    #expect(try kernels.passes(.isNaN, numbers) == numbers.map(\.isNaN))
    #expect(try kernels.passes(.isInfinite, numbers) == numbers.map(\.isInfinite))
    #expect(try kernels.passes(.isFinite, numbers) == numbers.map(\.isFinite))
    let mask = numbers.map { $0 > 0 }
    let other = Array(numbers.reversed())
    #expect(
      areSame(
        try kernels.chosen(mask, numbers, other),
        mask.indices.map { mask[$0] ? numbers[$0] : other[$0] }))
    #expect(
      areSame(
        try kernels.chosen(mask, [7], other), mask.indices.map { mask[$0] ? 7 : other[$0] }))
    let pairs = zip(numbers, other).map { Complex($0, $1) }
    #expect(
      areSame(
        try kernels.magnitudes(pairs),
        try #require(try kernels.values(of: .hypotenuse, numbers, other))))
  }

  @Test("conversions", arguments: ArrayKernels.all.map(\.name))
  func conversions(_ name: String) throws {
    let kernels = try #require(ArrayKernels.all.first { $0.name == name })
    let numbers =
      Self.numbers(300) + Self.numbers(3e9) + [
        0x1p63, -0x1p63, 0x1p63.nextDown, -0x1p63.nextUp, 2_147_483_647.5, -2_147_483_648.5,
        2_147_483_648, -2_147_483_649,
      ]
    #expect(try kernels.converted(numbers, to: Int.self) == numbers.map(\.asInt))
    #expect(try kernels.converted(numbers, to: Int32.self) == numbers.map(\.asInt32))
    #expect(try kernels.converted(numbers, to: Int16.self) == numbers.map { Int16(casting: $0) })
    #expect(try kernels.converted(numbers, to: UInt8.self) == numbers.map { UInt8(casting: $0) })
    let floats = try #require(try kernels.converted(numbers, to: Float.self))
    #expect(floats.map(bits) == numbers.map { bits(Float($0)) })

    func widen<T: ArrayElement>(_ values: [T]) throws -> Bool {
      areSame(try #require(try kernels.doubles(values)), values.map { Double(casting: $0) })
    }
    #expect(try widen(numbers.map(\.asInt)))
    #expect(try widen(numbers.map(\.asInt32)))
    #expect(try widen(numbers.map { Int16(casting: $0) }))
    #expect(try widen(numbers.map { UInt8(casting: $0) }))
    #expect(try widen(numbers.map { Float($0) }))
    #expect(try kernels.doubles([true]) == nil)
  }

  @Test("sums of every length, in NumPy's order", arguments: ArrayKernels.all.map(\.name))
  func sums(_ name: String) throws {
    let kernels = try #require(ArrayKernels.all.first { $0.name == name })
    let factors = Array(Self.numbers(1e3).filter { abs($0) < 1e3 }.reversed())
    func sum(_ numbers: ArraySlice<Double>) -> Double {
      if numbers.count <= 128 {
        let rows = Array(numbers.prefix(numbers.count / 8 * 8))
        var r = [Double](repeating: -0.0, count: 8)
        for (index, value) in rows.enumerated() { r[index % 8] += value }
        let sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
        return numbers.dropFirst(rows.count).reduce(rows.isEmpty ? 0 : sum, +)
      }
      let half = numbers.count / 2 / 8 * 8
      return sum(numbers.prefix(half)) + sum(numbers.dropFirst(half))
    }
    func check(_ x: [Double], _ y: [Double]) {
      let products = x.withUnsafeBufferPointer { x in
        y.withUnsafeBufferPointer { y in kernels.sumOfProducts(x, y) }
      }
      #expect(
        areSame(
          [x.withUnsafeBufferPointer { kernels.sum($0) }, products],
          [sum(x[...]), sum(zip(x, y).map(*)[...])]))
    }
    for count in [Int](0..<300) + [512, 999] {
      check(Array(factors.reversed()[..<count]), Array(factors[..<count]))
    }
    let ones = [Double](repeating: 1, count: 40)
    check([Double](repeating: -0.0, count: 40), ones)
    for special in [Double.infinity, -.infinity, .nan] {
      check([special] + ones.dropFirst(), ones)
      check([.infinity] + ones.dropFirst(2) + [special], ones)
    }
  }

  @Test("whole powers have whole logarithms")
  func logarithmsOfPowers() throws {
    let tens = (0...22).map { pow(10, Double($0)) }, twos = (-1074...1023).map { exp2(Double($0)) }
    for kernels in ArrayKernels.all {
      #expect(try kernels.values(of: .log10, tens) == (0...22).map(Double.init))
      #expect(try kernels.values(of: .log2, twos) == (-1074...1023).map(Double.init))
    }
  }

  @Test("long arrays, of which the first elements come alone", arguments: [2046, 4097, 70_001])
  func longArrays(count: Int) throws {
    let numbers = (0..<count).map { sin(Double($0)) * 1000 }
    for kernels in ArrayKernels.all {
      #expect(try kernels.rounded(numbers, .down) == numbers.map { $0.rounded(.down) })
      #expect(try kernels.converted(numbers, to: Int16.self) == numbers.map { Int16($0) })
      #expect(try kernels.doubles(numbers.map { Int($0) }) == numbers.map { Double(Int($0)) })
      #expect(try kernels.values(of: .divide, numbers, [3]) == numbers.map { $0 / 3 })
      #expect(try kernels.values(of: .divide, [3], numbers) == numbers.map { 3 / $0 })
      var differences = [Double](repeating: 0, count: count - 1)
      numbers.withUnsafeBufferPointer { numbers in
        kernels.subtract(
          numbers.baseAddress! + 1, numbers.baseAddress!, count: count - 1, into: &differences)
      }
      #expect(differences == zip(numbers.dropFirst(), numbers).map(-))
    }
    let array = NDArray(numbers)
    #expect(try array.maximum().doubles == [numbers.max()!])
    #expect(try array.differences(axis: 0).doubles == zip(numbers.dropFirst(), numbers).map(-))
  }

  @Test func aLongLoopStartsAtALine() {
    let line = UnsafeMutablePointer<Double>(bitPattern: 1 << 20)!
    #expect(elementsBeforeLine(line + 3, count: 2048) == 5)
    #expect(elementsBeforeLine(line, count: 2048) == nil)
    #expect(elementsBeforeLine(line + 3, count: 2047) == nil)
    let odd = UnsafeRawPointer(line).advanced(by: 4).assumingMemoryBound(to: Double.self)
    #expect(elementsBeforeLine(odd, count: 2048) == nil)
    let bytes = UnsafePointer<UInt8>(bitPattern: (1 << 20) + 63)!
    #expect(elementsBeforeLine(bytes, count: 1 << 14) == 1)
  }

  @Test func extremesAreTheFirst() throws {
    var numbers = Self.numbers(10).filter { abs($0) < 100 }
    numbers += (0..<200_000).map { Double($0 % 1000) }
    for (position, value) in [(70_003, 1e9), (70_004, 1e9), (5, -1e9), (150_000, -1e9)] {
      numbers[position] = value
    }
    for kernels in ArrayKernels.all {
      #expect(kernels.indexOfLargest(numbers) == 70_003)
      #expect(kernels.indexOfSmallest(numbers) == 5)
      #expect(kernels.indexOfLargest([-.infinity, -.infinity]) == 0)
      #expect(kernels.indexOfSmallest([0, -0.0]) == 0)
    }
    #expect(try NDArray(numbers).indexOfMaximum().elements == .int64([70_003]))
    numbers[140_000] = .nan
    numbers[170_000] = .nan
    #expect(try NDArray(numbers).indexOfMaximum().elements == .int64([140_000]))
    #expect(try NDArray(numbers).indexOfMinimum().elements == .int64([140_000]))
    #expect(try NDArray(numbers).maximum().doubles[0].isNaN)
  }

  /// The second product is large enough for several threads.
  @Test(arguments: [(7, 150, 301), (203, 150, 301)])
  func matricesAddInOrder(rows: Int, inner: Int, columns: Int) throws {
    let a = (0..<rows * inner).map { sin(Double($0)) }
    let b = (0..<inner * columns).map { cos(Double($0)) }
    let product = try NDArray.dot(
      NDArray(shape: [rows, inner], values: a), NDArray(shape: [inner, columns], values: b))
    let expected = (0..<rows * columns).map { index in
      (0..<inner).reduce(0.0) {
        $0 + a[index / columns * inner + $1] * b[$1 * columns + index % columns]
      }
    }
    #expect(product.elements == .float64(expected))
  }

  private func bits(_ value: Float) -> UInt32 { value.isNaN ? .max : value.bitPattern }

  private func areSame(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN }
  }
}
