import Concurrency
import Messages

/// A dense array of any number of axes, row-major: the last axis is contiguous.
///
/// A value: copies never share changes, and a slice is a copy. An array without axes is what
/// NumPy calls a scalar.
///
/// The elements are in the processor's memory, or in that of a device, from where they are copied
/// when somebody asks for them: so every function of arrays works on every array.
package struct NDArray: Sendable {
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

  enum Storage: Sendable {
    case memory(Elements)
    // Boxed, so that an array takes two words.
    indirect case device(any DeviceElements)
  }

  package let shape: [Int]
  let storage: Storage

  /// - Precondition: there are as many elements as the shape asks for.
  package init(shape: [Int], elements: Elements) {
    self.init(shape: shape, storage: .memory(elements))
  }

  /// - Precondition: as ``init(shape:elements:)``.
  package init(shape: [Int], deviceElements: any DeviceElements) {
    self.init(shape: shape, storage: .device(deviceElements))
  }

  init(shape: [Int], storage: Storage) {
    self.shape = shape
    self.storage = storage
    precondition(count == shape.reduce(1, *), "the shape asks for another element count")
  }

  /// The elements in the processor's memory.
  ///
  /// Where a device has lost them they are zeros, and the running cell fails with the reason before
  /// it can show or keep anything made of them: see ``Budget/fail(_:)``. What reads elements outside
  /// of a cell asks for them with ``fetched()``.
  package var elements: Elements {
    switch storage {
    case .memory(let elements): return elements
    case .device(let elements):
      do throws(Diagnostic) {
        return try elements.fetch()
      } catch {
        Budget.fail(error)
        return elements.type.zeros(elements.count)
      }
    }
  }
}

extension NDArray: Equatable {
  package static func == (a: NDArray, b: NDArray) -> Bool {
    a.shape == b.shape && a.elements == b.elements
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

extension ElementType {
  fileprivate func zeros(_ count: Int) -> NDArray.Elements { accept(Zeros(count: count)) }
}

private struct Zeros: ElementTypeVisitor {
  typealias Failure = Never
  var count: Int

  func visit<T: ArrayElement>(_ type: T.Type) -> NDArray.Elements {
    T.elements([T](repeating: .zero, count: count))
  }
}
