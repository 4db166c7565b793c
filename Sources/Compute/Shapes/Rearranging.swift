import Messages

extension NDArray {
  /// `count` slices along an axis: those at the indices that `source` gives for 0 ..< count.
  ///
  /// - Precondition: the indices are within the axis.
  package func taking(
    _ count: Int, axis: Int, from source: @escaping (Int) -> Int
  ) throws(Diagnostic) -> NDArray {
    var newShape = shape
    newShape[axis] = count
    guard try NDArray.checkedCount(shape: newShape, type: type) > 0 else {
      return NDArray(shape: newShape, elements: elements[0..<0])
    }
    return NDArray(
      shape: newShape,
      elements: try elements.blocks(
        count, length: shape[(axis + 1)...].reduce(1, *), size: shape[axis],
        outer: shape[..<axis].reduce(1, *), from: source))
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
    return NDArray(shape: shape, elements: try elements.gathered(view))
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
    return NDArray(
      shape: shape,
      elements: try elements.rolled(
        by: forward * shape[(along + 1)...].reduce(1, *), group: shape[along...].reduce(1, *)))
  }

  /// As `np.repeat`: every element `count` times in a row along an axis, or of the flattened array.
  package func repeated(_ count: Int, axis: Int? = nil) throws(Diagnostic) -> NDArray {
    guard let axis else { return try flattened.repeated(count, axis: 0) }
    guard count >= 0 else { throw Diagnostic("a count of repeats, \(count), must not be negative") }
    let along = try resolvedAxis(axis)
    let (size, overflow) = shape[along].multipliedReportingOverflow(by: count)
    var newShape = shape
    newShape[along] = overflow ? .max : size
    guard try NDArray.checkedCount(shape: newShape, type: type) > 0 else {
      return NDArray(shape: newShape, elements: elements[0..<0])
    }
    return NDArray(
      shape: newShape,
      elements: try elements.repeated(count, group: shape[(along + 1)...].reduce(1, *)))
  }

  /// As `np.tile`: the array several times along its last axes, and along new ones before them.
  package func tiled(_ counts: [Int]) throws(Diagnostic) -> NDArray {
    guard counts.allSatisfy({ $0 >= 0 }) else {
      throw Diagnostic("an array cannot be repeated a negative number of times")
    }
    let axisCount = max(self.axisCount, counts.count)
    let lengths = Array(repeating: 1, count: axisCount - self.axisCount) + shape
    let counts = Array(repeating: 1, count: axisCount - counts.count) + counts
    let newShape = zip(lengths, counts).map { length, count in
      let (total, overflow) = length.multipliedReportingOverflow(by: count)
      return overflow ? .max : total
    }
    guard try NDArray.checkedCount(shape: newShape, type: type) > 0 else {
      return NDArray(shape: newShape, elements: elements[0..<0])
    }
    // From the last axis on, each block is as long as what was made of the axes behind it.
    var result = elements
    var behind = 1
    for (length, count) in zip(lengths, counts).reversed() {
      if count != 1 { result = try result.repeated(count, group: behind * length) }
      behind *= length * count
    }
    return NDArray(shape: newShape, elements: result)
  }
}
