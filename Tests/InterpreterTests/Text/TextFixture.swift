import Compute
import FoundationEssentials
import Interpreter

/// The output of Python and NumPy for Fixtures/text.py.
struct TextFixture: Decodable {
  struct Printed: Decodable {
    var value: EncodedValue
    var repr: String
    var str: String
  }

  struct Format: Decodable {
    var value: EncodedValue
    var specification: String
    /// Nil where Python raises an error.
    var result: String?
  }

  var values: [Printed]
  var arrays: [Printed]
  var formats: [Format]

  static func load() throws -> TextFixture {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Fixtures/text.json"))
    return try JSONDecoder().decode(TextFixture.self, from: data)
  }
}

/// A value as encoded in the fixture; floats are hexadecimal.
struct EncodedValue: Decodable {
  var kind: String
  var dtype: String?
  var shape: [Int]?
  var data: [String]?
  var elements: [EncodedValue]?

  var value: Value {
    let data = data ?? []
    let elements = (elements ?? []).map(\.value)
    switch kind {
    case "bool": return .bool(data[0] == "1")
    case "int": return .int(Int(data[0])!)
    case "float": return .float(Double(data[0])!)
    case "str": return .string(data[0])
    case "list": return .list(elements)
    case "tuple": return .tuple(elements)
    case "range": return .range(start: Int(data[0])!, stop: Int(data[1])!, step: Int(data[2])!)
    case "array": return .array(NDArray(shape: shape!, elements: arrayElements(data)))
    default: return .none
    }
  }

  private func arrayElements(_ data: [String]) -> NDArray.Elements {
    switch ElementType(rawValue: dtype!)! {
    case .bool: .bool(data.map { $0 == "1" })
    case .uint8: .uint8(data.map { UInt8($0)! })
    case .int16: .int16(data.map { Int16($0)! })
    case .int32: .int32(data.map { Int32($0)! })
    case .int64: .int64(data.map { Int($0)! })
    case .float32: .float32(data.map { Float($0)! })
    case .float64: .float64(data.map { Double($0)! })
    case .complex128:
      .complex128(
        stride(from: 0, to: data.count, by: 2).map {
          Complex(Double(data[$0])!, Double(data[$0 + 1])!)
        })
    }
  }
}
