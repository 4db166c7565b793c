import Glibc

extension NDArray {
  /// The real part; of real numbers the numbers themselves.
  package var realPart: NDArray {
    guard case .complex128(let values) = elements else { return self }
    return NDArray(shape: shape, values: values.map(\.real))
  }

  /// The imaginary part; of real numbers zeros of their type.
  package var imaginaryPart: NDArray {
    guard case .complex128(let values) = elements else {
      let zero = NDArray(scalar: false).asType(type)
      return NDArray(shape: shape, elements: zero.elements.repeated(count))
    }
    return NDArray(shape: shape, values: values.map(\.imaginary))
  }

  /// The complex conjugate; real numbers stay as they are.
  package var conjugate: NDArray {
    guard case .complex128(let values) = elements else { return self }
    return NDArray(shape: shape, values: values.map { Complex($0.real, -$0.imaginary) })
  }

  /// The angle in the complex plane, as `np.angle`: radians from -π to π, or degrees. float32
  /// for float32 and int16, else float64.
  package func angles(inDegrees: Bool = false) -> NDArray {
    let scale = inDegrees ? 180 / Double.pi : 1
    let angles: [Double] =
      switch elements {
      case .complex128(let values): values.map { $0.angle * scale }
      default: doubles.map { atan2(0, $0) * scale }
      }
    let result = NDArray(shape: shape, values: angles)
    return type == .float32 || type == .int16 ? result.asType(.float32) : result
  }

  /// Whether each element is nan.
  package var isNaN: NDArray {
    testing {
      $0.isNaN
    } combining: {
      $0 || $1
    }
  }

  /// Whether each element is inf or -inf.
  package var isInfinite: NDArray {
    testing {
      $0.isInfinite
    } combining: {
      $0 || $1
    }
  }

  /// Whether each element is neither nan nor infinite.
  package var isFinite: NDArray {
    testing {
      $0.isFinite
    } combining: {
      $0 && $1
    }
  }

  private func testing(
    _ test: (Double) -> Bool, combining: (Bool, Bool) -> Bool
  ) -> NDArray {
    if case .complex128(let values) = elements {
      return NDArray(
        shape: shape, values: values.map { combining(test($0.real), test($0.imaginary)) })
    }
    return NDArray(shape: shape, values: doubles.map(test))
  }
}
