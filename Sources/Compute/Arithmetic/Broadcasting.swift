import Messages

extension NDArray {
  /// The shape to which arrays of these shapes broadcast: aligned at the last axis, sizes equal
  /// or 1.
  package static func broadcastShape(_ shapes: [[Int]]) throws(Diagnostic) -> [Int] {
    let axisCount = shapes.map(\.count).max() ?? 0
    var result = [Int](repeating: 1, count: axisCount)
    for shape in shapes {
      for (axis, size) in zip((axisCount - shape.count)..., shape) where size != 1 {
        guard result[axis] == 1 || result[axis] == size else {
          let names = shapes.map(describe(shape:))
          throw Diagnostic(
            "shapes \(names.dropLast().joined(separator: ", ")) and \(names.last ?? "") cannot be "
              + "broadcast together: sizes along an axis must be equal or 1")
        }
        result[axis] = size
      }
    }
    return result
  }

  /// The array stretched to a shape, as `np.broadcast_to`, but with elements of its own.
  package func broadcast(to shape: [Int]) throws(Diagnostic) -> NDArray {
    if shape == self.shape { return self }
    let fits =
      shape.count >= self.shape.count
      && zip(shape.reversed(), self.shape.reversed()).allSatisfy { $0 == $1 || $1 == 1 }
    guard fits else {
      throw Diagnostic(
        "shape \(NDArray.describe(shape: self.shape)) cannot be broadcast to "
          + "\(NDArray.describe(shape: shape)): sizes along an axis must be equal or 1")
    }
    _ = try NDArray.checkedCount(shape: shape, type: type)
    let lead = [Int](repeating: 0, count: shape.count - self.shape.count)
    let strides = zip(self.shape, StridedView.strides(of: self.shape)).map { $0 == 1 ? 0 : $1 }
    let view = StridedView(shape: shape, strides: lead + strides)
    return NDArray(shape: shape, elements: try elements.gathered(view))
  }

  /// The elements in the order of a broadcast shape; a single element stays single, because the
  /// loops stretch it themselves.
  func flattened(for shape: [Int], count: Int) throws(Diagnostic) -> NDArray {
    self.count == 1 || self.count == count ? self : try broadcast(to: shape)
  }
}

/// Applies `body` to pairs of elements; a side with one element is used for every element of the
/// other.
///
/// Inlined into its callers, so that each operation on each type gets its own tight loop.
@inline(__always)
func combine<A, B, Result>(
  _ a: [A], _ b: [B], _ body: (A, B) -> Result
) throws(Diagnostic) -> [Result] {
  let count = a.count == 1 ? b.count : a.count
  return try a.withUnsafeBufferPointer { (a) throws(Diagnostic) in
    try b.withUnsafeBufferPointer { (b) throws(Diagnostic) in
      try [Result](filling: count) { target, range in
        if a.count == b.count {
          for index in range { (target + index).initialize(to: body(a[index], b[index])) }
        } else if a.count == 1 {
          let single = a[0]
          for index in range { (target + index).initialize(to: body(single, b[index])) }
        } else {
          let single = b[0]
          for index in range { (target + index).initialize(to: body(a[index], single)) }
        }
      }
    }
  }
}
