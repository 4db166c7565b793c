import Compute
import Foundation
import Testing

/// A table that make_fixtures.py wrote: rows of fields.
struct FixtureTable {
  let rows: [[String]]

  init(_ name: String) throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Fixtures/\(name)")
    rows = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// "int16 2,2 1 2 3 4" as an operand; nil for "error".
  static func operand(_ text: String) throws -> Operand? {
    let words = text.split(separator: " ").map(String.init)
    switch words[0] {
    case "error": return nil
    case "pybool": return .bool(words[2] == "1")
    case "pyint": return .int(try #require(Int(words[2])))
    case "pyfloat": return .float(try #require(Double(words[2])))
    default:
      let type = try #require(ElementType(rawValue: words[0]))
      let numbers = words.dropFirst(2)
      let elements: NDArray.Elements
      switch type {
      case .complex128:
        elements = .complex128(
          try numbers.map { number in
            let parts = number.split(separator: ",").compactMap { Double($0) }
            try #require(parts.count == 2)
            return Complex(parts[0], parts[1])
          })
      case .float32, .float64: elements = .float64(try numbers.map { try #require(Double($0)) })
      default: elements = .int64(try numbers.map { try #require(Int($0)) })
      }
      return .array(try NDArray(shape: try shape(words[1]), elements: elements).asType(type))
    }
  }

  static func shape(_ text: String) throws -> [Int] {
    text == "-" ? [] : try text.split(separator: ",").map { try #require(Int($0)) }
  }
}

/// Whether two arrays agree in shape and type, and in each element up to a part of it; nan equals
/// nan. Infinite and zero elements must agree exactly.
func agrees(_ a: NDArray, _ b: NDArray, relative tolerance: Double) -> Bool {
  guard a.shape == b.shape, a.type == b.type else { return false }
  func close(_ x: Double, _ y: Double) -> Bool {
    x == y || (x.isNaN && y.isNaN) || abs(x - y) <= tolerance * max(abs(x), abs(y))
  }
  if case (.complex128(let xs), .complex128(let ys)) = (a.elements, b.elements) {
    return zip(xs, ys).allSatisfy { x, y in
      let distance = (x - y).magnitude
      return distance <= tolerance * max(x.magnitude, y.magnitude)
        || (close(x.real, y.real) && close(x.imaginary, y.imaginary))
    }
  }
  if a.type == .float32 || a.type == .float64 {
    return zip(a.numbers, b.numbers).allSatisfy(close)
  }
  return a.elements == b.elements
}

extension NDArray {
  /// The elements as 64-bit floats.
  var numbers: [Double] {
    // Without a budget nothing this small is refused.
    try! doubles
  }
}
