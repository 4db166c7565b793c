import Glibc

/// NumPy's random numbers, `np.random.default_rng(seed)` and what follows, bit for bit: PCG64 (O'Neill,
/// 2014), a linear congruential generator of 128 bits whose output is permuted.
package struct PCG64Generator: RandomStream {
  private var state: UInt128
  private let increment: UInt128
  /// Numbers of 32 bits come in pairs: the other one of the last pair.
  private var keptWord: UInt32?

  /// - Parameter entropy: the seed in words of 32 bits, the lowest ones first.
  package init(entropy: [UInt32]) {
    let words = SeedSequence(entropy: entropy).state(count: 4)
    increment = (UInt128(words[2]) << 64 | UInt128(words[3])) << 1 | 1
    state = increment &+ (UInt128(words[0]) << 64 | UInt128(words[1]))
    advance()
  }

  private mutating func advance() {
    state = state &* 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645 &+ increment
  }

  package mutating func next64() -> UInt64 {
    advance()
    let folded = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
    let turn = UInt64(truncatingIfNeeded: state >> 122)
    return folded &>> turn | folded &<< (64 &- turn)
  }

  /// The lower half of 64 bits, then the upper one.
  package mutating func next32() -> UInt32 {
    if let word = keptWord {
      keptWord = nil
      return word
    }
    let bits = next64()
    keptWord = UInt32(bits >> 32)
    return UInt32(truncatingIfNeeded: bits)
  }

  package mutating func randomSample() -> Double { Double(next64() >> 11) * 0x1p-53 }

  /// By the ziggurat method: a random point of a random layer, which is nearly always under the curve.
  package mutating func standardNormal() -> Double {
    while true {
      let bits = next64()
      let layer = Int(bits & 0xff)
      let isNegative = bits & 0x100 != 0
      let point = (bits >> 9) & 0xf_ffff_ffff_ffff
      let x = Double(point) * Ziggurat.tables.widths[layer]
      if point < Ziggurat.tables.inside[layer] { return isNegative ? -x : x }
      if layer == 0 { return tail(isNegative: point & 0x100 != 0) }
      let (top, bottom) = (
        Ziggurat.tables.heights[layer - 1], Ziggurat.tables.heights[layer]
      )
      if (top - bottom) * randomSample() + bottom < exp(-0.5 * x * x) {
        return isNegative ? -x : x
      }
    }
  }

  /// A number beyond the last layer, by Marsaglia's method of 1964.
  private mutating func tail(isNegative: Bool) -> Double {
    while true {
      let x = -ZigguratTables.inverseTailStart * log1p(-randomSample())
      let y = -log1p(-randomSample())
      if y + y > x * x {
        let distance = ZigguratTables.tailStart + x
        return isNegative ? -distance : distance
      }
    }
  }

  /// By Lemire's method: the upper half of a product, but for products in a small part that would make
  /// some numbers more likely than others.
  package mutating func integer32(upTo limit: UInt32) -> UInt32 {
    let count = limit &+ 1
    var product = next32().multipliedFullWidth(by: count)
    if product.low < count {
      let threshold = (UInt32.max - limit) % count
      while product.low < threshold { product = next32().multipliedFullWidth(by: count) }
    }
    return product.high
  }

  package mutating func integer64(upTo limit: UInt64) -> UInt64 {
    let count = limit &+ 1
    var product = next64().multipliedFullWidth(by: count)
    if product.low < count {
      let threshold = (UInt64.max - limit) % count
      while product.low < threshold { product = next64().multipliedFullWidth(by: count) }
    }
    return product.high
  }

  package mutating func narrow<Word: FixedWidthInteger & UnsignedInteger>(
    upTo limit: Word, _ pieces: inout RandomPieces<Word>
  ) -> Word {
    let count = limit &+ 1
    var product = pieces.next(&self).multipliedFullWidth(by: count)
    if Word(truncatingIfNeeded: product.low) < count {
      let threshold = (Word.max - limit) % count
      while Word(truncatingIfNeeded: product.low) < threshold {
        product = pieces.next(&self).multipliedFullWidth(by: count)
      }
    }
    return product.high
  }
}

/// The tables where they are read without a look at their lengths.
private struct Ziggurat {
  let inside: UnsafePointer<UInt64>
  let widths: UnsafePointer<Double>
  let heights: UnsafePointer<Double>

  // Never written after its initialisation, and never freed.
  nonisolated(unsafe) static let tables = Ziggurat(
    inside: copy(ZigguratTables.inside), widths: copy(ZigguratTables.widths),
    heights: copy(ZigguratTables.heights))

  private static func copy<T>(_ values: [T]) -> UnsafePointer<T> {
    let memory = UnsafeMutablePointer<T>.allocate(capacity: values.count)
    memory.initialize(from: values, count: values.count)
    return UnsafePointer(memory)
  }
}
