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
  // Other modules cannot specialise it: without these, each element would be cast through a table.
  @_specialize(where T == Double)
  @_specialize(where T == Float)
  @_specialize(where T == Int)
  @_specialize(where T == Int32)
  @_specialize(where T == Bool)
  @_specialize(where T == Complex)
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
  if let same = values.unchanged(as: Target.self) { return same }
  if let doubles = values.unchanged(as: Double.self),
    let converted = try ArrayKernels.chosen.converted(doubles, to: Target.self)
  {
    return converted
  }
  if Target.self == Double.self, let doubles = try ArrayKernels.chosen.doubles(values) {
    return doubles.unchanged(as: Target.self)!
  }
  return try values.mapInChunks { Target(casting: $0) }
}

extension Array {
  /// The same array, if it holds that type: in generic code, one type may have two names. Free,
  /// where `as?` would look at every element.
  @inline(__always)
  func unchanged<Other>(as type: Other.Type) -> [Other]? {
    Element.self == Other.self ? unsafeBitCast(self, to: [Other].self) : nil
  }
}

extension UnsafeBufferPointer {
  /// The same elements, if they have that type.
  @inline(__always)
  func unchanged<Other>(as type: Other.Type) -> UnsafeBufferPointer<Other>? {
    Element.self == Other.self ? unsafeBitCast(self, to: UnsafeBufferPointer<Other>.self) : nil
  }
}
