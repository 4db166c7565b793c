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
    let rows = try rows(over: axes, keepingAxes: keepingAxes)
    let indices = try rows.indices(of: extreme, name)
    let offsets = indices.enumerated().map { $0.offset * rows.length + $0.element }
    return NDArray(shape: rows.resultShape, elements: rows.elements.gathered(at: offsets))
  }

  private func indices(
    _ name: String, axis: Int?, keepingAxes: Bool, _ extreme: Extreme
  ) throws(Diagnostic) -> NDArray {
    let rows = try rows(over: axis.map { [$0] }, keepingAxes: keepingAxes)
    let indices = try rows.indices(of: extreme, name)
    return NDArray(shape: rows.resultShape, values: indices)
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
    return elements.accept(ExtremeIndices(rows: self, extreme: extreme))
  }

  fileprivate func indices<T: ArrayElement>(_ values: [T], _ extreme: Extreme) -> [Int] {
    map(values) { row in
      var best = 0
      if row[0].isNotANumber { return 0 }
      for index in 1..<max(1, row.count) {
        if row[index].isNotANumber { return index }
        let isBetter =
          extreme == .largest
          ? row[best].precedes(row[index]) : row[index].precedes(row[best])
        if isBetter { best = index }
      }
      return best
    }
  }
}

private struct ExtremeIndices: ElementVisitor {
  var rows: Rows
  var extreme: Extreme

  func visit<T: ArrayElement>(_ values: [T]) -> [Int] { rows.indices(values, extreme) }
}
