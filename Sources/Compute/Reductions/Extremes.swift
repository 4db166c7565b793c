import Concurrency
import Messages

extension NDArray {
  /// The largest element along the axes, or nan where there is one. Keeps the type.
  ///
  /// - Throws: when there are no elements to choose from.
  package func maximum(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    try extremes("maximum", over: axes, keepingAxes: keepingAxes, .largest)
  }

  /// The smallest element along the axes, or nan where there is one. Keeps the type.
  ///
  /// - Throws: when there are no elements to choose from.
  package func minimum(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    try extremes("minimum", over: axes, keepingAxes: keepingAxes, .smallest)
  }

  /// The index of the first largest element along an axis, or in the flattened array; nan counts
  /// as largest. int64.
  ///
  /// - Throws: when there are no elements to choose from.
  package func indexOfMaximum(
    axis: Int? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    try indices("maximum", axis: axis, keepingAxes: keepingAxes, .largest)
  }

  /// The index of the first smallest element along an axis, or in the flattened array; nan counts as
  /// smallest. int64.
  ///
  /// - Throws: when there are no elements to choose from.
  package func indexOfMinimum(
    axis: Int? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    try indices("minimum", axis: axis, keepingAxes: keepingAxes, .smallest)
  }

  private func extremes(
    _ name: String, over axes: [Int]?, keepingAxes: Bool, _ extreme: Extreme
  ) throws(Diagnostic) -> NDArray {
    try reducing(over: axes, keepingAxes: keepingAxes) { (rows) throws(Diagnostic) in
      let indices = try rows.indices(of: extreme, name)
      let offsets = try [Int](computing: indices.count) { $0 * rows.length + indices[$0] }
      return try rows.elements.gathered(at: offsets)
    }
  }

  private func indices(
    _ name: String, axis: Int?, keepingAxes: Bool, _ extreme: Extreme
  ) throws(Diagnostic) -> NDArray {
    try reducing(over: axis.map { [$0] }, keepingAxes: keepingAxes) { (rows) throws(Diagnostic) in
      .int64(try rows.indices(of: extreme, name))
    }
  }
}

private enum Extreme {
  case smallest, largest
}

extension Rows {
  /// The index of the first extreme, or the first nan, in each row.
  fileprivate func indices(of extreme: Extreme, _ name: String) throws(Diagnostic) -> [Int] {
    guard length > 0 || count == 0 else {
      throw Diagnostic("an array without elements has no \(name)")
    }
    return try elements.accept(ExtremeIndices(rows: self, extreme: extreme))
  }

  fileprivate func indices<T: ArrayElement>(
    _ values: [T], _ extreme: Extreme
  ) throws(Diagnostic) -> [Int] {
    if let doubles = values.unchanged(as: Double.self) { return try indices(doubles, extreme) }
    return try map(values) { (row) throws(Diagnostic) in
      var best = 0
      if row[0].isNotANumber { return 0 }
      try Budget.forEachChunk(of: row.count) { range in
        // Nothing follows nan.
        if row[best].isNotANumber { return }
        for index in range {
          if row[index].isNotANumber {
            best = index
            return
          }
          let isBetter =
            extreme == .largest
            ? row[best].precedes(row[index]) : row[index].precedes(row[best])
          if isBetter { best = index }
        }
      }
      return best
    }
  }
}

extension Rows {
  private func indices(
    _ values: [Double], _ extreme: Extreme
  ) throws(Diagnostic) -> [Int] {
    try map(values) { (row) throws(Diagnostic) in
      var best = 0
      let first = elementsBeforeLine(row.baseAddress!, count: row.count)
      try Budget.forEachChunk(of: row.count, first: first) { range in
        // Nothing follows nan.
        if row[best].isNaN { return }
        let part = UnsafeBufferPointer(rebasing: row[range])
        let kernels = ArrayKernels.chosen
        let index =
          range.lowerBound
          + (extreme == .largest ? kernels.indexOfLargest(part) : kernels.indexOfSmallest(part))
        let (value, previous) = (row[index], row[best])
        if value.isNaN || (extreme == .largest ? value > previous : value < previous) {
          best = index
        }
      }
      return best
    }
  }
}

private struct ExtremeIndices: ElementVisitor {
  var rows: Rows
  var extreme: Extreme

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> [Int] {
    try rows.indices(values, extreme)
  }
}
