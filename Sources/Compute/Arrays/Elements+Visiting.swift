/// Work that is the same for elements of every type: a closure could not be generic.
protocol ElementVisitor {
  associatedtype Result
  func visit<T: ArrayElement>(_ values: [T]) -> Result
}

/// The same, without elements.
protocol ElementTypeVisitor {
  associatedtype Result
  func visit<T: ArrayElement>(_ type: T.Type) -> Result
}

extension NDArray.Elements {
  // Inlined, so that the loops of each visitor are specialised for each type.
  @inline(__always)
  func accept<Visitor: ElementVisitor>(_ visitor: Visitor) -> Visitor.Result {
    switch self {
    case .bool(let values): visitor.visit(values)
    case .uint8(let values): visitor.visit(values)
    case .int16(let values): visitor.visit(values)
    case .int32(let values): visitor.visit(values)
    case .int64(let values): visitor.visit(values)
    case .float32(let values): visitor.visit(values)
    case .float64(let values): visitor.visit(values)
    case .complex128(let values): visitor.visit(values)
    }
  }
}

extension ElementType {
  @inline(__always)
  func accept<Visitor: ElementTypeVisitor>(_ visitor: Visitor) -> Visitor.Result {
    switch self {
    case .bool: visitor.visit(Bool.self)
    case .uint8: visitor.visit(UInt8.self)
    case .int16: visitor.visit(Int16.self)
    case .int32: visitor.visit(Int32.self)
    case .int64: visitor.visit(Int.self)
    case .float32: visitor.visit(Float.self)
    case .float64: visitor.visit(Double.self)
    case .complex128: visitor.visit(Complex.self)
    }
  }
}
