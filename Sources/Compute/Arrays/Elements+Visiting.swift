import Messages

/// Work that is the same for elements of every type: a closure could not be generic.
protocol ElementVisitor {
  associatedtype Result
  associatedtype Failure: Error = Diagnostic
  func visit<T: ArrayElement>(_ values: [T]) throws(Failure) -> Result
}

/// The same, without elements.
protocol ElementTypeVisitor {
  associatedtype Result
  associatedtype Failure: Error = Diagnostic
  func visit<T: ArrayElement>(_ type: T.Type) throws(Failure) -> Result
}

extension NDArray.Elements {
  // Inlined, so that the loops of each visitor are specialised for each type.
  @inline(__always)
  func accept<Visitor: ElementVisitor>(
    _ visitor: Visitor
  ) throws(Visitor.Failure) -> Visitor.Result {
    switch self {
    case .bool(let values): try visitor.visit(values)
    case .uint8(let values): try visitor.visit(values)
    case .int16(let values): try visitor.visit(values)
    case .int32(let values): try visitor.visit(values)
    case .int64(let values): try visitor.visit(values)
    case .float32(let values): try visitor.visit(values)
    case .float64(let values): try visitor.visit(values)
    case .complex128(let values): try visitor.visit(values)
    }
  }
}

extension ElementType {
  @inline(__always)
  func accept<Visitor: ElementTypeVisitor>(
    _ visitor: Visitor
  ) throws(Visitor.Failure) -> Visitor.Result {
    switch self {
    case .bool: try visitor.visit(Bool.self)
    case .uint8: try visitor.visit(UInt8.self)
    case .int16: try visitor.visit(Int16.self)
    case .int32: try visitor.visit(Int32.self)
    case .int64: try visitor.visit(Int.self)
    case .float32: try visitor.visit(Float.self)
    case .float64: try visitor.visit(Double.self)
    case .complex128: try visitor.visit(Complex.self)
    }
  }
}
