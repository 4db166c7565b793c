import Messages

/// An operator on one operand; the raw value is how cells write it.
package enum UnaryOperation: String, Sendable, CaseIterable {
  case negative = "-"
  case positive = "+"
  case invert = "~"
  case absolute = "abs"
}

extension NDArray {
  /// The operator applied to every element.
  ///
  /// Integers wrap around: abs of -32768 is -32768 in int16. The magnitude of complex numbers is
  /// float64; everything else keeps its type.
  package static func unary(
    _ operation: UnaryOperation, _ array: NDArray
  ) throws(Diagnostic) -> NDArray {
    switch array.elements {
    case .bool(let values):
      switch operation {
      case .absolute: return array
      case .invert: return NDArray(shape: array.shape, values: try values.mapInChunks { !$0 })
      case .negative, .positive:
        throw Diagnostic(
          "\(operation.rawValue) is not defined for boolean arrays",
          hint: operation == .negative ? "use ~ for 'not'" : nil)
      }
    case .uint8(let values):
      return try operation == .absolute ? array : integers(values)
    case .int16(let values): return try integers(values)
    case .int32(let values): return try integers(values)
    case .int64(let values): return try integers(values)
    case .float32(let values): return try floats(values)
    case .float64(let values): return try floats(values)
    case .complex128(let values):
      switch operation {
      case .positive: return array
      case .negative: return NDArray(shape: array.shape, values: try values.mapInChunks { -$0 })
      case .absolute:
        return NDArray(shape: array.shape, values: try ArrayKernels.chosen.magnitudes(values))
      case .invert: throw notInvertible()
      }
    }

    func integers<T: ArrayElement & FixedWidthInteger>(
      _ values: [T]
    ) throws(Diagnostic) -> NDArray {
      switch operation {
      case .positive: array
      case .negative: NDArray(shape: array.shape, values: try values.mapInChunks { 0 &- $0 })
      case .invert: NDArray(shape: array.shape, values: try values.mapInChunks { ~$0 })
      case .absolute:
        NDArray(shape: array.shape, values: try values.mapInChunks { $0 < 0 ? 0 &- $0 : $0 })
      }
    }

    func floats<T: ArrayElement & BinaryFloatingPoint>(
      _ values: [T]
    ) throws(Diagnostic) -> NDArray {
      switch operation {
      case .positive: return array
      case .negative: return NDArray(shape: array.shape, values: try values.mapInChunks { -$0 })
      case .absolute:
        return NDArray(shape: array.shape, values: try values.mapInChunks { $0.magnitude })
      case .invert: throw notInvertible()
      }
    }

    func notInvertible() -> Diagnostic {
      Diagnostic("~ works on booleans and integers, not on \(array.type.rawValue)")
    }
  }
}
