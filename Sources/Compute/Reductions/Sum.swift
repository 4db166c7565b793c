import Messages

extension NDArray {
  /// As `np.sum`: integers and booleans give int64, which wraps around; floats and complex numbers
  /// keep their type. The sum of nothing is 0.
  package func sum(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    let rows = try rows(over: axes, keepingAxes: keepingAxes)
    return NDArray(shape: rows.resultShape, elements: rows.sums)
  }

  /// As `np.prod`, with the types of ``sum(over:keepingAxes:)``. The product of nothing is 1.
  package func product(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    let rows = try rows(over: axes, keepingAxes: keepingAxes)
    let elements: NDArray.Elements =
      switch rows.elements {
      case .float32(let values): .float32(rows.map(values) { $0.reduce(1, *) })
      case .float64(let values): .float64(rows.map(values) { $0.reduce(1, *) })
      case .complex128(let values):
        .complex128(rows.map(values) { $0.reduce(Complex(1, 0), *) })
      default: .int64(rows.map(rows.elements.values(as: Int.self)) { $0.reduce(1, &*) })
      }
    return NDArray(shape: rows.resultShape, elements: elements)
  }

  /// As `np.mean`: integers and booleans give float64, floats and complex numbers keep their type.
  /// The mean of nothing is nan.
  package func mean(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    let source = type == .bool || type.isInteger ? asType(.float64) : self
    let rows = try source.rows(over: axes, keepingAxes: keepingAxes)
    return NDArray(shape: rows.resultShape, elements: rows.sums.divided(by: rows.length))
  }

  /// As `np.var`: the mean of the squared distances from the mean, or their sum divided by
  /// `n - lessDegrees` (`ddof`). Types as ``mean(over:keepingAxes:)``, but complex gives float64.
  package func variance(
    over axes: [Int]? = nil, lessDegrees: Int = 0, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    let mean = try mean(over: axes, keepingAxes: true)
    let distance = try NDArray.binary(.subtract, .array(self.asType(mean.type)), .array(mean))
    let magnitude = try NDArray.unary(.absolute, distance)
    let squares = try NDArray.binary(.multiply, .array(magnitude), .array(magnitude))
    let rows = try squares.rows(over: axes, keepingAxes: keepingAxes)
    let (degrees, overflow) = rows.length.subtractingReportingOverflow(lessDegrees)
    return NDArray(
      shape: rows.resultShape,
      elements: rows.sums.divided(by: overflow ? 0 : max(0, degrees)))
  }

  /// As `np.std`: the square root of ``variance(over:lessDegrees:keepingAxes:)``.
  package func standardDeviation(
    over axes: [Int]? = nil, lessDegrees: Int = 0, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    try .mapping(
      .sqrt, variance(over: axes, lessDegrees: lessDegrees, keepingAxes: keepingAxes))
  }

  /// As `np.cumsum`: every sum from the start of the axis; of all elements in one row when `axis`
  /// is nil. Types as ``sum(over:keepingAxes:)``.
  package func cumulativeSum(axis: Int? = nil) throws(Diagnostic) -> NDArray {
    guard let axis else { return try flattened.cumulativeSum(axis: 0) }
    return try mappingValues(along: axis) { rows in
      switch rows.elements {
      case .float32(let values): .float32(rows.runningSums(values, +))
      case .float64(let values): .float64(rows.runningSums(values, +))
      case .complex128(let values): .complex128(rows.runningSums(values, +))
      default: .int64(rows.runningSums(rows.elements.values(as: Int.self), &+))
      }
    }
  }
}

extension Rows {
  fileprivate var sums: NDArray.Elements {
    switch elements {
    case .float32(let values):
      .float32(map(values) { isContiguous ? pairwiseSum($0) : $0.reduce(0, +) })
    case .float64(let values):
      .float64(map(values) { isContiguous ? pairwiseSum($0) : $0.reduce(0, +) })
    case .complex128(let values):
      .complex128(
        map(values) { row in
          Complex(pairwiseSum(row.map(\.real)), pairwiseSum(row.map(\.imaginary)))
        })
    case .bool(let values):
      .int64(map(values) { row in row.reduce(0) { $0 + ($1 ? 1 : 0) } })
    default: .int64(map(elements.values(as: Int.self)) { $0.reduce(0, &+) })
    }
  }

  fileprivate func runningSums<T>(_ values: [T], _ add: (T, T) -> T) -> [T] {
    var values = values
    for row in 0..<count {
      for index in (row * length + 1)..<max(row * length + 1, (row + 1) * length) {
        values[index] = add(values[index - 1], values[index])
      }
    }
    return values
  }
}

extension NDArray.Elements {
  /// Floats and complex numbers divided by a count; by 0 they become nan.
  fileprivate func divided(by count: Int) -> NDArray.Elements {
    switch self {
    case .float32(let values): .float32(values.map { $0 / Float(count) })
    case .complex128(let values):
      .complex128(
        values.map { Complex($0.real / Double(count), $0.imaginary / Double(count)) })
    default: .float64(values(as: Double.self).map { $0 / Double(count) })
    }
  }
}

private func pairwiseSum<T: BinaryFloatingPoint>(_ values: [T]) -> T {
  values.withUnsafeBufferPointer(pairwiseSum)
}

/// The sum by halves, down to blocks of 128 that are added in eight interleaved rows: the order
/// in which NumPy adds, so that the bits agree. The error grows with log n instead of n.
private func pairwiseSum<T: BinaryFloatingPoint>(_ values: UnsafeBufferPointer<T>) -> T {
  let count = values.count
  if count < 8 { return values.reduce(0, +) }
  if count <= 128 {
    var (r0, r1, r2, r3) = (values[0], values[1], values[2], values[3])
    var (r4, r5, r6, r7) = (values[4], values[5], values[6], values[7])
    var index = 8
    while index + 8 <= count {
      r0 += values[index]
      r1 += values[index + 1]
      r2 += values[index + 2]
      r3 += values[index + 3]
      r4 += values[index + 4]
      r5 += values[index + 5]
      r6 += values[index + 6]
      r7 += values[index + 7]
      index += 8
    }
    var sum = ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7))
    while index < count {
      sum += values[index]
      index += 1
    }
    return sum
  }
  let half = count / 2 - (count / 2) % 8
  return pairwiseSum(UnsafeBufferPointer(rebasing: values[..<half]))
    + pairwiseSum(UnsafeBufferPointer(rebasing: values[half...]))
}
