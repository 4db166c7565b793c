/// NumPy's `SeedSequence`: makes seeds that differ in a few bits into states that have nothing in
/// common. After O'Neill, "Developing a seed_seq alternative" (2015).
struct SeedSequence {
  private var pool: [UInt32] = []

  /// - Parameter entropy: the seed in words of 32 bits, the lowest ones first.
  init(entropy: [UInt32]) {
    var hash = Hash(constant: 0x43b0_d7e5, multiplier: 0x931e_8875)
    let poolSize = 4
    for index in 0..<poolSize {
      pool.append(hash.mixing(index < entropy.count ? entropy[index] : 0))
    }
    for source in 0..<poolSize {
      for target in 0..<poolSize where target != source {
        pool[target] = Self.mix(pool[target], hash.mixing(pool[source]))
      }
    }
    for word in entropy.dropFirst(poolSize) {
      for target in 0..<poolSize { pool[target] = Self.mix(pool[target], hash.mixing(word)) }
    }
  }

  /// As `SeedSequence(entropy).generate_state(count, np.uint64)`.
  func state(count: Int) -> [UInt64] {
    var hash = Hash(constant: 0x8b51_f9dd, multiplier: 0x58f3_8ded)
    let words = (0..<2 * count).map { UInt64(hash.mixing(pool[$0 % pool.count])) }
    return (0..<count).map { words[2 * $0] | words[2 * $0 + 1] << 32 }
  }

  private static func mix(_ x: UInt32, _ y: UInt32) -> UInt32 {
    let result = 0xca01_f9dd &* x &- 0x4973_f715 &* y
    return result ^ (result >> 16)
  }

  private struct Hash {
    var constant: UInt32
    var multiplier: UInt32

    mutating func mixing(_ word: UInt32) -> UInt32 {
      var word = word ^ constant
      constant &*= multiplier
      word &*= constant
      return word ^ (word >> 16)
    }
  }
}
