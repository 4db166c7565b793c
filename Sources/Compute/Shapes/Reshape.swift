import Messages

extension NDArray {
  /// All elements along one axis.
  package var flattened: NDArray { withShape([count]) }

  /// As `np.reshape`: the same elements in the same order; one size may be -1 and is then what is
  /// left.
  package func reshaped(_ newShape: [Int]) throws(Diagnostic) -> NDArray {
    try NDArray.checkAxisCount(newShape.count)
    let mismatch = Diagnostic(
      "\(count) elements cannot be reshaped to \(NDArray.describe(shape: newShape))")
    guard newShape.allSatisfy({ $0 >= -1 }), newShape.count(where: { $0 == -1 }) <= 1 else {
      throw Diagnostic(
        "a shape holds sizes of at least 0 and at most one -1, not "
          + NDArray.describe(shape: newShape))
    }
    // An array without elements may have large axes, but no product of some may overflow.
    let parts = newShape.reduce(1.0) { $0 * Double(max(1, $1)) }
    guard parts <= Double(NDArray.byteLimit) else { throw mismatch }
    // The product of sizes may overflow; what overflows does not fit either.
    var known = 1
    for size in newShape where size != -1 {
      let (product, overflow) = known.multipliedReportingOverflow(by: size)
      // A later 0 would make the product fit again, but only for no elements.
      if overflow && !newShape.contains(0) { throw mismatch }
      known = overflow ? 0 : product
    }
    guard let unknown = newShape.firstIndex(of: -1) else {
      guard known == count else { throw mismatch }
      return withShape(newShape)
    }
    guard known > 0, count % known == 0 else { throw mismatch }
    var shape = newShape
    shape[unknown] = count / known
    return withShape(shape)
  }

  /// As `np.transpose`: the axes in another order; reversed when none is given.
  package func transposed(axes: [Int]? = nil) throws(Diagnostic) -> NDArray {
    var order: [Int] = []
    for axis in axes ?? (0..<axisCount).reversed() { order.append(try resolvedAxis(axis)) }
    guard order.sorted() == Array(0..<axisCount) else {
      throw Diagnostic(
        "the order of axes \(NDArray.describe(shape: axes ?? [])) must name each of the "
          + "\(axisCount) axes once")
    }
    if order == Array(0..<axisCount) { return self }
    let strides = StridedView.strides(of: shape)
    let view = StridedView(shape: order.map { shape[$0] }, strides: order.map { strides[$0] })
    return NDArray(shape: view.shape, elements: try elements.gathered(view))
  }

  /// As `np.expand_dims`: a new axis of size 1 before `axis`.
  package func expanded(axis: Int) throws(Diagnostic) -> NDArray {
    try NDArray.checkAxisCount(axisCount + 1)
    var shape = shape
    shape.insert(1, at: try NDArray.resolve(axis: axis, axisCount: axisCount + 1))
    return withShape(shape)
  }

  /// As `np.squeeze`: without the axes of size 1, or without the one named.
  package func squeezed(axis: Int? = nil) throws(Diagnostic) -> NDArray {
    guard let axis else { return withShape(shape.filter { $0 != 1 }) }
    let resolved = try resolvedAxis(axis)
    guard shape[resolved] == 1 else {
      throw Diagnostic(
        "axis \(axis) has size \(shape[resolved]), and only an axis of size 1 can be removed")
    }
    var shape = shape
    shape.remove(at: resolved)
    return withShape(shape)
  }
}
