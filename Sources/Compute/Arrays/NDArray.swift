/// A dense array of any number of axes, row-major: the last axis is contiguous.
///
/// A value: copies never share changes, and a slice is a copy. An array without axes is what
/// NumPy calls a scalar.
package struct NDArray: Equatable, Sendable {
  package enum Elements: Equatable, Sendable {
    case bool([Bool])
    case uint8([UInt8])
    case int16([Int16])
    case int32([Int32])
    case int64([Int])
    case float32([Float])
    case float64([Double])
    case complex128([Complex])
  }

  package private(set) var shape: [Int]
  package private(set) var elements: Elements

  /// - Precondition: there are as many elements as the shape asks for.
  package init(shape: [Int], elements: Elements) {
    self.shape = shape
    self.elements = elements
    precondition(elements.count == shape.reduce(1, *), "the shape asks for another element count")
  }
}

extension NDArray.Elements {
  package var count: Int {
    switch self {
    case .bool(let a): a.count
    case .uint8(let a): a.count
    case .int16(let a): a.count
    case .int32(let a): a.count
    case .int64(let a): a.count
    case .float32(let a): a.count
    case .float64(let a): a.count
    case .complex128(let a): a.count
    }
  }

  package var type: ElementType {
    switch self {
    case .bool: .bool
    case .uint8: .uint8
    case .int16: .int16
    case .int32: .int32
    case .int64: .int64
    case .float32: .float32
    case .float64: .float64
    case .complex128: .complex128
    }
  }
}
