import Messages

/// What padding adds, by NumPy's modes.
package enum Padding: Sendable {
  case constant(Operand)
  /// The first and the last element.
  case edge
  /// Mirrored without the edge: c b | a b c | b a.
  case reflect
  /// Mirrored with the edge: b a | a b c | c b.
  case symmetric
  /// As if the array went on from its start: b c | a b c | a b.
  case wrap
}

extension NDArray {
  /// As `np.pad`: elements added before and after along every axis.
  ///
  /// - Parameter widths: how many elements to add, for each axis in turn.
  package func padded(
    _ widths: [(before: Int, after: Int)], _ padding: Padding
  ) throws(Diagnostic) -> NDArray {
    guard widths.count == axisCount else {
      throw Diagnostic(
        "padding needs a pair of widths for each of the \(axisCount) axes, not \(widths.count)")
    }
    var newShape = shape
    for (axis, width) in widths.enumerated() {
      guard width.before >= 0, width.after >= 0 else {
        throw Diagnostic("padding widths must not be negative")
      }
      let (added, overflow) = width.before.addingReportingOverflow(width.after)
      let (size, sizeOverflow) = shape[axis].addingReportingOverflow(added)
      newShape[axis] = overflow || sizeOverflow ? .max : size
    }
    _ = try NDArray.checkedCount(shape: newShape, type: type)
    if case .constant(let value) = padding {
      return try surrounded(by: value, shape: newShape, starts: widths.map(\.before))
    }
    return try .releasingTemporaries { () throws(Diagnostic) in
      var result = self
      for (axis, width) in widths.enumerated() where width.before + width.after > 0 {
        let size = shape[axis]
        guard size > 0 else {
          throw Diagnostic("axis \(axis) has no elements that padding could repeat")
        }
        result = try result.taking(width.before + size + width.after, axis: axis) {
          padding.source(of: $0 - width.before, size: size)
        }
      }
      return result
    }
  }

  private func surrounded(
    by value: Operand, shape newShape: [Int], starts: [Int]
  ) throws(Diagnostic) -> NDArray {
    let filler = try value.assigned(to: type)
    var view = StridedView(of: newShape)
    view.shape = shape
    view.offset = zip(starts, view.strides).reduce(0) { $0 + $1.0 * $1.1 }
    return NDArray(
      shape: newShape,
      elements: try elements.surrounded(
        by: filler.elements, count: newShape.reduce(1, *), along: view))
  }
}

extension Padding {
  /// The index in 0 ..< size of the element that is copied to `index`, which may be outside.
  fileprivate func source(of index: Int, size: Int) -> Int {
    func remainder(_ divisor: Int) -> Int { (index % divisor + divisor) % divisor }
    switch self {
    case .constant: preconditionFailure("constants have no source in the array")
    case .edge: return min(max(index, 0), size - 1)
    case .wrap: return remainder(size)
    case .reflect:
      if size == 1 { return 0 }
      let turn = remainder(2 * size - 2)
      return turn < size ? turn : 2 * size - 2 - turn
    case .symmetric:
      let turn = remainder(2 * size)
      return turn < size ? turn : 2 * size - 1 - turn
    }
  }
}
