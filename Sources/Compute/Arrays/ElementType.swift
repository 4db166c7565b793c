/// The type of an array's elements, named as in NumPy.
package enum ElementType: String, Sendable, CaseIterable {
  case bool, uint8, int16, int32, int64, float32, float64, complex128

  /// Bytes that one element takes.
  package var byteCount: Int {
    switch self {
    case .bool, .uint8: 1
    case .int16: 2
    case .int32, .float32: 4
    case .int64, .float64: 8
    case .complex128: 16
    }
  }
}

package struct Complex: Hashable, Sendable {
  package var real: Double
  package var imaginary: Double

  package init(_ real: Double, _ imaginary: Double) {
    self.real = real
    self.imaginary = imaginary
  }
}
