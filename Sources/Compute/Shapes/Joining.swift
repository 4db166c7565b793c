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
    var result = try zeros(shape, type: type)
    let strides = StridedView.strides(of: shape)
    var offset = 0
    for array in arrays {
      let view = StridedView(shape: array.shape, strides: strides, offset: offset)
      result = NDArray(
        shape: shape, elements: result.elements.scattering(array.elements, along: view))
      offset += array.shape[along] * strides[along]
    }
    return result
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
