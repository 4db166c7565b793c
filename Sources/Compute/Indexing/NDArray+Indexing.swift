import Messages

extension NDArray {
  /// `self[index]`: a copy of the elements that the index selects.
  ///
  /// An index of integers for every axis gives an array without axes.
  ///
  /// - Throws: when an index is out of bounds, a mask has another size, index arrays do not
  ///   broadcast, or there are too many parts.
  package func selecting(
    _ index: [Index], rule: IndexRule = .numPy
  ) throws(Diagnostic) -> NDArray {
    let selection = try Selection(index, of: shape, rule: rule)
    switch selection.elements {
    case .view(let view):
      return NDArray(shape: selection.shape, elements: try elements.gathered(view))
    case .offsets(let offsets):
      return NDArray(shape: selection.shape, elements: try elements.gathered(at: offsets))
    }
  }

  /// What `self[index] = value` leaves: the array with the value, broadcast and cast to this
  /// array's type, at the elements that the index selects.
  ///
  /// - Throws: as ``selecting(_:)``, and when the value does not broadcast or is a plain integer
  ///   that the type cannot hold.
  package func assigning(
    _ index: [Index], to value: Operand, rule: IndexRule = .numPy
  ) throws(Diagnostic) -> NDArray {
    let selection = try Selection(index, of: shape, rule: rule)
    var source = try value.assigned(to: type)
    // Leading axes of size 1 that the selection does not have are dropped, as in NumPy.
    while source.axisCount > selection.shape.count, source.shape[0] == 1 {
      source = source.withShape(Array(source.shape.dropFirst()))
    }
    if source.count != 1 { source = try source.broadcast(to: selection.shape) }
    switch selection.elements {
    case .view(let view):
      return NDArray(shape: shape, elements: try elements.scattering(source.elements, along: view))
    case .offsets(let offsets):
      return NDArray(shape: shape, elements: try elements.scattering(source.elements, at: offsets))
    }
  }
}

extension Operand {
  /// As an array of the type of the array that it is stored into: arrays are cast, a plain number
  /// loses its fraction and must then fit.
  package func assigned(to type: ElementType) throws(Diagnostic) -> NDArray {
    guard case .float(let value) = self, let range = type.integerRange else {
      return try converted(to: type)
    }
    guard value.isFinite else {
      throw Diagnostic("\(value.isNaN ? "nan" : "inf") cannot be stored in an array of integers")
    }
    guard abs(value) < 0x1p63 else {
      throw Diagnostic(
        "the number \(value) is out of bounds for \(type.rawValue), which goes from "
          + "\(range.lowerBound) to \(range.upperBound)")
    }
    return try Operand.int(Int(value)).converted(to: type)
  }
}
