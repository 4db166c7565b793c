import Compute
import Testing

@Suite("Random generators, bit for bit")
struct RandomGeneratorTests {
  @Test("Streams of NumPy and of PyTorch from several seeds")
  func streams() throws {
    let rows = try FixtureTable("random.tsv").rows
    #expect(rows.count == 60)
    for row in rows {
      let seed = try #require(UInt32(row[1]))
      let low = try #require(Double(row[2]))
      let high = try #require(Double(row[3]))
      let count = try #require(Int(row[4]))
      let expected = row[5...].compactMap { UInt64($0) }
      let bits = try #require(values(of: row[0], seed, low, high, count))
      let checksum = bits.reduce(0) { $0 &* 31 &+ $1 }
      #expect(bits.suffix(4) + [checksum] == expected[...], "\(row[0]), seed \(seed)")
    }
  }

  /// np.random.seed(seed); np.random.choice(count, 6, replace=False).tolist()
  @Test(
    "The beginning of a permutation is NumPy's choice without replacement",
    arguments: [
      (0, 6, [5, 2, 1, 3, 0, 4]), (0, 120, [48, 94, 95, 8, 97, 22]), (1, 7, [6, 2, 1, 0, 4, 3]),
      (12345, 1000, [144, 833, 270, 468, 962, 186]),
    ])
  func choice(seed: UInt32, count: Int, expected: [Int]) {
    var random = NumPyGenerator(seed: seed)
    let order = random.permutation(count)
    #expect(Array(order.prefix(6)) == expected)
    #expect(order.sorted() == Array(0..<count))
  }

  private func values(
    of name: String, _ seed: UInt32, _ low: Double, _ high: Double, _ count: Int
  ) -> [UInt64]? {
    var numpy = NumPyGenerator(seed: seed)
    var pytorch = PyTorchGenerator(seed: seed)
    let indices = 0..<count
    return switch name {
    case "random_sample": indices.map { _ in numpy.randomSample().bitPattern }
    case "uniform": indices.map { _ in numpy.uniform(low, high).bitPattern }
    // As float32: in the last bit of a double our logarithm may differ from NumPy's.
    case "normal":
      indices.map { _ in UInt64(Float(numpy.normal(mean: low, deviation: high)).bitPattern) }
    case "mixed":
      indices.map { index in
        let value =
          index % 4 == 3 ? numpy.uniform(low, high) : numpy.normal(mean: low, deviation: high)
        return UInt64(Float(value).bitPattern)
      }
    case "uniform_":
      indices.map { _ in UInt64(pytorch.uniform(Float(low), Float(high)).bitPattern) }
    case "bernoulli_":
      indices.map { _ in UInt64((pytorch.bernoulli(low) ? 1 : 0 as Float).bitPattern) }
    case "randperm": pytorch.permutation(count).map(UInt64.init)
    case "random_": indices.map { _ in UInt64(pytorch.int64()) }
    default: nil
    }
  }

  @Test("A copy draws the same numbers independently")
  func copies() {
    var original = PyTorchGenerator(seed: 3)
    _ = original.permutation(1000)
    var copy = original
    #expect(copy == original)
    #expect(copy.permutation(1000) == original.permutation(1000))
    _ = copy.int64()
    #expect(copy != original)
  }

  @Test("Permutations of nothing and of one draw nothing")
  func smallPermutations() {
    var random = PyTorchGenerator(seed: 0)
    #expect(random.permutation(0) == [])
    #expect(random.permutation(1) == [0])
    #expect(random == PyTorchGenerator(seed: 0))
  }
}
