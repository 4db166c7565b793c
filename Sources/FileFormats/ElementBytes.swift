import Compute
import Concurrency
import Messages

/// The element layout of array files: contiguous, each element a fixed number of bytes. Booleans take
/// one byte; complex numbers are the real part followed by the imaginary part.
extension NDArray.Elements {
  package enum ByteOrder: Sendable { case little, big }

  /// Reads `count` elements of `type` from the start of `bytes`, at any alignment.
  ///
  /// - Precondition: `bytes` holds at least `count * type.byteCount` bytes.
  /// - Throws: when there is not enough memory or time.
  init(
    _ bytes: UnsafeRawBufferPointer, type: ElementType, count: Int, order: ByteOrder
  ) throws(Diagnostic) {
    precondition(bytes.count / type.byteCount >= count, "fewer bytes than the elements need")

    @inline(__always)
    func integer<T: FixedWidthInteger>(_ index: Int, as type: T.Type = T.self) -> T {
      let stored = bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.size, as: type)
      return order == .little ? T(littleEndian: stored) : T(bigEndian: stored)
    }

    func double(_ index: Int) -> Double { Double(bitPattern: integer(index)) }

    switch type {
    case .bool: self = .bool(try Array(computing: count) { integer($0, as: UInt8.self) != 0 })
    case .uint8: self = .uint8(try Array(computing: count) { integer($0) })
    case .int16: self = .int16(try Array(computing: count) { integer($0) })
    case .int32: self = .int32(try Array(computing: count) { integer($0) })
    case .int64: self = .int64(try Array(computing: count) { integer($0) })
    case .float32:
      self = .float32(try Array(computing: count) { Float(bitPattern: integer($0)) })
    case .float64: self = .float64(try Array(computing: count) { double($0) })
    case .complex128:
      self = .complex128(
        try Array(computing: count) { Complex(double(2 * $0), double(2 * $0 + 1)) })
    }
  }

  /// Appends the elements in little-endian order, the order of all processors that Swift runs on.
  func appendBytes(to bytes: inout [UInt8]) throws(Diagnostic) {
    switch self {
    case .bool(let a): try append(a, to: &bytes)
    case .uint8(let a): try append(a, to: &bytes)
    case .int16(let a): try append(a, to: &bytes)
    case .int32(let a): try append(a, to: &bytes)
    case .int64(let a): try append(a, to: &bytes)
    case .float32(let a): try append(a, to: &bytes)
    case .float64(let a): try append(a, to: &bytes)
    case .complex128(let a): try append(a, to: &bytes)
    }
  }

  private func append<T>(_ values: [T], to bytes: inout [UInt8]) throws(Diagnostic) {
    try values.withUnsafeBufferPointer { (values) throws(Diagnostic) in
      let source = UnsafeRawBufferPointer(values)
      try Budget.forEachChunk(of: source.count) { range in bytes += source[range] }
    }
  }
}

/// The number of elements of an array of this shape; nil if a length is negative or the product of
/// the non-zero lengths exceeds what any array may hold. Shapes in files are untrusted, so check this
/// before allocating.
func elementCount(ofShape shape: [Int]) -> Int? {
  var product = 1
  for length in shape where length != 0 {
    guard length > 0 else { return nil }
    let (next, overflows) = product.multipliedReportingOverflow(by: length)
    if overflows || next > NDArray.byteLimit { return nil }
    product = next
  }
  return shape.contains(0) ? 0 : product
}
