import Glibc
import Messages

extension NDArray {
  /// As `F.softmax`: exp(x) over the sum of exp(x) along an axis. All are positive, and their sum
  /// is 1.
  ///
  /// - Parameter input: floating point.
  package static func softmax(_ input: NDArray, axis: Int) throws(Diagnostic) -> NDArray {
    try input.mappingValues(along: axis) { row in
      let logarithm = row.logarithmOfSum
      return row.map { exp($0 - logarithm) }
    }
  }

  /// As `F.log_softmax`: the logarithms of ``softmax(_:axis:)``, right also where that is 0.
  package static func logSoftmax(_ input: NDArray, axis: Int) throws(Diagnostic) -> NDArray {
    try input.mappingValues(along: axis) { row in
      let logarithm = row.logarithmOfSum
      return row.map { $0 - logarithm }
    }
  }

  /// The gradient of ``softmax(_:axis:)`` along the last axis: y · (dy - Σ dy · y).
  package static func softmaxGradient(
    _ gradient: NDArray, output: NDArray
  ) throws(Diagnostic) -> NDArray {
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

  private func mappingValues(
    along axis: Int, _ body: ([Double]) -> [Double]
  ) throws(Diagnostic) -> NDArray {
    guard type.isFloat else {
      throw Diagnostic(
        "the input must be floating point, not \(type.rawValue)", hint: "use x.float()")
    }
    // An array without axes is a single row.
    let source = isScalar ? withShape([1]) : self
    guard source.count > 0 else { return self }
    return try source.asType(.float64).mappingValues(along: axis) { rows in
      let values = rows.elements.values(as: Double.self)
      return .float64(
        (0..<rows.count).flatMap { row in
          body(Array(values[row * rows.length..<(row + 1) * rows.length]))
        })
    }.withShape(shape).asType(type)
  }
}

extension [Double] {
  /// log Σ exp(x), with the largest value factored out, so that nothing overflows.
  fileprivate var logarithmOfSum: Double {
    // max() skips nan, but the sum does not.
    let largest = self.max() ?? 0
    guard largest.isFinite else { return .nan }
    return largest + log(reduce(0) { $0 + exp($1 - largest) })
  }
}
