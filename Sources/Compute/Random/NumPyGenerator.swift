import Glibc

/// NumPy's legacy random numbers, `np.random.seed(seed)` and what follows, bit for bit.
///
/// Normal numbers take a logarithm. With ours they may differ from NumPy's in their last bit, and are the
/// same on all machines, as training needs it; with the system's they are NumPy's on this machine.
package struct NumPyGenerator: Hashable, Sendable {
  private var twister: MersenneTwister
  /// Normal numbers come in pairs: the other one of the last pair.
  private var keptNormal: Double?
  private let usesSystemLogarithm: Bool

  package init(seed: UInt32, usesSystemLogarithm: Bool = false) {
    twister = MersenneTwister(seed: seed)
    self.usesSystemLogarithm = usesSystemLogarithm
  }

  /// As `np.random.random_sample()`: 53 random bits in [0, 1).
  package mutating func randomSample() -> Double {
    let high = twister.next() >> 5
    let low = twister.next() >> 6
    return (Double(high) * 0x1p26 + Double(low)) / 0x1p53
  }

  /// As `np.random.uniform(low, high)`.
  package mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * randomSample()
  }

  /// As `np.random.normal(mean, deviation)`, by Marsaglia's polar method: a random point of the unit
  /// disc gives two numbers. The second one is kept for the next call, whatever is drawn in between.
  package mutating func normal(mean: Double = 0, deviation: Double = 1) -> Double {
    mean + deviation * standardNormal()
  }

  /// As `np.random.permutation(count)`: 0 ..< count in a random order. Its beginning is what
  /// `np.random.choice(count, size, replace=False)` gives.
  ///
  /// - Precondition: `count` is at most 2^32.
  /// - Parameter checkpoint: called now and then; what it throws ends the work.
  package mutating func permutation<Failure: Error>(
    _ count: Int, checkpoint: () throws(Failure) -> Void
  ) throws(Failure) -> [Int] {
    precondition(count <= 1 << 32, "a permutation of 64-bit numbers is not supported")
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, index(upTo: last))
      if last & 0xffff == 0xffff { try checkpoint() }
    }
    return order
  }

  /// As ``permutation(_:checkpoint:)``, to the end.
  package mutating func permutation(_ count: Int) -> [Int] {
    permutation(count) {}
  }

  /// 0 ... limit: numbers of as many bits as the limit has, until one is not above it.
  private mutating func index(upTo limit: Int) -> Int {
    let mask = UInt32.max >> UInt32(limit).leadingZeroBitCount
    while true {
      let index = Int(twister.next() & mask)
      if index <= limit { return index }
    }
  }

  package mutating func standardNormal() -> Double {
    if let normal = keptNormal {
      keptNormal = nil
      return normal
    }
    while true {
      let x = 2 * randomSample() - 1
      let y = 2 * randomSample() - 1
      let squaredRadius = x * x + y * y
      guard squaredRadius < 1, squaredRadius != 0 else { continue }
      let logarithm = usesSystemLogarithm ? log(squaredRadius) : Elementary.log(squaredRadius)
      let factor = (-2 * logarithm / squaredRadius).squareRoot()
      keptNormal = factor * x
      return factor * y
    }
  }
}

// Bounded integers are those of as many random bits as the limit has that are not above it.
extension NumPyGenerator: RandomStream {
  package mutating func next32() -> UInt32 { twister.next() }

  package mutating func next64() -> UInt64 {
    let high = UInt64(twister.next())
    return high << 32 | UInt64(twister.next())
  }

  package mutating func integer32(upTo limit: UInt32) -> UInt32 {
    let mask = UInt32.max &>> UInt32(limit.leadingZeroBitCount)
    while true {
      let word = next32() & mask
      if word <= limit { return word }
    }
  }

  package mutating func integer64(upTo limit: UInt64) -> UInt64 {
    let mask = UInt64.max &>> UInt64(limit.leadingZeroBitCount)
    while true {
      let word = next64() & mask
      if word <= limit { return word }
    }
  }

  package mutating func narrow<Word: FixedWidthInteger & UnsignedInteger>(
    upTo limit: Word, _ pieces: inout RandomPieces<Word>
  ) -> Word {
    let mask = Word.max >> limit.leadingZeroBitCount
    while true {
      let word = pieces.next(&self) & mask
      if word <= limit { return word }
    }
  }
}
