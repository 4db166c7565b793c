import CKernels
import Concurrency
import Messages

/// The tables of transforms of one length by mixed radices, eight side by side.
///
/// Unchecked, because it holds pointers: nothing changes after the initializer.
final class FourierColumn: @unchecked Sendable {
  /// Larger primes are transformed as convolutions.
  static let largestRadix = 61

  let shape: etude_fourier_column
  private let stages: UnsafeMutablePointer<etude_fourier_stage>
  private let places: UnsafeMutablePointer<Int>
  private let roots: AlignedDoubles

  /// - Precondition: `radices` of the length are not nil.
  init(length: Int) throws(Diagnostic) {
    let radices = Self.radices(of: length)!
    // For each stage: (radix - 1) · part roots, and the circle.
    var rootCount = 0
    var part = 1
    for radix in radices {
      rootCount += (radix - 1) * part + radix
      part *= radix
    }
    roots = AlignedDoubles(count: 2 * rootCount)
    stages = .allocate(capacity: max(1, radices.count))
    places = .allocate(capacity: length)
    var next = UnsafeMutableRawPointer(roots.start).bindMemory(
      to: Complex.self, capacity: rootCount)
    part = 1
    for (index, radix) in radices.enumerated() {
      let start = next
      try Budget.forEachChunk(of: part, steps: 32 * radix) { range in
        for k in range {
          for j in 1..<radix {
            next.initialize(to: unitRoot(-j * k, of: radix * part))
            next += 1
          }
        }
      }
      let circle = next
      for j in 0..<radix {
        next.initialize(to: unitRoot(-j, of: radix))
        next += 1
      }
      (stages + index).initialize(
        to: etude_fourier_stage(
          radix: radix, length: part, roots: parts(of: UnsafePointer(start)),
          circle: parts(of: UnsafePointer(circle))))
      part *= radix
    }
    for index in 0..<length {
      // The digits, the last stage's first.
      var (rest, part, sum) = (index, length, 0)
      for radix in radices.reversed() {
        part /= radix
        sum += rest % radix * part
        rest /= radix
      }
      (places + index).initialize(to: sum)
    }
    shape = etude_fourier_column(
      length: length, stage_count: radices.count, stages: stages, place: places)
  }

  /// Bytes of the tables.
  var byteCount: Int { 8 * (roots.count + shape.length) }

  deinit {
    stages.deallocate()
    places.deallocate()
  }

  /// The stages' radices; nil when a prime is too large. Primes come first, then powers of two as
  /// eights and fours: so halves, quarters and eighths of the length are exact in the last stages.
  static func radices(of length: Int) -> [Int]? {
    var radices: [Int] = []
    let power = length.trailingZeroBitCount
    var rest = length >> power
    var prime = 3
    while rest > 1 {
      guard prime <= largestRadix else { return nil }
      if rest % prime == 0 {
        radices.append(prime)
        rest /= prime
      } else {
        prime += 2
      }
    }
    // 16 is twice 4, which is quicker than 8 and 2.
    var bits = power
    while bits == 3 || bits > 4 {
      radices.append(8)
      bits -= 3
    }
    while bits > 0 {
      radices.append(bits == 1 ? 2 : 4)
      bits -= bits == 1 ? 1 : 2
    }
    return radices
  }

  /// An estimate of the work for one point, in about the time of a point's radix-2 stage.
  static func cost(ofLength length: Int) -> Double? {
    guard let radices = radices(of: length) else { return nil }
    let work = radices.reduce(0) { sum, radix in
      sum + (radix <= 8 ? 0.7 + 0.15 * Double(radix) : 0.35 * Double(radix))
    }
    // Eight columns leave the first cache, then the second.
    return work * (length <= 256 ? 1 : length <= 2048 ? 1.2 : length <= 8192 ? 1.6 : 2.5)
  }
}

/// exp(2πi · k / n), each part within a unit of its last place: computed in the first eighth of the
/// circle and mirrored, so that the eighths are exact.
func unitRoot(_ k: Int, of n: Int) -> Complex {
  // In eighths of 1 / n; a whole turn is 8n.
  var turn = 8 * (k % n)
  if turn < 0 { turn += 8 * n }
  let isBelow = turn > 4 * n
  if isBelow { turn = 8 * n - turn }
  let isLeft = turn > 2 * n
  if isLeft { turn = 4 * n - turn }
  let isSteep = turn > n
  if isSteep { turn = 2 * n - turn }
  // sin and cos of an eighth may differ in the last place.
  let unit =
    turn == n
    ? Complex(0.5.squareRoot(), 0.5.squareRoot())
    : Complex.unit(angle: .pi * Double(turn) / Double(4 * n))
  let (x, y) = isSteep ? (unit.imaginary, unit.real) : (unit.real, unit.imaginary)
  return Complex(isLeft ? -x : x, isBelow ? -y : y)
}

/// Complex numbers in memory as real and imaginary parts by turns.
func parts(of numbers: UnsafePointer<Complex>) -> UnsafePointer<Double> {
  UnsafeRawPointer(numbers).assumingMemoryBound(to: Double.self)
}

/// Complex numbers in memory as real and imaginary parts by turns.
func parts(of numbers: UnsafeMutablePointer<Complex>) -> UnsafeMutablePointer<Double> {
  UnsafeMutableRawPointer(numbers).assumingMemoryBound(to: Double.self)
}
