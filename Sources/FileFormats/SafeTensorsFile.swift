import Compute
import Messages

/// The .safetensors format for named arrays: the header's length in eight bytes, the header (JSON:
/// name → dtype, shape, data_offsets), then the elements of all arrays, row-major and little-endian,
/// without gaps.
///
/// Files are untrusted: every length is checked against the bytes available before anything is
/// allocated, and every error is one sentence.
package enum SafeTensorsFile {
  package typealias NamedArray = (name: String, array: NDArray)

  /// The format's limit for the header's length.
  private static let maximumHeaderLength = 100_000_000

  /// The arrays in header order. Complexity: linear in the file's length, n log n in the number of
  /// arrays.
  package static func read(_ bytes: [UInt8]) throws(Diagnostic) -> [NamedArray] {
    let (members, dataStart) = try header(of: bytes)
    let entries = try members.filter { $0.key != "__metadata__" }
      .map { (member) throws(Diagnostic) in try Entry(name: member.key, description: member.value) }
    try checkNames(entries)
    try checkOffsets(entries, dataLength: bytes.count - dataStart)

    return try bytes.withUnsafeBufferPointer { (all) throws(Diagnostic) in
      try entries.map { (entry) throws(Diagnostic) in
        let slice = all[(dataStart + entry.start)..<(dataStart + entry.end)]
        let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: slice))
        let elements: NDArray.Elements
        if let half = entry.half {
          elements = .float32(try half.values(bytes, count: entry.count))
        } else {
          elements = try NDArray.Elements(
            bytes, type: entry.type, count: entry.count, order: .little)
        }
        return (entry.name, NDArray(shape: entry.shape, elements: elements))
      }
    }
  }

  /// The header's metadata; values that are not strings are ignored.
  package static func metadata(of bytes: [UInt8]) throws(Diagnostic) -> [String: String] {
    let members = try header(of: bytes).members
    guard case .object(let entries)? = members.first(where: { $0.key == "__metadata__" })?.value
    else { return [:] }
    var result: [String: String] = [:]
    for case (let key, .string(let text)) in entries { result[key] = text }
    return result
  }

  private static func header(
    of bytes: [UInt8]
  ) throws(Diagnostic) -> (members: [(key: String, value: JSONValue)], dataStart: Int) {
    guard bytes.count >= 8 else { throw damaged("it ends before its header") }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= maximumHeaderLength, Int(length) <= bytes.count - 8 else {
      throw damaged("its header should be \(length) bytes long, more than there are")
    }
    let dataStart = 8 + Int(length)

    let header: JSONValue
    do {
      header = try JSONValue(parsing: bytes[8..<dataStart], maximumDepth: 8)
    } catch {
      throw damaged("its header is not JSON at byte \(error.offset): \(error.reason)")
    }
    guard case .object(let members) = header else {
      throw damaged("its header is not a JSON object")
    }
    return (members, dataStart)
  }

  /// Throws if the format does not support an array's type (complex numbers), or if two arrays have
  /// the same name.
  ///
  /// - Parameter metadata: texts to store in the header; keys are unique.
  package static func write(
    _ arrays: [NamedArray], metadata: [(key: String, text: String)] = []
  ) throws(Diagnostic) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.map { "\(JSONText.quoted($0.key)):\(JSONText.quoted($0.text))" }
      members.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
    }
    var offset = 0
    var names: Set<String> = []
    for (name, array) in arrays {
      guard let type = typeNames.first(where: { $0.value == array.elements.type })?.key else {
        throw Diagnostic(
          ".safetensors does not support \(array.elements.type.rawValue)",
          hint: "save the real and the imaginary part, or write a .npy file")
      }
      guard name != "__metadata__" else {
        throw Diagnostic(
          "an array cannot be saved under the name '__metadata__', which .safetensors keeps for remarks",
          hint: "use another name")
      }
      guard names.insert(name).inserted else {
        throw Diagnostic("two arrays cannot both be saved under the name '\(name)'")
      }
      let end = offset + array.elements.count * array.elements.type.byteCount
      members.append(
        "\(JSONText.quoted(name)):{\"dtype\":\"\(type)\",\"shape\":\(compact(array.shape)),"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    // Pads with spaces so that the elements start at a multiple of eight bytes.
    header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)

    let length = UInt64(header.count)
    try [UInt8].reserve(8 + header.count + offset)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + offset)
    bytes += (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    bytes += header
    for (_, array) in arrays { try array.elements.appendBytes(to: &bytes) }
    return bytes
  }

  private static let typeNames: [String: ElementType] = [
    "BOOL": .bool, "U8": .uint8, "I16": .int16, "I32": .int32, "I64": .int64, "F32": .float32,
    "F64": .float64,
  ]

  /// Types of 16 bits, which are read as float32 and never written.
  private enum Half: String {
    case float16 = "F16"
    case bfloat16 = "BF16"

    /// Exact: every such number is a float32, too.
    func values(_ bytes: UnsafeRawBufferPointer, count: Int) throws(Diagnostic) -> [Float] {
      func bits(_ index: Int) -> UInt16 {
        UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
      }
      switch self {
      case .float16:
        return try [Float](computing: count) { Float(Float16(bitPattern: bits($0))) }
      case .bfloat16:
        return try [Float](computing: count) { Float(bitPattern: UInt32(bits($0)) << 16) }
      }
    }
  }

  private static func damaged(_ reason: String) -> Diagnostic {
    Diagnostic("the .safetensors file is damaged: \(reason)")
  }

  private static func compact(_ shape: [Int]) -> String {
    "[" + shape.map(String.init).joined(separator: ",") + "]"
  }

  // MARK: The header

  private struct Entry {
    var name: String
    var type: ElementType
    /// Where the file has half the bits of `type`, float32.
    var half: Half?
    var shape: [Int]
    var count: Int
    /// In bytes after the header.
    var start: Int
    var end: Int

    init(name: String, description: JSONValue) throws(Diagnostic) {
      self.name = name
      // Names in messages are shortened: in a hostile file they may be megabytes long.
      let shown = name.prefix(40)
      guard case .string(let typeName)? = description["dtype"],
        let shape = description["shape"]?.integers,
        let offsets = description["data_offsets"]?.integers, offsets.count == 2
      else { throw damaged("the array '\(shown)' lacks its dtype, shape or data_offsets") }
      half = Half(rawValue: typeName)
      guard let type = half == nil ? typeNames[typeName] : .float32 else {
        throw Diagnostic(
          "the array '\(shown)' is stored as \(typeName.prefix(12)), which cells do not support",
          hint: "save it as F32 or F64")
      }
      guard let count = elementCount(ofShape: shape), shape.count <= 64 else {
        throw damaged("the array '\(shown)' has an impossible shape")
      }
      (self.type, self.shape, self.count) = (type, shape, count)
      (start, end) = (offsets[0], offsets[1])
      let (size, overflows) = count.multipliedReportingOverflow(
        by: half == nil ? type.byteCount : 2)
      guard start >= 0, end >= start, !overflows, end - start == size else {
        throw damaged("the offsets of the array '\(shown)' do not fit its shape")
      }
    }
  }

  private static func checkNames(_ entries: [Entry]) throws(Diagnostic) {
    var names: Set<String> = []
    for entry in entries where !names.insert(entry.name).inserted {
      throw damaged("it names the array '\(entry.name.prefix(40))' twice")
    }
  }

  /// The arrays must be contiguous, without gaps or overlap, and end at the end of the file.
  private static func checkOffsets(_ entries: [Entry], dataLength: Int) throws(Diagnostic) {
    var position = 0
    for entry in entries.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      guard entry.start == position else {
        throw damaged("the array '\(entry.name.prefix(40))' overlaps another, or leaves a gap")
      }
      position = entry.end
    }
    guard position == dataLength else {
      throw damaged("its arrays take \(position) bytes, but \(dataLength) follow the header")
    }
  }
}
