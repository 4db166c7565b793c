/// MT19937 (Matsumoto and Nishimura, 1998): the 32-bit integers on which NumPy's legacy generator
/// and PyTorch's CPU generator build their numbers. Its period is 2^19937 - 1.
package struct MersenneTwister: Hashable, Sendable {
  private static let size = 624
  private static let offset = 397

  private var state: [UInt32]
  /// The next word of the state to give out; at `size` the state is used up.
  private var position = size

  /// The state that `init_genrand` of the original program makes of a seed.
  package init(seed: UInt32) {
    var word = seed
    state = []
    state.reserveCapacity(Self.size)
    for index in 0..<UInt32(Self.size) {
      if index > 0 { word = 1_812_433_253 &* (word ^ (word >> 30)) &+ index }
      state.append(word)
    }
  }

  /// The complete state: its words, then the position of the next one.
  package var words: [UInt32] { state + [UInt32(position)] }

  /// The stream that `words` describes; nil when they cannot be one.
  package init?(words: [UInt32]) {
    guard words.count == Self.size + 1, words[Self.size] <= Self.size else { return nil }
    state = Array(words[..<Self.size])
    position = Int(words[Self.size])
  }

  /// The next integer, each of 0 ... 2^32 - 1 as likely as any other.
  package mutating func next() -> UInt32 {
    if position == Self.size { twist() }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  private mutating func twist() {
    position = 0
    state.withUnsafeMutableBufferPointer { state in
      for index in 0..<Self.size {
        let after = index + 1 < Self.size ? index + 1 : 0
        let distant =
          index + Self.offset < Self.size ? index + Self.offset : index + Self.offset - Self.size
        let joined = (state[index] & 0x8000_0000) | (state[after] & 0x7fff_ffff)
        let odd: UInt32 = joined & 1 == 0 ? 0 : 0x9908_b0df
        state[index] = state[distant] ^ (joined >> 1) ^ odd
      }
    }
  }
}
