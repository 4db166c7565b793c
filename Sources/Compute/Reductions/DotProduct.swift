import Messages

extension NDArray {
  /// The most multiplications that one matrix product may take: some seconds.
  private static let dotProductLimit = 2e9

  /// As `np.dot`: of two arrays with one axis the sum of their products; of matrices (m, k) and
  /// (k, n) their product (m, n), where either may have one axis; with a number, the multiple.
  /// Types are promoted, integers wrap around.
  ///
  /// - Throws: when the lengths differ, or an array has more than two axes.
  package static func dot(_ a: NDArray, _ b: NDArray) throws(Diagnostic) -> NDArray {
    if a.isScalar || b.isScalar { return try binary(.multiply, .array(a), .array(b)) }
    guard a.axisCount <= 2, b.axisCount <= 2 else {
      throw Diagnostic("the arrays must have one or two axes")
    }
    guard a.shape[a.axisCount - 1] == b.shape[0] else {
      throw Diagnostic(
        "the lengths do not fit: \(describe(shape: a.shape)) times \(describe(shape: b.shape))",
        hint: b.axisCount == 2 ? "the last axis of a and the first one of b must be equal" : nil)
    }
    let multiplications = Double(a.count) * Double(b.axisCount == 2 ? b.shape[1] : 1)
    guard multiplications <= dotProductLimit else {
      throw Diagnostic(
        "it would take \(Quantity(multiplications)) multiplications; 2 billion are allowed")
    }

    let type = a.type.promoted(with: b.type)
    // The sum of booleans or small integers is int64; cut to their type it wraps as they do.
    let rows = a.axisCount == 2 ? a : try a.expanded(axis: 0)
    let shape = [rows.shape[0]] + b.shape.dropFirst()
    _ = try checkedCount(shape: shape, type: type)
    // As many rows at a time as fit into the cache, with all their products.
    let step = max(1, (1 << 16) / max(1, b.count))
    var parts: [NDArray] = []
    for start in stride(from: 0, to: shape[0], by: step) {
      let some = try rows.selecting([.slice(start: start, stop: start + step, step: nil)])
      let weights = b.axisCount == 2 ? try some.expanded(axis: 2) : some
      parts.append(try binary(.multiply, .array(weights), .array(b)).sum(over: [1]).asType(type))
    }
    let result = parts.isEmpty ? try zeros(shape, type: type) : try concatenated(parts, axis: 0)
    return a.axisCount == 2 ? result : try result.reshaped(Array(shape.dropFirst()))
  }
}
