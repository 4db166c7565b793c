/// PyTorch's random numbers on the CPU, bit for bit: `torch.manual_seed(seed)` and what follows.
package struct PyTorchGenerator: Hashable, Sendable {
  private var twister: MersenneTwister

  /// PyTorch uses the low 32 bits of a seed.
  package init(seed: some BinaryInteger) {
    twister = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
  }

  /// The complete state, as 625 integers.
  package var words: [UInt32] { twister.words }

  /// The stream with this state; nil when it is not a valid one.
  package init?(words: [UInt32]) {
    guard let twister = MersenneTwister(words: words) else { return nil }
    self.twister = twister
  }

  /// As `tensor.uniform_(low, high)` for each element of a float32 tensor: 24 random bits, scaled
  /// and shifted with a single rounding.
  package mutating func uniform(_ low: Float, _ high: Float) -> Float {
    low.addingProduct(Float(twister.next() & 0xff_ffff) * 0x1p-24, high - low)
  }

  /// As `tensor.bernoulli_(probability)` for each element: true with this probability.
  package mutating func bernoulli(_ probability: Double) -> Bool {
    Double(bits64() & (1 << 53 - 1)) * 0x1p-53 < probability
  }

  /// As `tensor.random_()` for each element of an int64 tensor: 0 ... 2^63 - 1.
  package mutating func int64() -> Int {
    Int(bits64() & (1 << 63 - 1))
  }

  private mutating func bits64() -> UInt64 {
    let high = UInt64(twister.next())
    return high << 32 | UInt64(twister.next())
  }

  /// As `torch.randperm(count)`: 0 ..< count in a random order.
  ///
  /// - Precondition: `count` is at most 2^32 / 20, 214 million; PyTorch does otherwise beyond.
  /// - Parameter checkpoint: called now and then; what it throws ends the work.
  package mutating func permutation<Failure: Error>(
    _ count: Int, checkpoint: () throws(Failure) -> Void
  ) throws(Failure) -> [Int] {
    precondition(count <= Int(UInt32.max / 20), "a permutation of 64-bit numbers is not supported")
    var order = Array(0..<count)
    for index in 0..<max(0, count - 1) {
      order.swapAt(index, index + Int(twister.next()) % (count - index))
      if index & 0xffff == 0xffff { try checkpoint() }
    }
    return order
  }

  /// As ``permutation(_:checkpoint:)``, to the end.
  package mutating func permutation(_ count: Int) -> [Int] {
    permutation(count) {}
  }
}
