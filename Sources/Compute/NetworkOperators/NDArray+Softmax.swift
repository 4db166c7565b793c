import Concurrency
import Glibc
import Messages

extension NDArray {
  /// As `F.softmax`: exp(x) over the sum of exp(x) along an axis. All are positive, and their sum
  /// is 1.
  ///
  /// - Parameter input: floating point.
  package static func softmax(_ input: NDArray, axis: Int) throws(Diagnostic) -> NDArray {
    try input.mappingProbabilities(along: axis) { exp($0) }
  }

  /// As `F.log_softmax`: the logarithms of ``softmax(_:axis:)``, right also where that is 0.
  package static func logSoftmax(_ input: NDArray, axis: Int) throws(Diagnostic) -> NDArray {
    try input.mappingProbabilities(along: axis) { $0 }
  }

  /// The gradient of ``softmax(_:axis:)`` along the last axis: y · (dy - Σ dy · y).
  package static func softmaxGradient(
    _ gradient: NDArray, output: NDArray
  ) throws(Diagnostic) -> NDArray {
    try check(gradient, is: output.shape)
    let (dy, y) = (try gradient.doubles, try output.doubles)
    let width = max(1, output.shape.last ?? 1)
    let result = try [Double](initializing: y.count) { (target) throws(Diagnostic) in
      try Budget.forEachChunk(of: y.count / width, steps: width) { range in
        for start in range.lazy.map({ $0 * width }) {
          let sum = (start..<start + width).reduce(0) { $0 + dy[$1] * y[$1] }
          for index in start..<start + width {
            (target + index).initialize(to: y[index] * (dy[index] - sum))
          }
        }
      }
    }
    return try NDArray(shape: output.shape, values: result).asType(output.type)
  }

  /// - Parameter body: from the logarithm of a probability to what the result holds.
  private func mappingProbabilities(
    along axis: Int, _ body: (Double) -> Double
  ) throws(Diagnostic) -> NDArray {
    guard type.isFloat else {
      throw Diagnostic(
        "the input must be floating point, not \(type.rawValue)", hint: "use x.float()")
    }
    // An array without axes is a single row.
    let source = isScalar ? withShape([1]) : self
    guard source.count > 0 else { return self }
    return try .releasingTemporaries { () throws(Diagnostic) in
      try source.asType(.float64).mappingRows(along: axis) { (rows) throws(Diagnostic) in
        let values: [Double] = try rows.elements.values()
        return .float64(
          try rows.mapRows(values) { (row, target) throws(Diagnostic) in
            let logarithm = try row.logarithmOfSum()
            try Budget.forEachChunk(of: row.count, steps: 16) { range in
              for index in range {
                (target + index).initialize(to: body(row[index] - logarithm))
              }
            }
          })
      }.withShape(shape).asType(type)
    }
  }
}

extension UnsafeBufferPointer<Double> {
  /// log Σ exp(x), with the largest value factored out, so that nothing overflows.
  fileprivate func logarithmOfSum() throws(Diagnostic) -> Double {
    guard count > 0 else { return 0 }
    // As max(), which skips nan; but the sum does not.
    let largest = try reduceInChunks(self[0]) { $1 > $0 ? $1 : $0 }
    guard largest.isFinite else { return .nan }
    return try largest + log(reduceInChunks(0) { $0 + exp($1 - largest) })
  }
}
