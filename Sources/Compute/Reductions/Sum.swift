import Concurrency
import Messages

extension NDArray {
  /// As `np.sum`: integers and booleans give int64, which wraps around; floats and complex numbers
  /// keep their type. The sum of nothing is 0.
  package func sum(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    if let sums = try sumOverFirstAxes(axes, keepingAxes: keepingAxes) { return sums }
    return try reducing(over: axes, keepingAxes: keepingAxes) { (rows) throws(Diagnostic) in
      switch rows.elements {
      case .float32, .float64, .complex128: try rows.floatSums()
      default: .int64(try rows.elements.accept(WholeSums(rows: rows)))
      }
    }
  }

  /// As `np.prod`, with the types of ``sum(over:keepingAxes:)``. The product of nothing is 1.
  package func product(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    try reducing(over: axes, keepingAxes: keepingAxes) { (rows) throws(Diagnostic) in
      switch rows.elements {
      case .float32(let values): .float32(try rows.products(values, 1, *))
      case .float64(let values): .float64(try rows.products(values, 1, *))
      case .complex128(let values): .complex128(try rows.products(values, Complex(1, 0), *))
      default: .int64(try rows.elements.accept(WholeProducts(rows: rows)))
      }
    }
  }

  /// As `np.mean`: integers and booleans give float64, floats and complex numbers keep their type.
  /// The mean of nothing is nan.
  package func mean(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    if let sums = try sumOverFirstAxes(axes, keepingAxes: keepingAxes), sums.count > 0 {
      return try .releasingTemporaries { () throws(Diagnostic) in
        NDArray(shape: sums.shape, elements: try sums.elements.divided(by: count / sums.count))
      }
    }
    return try reducing(over: axes, keepingAxes: keepingAxes) { (rows) throws(Diagnostic) in
      try rows.floatSums().divided(by: rows.length)
    }
  }

  /// As `np.var`: the mean of the squared distances from the mean, or their sum divided by
  /// `n - lessDegrees` (`ddof`). Types as ``mean(over:keepingAxes:)``, but complex gives float64.
  package func variance(
    over axes: [Int]? = nil, lessDegrees: Int = 0, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    try reducing(over: axes, keepingAxes: keepingAxes) { (rows) throws(Diagnostic) in
      let (degrees, overflow) = rows.length.subtractingReportingOverflow(lessDegrees)
      return try rows.sumsOfSquaredDistances().divided(by: overflow ? 0 : max(0, degrees))
    }
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
    return try mappingRows(along: axis) { (rows) throws(Diagnostic) in
      switch rows.elements {
      case .float32(let values): .float32(try rows.runningSums(values, +))
      case .float64(let values): .float64(try rows.runningSums(values, +))
      case .complex128(let values): .complex128(try rows.runningSums(values, +))
      default:
        .int64(
          try rows.runningSums(rows.elements.values(as: Int.self)) { $0 &+ $1 })
      }
    }
  }
}

extension NDArray {
  /// The sums of floats along the first axes, slice after slice, without gathering each column: nil
  /// for other types and axes.
  private func sumOverFirstAxes(
    _ axes: [Int]?, keepingAxes: Bool
  ) throws(Diagnostic) -> NDArray? {
    guard let axes, axes.count < axisCount else { return nil }
    var resolved: [Int] = []
    for axis in axes { resolved.append(try resolvedAxis(axis)) }
    guard !axes.isEmpty, resolved.sorted() == Array(0..<axes.count) else { return nil }
    let kept = Array(shape[axes.count...])
    let shape = keepingAxes ? [Int](repeating: 1, count: axes.count) + kept : kept
    let width = kept.reduce(1, *)
    // Contiguous columns are added pairwise.
    guard width > 1 else { return nil }
    switch elements {
    case .float32(let values):
      return NDArray(shape: shape, values: try columnSums(values, width: width))
    case .float64(let values):
      return NDArray(shape: shape, values: try columnSums(values, width: width))
    default: return nil
    }
  }
}

private func columnSums<T: BinaryFloatingPoint>(
  _ values: [T], width: Int
) throws(Diagnostic) -> [T] {
  var sums = try [T](filled: 0, count: width)
  try sums.withUnsafeMutableBufferPointer { (sums) throws(Diagnostic) in
    try values.withUnsafeBufferPointer { (values) throws(Diagnostic) in
      var pace = Budget.Pace()
      for start in stride(from: 0, to: values.count, by: width) {
        try Budget.forEachChunk(of: width) { range in
          for column in range { sums[column] += values[start &+ column] }
        }
        try pace.advance(by: width)
      }
    }
  }
  return sums
}

extension Rows {
  /// In float32 of float32, complex of complex numbers, else in float64.
  fileprivate func floatSums() throws(Diagnostic) -> NDArray.Elements {
    switch elements {
    case .float32(let values): .float32(try sums(values))
    case .complex128(let values):
      .complex128(
        try map(values) { (row) throws(Diagnostic) in
          Complex(
            try RealParts(row: row).sumInPairs(), try ImaginaryParts(row: row).sumInPairs())
        })
    default: .float64(try elements.accept(DoubleSums(rows: self)))
    }
  }

  /// Types as ``floatSums()``, but complex gives float64.
  fileprivate func sumsOfSquaredDistances() throws(Diagnostic) -> NDArray.Elements {
    switch elements {
    case .float32(let values): .float32(try sumsOfSquaredDistances(values))
    case .complex128(let values):
      .float64(
        try map(values) { (row) throws(Diagnostic) in
          let sum = Complex(
            try RealParts(row: row).sumInPairs(), try ImaginaryParts(row: row).sumInPairs())
          let mean = Complex(sum.real / Double(length), sum.imaginary / Double(length))
          return try total(SquaredMagnitudes(row: row, mean: mean))
        })
    default: .float64(try elements.accept(DoubleSumsOfSquaredDistances(rows: self)))
    }
  }

  fileprivate func sums<T: ArrayElement, Number: ArrayElement & BinaryFloatingPoint>(
    _ values: [T]
  ) throws(Diagnostic) -> [Number] {
    try map(values) { (row) throws(Diagnostic) in
      try total(CastElements<T, Number>(row: row))
    }
  }

  fileprivate func sumsOfSquaredDistances<
    T: ArrayElement, Number: ArrayElement & BinaryFloatingPoint
  >(_ values: [T]) throws(Diagnostic) -> [Number] {
    try map(values) { (row) throws(Diagnostic) in
      let mean = try total(CastElements<T, Number>(row: row)) / Number(length)
      return try total(SquaredDistances(row: row, mean: mean))
    }
  }

  private func total<Numbers: Summands>(_ numbers: Numbers) throws(Diagnostic) -> Numbers.Number {
    try isContiguous ? numbers.sumInPairs() : numbers.sumInOrder()
  }

  fileprivate func products<T>(
    _ values: [T], _ one: T, _ multiply: (T, T) -> T
  ) throws(Diagnostic) -> [T] {
    try map(values) { (row) throws(Diagnostic) in try row.reduceInChunks(one, multiply) }
  }

  fileprivate func runningSums<T>(
    _ values: [T], _ add: (T, T) -> T
  ) throws(Diagnostic) -> [T] {
    try mapRows(values) { (row, target) throws(Diagnostic) in
      try Budget.forEachChunk(of: row.count) { range in
        for index in range {
          let value = index == 0 ? row[0] : add(target[index - 1], row[index])
          (target + index).initialize(to: value)
        }
      }
    }
  }
}

private struct WholeSums: ElementVisitor {
  var rows: Rows

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> [Int] {
    try rows.map(values) { (row) throws(Diagnostic) in
      try row.reduceInChunks(0) { $0 &+ $1.asInt }
    }
  }
}

private struct WholeProducts: ElementVisitor {
  var rows: Rows

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> [Int] {
    try rows.map(values) { (row) throws(Diagnostic) in
      try row.reduceInChunks(1) { $0 &* $1.asInt }
    }
  }
}

private struct DoubleSums: ElementVisitor {
  var rows: Rows

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> [Double] {
    try rows.sums(values)
  }
}

private struct DoubleSumsOfSquaredDistances: ElementVisitor {
  var rows: Rows

  func visit<T: ArrayElement>(_ values: [T]) throws(Diagnostic) -> [Double] {
    try rows.sumsOfSquaredDistances(values)
  }
}

extension NDArray.Elements {
  /// Floats and complex numbers divided by a count; by 0 they become nan.
  fileprivate func divided(by count: Int) throws(Diagnostic) -> NDArray.Elements {
    switch self {
    case .float32(let values): .float32(try values.mapInChunks { $0 / Float(count) })
    case .complex128(let values):
      .complex128(
        try values.mapInChunks {
          Complex($0.real / Double(count), $0.imaginary / Double(count))
        })
    default: .float64(try values(as: Double.self).mapInChunks { $0 / Double(count) })
    }
  }
}
