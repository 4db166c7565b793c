/// The type of an array's elements, named as in NumPy.
package enum ElementType: String, Sendable, CaseIterable {
  case bool, uint8, int16, int32, int64, float32, float64, complex128

  /// Bytes that one element takes.
  package var byteCount: Int { accept(Size()) }
}

private struct Size: ElementTypeVisitor {
  typealias Failure = Never
  func visit<T: ArrayElement>(_ type: T.Type) -> Int { MemoryLayout<T>.size }
}

package struct Complex: Hashable, Sendable {
  package var real: Double
  package var imaginary: Double

  package init(_ real: Double, _ imaginary: Double) {
    self.real = real
    self.imaginary = imaginary
  }
}
