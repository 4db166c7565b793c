import Compute
import Concurrency
import Messages

extension NDArray {
  /// The same axes with one of them last, and the order that undoes it.
  package func withLastAxis(_ axis: Int) throws(Diagnostic) -> (array: NDArray, undo: [Int]) {
    let axis = try resolvedAxis(axis)
    let order = (0..<axisCount).filter { $0 != axis } + [axis]
    var undo = Array(0..<axisCount - 1)
    undo.insert(axisCount - 1, at: axis)
    return (try transposed(axes: order), undo)
  }

  /// The array with each row along an axis replaced by one that `body` computes: it gets the samples, where
  /// their successors go, and the number of the row. Real and imaginary parts are rows of their own;
  /// float32 stays float32 and all other types become float64.
  ///
  /// - Parameter newLength: the length of each new row.
  func replacingRows(
    along axis: Int, length newLength: Int,
    _ body: (
      UnsafeBufferPointer<Double>, UnsafeMutablePointer<Double>, Int
    ) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> NDArray {
    let (moved, undo) = try withLastAxis(axis)
    let length = moved.shape[axisCount - 1]
    let newShape = Array(moved.shape.dropLast()) + [newLength]
    let count = try NDArray.checkedCount(
      shape: newShape, type: type == .complex128 ? .complex128 : .float64)
    func part(_ array: NDArray) throws(Diagnostic) -> [Double] {
      let samples = try array.doubles
      return try samples.withUnsafeBufferPointer { (samples) throws(Diagnostic) in
        try [Double](initializing: count) { (target) throws(Diagnostic) in
          guard newLength > 0 else { return }
          for row in 0..<count / newLength {
            try Budget.check(step: row)
            try body(
              UnsafeBufferPointer(rebasing: samples[row * length..<(row + 1) * length]),
              target + row * newLength, row)
          }
        }
      }
    }
    return try Budget.releasingTemporaries(resultBytes: \.byteCount) { () throws(Diagnostic) in
      let result: NDArray
      switch type {
      case .complex128:
        let (real, imaginary) = (
          try part(moved.realPart()), try part(moved.imaginaryPart())
        )
        result = NDArray(
          shape: newShape,
          values: try [Complex](computing: count) { Complex(real[$0], imaginary[$0]) })
      case .float32:
        result = NDArray(shape: newShape, values: try part(moved).mapInChunks { Float($0) })
      default: result = NDArray(shape: newShape, values: try part(moved))
      }
      return try result.transposed(axes: undo)
    }
  }
}
