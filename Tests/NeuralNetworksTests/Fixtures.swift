import Compute
import Foundation
import Testing

enum Fixtures {
  static func data(_ name: String) throws -> Data {
    try Data(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/\(name)"))
  }

  static func json<T: Decodable>(_ name: String, as type: T.Type = T.self) throws -> T {
    try JSONDecoder().decode(type, from: data(name))
  }
}

/// The arrays of a safetensors file: 8 bytes of length, a header in JSON, then the values.
struct SafeTensors {
  private let data: Data
  private let entries: [String: Entry]

  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  init(_ name: String) throws {
    data = try Fixtures.data(name)
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    entries = try JSONDecoder().decode([String: Entry].self, from: data[8..<8 + length])
  }

  var names: [String] { entries.keys.sorted() }

  func shape(_ name: String) throws -> [Int] { try #require(entries[name], "\(name)").shape }

  func doubles(_ name: String) throws -> [Double] {
    try words(name, type: "F64", as: UInt64.self).map { Double(bitPattern: $0) }
  }

  func floats(_ name: String) throws -> [Float] {
    try words(name, type: "F32", as: UInt32.self).map { Float(bitPattern: $0) }
  }

  func integers(_ name: String) throws -> [Int] {
    try words(name, type: "I64", as: Int.self)
  }

  private func words<Word: FixedWidthInteger>(
    _ name: String, type: String, as word: Word.Type
  ) throws -> [Word] {
    let entry = try #require(entries[name], "\(name)")
    try #require(entry.dtype == type)
    let start = data.startIndex + 8 + data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let size = MemoryLayout<Word>.size
    return data.withUnsafeBytes { bytes in
      stride(from: start + entry.data_offsets[0], to: start + entry.data_offsets[1], by: size)
        .map { Word(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Word.self)) }
    }
  }
}

extension NDArray {
  /// The elements as 64-bit floats.
  var numbers: [Double] {
    // Without a budget nothing this small is refused.
    try! doubles
  }
}
