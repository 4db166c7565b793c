import Glibc

extension NDArray {
  /// As `F.softmax`: exp(x) over the sum of exp(x) along an axis. All are positive, and their sum
  /// is 1.
  ///
  /// - Parameter input: floating point.
  package static func softmax(_ input: NDArray, axis: Int) throws(ArrayError) -> NDArray {
    try input.mappingRows(along: axis) { row in
      let logarithm = row.logarithmOfSum
      return row.map { exp($0 - logarithm) }
    }
  }

  /// As `F.log_softmax`: the logarithms of ``softmax(_:axis:)``, right also where that is 0.
  package static func logSoftmax(_ input: NDArray, axis: Int) throws(ArrayError) -> NDArray {
    try input.mappingRows(along: axis) { row in
      let logarithm = row.logarithmOfSum
      return row.map { $0 - logarithm }
    }
  }

  /// The gradient of ``softmax(_:axis:)`` along the last axis: y · (dy - Σ dy · y).
  package static func softmaxGradient(
    _ gradient: NDArray, output: NDArray
  ) throws(ArrayError) -> NDArray {
    try check(gradient, is: output.shape)
    let (dy, y) = (gradient.doubles, output.doubles)
    let width = max(1, output.shape.last ?? 1)
    var result: [Double] = []
    result.reserveCapacity(y.count)
    for start in Swift.stride(from: 0, to: y.count, by: width) {
      let sum = (start..<start + width).reduce(0) { $0 + dy[$1] * y[$1] }
      for index in start..<start + width { result.append(y[index] * (dy[index] - sum)) }
    }
    return NDArray(shape: output.shape, values: result).asType(output.type)
  }

  private func mappingRows(
    along axis: Int, _ body: ([Double]) -> [Double]
  ) throws(ArrayError) -> NDArray {
    guard type.isFloat else {
      throw ArrayError(
        "the input must be floating point, not \(type.rawValue)", mend: "use x.float()")
    }
    // An array without axes is a single lane.
    let source = isScalar ? withShape([1]) : self
    guard source.count > 0 else { return self }
    return try source.asType(.float64).mappingLanes(along: axis) { lanes in
      let values = lanes.elements.values(as: Double.self)
      return .float64(
        (0..<lanes.count).flatMap { lane in
          body(Array(values[lane * lanes.length..<(lane + 1) * lanes.length]))
        })
    }.withShape(shape).asType(type)
  }
}

extension [Double] {
  /// log Σ exp(x), with the greatest value taken out first, so that nothing overflows.
  fileprivate var logarithmOfSum: Double {
    // nan is not greater than anything, and yet comes through in the sum.
    let greatest = self.max() ?? 0
    guard greatest.isFinite else { return .nan }
    return greatest + log(reduce(0) { $0 + exp($1 - greatest) })
  }
}
