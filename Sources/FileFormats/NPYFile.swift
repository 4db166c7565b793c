import Compute
import Messages

/// NumPy's .npy format for a single array: a magic string, a version, the header's length, the header
/// (a Python dictionary as text), then the elements.
///
/// Files are untrusted: every length is checked against the bytes available before anything is
/// allocated, and every error is one sentence.
package enum NPYFile {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads versions 1 to 3, both byte orders and both memory orders. Bytes after the elements are
  /// ignored, as in NumPy.
  package static func read(_ bytes: [UInt8]) throws(Diagnostic) -> NDArray {
    guard bytes.starts(with: magic) else {
      throw Diagnostic("this is not a .npy file: it does not begin like one")
    }
    guard bytes.count >= 10 else { throw truncated }

    // The header's length takes two bytes in version 1, four in later versions.
    let lengthBytes: Int
    switch bytes[6] {
    case 1: lengthBytes = 2
    case 2, 3: lengthBytes = 4
    default:
      throw Diagnostic("the .npy file has version \(bytes[6]); only versions 1 to 3 can be read")
    }
    let headerStart = 8 + lengthBytes
    guard bytes.count >= headerStart else { throw truncated }
    let headerLength = bytes[8..<headerStart].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard bytes.count - headerStart >= headerLength else { throw truncated }

    let dataStart = headerStart + headerLength
    let header = try Header(bytes[headerStart..<dataStart])
    guard let count = elementCount(ofShape: header.shape) else {
      throw Diagnostic(
        "the .npy file says that it holds an array of shape \(NDArray.describe(shape: header.shape)), "
          + "which is more than 1 GiB, or has impossible axes")
    }
    guard count <= (bytes.count - dataStart) / header.type.byteCount else {
      throw Diagnostic(
        "the .npy file is cut off: its header says shape \(NDArray.describe(shape: header.shape)) of "
          + "\(header.type.rawValue), but only \(bytes.count - dataStart) bytes follow")
    }

    let elements = try bytes.withUnsafeBufferPointer { (bytes) throws(Diagnostic) in
      try NDArray.Elements(
        UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[dataStart...])),
        type: header.type, count: count,
        order: header.order)
    }
    guard header.isColumnMajor, header.shape.count > 1 else {
      return NDArray(shape: header.shape, elements: elements)
    }
    // Column-major order is row-major order with the axes reversed.
    return try NDArray(shape: header.shape.reversed(), elements: elements).transposed()
  }

  /// Writes version 1 in row-major order. As in NumPy, the header is padded so that the elements begin
  /// at a multiple of 64 bytes, for memory mapping.
  ///
  /// - Throws: when there is not enough memory or time.
  package static func write(_ array: NDArray) throws(Diagnostic) -> [UInt8] {
    var header =
      "{'descr': '\(descriptor(of: array.elements.type))', 'fortran_order': False, "
      + "'shape': \(NDArray.describe(shape: array.shape)), }"
    let unpadded = magic.count + 4 + header.utf8.count + 1
    header += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    let length = header.utf8.count
    let start = magic + [1, 0, UInt8(length & 0xff), UInt8(length >> 8)] + Array(header.utf8)
    let size = start.count + array.byteCount
    try [UInt8].reserve(size)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    bytes += start
    try array.elements.appendBytes(to: &bytes)
    return bytes
  }

  private static var truncated: Diagnostic {
    Diagnostic("the .npy file is cut off: it ends inside its header")
  }

  private static func descriptor(of type: ElementType) -> String {
    switch type {
    case .bool: "|b1"
    case .uint8: "|u1"
    case .int16: "<i2"
    case .int32: "<i4"
    case .int64: "<i8"
    case .float32: "<f4"
    case .float64: "<f8"
    case .complex128: "<c16"
    }
  }

  // MARK: The header

  /// A parsed header: `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
  private struct Header {
    var type: ElementType
    var order: NDArray.Elements.ByteOrder
    var isColumnMajor: Bool
    var shape: [Int]

    init(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
      var scanner = HeaderScanner(rest: bytes)
      var descriptor: String?
      var isColumnMajor: Bool?
      var shape: [Int]?

      try scanner.expect("{")
      while !scanner.take("}") {
        let key = try scanner.string()
        try scanner.expect(":")
        switch key {
        case "descr": descriptor = try scanner.string()
        case "fortran_order": isColumnMajor = try scanner.boolean()
        case "shape": shape = try scanner.shape()
        default: throw HeaderScanner.unreadable
        }
        if !scanner.take(",") {
          try scanner.expect("}")
          break
        }
      }
      guard let descriptor, let isColumnMajor, let shape else { throw HeaderScanner.unreadable }
      self.isColumnMajor = isColumnMajor
      self.shape = shape
      // The first character is the byte order; `|` means not applicable.
      self.order = descriptor.first == ">" ? .big : .little
      switch descriptor.dropFirst() {
      case "b1": type = .bool
      case "u1": type = .uint8
      case "i2": type = .int16
      case "i4": type = .int32
      case "i8": type = .int64
      case "f4": type = .float32
      case "f8": type = .float64
      case "c16": type = .complex128
      default:
        throw Diagnostic(
          "the .npy file holds elements of type '\(descriptor.prefix(12))', which cells do not support",
          hint: ["U", "S", "O"].contains(descriptor.dropFirst().first)
            ? "only numbers and booleans can be loaded"
            : "save it with .astype(np.\(descriptor.dropFirst().first == "c" ? "complex128" : "float64"))"
        )
      }
    }
  }

  /// Splits a header into tokens, each of which may be preceded by white space.
  private struct HeaderScanner {
    var rest: ArraySlice<UInt8>

    static var unreadable: Diagnostic { Diagnostic("the header of the .npy file cannot be read") }

    mutating func skipSpace() {
      rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    }

    mutating func take(_ token: String) -> Bool {
      skipSpace()
      guard rest.starts(with: token.utf8) else { return false }
      rest = rest.dropFirst(token.utf8.count)
      return true
    }

    mutating func expect(_ token: String) throws(Diagnostic) {
      guard take(token) else { throw Self.unreadable }
    }

    mutating func string() throws(Diagnostic) -> String {
      let isSingle = take("'")
      if !isSingle { try expect("\"") }
      let quote = isSingle ? UInt8(ascii: "'") : UInt8(ascii: "\"")
      guard let end = rest.firstIndex(of: quote) else { throw Self.unreadable }
      defer { rest = rest[(end + 1)...] }
      return String(decoding: rest[..<end], as: UTF8.self)
    }

    mutating func boolean() throws(Diagnostic) -> Bool {
      if take("True") { return true }
      try expect("False")
      return false
    }

    /// At most 64 axes, as in NumPy.
    mutating func shape() throws(Diagnostic) -> [Int] {
      var lengths: [Int] = []
      try expect("(")
      while !take(")") {
        skipSpace()
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let length = Int(String(decoding: digits, as: UTF8.self)), lengths.count < 64 else {
          throw Self.unreadable
        }
        rest = rest.dropFirst(digits.count)
        lengths.append(length)
        if !take(",") {
          try expect(")")
          break
        }
      }
      return lengths
    }
  }
}
