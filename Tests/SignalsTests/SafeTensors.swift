import Foundation
import Testing

/// The float64 arrays of a safetensors file: 8 bytes of length, a header in JSON, then the values.
struct SafeTensors {
  let arrays: [String: [Double]]

  private struct Entry: Decodable {
    var dtype: String
    var data_offsets: [Int]
  }

  init(_ name: String) throws {
    let data = try Fixtures.data(name)
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let entries = try JSONDecoder().decode([String: Entry].self, from: data[8..<8 + length])
    arrays = try entries.mapValues { entry in
      try #require(entry.dtype == "F64")
      let bytes = data[8 + length + entry.data_offsets[0]..<8 + length + entry.data_offsets[1]]
      return stride(from: bytes.startIndex, to: bytes.endIndex, by: 8).map { place in
        Double(
          bitPattern: bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
      }
    }
  }
}

enum Fixtures {
  static func data(_ name: String) throws -> Data {
    try Data(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/\(name)"))
  }

  /// What make_fixtures.py wrote.
  static func scipy() throws -> SciPyTable {
    try JSONDecoder().decode(SciPyTable.self, from: data("scipy.json"))
  }
}

struct SciPyTable: Decodable {
  var filters: [Filter]
  var windows: [WindowCase]
  var responses: [Response]

  struct Filter: Decodable {
    var numtaps: Int
    var cutoff: [Double]
    var fs: Double?
    var window: WindowName
    var pass_zero: PassZero?
    var scale: Bool?
    var taps: [Double]
  }

  struct WindowCase: Decodable {
    var window: WindowName
    var count: Int
    var values: [Double]
  }

  struct Response: Decodable {
    var b: [Double]
    var a: [Double]?
    var worN: Frequencies
    var whole: Bool?
    var fs: Double?
    var frequencies: [Double]
    var real: [Double]
    var imaginary: [Double]
  }
}
