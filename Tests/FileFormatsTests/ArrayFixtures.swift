import Glibc

/// The bytes of a file in Fixtures/arrays, which make_arrays.py there wrote with NumPy.
func arrayFixture(_ name: String, file: String = #filePath) throws -> [UInt8] {
  let folder = file.split(separator: "/").dropLast(1).joined(separator: "/")
  let path = "/\(folder)/Fixtures/arrays/\(name)"
  guard let stream = fopen(path, "rb") else { throw MissingFixture(path: path) }
  defer { fclose(stream) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 4096)
  while case let count = fread(&chunk, 1, chunk.count, stream), count > 0 {
    bytes += chunk[..<count]
  }
  return bytes
}

struct MissingFixture: Error {
  var path: String
}

/// Numbers that are the same in every run (a linear congruential generator, Knuth's constants).
struct FixedGenerator: RandomNumberGenerator {
  var state: UInt64 = 1

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }
}
