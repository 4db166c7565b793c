import Messages

/// One part of what stands between the brackets of `x[…]`.
package enum Index: Sendable {
  case integer(Int)
  /// `start:stop:step` with Python's meaning of missing parts and of negative numbers.
  case slice(start: Int?, stop: Int?, step: Int?)
  /// `...`: all axes that the other parts leave over.
  case ellipsis
  /// `None`: an axis of size 1.
  case newAxis
  /// A boolean array: takes as many axes as it has and selects where it is true.
  case mask(NDArray)
  /// An integer array: the elements at these indices.
  case indices(NDArray)
}

/// What an integer next to index arrays is.
package enum IndexRule: Sendable {
  /// An index array without axes, which broadcasts with the others.
  case numPy
  /// A selection before that of the arrays.
  case pyTorch
}

extension Index {
  /// The indices that a slice selects from an axis: the first one, how many, and their distance.
  ///
  /// - Throws: when the step is 0.
  package static func resolveSlice(
    start: Int?, stop: Int?, step: Int?, size: Int
  ) throws(Diagnostic) -> (start: Int, count: Int, step: Int) {
    let step = step ?? 1
    guard step != 0 else { throw Diagnostic("a slice's step must not be 0") }
    // Going backwards, one before the start is the limit at the low end.
    let lowest = step > 0 ? 0 : -1
    let highest = step > 0 ? size : size - 1
    func resolve(_ index: Int) -> Int {
      min(max(index < 0 ? index + size : index, lowest), highest)
    }
    let first = start.map(resolve) ?? (step > 0 ? lowest : highest)
    let end = stop.map(resolve) ?? (step > 0 ? highest : lowest)
    let distance = step > 0 ? end - first : first - end
    guard distance > 0 else { return (0, 0, 1) }
    // By magnitude in unsigned numbers, because the smallest integer has no positive counterpart.
    let count = (distance - 1) / Int(clamping: step.magnitude) + 1
    // A step that is taken only once may be as large as it likes: any other will do.
    return (first, count, count == 1 ? 1 : step)
  }

  /// An index that may count from the end, as one that counts from the start.
  static func resolve(_ index: Int, axis: Int, size: Int) throws(Diagnostic) -> Int {
    guard index >= -size, index < size else {
      throw Diagnostic("index \(index) is out of bounds for axis \(axis) with size \(size)")
    }
    return index < 0 ? index + size : index
  }
}
