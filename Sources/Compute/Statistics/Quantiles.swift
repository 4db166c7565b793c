import Concurrency
import Messages

extension NDArray {
  /// As `np.quantile`: for each fraction the value below which this part of the elements lies, by linear
  /// interpolation between neighbours. nan where there is one. Fractions come first in the shape.
  ///
  /// - Parameters:
  ///   - fractions: from 0 to 1; without axes, or with one.
  ///   - axis: nil for all elements.
  package func quantiles(
    _ fractions: NDArray, axis: Int?, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    guard type != .complex128, type != .bool else {
      throw Diagnostic("\(type.rawValue) has no quantiles", hint: "convert it to float first")
    }
    let wanted = try fractions.doubles
    guard wanted.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      throw Diagnostic("a part of all elements must be from 0 to 1, or from 0 to 100 percent")
    }
    return try .releasingTemporaries { () throws(Diagnostic) in
      let (rows, shape) = try sortedRows(axis: axis, keepingAxes: keepingAxes)
      guard rows.length > 0 else { throw Diagnostic("there are no elements") }
      let values: [Double] = try rows.elements.values()
      let count = try NDArray.checkedCount(
        shape: fractions.shape + shape, type: .float64)
      let result = NDArray(
        shape: fractions.shape + shape,
        values: try [Double](computing: count, steps: 8) { index in
          let (fraction, row) = index.quotientAndRemainder(dividingBy: max(1, rows.count))
          let start = row * rows.length
          guard !values[start + rows.length - 1].isNaN else { return .nan }
          let position = wanted[fraction] * Double(rows.length - 1)
          let lower = min(Int(position), rows.length - 1)
          let upper = min(lower + 1, rows.length - 1)
          let part = position - Double(lower)
          let (low, high) = (values[start + lower], values[start + upper])
          return part >= 0.5 ? high - (high - low) * (1 - part) : low + (high - low) * part
        })
      return type == .float32 && fractions.isScalar ? try result.asType(.float32) : result
    }
  }

  /// As `np.median`: the middle one of the sorted elements, or the mean of the middle two; nan where there
  /// is one, and without elements.
  package func median(axis: Int?, keepingAxes: Bool = false) throws(Diagnostic) -> NDArray {
    guard type != .complex128 else { throw Diagnostic("complex numbers have no median") }
    return try .releasingTemporaries { () throws(Diagnostic) in
      let (rows, shape) = try sortedRows(axis: axis, keepingAxes: keepingAxes)
      let values: [Double] = try rows.elements.values()
      let result = NDArray(
        shape: shape,
        values: try [Double](computing: rows.count) { row in
          guard rows.length > 0 else { return .nan }
          let start = row * rows.length
          guard !values[start + rows.length - 1].isNaN else { return .nan }
          let middle = start + rows.length / 2
          return rows.length.isMultiple(of: 2)
            ? (values[middle - 1] + values[middle]) / 2 : values[middle]
        })
      return type == .float32 ? try result.asType(.float32) : result
    }
  }

  private func sortedRows(
    axis: Int?, keepingAxes: Bool
  ) throws(Diagnostic) -> (rows: Rows, shape: [Int]) {
    let sorted = try sorted(axis: axis)
    let shape = try rows(over: axis.map { [$0] }, keepingAxes: keepingAxes).resultShape
    let rows = try sorted.rows(over: axis.map { [$0] }, keepingAxes: false)
    return (rows, shape)
  }
}
