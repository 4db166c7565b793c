import Concurrency
import Messages

extension NDArray {
  /// As `np.sort`: ascending along an axis, nan last; the flattened array when the axis is nil.
  package func sorted(axis: Int? = -1) throws(Diagnostic) -> NDArray {
    guard let axis else { return try flattened.sorted(axis: 0) }
    return try mappingRows(along: axis) { (rows) throws(Diagnostic) in
      if let sorted = try rows.sortedByDigits() { return sorted }
      return try rows.elements.accept(Sorting(rows: rows))
    }
  }

  /// As `np.argsort(…, stable=True)`: the indices that would sort; equal elements keep their
  /// order, nan comes last. int64.
  package func sortingIndices(axis: Int? = -1) throws(Diagnostic) -> NDArray {
    guard let axis else { return try flattened.sortingIndices(axis: 0) }
    return try mappingRows(along: axis) { (rows) throws(Diagnostic) in
      if let order = try rows.orderByDigits() { return .int64(order) }
      return .int64(try rows.elements.accept(Ordering(rows: rows)))
    }
  }

  /// As `np.unique`: the different elements of the flattened array, ascending.
  package func unique() throws(Diagnostic) -> NDArray {
    try .releasingTemporaries { () throws(Diagnostic) in
      let distinct = try sorted(axis: nil).elements.accept(Distinct())
      return NDArray(shape: [distinct.count], elements: distinct)
    }
  }
}

extension ArrayElement {
  /// Ascending, nan last; equal elements keep their order.
  @inline(__always)
  fileprivate func isSorted(before other: Self) -> Bool {
    !isNotANumber && (precedes(other) || other.isNotANumber)
  }
}

private struct Sorting: ElementVisitor {
  var rows: Rows

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> NDArray.Elements {
    let length = values.isEmpty ? 0 : rows.length
    try [T].reserve(length)
    let scratch = UnsafeMutablePointer<T>.allocate(capacity: length)
    defer { scratch.deallocate() }
    return T.elements(
      try rows.mapRows(values) { (row, target) throws(Diagnostic) in
        guard row.count > 0 else { return }
        target.initialize(from: row.baseAddress!, count: row.count)
        try mergeSort(target, count: row.count, scratch: scratch) { $0.isSorted(before: $1) }
      })
  }
}

private struct Ordering: ElementVisitor {
  var rows: Rows

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> [Int] {
    let length = values.isEmpty ? 0 : rows.length
    try [Int].reserve(length)
    let scratch = UnsafeMutablePointer<Int>.allocate(capacity: length)
    defer { scratch.deallocate() }
    return try rows.mapRows(values) { (row, target) throws(Diagnostic) in
      for index in 0..<row.count { (target + index).initialize(to: index) }
      try mergeSort(target, count: row.count, scratch: scratch) {
        row[$0].isSorted(before: row[$1])
      }
    }
  }
}

private struct Distinct: ElementVisitor {
  func visit<T: ArrayElement>(_ sorted: [T]) throws(Diagnostic) -> NDArray.Elements {
    guard let first = sorted.first else { return T.elements(sorted) }
    return T.elements(
      try sorted.withUnsafeBufferPointer { (sorted) throws(Diagnostic) in
        var count = 1
        try Budget.forEachChunk(of: sorted.count - 1) { range in
          var part = 0
          for index in range { part &+= isNew(sorted[index + 1], after: sorted[index]) ? 1 : 0 }
          count += part
        }
        return try [T](initializing: count) { (target) throws(Diagnostic) in
          target.initialize(to: first)
          var last = target
          try Budget.forEachChunk(of: sorted.count - 1) { range in
            for index in range where isNew(sorted[index + 1], after: sorted[index]) {
              last += 1
              last.initialize(to: sorted[index + 1])
            }
          }
        }
      })
  }

  /// All nan count as one.
  @inline(__always)
  private func isNew<T: ArrayElement>(_ value: T, after previous: T) -> Bool {
    value != previous && !(value.isNotANumber && previous.isNotANumber)
  }
}

/// Sorts in place, equal elements in their order. O(n log n).
///
/// - Parameter scratch: room for as many elements.
@inline(__always)
private func mergeSort<T>(
  _ values: UnsafeMutablePointer<T>, count: Int, scratch: UnsafeMutablePointer<T>,
  _ precedes: (T, T) -> Bool
) throws(Diagnostic) {
  // Short runs by insertion.
  let run = 16
  try Budget.forEachChunk(of: (count + run - 1) / run, steps: run * 4) { range in
    for start in range.lazy.map({ $0 * run }) {
      for index in (start + 1)..<max(start + 1, min(start + run, count)) {
        let value = values[index]
        var position = index
        while position > start, precedes(value, values[position - 1]) {
          values[position] = values[position - 1]
          position -= 1
        }
        values[position] = value
      }
    }
  }
  // Then runs are merged in pairs, back and forth.
  var (from, to) = (values, scratch)
  var width = run
  var pace = Budget.Pace()
  while width < count {
    var start = 0
    while start < count {
      let middle = min(start + width, count)
      let end = min(start + 2 * width, count)
      var (left, right, next) = (start, middle, start)
      while left < middle, right < end {
        // As many steps as cannot leave either run, so that only the outer loop looks at the clock.
        let steps = min(middle - left, end - right, Budget.stepsPerCheck)
        for _ in 0..<steps {
          let (a, b) = (from[left], from[right])
          let takesRight = precedes(b, a)
          to[next] = takesRight ? b : a
          right += takesRight ? 1 : 0
          left += takesRight ? 0 : 1
          next += 1
        }
        try pace.advance(by: steps)
      }
      (to + next).update(from: from + left, count: middle - left)
      (to + next + (middle - left)).update(from: from + right, count: end - right)
      start = end
    }
    swap(&from, &to)
    width *= 2
  }
  if from != values { values.update(from: from, count: count) }
}
