import Concurrency
import Messages

extension NDArray {
  /// As `np.diff`: `a[1:] - a[:-1]` along an axis; for bools, where they change.
  package func differences(axis: Int) throws(Diagnostic) -> NDArray {
    let along = try resolvedAxis(axis)
    var newShape = shape
    newShape[along] = max(0, shape[along] - 1)
    let rows = Neighbours(
      outer: shape[..<along].reduce(1, *), size: newShape[along],
      inner: shape[(along + 1)...].reduce(1, *))
    let differences: Elements =
      switch elements {
      case .bool(let values): .bool(try rows.combine(values) { $0 != $1 })
      case .uint8(let values): .uint8(try rows.combine(values) { $1 &- $0 })
      case .int16(let values): .int16(try rows.combine(values) { $1 &- $0 })
      case .int32(let values): .int32(try rows.combine(values) { $1 &- $0 })
      case .int64(let values): .int64(try rows.combine(values) { $1 &- $0 })
      case .float32(let values): .float32(try rows.combine(values) { $1 - $0 })
      case .float64(let values):
        .float64(
          try rows.fill(values) {
            ArrayKernels.chosen.subtract($1, $0, count: $3, into: $2)
          })
      case .complex128(let values): .complex128(try rows.combine(values) { $1 - $0 })
      }
    return NDArray(shape: newShape, elements: differences)
  }
}

/// Pairs of neighbours along an axis.
private struct Neighbours {
  /// The product of the sizes before the axis, the pairs along it, the product of the sizes after it.
  var outer: Int
  var size: Int
  var inner: Int

  @inline(__always)
  func combine<T>(_ values: [T], _ body: (T, T) -> T) throws(Diagnostic) -> [T] {
    try fill(values) { source, next, target, count in
      for index in 0..<count { (target + index).initialize(to: body(source[index], next[index])) }
    }
  }

  /// `body` gets elements, their neighbours, where the results go, and how many there are.
  @inline(__always)
  func fill<T>(
    _ values: [T],
    _ body: (UnsafePointer<T>, UnsafePointer<T>, UnsafeMutablePointer<T>, Int) -> Void
  ) throws(Diagnostic) -> [T] {
    try values.withUnsafeBufferPointer { (values) throws(Diagnostic) in
      try [T](initializing: outer * size * inner) { (target) throws(Diagnostic) in
        let length = size * inner
        var pace = Budget.Pace()
        for group in 0..<outer {
          let source = values.baseAddress! + group * (length + inner)
          let target = target + group * length
          let first = elementsBeforeLine(target, count: length)
          try Budget.forEachChunk(of: length, first: first) { range in
            let start = source + range.lowerBound
            body(start, start + inner, target + range.lowerBound, range.count)
          }
          try pace.advance(by: length)
        }
      }
    }
  }
}
