import Concurrency
import Messages

extension NDArray {
  /// Whether any element along the axes is not zero. Of nothing: false.
  package func any(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    try reducing(over: axes, keepingAxes: keepingAxes) { (rows) throws(Diagnostic) in
      .bool(try rows.elements.accept(Truths(rows: rows, isForAll: false)))
    }
  }

  /// Whether every element along the axes is not zero. Of nothing: true.
  package func all(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    try reducing(over: axes, keepingAxes: keepingAxes) { (rows) throws(Diagnostic) in
      .bool(try rows.elements.accept(Truths(rows: rows, isForAll: true)))
    }
  }
}

private struct Truths: ElementVisitor {
  var rows: Rows
  var isForAll: Bool

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> [Bool] {
    if let doubles = values.unchanged(as: Double.self) {
      return try rows.map(doubles) { (row) throws(Diagnostic) in
        var found = false
        try Budget.forEachChunk(of: row.count) { range in
          let part = UnsafeBufferPointer(rebasing: row[range])
          if !found {
            found =
              isForAll
              ? ArrayKernels.chosen.hasZero(part) : ArrayKernels.chosen.hasOther(part)
          }
        }
        return found != isForAll
      }
    }
    return try rows.map(values) { (row) throws(Diagnostic) in
      try isForAll
        ? row.reduceInChunks(true) { $0 && $1.asBool }
        : row.reduceInChunks(false) { $0 || $1.asBool }
    }
  }
}
