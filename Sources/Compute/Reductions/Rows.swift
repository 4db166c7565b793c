import Concurrency
import Messages

/// An array laid out for work along some of its axes: one contiguous run of elements, a row, for each
/// index on the other axes.
struct Rows {
  var elements: NDArray.Elements
  /// The number of elements of each row.
  var length: Int
  /// The number of rows.
  var count: Int
  /// The shape of an array with one element for each row.
  var resultShape: [Int]
  /// Whether neighbours in a row were neighbours in the array. NumPy adds such floats pairwise
  /// and all others in order.
  var isContiguous: Bool
}

extension NDArray {
  /// - Parameters:
  ///   - axes: the axes to work along; nil for all.
  ///   - keepingAxes: leave the axes in the result's shape, with size 1.
  func rows(over axes: [Int]?, keepingAxes: Bool) throws(Diagnostic) -> Rows {
    var reduced: [Int] = []
    for axis in axes ?? Array(0..<axisCount) {
      let resolved = try resolvedAxis(axis)
      guard !reduced.contains(resolved) else {
        throw Diagnostic("axis \(axis) is given more than once")
      }
      reduced.append(resolved)
    }
    reduced.sort()
    let kept = (0..<axisCount).filter { !reduced.contains($0) }
    let strides = StridedView.strides(of: shape)
    let order = kept + reduced
    let isInOrder = order == Array(0..<axisCount)
    let view = StridedView(shape: order.map { shape[$0] }, strides: order.map { strides[$0] })
    let length = reduced.reduce(1) { $0 * shape[$1] }
    return Rows(
      elements: try isInOrder ? elements : elements.gathered(view),
      length: length,
      count: kept.reduce(1) { $0 * shape[$1] },
      resultShape: keepingAxes
        ? (0..<axisCount).map { reduced.contains($0) ? 1 : shape[$0] } : kept.map { shape[$0] },
      isContiguous: isInOrder)
  }

  /// One element for each row along the axes.
  func reducing(
    over axes: [Int]?, keepingAxes: Bool, _ body: (Rows) throws(Diagnostic) -> Elements
  ) throws(Diagnostic) -> NDArray {
    try .releasingTemporaries { () throws(Diagnostic) in
      let rows = try rows(over: axes, keepingAxes: keepingAxes)
      return NDArray(shape: rows.resultShape, elements: try body(rows))
    }
  }

  /// An array of the same shape whose rows along one axis are made from this one's.
  func mappingRows(
    along axis: Int, _ body: (Rows) throws(Diagnostic) -> Elements
  ) throws(Diagnostic) -> NDArray {
    let axis = try resolvedAxis(axis)
    return try .releasingTemporaries { () throws(Diagnostic) in
      let result = try body(try rows(over: [axis], keepingAxes: false))
      var order = (0..<axisCount).filter { $0 != axis }
      let moved = NDArray(shape: order.map { shape[$0] } + [shape[axis]], elements: result)
      // Moves the last axis back to where it was.
      order = Array(0..<axisCount - 1)
      order.insert(axisCount - 1, at: axis)
      return try moved.transposed(axes: order)
    }
  }
}

extension Rows {
  /// One value for each row.
  ///
  /// - Precondition: `values` has as many elements as all rows together.
  @inline(__always)
  func map<T, Result>(
    _ values: [T], _ body: (UnsafeBufferPointer<T>) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> [Result] {
    try values.withUnsafeBufferPointer { (buffer) throws(Diagnostic) in
      try [Result](initializing: count) { (target) throws(Diagnostic) in
        try Budget.forEachChunk(of: count, steps: length) { (range) throws(Diagnostic) in
          for row in range {
            let value = try body(
              UnsafeBufferPointer(rebasing: buffer[row * length..<(row + 1) * length]))
            (target + row).initialize(to: value)
          }
        }
      }
    }
  }

  /// As many values as there are elements; `body` gets each row, and where its values go.
  ///
  /// - Precondition: as for ``map(_:_:)``.
  @inline(__always)
  func mapRows<T, Result>(
    _ values: [T],
    _ body: (UnsafeBufferPointer<T>, UnsafeMutablePointer<Result>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> [Result] {
    try values.withUnsafeBufferPointer { (buffer) throws(Diagnostic) in
      try [Result](initializing: buffer.count) { (target) throws(Diagnostic) in
        try Budget.forEachChunk(of: count, steps: length) { (range) throws(Diagnostic) in
          for row in range {
            try body(
              UnsafeBufferPointer(rebasing: buffer[row * length..<(row + 1) * length]),
              target + row * length)
          }
        }
      }
    }
  }
}
