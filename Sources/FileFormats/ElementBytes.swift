import Compute

/// The element layout of array files: contiguous, each element a fixed number of bytes. Booleans take
/// one byte; complex numbers are the real part followed by the imaginary part.
extension NDArray.Elements {
  package enum ByteOrder: Sendable { case little, big }

  /// Reads `count` elements of `type` from the start of `bytes`, at any alignment.
  ///
  /// - Precondition: `bytes` holds at least `count * type.byteCount` bytes.
  init(_ bytes: UnsafeRawBufferPointer, type: ElementType, count: Int, order: ByteOrder) {
    precondition(bytes.count / type.byteCount >= count, "fewer bytes than the elements need")

    func integers<T: FixedWidthInteger>(_: T.Type, count: Int = count) -> [T] {
      (0..<count).map { index in
        let stored = bytes.loadUnaligned(
          fromByteOffset: index * MemoryLayout<T>.size, as: T.self)
        return order == .little ? T(littleEndian: stored) : T(bigEndian: stored)
      }
    }

    switch type {
    case .bool: self = .bool(integers(UInt8.self).map { $0 != 0 })
    case .uint8: self = .uint8(integers(UInt8.self))
    case .int16: self = .int16(integers(Int16.self))
    case .int32: self = .int32(integers(Int32.self))
    case .int64: self = .int64(integers(Int.self))
    case .float32: self = .float32(integers(UInt32.self).map { Float(bitPattern: $0) })
    case .float64: self = .float64(integers(UInt64.self).map { Double(bitPattern: $0) })
    case .complex128:
      let parts = integers(UInt64.self, count: 2 * count).map { Double(bitPattern: $0) }
      self = .complex128((0..<count).map { Complex(parts[2 * $0], parts[2 * $0 + 1]) })
    }
  }

  /// The elements in little-endian order.
  var littleEndianBytes: [UInt8] {
    func bytes<T: FixedWidthInteger>(_ integers: [T]) -> [UInt8] {
      integers.map(\.littleEndian).withUnsafeBytes { Array($0) }
    }

    return switch self {
    case .bool(let a): a.map { $0 ? 1 : 0 }
    case .uint8(let a): a
    case .int16(let a): bytes(a)
    case .int32(let a): bytes(a)
    case .int64(let a): bytes(a)
    case .float32(let a): bytes(a.map(\.bitPattern))
    case .float64(let a): bytes(a.map(\.bitPattern))
    case .complex128(let a):
      bytes(a.flatMap { [$0.real.bitPattern, $0.imaginary.bitPattern] })
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
