extension NDArray {
  /// A copy with elements of another type by NumPy's rules for `astype`: floats lose their
  /// fraction, integers wrap around, complex numbers lose their imaginary part. Never fails.
  package func asType(_ type: ElementType) -> NDArray {
    type == self.type ? self : NDArray(shape: shape, elements: elements.cast(to: type))
  }

  /// All elements in row-major order, cast to `T` as ``asType(_:)`` does. Free of cost when the
  /// array holds that type already.
  package func values<T: ArrayElement>(as type: T.Type = T.self) -> [T] {
    elements.values(as: type)
  }

  /// All elements as 64-bit floats; of complex numbers the real part.
  package var doubles: [Double] { values() }
}

extension NDArray.Elements {
  func cast(to type: ElementType) -> NDArray.Elements {
    switch type {
    case .bool: .bool(values())
    case .uint8: .uint8(values())
    case .int16: .int16(values())
    case .int32: .int32(values())
    case .int64: .int64(values())
    case .float32: .float32(values())
    case .float64: .float64(values())
    case .complex128: .complex128(values())
    }
  }

  func values<T: ArrayElement>(as type: T.Type = T.self) -> [T] {
    switch self {
    case .bool(let values): convert(values)
    case .uint8(let values): convert(values)
    case .int16(let values): convert(values)
    case .int32(let values): convert(values)
    case .int64(let values): convert(values)
    case .float32(let values): convert(values)
    case .float64(let values): convert(values)
    case .complex128(let values): convert(values)
    }
  }
}

private func convert<Source: ArrayElement, Target: ArrayElement>(_ values: [Source]) -> [Target] {
  if Source.self == Target.self {
    // The same type under two names, so the bits are an array of the right type.
    return unsafeBitCast(values, to: [Target].self)
  }
  return values.map { Target(casting: $0) }
}
