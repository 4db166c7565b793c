import Messages

extension NDArray {
  /// As `np.concatenate`: arrays one after the other along an axis, flattened first when the axis
  /// is nil. Types are promoted.
  package static func concatenated(
    _ arrays: [NDArray], axis: Int? = 0
  ) throws(Diagnostic) -> NDArray {
    guard let first = arrays.first else {
      throw Diagnostic("there must be at least one array to concatenate")
    }
    guard let axis else { return try concatenated(arrays.map(\.flattened), axis: 0) }
    guard !first.isScalar else {
      throw Diagnostic(
        "numbers without axes cannot be concatenated", hint: "put them into lists: [x]")
    }
    let along = try first.resolvedAxis(axis)
    let type = arrays.dropFirst().reduce(first.type) { $0.promoted(with: $1.type) }
    var shape = first.shape
    shape[along] = 0
    for array in arrays {
      var others = array.shape
      if others.count == shape.count { others[along] = shape[along] }
      guard others == shape else {
        throw Diagnostic(
          "shapes \(describe(shape: first.shape)) and \(describe(shape: array.shape)) cannot be "
            + "concatenated along axis \(axis): all other sizes must be equal")
      }
      shape[along] += array.shape[along]
    }
    _ = try checkedCount(shape: shape, type: type)
    let outerCount = shape[..<along].reduce(1, *)
    return NDArray(
      shape: shape, elements: type.accept(Concatenation(arrays: arrays, outerCount: outerCount)))
  }

  /// As `np.stack`: arrays of one shape side by side along a new axis. Nested lists become arrays
  /// this way, from the inside out.
  package static func stacked(
    _ arrays: [NDArray], axis: Int = 0
  ) throws(Diagnostic) -> NDArray {
    guard let first = arrays.first else {
      throw Diagnostic("there must be at least one array to stack")
    }
    if let other = arrays.first(where: { $0.shape != first.shape }) {
      throw Diagnostic(
        "shapes \(describe(shape: first.shape)) and \(describe(shape: other.shape)) cannot be "
          + "stacked: all must be equal")
    }
    var expanded: [NDArray] = []
    for array in arrays { expanded.append(try array.expanded(axis: axis)) }
    let resolved = try resolve(axis: axis, axisCount: first.axisCount + 1)
    return try concatenated(expanded, axis: resolved)
  }
}

/// Linear in the number of elements, however many arrays there are.
private struct Concatenation: ElementTypeVisitor {
  var arrays: [NDArray]
  /// The product of the axis lengths before the axis that grows.
  var outerCount: Int

  func visit<T: ArrayElement>(_ type: T.Type) -> NDArray.Elements {
    let sources = arrays.map { $0.elements.values(as: T.self) }
    var result: [T] = []
    result.reserveCapacity(sources.reduce(0) { $0 + $1.count })
    for outer in 0..<outerCount {
      for source in sources {
        let length = source.count / outerCount
        result += source[outer * length..<(outer + 1) * length]
      }
    }
    return T.elements(result)
  }
}
