import Messages

extension NDArray {
  /// As `np.sort`: ascending along an axis, nan last; the flattened array when the axis is nil.
  package func sorted(axis: Int? = -1) throws(Diagnostic) -> NDArray {
    guard let axis else { return try flattened.sorted(axis: 0) }
    return try mappingValues(along: axis) { $0.sorted }
  }

  /// As `np.argsort(…, stable=True)`: the indices that would sort; equal elements keep their
  /// order, nan comes last. int64.
  package func sortingIndices(axis: Int? = -1) throws(Diagnostic) -> NDArray {
    guard let axis else { return try flattened.sortingIndices(axis: 0) }
    return try mappingValues(along: axis) { .int64($0.order) }
  }

  /// As `np.unique`: the different elements of the flattened array, ascending.
  package func unique() throws(Diagnostic) -> NDArray {
    let sorted = try sorted(axis: nil)
    guard sorted.count > 1 else { return sorted }
    let next = try sorted.taking(Array(1..<sorted.count), axis: 0)
    let previous = try sorted.taking(Array(0..<sorted.count - 1), axis: 0)
    let differs = try NDArray.binary(.notEqual, .array(next), .array(previous))
    let isNew: [Bool] = [true] + differs.values(as: Bool.self)
    return try sorted.taking(isNew.indices.filter { isNew[$0] }, axis: 0)
  }
}

extension Rows {
  /// The elements with each row in ascending order, nan last.
  fileprivate var sorted: NDArray.Elements { elements.accept(Sorting(rows: self)) }

  fileprivate func sorted<T: ArrayElement>(_ values: [T]) -> [T] {
    map(values) { row in
      // Apart from nan, which precedes nothing, the order is total.
      row.filter { !$0.isNotANumber }.sorted { $0.precedes($1) } + row.filter(\.isNotANumber)
    }.flatMap { $0 }
  }

  /// For each row the indices into it that would sort it, one row after the other.
  fileprivate var order: [Int] { elements.accept(Ordering(rows: self)) }

  fileprivate func order<T: ArrayElement>(_ values: [T]) -> [Int] {
    map(values) { row in
      row.indices.sorted { first, second in
        let (a, b) = (row[first], row[second])
        if a.isNotANumber || b.isNotANumber {
          return a.isNotANumber == b.isNotANumber ? first < second : b.isNotANumber
        }
        return a.precedes(b) || (!b.precedes(a) && first < second)
      }
    }.flatMap { $0 }
  }
}

private struct Sorting: ElementVisitor {
  var rows: Rows

  func visit<T: ArrayElement>(_ values: [T]) -> NDArray.Elements {
    T.elements(rows.sorted(values))
  }
}

private struct Ordering: ElementVisitor {
  var rows: Rows

  func visit<T: ArrayElement>(_ values: [T]) -> [Int] { rows.order(values) }
}
