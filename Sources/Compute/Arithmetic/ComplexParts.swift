import Glibc
import Messages

extension NDArray {
  /// The real part; of real numbers the numbers themselves.
  package func realPart() throws(Diagnostic) -> NDArray {
    guard case .complex128(let values) = elements else { return self }
    return NDArray(shape: shape, values: try values.mapInChunks(\.real))
  }

  /// The imaginary part; of real numbers zeros of their type.
  package func imaginaryPart() throws(Diagnostic) -> NDArray {
    guard case .complex128(let values) = elements else {
      let zero = try NDArray(scalar: false).asType(type)
      return NDArray(shape: shape, elements: try zero.elements.repeated(count))
    }
    return NDArray(shape: shape, values: try values.mapInChunks(\.imaginary))
  }

  /// The complex conjugate; real numbers stay as they are.
  package func conjugate() throws(Diagnostic) -> NDArray {
    guard case .complex128(let values) = elements else { return self }
    return NDArray(shape: shape, values: try values.mapInChunks { Complex($0.real, -$0.imaginary) })
  }

  /// The angle in the complex plane, as `np.angle`: radians from -π to π, or degrees. float32
  /// for float32 and int16, else float64.
  package func angles(inDegrees: Bool = false) throws(Diagnostic) -> NDArray {
    let scale = inDegrees ? 180 / Double.pi : 1
    if case .complex128(let values) = elements {
      return try .releasingTemporaries { () throws(Diagnostic) in
        let angles = try ArrayKernels.chosen.values(
          of: .arcTangent, values.mapInChunks(\.imaginary), values.mapInChunks(\.real))!
        return NDArray(
          shape: shape, values: inDegrees ? try angles.mapInChunks { $0 * scale } : angles)
      }
    }
    let angles = try elements.accept(RealMapping(body: { atan2(0, $0) * scale }))
    if type == .float32 || type == .int16 {
      return NDArray(shape: shape, values: try angles.mapInChunks { Float($0) })
    }
    return NDArray(shape: shape, values: angles)
  }

  /// Whether each element is nan.
  package func isNaN() throws(Diagnostic) -> NDArray {
    try testing(.isNaN) {
      $0.isNaN
    } combining: {
      $0 || $1
    }
  }

  /// Whether each element is inf or -inf.
  package func isInfinite() throws(Diagnostic) -> NDArray {
    try testing(.isInfinite) {
      $0.isInfinite
    } combining: {
      $0 || $1
    }
  }

  /// Whether each element is neither nan nor infinite.
  package func isFinite() throws(Diagnostic) -> NDArray {
    try testing(.isFinite) {
      $0.isFinite
    } combining: {
      $0 && $1
    }
  }

  private func testing(
    _ kernel: ArrayKernels.Test, _ test: @escaping (Double) -> Bool,
    combining: (Bool, Bool) -> Bool
  ) throws(Diagnostic) -> NDArray {
    if case .float64(let values) = elements {
      return NDArray(shape: shape, values: try ArrayKernels.chosen.passes(kernel, values))
    }
    if case .complex128(let values) = elements {
      return NDArray(
        shape: shape,
        values: try values.mapInChunks { combining(test($0.real), test($0.imaginary)) })
    }
    return NDArray(shape: shape, values: try elements.accept(RealMapping(body: test)))
  }
}

/// A function of each element as a 64-bit float, without a list of those.
struct RealMapping<Value>: ElementVisitor {
  var body: (Double) -> Value

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> [Value] {
    try values.mapInChunks(steps: 32) { body($0.asDouble) }
  }
}
