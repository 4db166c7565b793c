import Concurrency
import Messages

extension NDArray {
  /// The most multiplications that one matrix product may take: some seconds.
  private static let dotProductLimit = 2e10

  /// As `np.dot`: of two arrays with one axis the sum of their products; of matrices (m, k) and
  /// (k, n) their product (m, n), where either may have one axis; with a number, the multiple.
  /// Types are promoted, integers wrap around.
  ///
  /// - Throws: when the lengths differ, or an array has more than two axes.
  package static func dot(_ a: NDArray, _ b: NDArray) throws(Diagnostic) -> NDArray {
    if a.isScalar || b.isScalar { return try binary(.multiply, .array(a), .array(b)) }
    guard a.axisCount <= 2, b.axisCount <= 2 else {
      throw Diagnostic("the arrays must have one or two axes")
    }
    guard a.shape[a.axisCount - 1] == b.shape[0] else {
      throw Diagnostic(
        "the lengths do not fit: \(describe(shape: a.shape)) times \(describe(shape: b.shape))",
        hint: b.axisCount == 2 ? "the last axis of a and the first one of b must be equal" : nil)
    }
    let multiplications = Double(a.count) * Double(b.axisCount == 2 ? b.shape[1] : 1)
    guard multiplications <= dotProductLimit else {
      throw Diagnostic(
        "it would take \(grouped(Int(min(multiplications, 1e18)))) multiplications; 20,000,000,000 are allowed",
        hint: "use smaller matrices")
    }

    let type = a.type.promoted(with: b.type)
    let product = Product(
      a: a.elements, b: b.elements, rows: a.axisCount == 2 ? a.shape[0] : 1, inner: b.shape[0],
      columns: b.axisCount == 2 ? b.shape[1] : nil)
    let shape = a.shape.dropLast() + b.shape.dropFirst()
    _ = try checkedCount(shape: Array(shape), type: type)
    return try releasingTemporaries { () throws(Diagnostic) in
      NDArray(shape: Array(shape), elements: try product.elements(type))
    }
  }
}

/// A matrix times a matrix, or times a vector.
private struct Product {
  var a: NDArray.Elements
  var b: NDArray.Elements
  var rows: Int
  var inner: Int
  /// Of b; nil when it has one axis.
  var columns: Int?

  func elements(_ type: ElementType) throws(Diagnostic) -> NDArray.Elements {
    switch type {
    case .bool: .bool(try sums(false) { $0 || ($1 && $2) })
    case .uint8: .uint8(try sums(0) { $0 &+ $1 &* $2 })
    case .int16: .int16(try sums(0) { $0 &+ $1 &* $2 })
    case .int32: .int32(try sums(0) { $0 &+ $1 &* $2 })
    case .int64: .int64(try sums(0) { $0 &+ $1 &* $2 })
    case .float32: .float32(try floatSums())
    case .float64: .float64(try floatSums())
    case .complex128: .complex128(try complexSums())
    }
  }

  private func floatSums<T: ArrayElement & BinaryFloatingPoint>() throws(Diagnostic) -> [T] {
    if let columns {
      if T.self == Double.self {
        return try matrixProduct(
          a.values(), b.values(), rows: rows, inner: inner, columns: columns
        ).unchanged(as: T.self)!
      }
      return try sums(0) { $0 + $1 * $2 }
    }
    return try products {
      (x: UnsafeBufferPointer<T>, y: UnsafeBufferPointer<T>) throws(Diagnostic) in
      try Products(x: x, y: y).sumInPairs()
    }
  }

  private func complexSums() throws(Diagnostic) -> [Complex] {
    if columns != nil { return try sums(.zero) { $0 + $1 * $2 } }
    return try products {
      (x: UnsafeBufferPointer<Complex>, y: UnsafeBufferPointer<Complex>) throws(Diagnostic) in
      Complex(
        try RealProducts(x: x, y: y).sumInPairs(), try ImaginaryProducts(x: x, y: y).sumInPairs())
    }
  }

  @inline(__always)
  private func sums<T: ArrayElement>(
    _ zero: T, _ multiplyAdd: (T, T, T) -> T
  ) throws(Diagnostic) -> [T] {
    if let columns {
      return try matrixProduct(
        try a.values(), try b.values(), rows: rows, inner: inner, columns: columns, zero: zero,
        multiplyAdd)
    }
    return try products {
      (x: UnsafeBufferPointer<T>, y: UnsafeBufferPointer<T>) throws(Diagnostic) in
      var result = zero
      try Budget.forEachChunk(of: x.count) { range in
        var partial = result
        for index in range { partial = multiplyAdd(partial, x[index], y[index]) }
        result = partial
      }
      return result
    }
  }

  /// A value for each row of a, from it and b.
  @inline(__always)
  private func products<T: ArrayElement>(
    _ body: (UnsafeBufferPointer<T>, UnsafeBufferPointer<T>) throws(Diagnostic) -> T
  ) throws(Diagnostic) -> [T] {
    let rows = Rows(
      elements: a, length: inner, count: rows, resultShape: [rows], isContiguous: true)
    return try (try b.values(as: T.self)).withUnsafeBufferPointer { (y) throws(Diagnostic) in
      try rows.map(try a.values(as: T.self)) { (x) throws(Diagnostic) in try body(x, y) }
    }
  }
}

/// x · y, element by element.
private struct Products<Number: BinaryFloatingPoint>: Summands {
  var x: UnsafeBufferPointer<Number>
  var y: UnsafeBufferPointer<Number>

  var count: Int { x.count }
  subscript(index: Int) -> Number { x[index] * y[index] }

  @inline(__always)
  func sumInVectors(from start: Int, count: Int) -> Number? {
    guard let x = x.unchanged(as: Double.self), let y = y.unchanged(as: Double.self) else {
      return nil
    }
    let range = start..<start + count
    return ArrayKernels.chosen.sumOfProducts(
      UnsafeBufferPointer(rebasing: x[range]), UnsafeBufferPointer(rebasing: y[range])) as? Number
  }
}

private struct RealProducts: Summands {
  var x: UnsafeBufferPointer<Complex>
  var y: UnsafeBufferPointer<Complex>

  var count: Int { x.count }
  subscript(index: Int) -> Double { (x[index] * y[index]).real }
}

private struct ImaginaryProducts: Summands {
  var x: UnsafeBufferPointer<Complex>
  var y: UnsafeBufferPointer<Complex>

  var count: Int { x.count }
  subscript(index: Int) -> Double { (x[index] * y[index]).imaginary }
}
