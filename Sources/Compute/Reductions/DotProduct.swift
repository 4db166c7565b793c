extension NDArray {
  /// The most products that one matrix product may take: some seconds.
  private static let dotProductLimit = 2e9

  /// As `np.dot`: of two arrays with one axis the sum of their products; of matrices (m, k) and
  /// (k, n) their product (m, n), where either may have one axis; with a number, the multiple.
  /// Types are promoted, integers wrap around.
  ///
  /// - Throws: when the lengths of what is multiplied differ, or an array has more than two axes.
  package static func dot(_ a: NDArray, _ b: NDArray) throws(ArrayError) -> NDArray {
    if a.isScalar || b.isScalar { return try binary(.multiply, .array(a), .array(b)) }
    guard a.axisCount <= 2, b.axisCount <= 2 else {
      throw ArrayError("the arrays must have one or two axes")
    }
    guard a.shape[a.axisCount - 1] == b.shape[0] else {
      throw ArrayError(
        "the lengths do not fit: \(describe(shape: a.shape)) times \(describe(shape: b.shape))",
        mend: b.axisCount == 2 ? "the last axis of a and the first one of b must be equal" : nil)
    }
    let products = Double(a.count) * Double(b.axisCount == 2 ? b.shape[1] : 1)
    guard products <= dotProductLimit else {
      throw ArrayError("it would take \(Int(products)) products; 2000000000 are allowed")
    }

    let type = a.type.promoted(with: b.type)
    // The sum of booleans or small integers is int64; cut to their type it wraps as they do.
    guard a.axisCount == 2 else { return try weightedSum(of: b, by: a).asType(type) }
    var rows: [NDArray] = []
    for index in 0..<a.shape[0] {
      rows.append(try weightedSum(of: b, by: a.selecting([.integer(index)])).asType(type))
    }
    return rows.isEmpty ? try zeros([0] + b.shape.dropFirst(), type: type) : try stacked(rows)
  }

  /// The sum of an array's rows (its elements, when it has one axis), each with a weight.
  private static func weightedSum(
    of rows: NDArray, by weights: NDArray
  ) throws(ArrayError) -> NDArray {
    let column = rows.axisCount == 2 ? try weights.expanded(axis: 1) : weights
    return try binary(.multiply, .array(rows), .array(column)).sum(over: [0])
  }
}
