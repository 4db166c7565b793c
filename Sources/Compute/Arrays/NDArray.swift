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
  package var count: Int { accept(Count()) }
  package var type: ElementType { accept(TypeOf()) }
}

private struct Count: ElementVisitor {
  typealias Failure = Never
  func visit<T: ArrayElement>(_ values: [T]) -> Int { values.count }
}

private struct TypeOf: ElementVisitor {
  typealias Failure = Never
  func visit<T: ArrayElement>(_ values: [T]) -> ElementType { T.type }
}
