import Concurrency
import Messages

/// A stream of random numbers of NumPy's: what cells draw. The generators differ in their bits and
/// in how they make normal numbers and bounded integers of these; the rest is the same.
package protocol RandomStream: Sendable {
  mutating func next32() -> UInt32
  mutating func next64() -> UInt64
  /// In [0, 1), with 53 random bits.
  mutating func randomSample() -> Double
  mutating func standardNormal() -> Double
  /// 0 ... limit, where the limit is not all ones.
  mutating func integer32(upTo limit: UInt32) -> UInt32
  mutating func integer64(upTo limit: UInt64) -> UInt64
  mutating func narrow<Word: FixedWidthInteger & UnsignedInteger>(
    upTo limit: Word, _ pieces: inout RandomPieces<Word>
  ) -> Word

  // Requirements, so that each loop is compiled for each generator.

  mutating func randomSamples(_ count: Int) throws(Diagnostic) -> [Double]
  mutating func standardNormals(_ count: Int) throws(Diagnostic) -> [Double]
  mutating func integers(
    _ count: Int, from low: Int, upTo limit: UInt64
  ) throws(Diagnostic) -> [Int]
  mutating func narrowIntegers<Word: FixedWidthInteger & UnsignedInteger>(
    _ count: Int, from low: Word, upTo limit: Word
  ) throws(Diagnostic) -> [Word]
  mutating func shuffle(_ order: inout [Int]) throws(Diagnostic)
}

/// The 8 or 16 bits that narrow integers are made of: the pieces of numbers of 32 bits.
package struct RandomPieces<Word: FixedWidthInteger & UnsignedInteger> {
  private var word: UInt32 = 0
  private var count = 0

  package init() {}

  mutating func next(_ stream: inout some RandomStream) -> Word {
    if count == 0 {
      word = stream.next32()
      count = 32 / Word.bitWidth
    } else {
      word >>= UInt32(Word.bitWidth)
    }
    count -= 1
    return Word(truncatingIfNeeded: word)
  }

  /// A single bit.
  mutating func nextBit(_ stream: inout some RandomStream) -> Bool {
    if count == 0 {
      word = stream.next32()
      count = 32
    } else {
      word >>= 1
    }
    count -= 1
    return word & 1 != 0
  }
}

extension RandomStream {
  package mutating func randomSamples(_ count: Int) throws(Diagnostic) -> [Double] {
    var stream = self
    defer { self = stream }
    return try [Double](computing: count, steps: 4) { _ in stream.randomSample() }
  }

  package mutating func standardNormals(_ count: Int) throws(Diagnostic) -> [Double] {
    var stream = self
    defer { self = stream }
    return try [Double](computing: count, steps: 16) { _ in stream.standardNormal() }
  }

  /// One integer of `low ... low + limit`.
  package mutating func integer(from low: Int, upTo limit: UInt64) -> Int {
    low &+ Int(truncatingIfNeeded: integer(upTo: limit))
  }

  package mutating func integer(upTo limit: UInt64) -> UInt64 {
    switch limit {
    case 0: 0
    case ..<UInt64(UInt32.max): UInt64(integer32(upTo: UInt32(limit)))
    case UInt64(UInt32.max): UInt64(next32())
    case .max: next64()
    default: integer64(upTo: limit)
    }
  }

  package mutating func integers(
    _ count: Int, from low: Int, upTo limit: UInt64
  ) throws(Diagnostic) -> [Int] {
    var stream = self
    defer { self = stream }
    return try [Int](computing: count, steps: 16) { _ in stream.integer(from: low, upTo: limit) }
  }

  /// Integers of 8 or 16 bits, or bits, which share a number of 32 bits.
  package mutating func narrowIntegers<Word: FixedWidthInteger & UnsignedInteger>(
    _ count: Int, from low: Word, upTo limit: Word
  ) throws(Diagnostic) -> [Word] {
    var stream = self
    defer { self = stream }
    var pieces = RandomPieces<Word>()
    return try [Word](computing: count, steps: 16) { _ in
      switch limit {
      case 0: low
      case .max: low &+ pieces.next(&stream)
      default: low &+ stream.narrow(upTo: limit, &pieces)
      }
    }
  }

  package mutating func randomBits(_ count: Int) throws(Diagnostic) -> [Bool] {
    var pieces = RandomPieces<UInt8>()
    var stream = self
    defer { self = stream }
    return try [Bool](computing: count, steps: 4) { _ in pieces.nextBit(&stream) }
  }

  // MARK: Orders

  /// As the method `shuffle`.
  package mutating func shuffle(_ order: inout [Int]) throws(Diagnostic) {
    var stream = self
    defer { self = stream }
    try swapEach(of: &order, from: 1) { stream.index(upTo: $0) }
  }

  /// 0 ..< count in a random order.
  package mutating func order(_ count: Int) throws(Diagnostic) -> [Int] {
    var order = try [Int](computing: count) { $0 }
    try shuffle(&order)
    return order
  }

  /// 0 ... limit as both of NumPy's generators shuffle: numbers of as many bits as the limit has, until
  /// one is not above it.
  private mutating func index(upTo limit: Int) -> Int {
    let mask = UInt64.max &>> UInt64(UInt64(limit).leadingZeroBitCount)
    while true {
      let word = (limit <= UInt32.max ? UInt64(next32()) : next64()) & mask
      if word <= UInt64(limit) { return Int(word) }
    }
  }
}

/// Swaps each element, from the last one down to `first`, with one before it or itself.
package func swapEach(
  of order: inout [Int], from first: Int, with other: (Int) -> Int
) throws(Diagnostic) {
  let count = order.count
  try order.withUnsafeMutableBufferPointer { (order) throws(Diagnostic) in
    try Budget.forEachChunk(of: max(0, count - first), steps: 16) { range in
      for index in range { order.swapAt(count - 1 - index, other(count - 1 - index)) }
    }
  }
}
