import Messages

extension NDArray {
  /// The slices at these indices along an axis.
  ///
  /// - Precondition: the indices are within the axis.
  func taking(_ indices: [Int], axis: Int) throws(Diagnostic) -> NDArray {
    var newShape = shape
    newShape[axis] = indices.count
    // The list of offsets below is larger than most arrays.
    _ = try NDArray.checkedCount(shape: newShape, type: .int64)
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    var offsets: [Int] = []
    offsets.reserveCapacity(outer * indices.count * inner)
    for block in 0..<outer {
      for position in indices {
        let start = (block * shape[axis] + position) * inner
        for index in 0..<inner { offsets.append(start + index) }
      }
    }
    return NDArray(shape: newShape, elements: elements.gathered(at: offsets))
  }

  /// As `np.flip`: the order reversed along one axis, or along all.
  package func flipped(axis: Int? = nil) throws(Diagnostic) -> NDArray {
    var view = StridedView(of: shape)
    var axes = Array(0..<axisCount)
    if let axis { axes = [try resolvedAxis(axis)] }
    for axis in axes where shape[axis] > 0 {
      view.offset += (shape[axis] - 1) * view.strides[axis]
      view.strides[axis].negate()
    }
    return NDArray(shape: shape, elements: elements.gathered(view))
  }

  /// As `np.roll`: elements move by `shift` positions along an axis, and those that leave at the
  /// end come in at the start; the flattened array rolls when the axis is nil.
  package func rolled(by shift: Int, axis: Int? = nil) throws(Diagnostic) -> NDArray {
    guard let axis else {
      return try flattened.rolled(by: shift, axis: 0).withShape(shape)
    }
    let along = try resolvedAxis(axis)
    let size = shape[along]
    guard size > 0 else { return self }
    let forward = (shift % size + size) % size
    return try taking((0..<size).map { ($0 + size - forward) % size }, axis: along)
  }

  /// As `np.repeat`: every element `count` times in a row along an axis, or of the flattened array.
  package func repeated(_ count: Int, axis: Int? = nil) throws(Diagnostic) -> NDArray {
    guard let axis else { return try flattened.repeated(count, axis: 0) }
    guard count >= 0 else { throw Diagnostic("a count of repeats, \(count), must not be negative") }
    let along = try resolvedAxis(axis)
    let (size, overflow) = shape[along].multipliedReportingOverflow(by: count)
    var newShape = shape
    newShape[along] = overflow ? .max : size
    _ = try NDArray.checkedCount(shape: newShape, type: type)
    return try taking((0..<size).map { $0 / count }, axis: along)
  }

  /// As `np.tile` with one number: the array `count` times along its last axis.
  package func tiled(_ count: Int) throws(Diagnostic) -> NDArray {
    let source = isScalar ? flattened : self
    let size = source.shape[source.axisCount - 1]
    let (total, overflow) = size.multipliedReportingOverflow(by: max(0, count))
    var newShape = source.shape
    newShape[source.axisCount - 1] = overflow ? .max : total
    _ = try NDArray.checkedCount(shape: newShape, type: type)
    return try source.taking((0..<total).map { $0 % size }, axis: source.axisCount - 1)
  }
}
