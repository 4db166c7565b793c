import Messages

extension NDArray {
  /// A copy with elements of another type by NumPy's rules for `astype`: floats lose their
  /// fraction, integers wrap around, complex numbers lose their imaginary part.
  ///
  /// - Throws: only when there is not enough memory or time.
  package func asType(_ type: ElementType) throws(Diagnostic) -> NDArray {
    try type == self.type ? self : NDArray(shape: shape, elements: elements.cast(to: type))
  }

  /// All elements in row-major order, cast to `T` as ``asType(_:)`` does. Free when the
  /// array holds that type already.
  package func values<T: ArrayElement>(as type: T.Type = T.self) throws(Diagnostic) -> [T] {
    try elements.values(as: type)
  }

  /// All elements as 64-bit floats; of complex numbers the real part.
  package var doubles: [Double] { get throws(Diagnostic) { try values() } }
}

extension NDArray.Elements {
  func cast(to type: ElementType) throws(Diagnostic) -> NDArray.Elements {
    try type.accept(Cast(source: self))
  }

  func values<T: ArrayElement>(as type: T.Type = T.self) throws(Diagnostic) -> [T] {
    try accept(Conversion<T>())
  }
}

private struct Cast: ElementTypeVisitor {
  var source: NDArray.Elements

  func visit<T: ArrayElement>(_ type: T.Type) throws(Diagnostic) -> NDArray.Elements {
    T.elements(try source.values())
  }
}

private struct Conversion<Target: ArrayElement>: ElementVisitor {
  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> [Target] {
    try convert(values)
  }
}

private func convert<Source: ArrayElement, Target: ArrayElement>(
  _ values: [Source]
) throws(Diagnostic) -> [Target] {
  if Source.self == Target.self {
    // The same type under two names, so the bits are an array of the right type.
    return unsafeBitCast(values, to: [Target].self)
  }
  return try values.mapInChunks { Target(casting: $0) }
}
