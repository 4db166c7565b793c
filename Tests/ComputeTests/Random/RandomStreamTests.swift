import Compute
import Concurrency
import Messages
import Testing

@Suite("NumPy's generators, bit for bit")
struct RandomStreamTests {
  @Test("Streams of both generators from several seeds")
  func streams() throws {
    let rows = try FixtureTable("generators.tsv").rows
    #expect(rows.count == 110)
    for row in rows {
      let seed = try #require(UInt32(row[2]))
      let count = try #require(Int(row[3]))
      let expected = row[4...].compactMap { UInt64($0) }
      var stream = Self.stream(row[0], seed)
      let bits = try Self.bits(of: row[1], count, from: &stream)
      let checksum = bits.reduce(0) { $0 &* 31 &+ $1 }
      #expect(bits.suffix(4) + [checksum] == expected[...], "\(row[0]).\(row[1]), seed \(seed)")
    }
  }

  private static func stream(_ kind: String, _ seed: UInt32) -> any RandomStream {
    kind == "Generator"
      ? PCG64Generator(entropy: [seed])
      : NumPyGenerator(seed: seed, usesSystemLogarithm: true)
  }

  private static func bits(
    of name: String, _ count: Int, from stream: inout any RandomStream
  ) throws -> [UInt64] {
    func wide(_ values: [Int]) -> [UInt64] { values.map { UInt64(bitPattern: Int64($0)) } }
    switch name {
    case "random": return try stream.randomSamples(count).map(\.bitPattern)
    case "normal": return try stream.standardNormals(count).map(\.bitPattern)
    case "integers10": return wide(try stream.integers(count, from: 0, upTo: 9))
    case "integers32": return wide(try stream.integers(count, from: -5, upTo: 1 << 32 - 1))
    case "integers40": return wide(try stream.integers(count, from: 0, upTo: 3 << 39 - 1))
    case "integers64": return wide(try stream.integers(count, from: .min, upTo: .max - 1))
    case "uint8":
      return try stream.narrowIntegers(count, from: 0 as UInt8, upTo: 199).map(UInt64.init)
    case "int16":
      let first = UInt16(bitPattern: -300)
      return wide(
        try stream.narrowIntegers(count, from: first, upTo: 30299)
          .map { Int(Int16(bitPattern: $0)) })
    case "bool": return try stream.randomBits(count).map { $0 ? 1 : 0 }
    case "order": return wide(try stream.order(count))
    case "mixed":
      return (0..<count).map { index in
        switch index % 4 {
        case 0: stream.standardNormal().bitPattern
        case 2: Double(stream.integer(from: 0, upTo: 9)).bitPattern
        default: stream.randomSample().bitPattern
        }
      }
    default: throw Diagnostic("no draws are called \(name)")
    }
  }

  @Test("Long seeds are mixed into the state, word by word")
  func entropy() {
    // np.random.default_rng([1, 2**40]).random(), np.random.default_rng(list(range(9))).random()
    var two = PCG64Generator(entropy: [1, 0, 256])
    var nine = PCG64Generator(entropy: Array(0..<9))
    #expect(two.randomSample() == 0.4017058039361343)
    #expect(nine.randomSample() == 0.9744863511440924)
  }

  @Test("Draws ask for their memory and look at the clock")
  func limits() throws {
    for kind in ["Generator", "RandomState"] {
      for name in ["random", "normal", "integers10", "uint8", "bool", "order"] {
        #expect(throws: Diagnostic.self, "\(kind).\(name)") {
          try Budget(seconds: -1).limit {
            var stream = Self.stream(kind, 0)
            _ = try Self.bits(of: name, 1_000_000, from: &stream)
          }
        }
        #expect(throws: Diagnostic.self, "\(kind).\(name)") {
          try Budget(liveBytes: Budget.byteLimit - 900_000).limit {
            var stream = Self.stream(kind, 0)
            _ = try Self.bits(of: name, 1_000_000, from: &stream)
          }
        }
      }
    }
  }
}
