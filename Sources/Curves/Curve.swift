/// Points in order, as a plot draws them: y over x.
///
/// Where x ascends, each column of a plot is drawn from a few of its points
/// (``forEachPoint(columnCount:column:onlyPositive:_:)``), so that the work depends on the plot's
/// width and not on the number of points.
package struct Curve: Sendable {
  package enum Abscissa: Sendable {
    /// start, start + 1, start + 2 …
    case counting(from: Double)
    case values([Double])
  }

  package let y: Trace
  private let abscissa: Abscissa
  /// Multiplies every y, as for percentages.
  package let yScale: Double
  /// Surplus values of either axis are ignored.
  package let count: Int
  /// Of the finite x; nil without any.
  package let xRange: ClosedRange<Double>?
  package let smallestPositiveX: Double?
  /// The points with a finite x that is not above 0.
  package let notPositiveXCount: Int
  /// The points without a place on any plot, since x or y is nan or infinite.
  package let notFiniteCount: Int
  /// Whether every x is finite and not below the one before.
  package let isAscending: Bool
  /// For many points that turn back in x: fewer that look the same.
  private let outline: [(x: Double, y: Double)]?

  /// More points that do not ascend are drawn from an outline.
  private static let outlineThreshold = 20_000
  private static let outlineGroups = 4000

  /// Over start, start + 1, start + 2 …; O(1).
  package init(y: Trace, countingFrom start: Double = 0, yScale: Double = 1) {
    self.y = y
    self.yScale = yScale
    abscissa = .counting(from: start)
    count = y.count
    xRange = y.isEmpty ? nil : start...(start + Double(y.count - 1))
    let firstPositive = start > 0 ? start : start + (-start).rounded(.down) + 1
    smallestPositiveX = xRange.flatMap { $0.contains(firstPositive) ? firstPositive : nil }
    notPositiveXCount = start > 0 ? 0 : min(y.count, Int(min((-start).rounded(.down), 1e15)) + 1)
    notFiniteCount = y.notFiniteCount
    isAscending = true
    outline = nil
  }

  /// O(points).
  package init(x: [Double], y: [Double]) {
    count = min(x.count, y.count)
    let trace = Trace(y.count == count ? y : Array(y[..<count]))
    self.y = trace
    yScale = 1
    let x = x.count == count ? x : Array(x[..<count])
    abscissa = .values(x)
    var (isAscending, previous) = (true, -Double.infinity)
    var (low, high, positive) = (Double.infinity, -Double.infinity, Double.infinity)
    var (notFinite, notPositive) = (0, 0)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        for index in x.indices {
          let value = x[index]
          guard value.isFinite else {
            isAscending = false
            notFinite += 1
            continue
          }
          if !y[index].isFinite { notFinite += 1 }
          if value < previous { isAscending = false }
          previous = value
          low = min(low, value)
          high = max(high, value)
          if value > 0 { positive = min(positive, value) } else { notPositive += 1 }
        }
      }
    }
    self.isAscending = isAscending
    notFiniteCount = notFinite
    notPositiveXCount = notPositive
    xRange = low <= high ? low...high : nil
    smallestPositiveX = positive.isFinite ? positive : nil
    outline =
      isAscending || count <= Self.outlineThreshold ? nil : Self.outline(x, y, count: count)
  }

  package func x(_ index: Int) -> Double {
    switch abscissa {
    case .counting(let start): start + Double(index)
    case .values(let values): values[index]
    }
  }

  package func point(_ index: Int) -> (x: Double, y: Double) { (x(index), y[index] * yScale) }

  /// Of the finite y; nil without any.
  package var yRange: ClosedRange<Double>? {
    y.extremes.range.map { $0.lowerBound * yScale...$0.upperBound * yScale }
  }

  package var smallestPositiveY: Double? {
    y.extremes.lowPositive.isFinite ? y.extremes.lowPositive * yScale : nil
  }

  // MARK: Finding

  /// The point nearest to `x`, among those with a finite x.
  package func nearestIndex(toX x: Double) -> Int? {
    guard count > 0 else { return nil }
    guard isAscending else {
      return (0..<count).lazy.filter { self.x($0).isFinite }
        .min { abs(self.x($0) - x) < abs(self.x($1) - x) }
    }
    let after = firstIndex { self.x($0) >= x }
    if after == count { return firstIndex { self.x($0) >= self.x(count - 1) } }
    guard after > 0, x - self.x(after - 1) <= self.x(after) - x else { return after }
    let before = self.x(after - 1)
    return firstIndex { self.x($0) >= before }
  }

  /// The number of points whose x is in the range; stops counting at `limit`.
  package func count(ofX range: ClosedRange<Double>, atMost limit: Int) -> Int {
    if isAscending { return min(limit, indices(ofX: range).count) }
    var found = 0
    for index in 0..<count where range.contains(x(index)) {
      found += 1
      if found >= limit { break }
    }
    return found
  }

  /// From the first to the last point whose x is in the range; empty without any.
  package func indices(ofX range: ClosedRange<Double>) -> Range<Int> {
    if isAscending {
      let first = firstIndex { x($0) >= range.lowerBound }
      return first..<firstIndex(from: first) { x($0) > range.upperBound }
    }
    guard let first = (0..<count).first(where: { range.contains(x($0)) }),
      let last = (0..<count).last(where: { range.contains(x($0)) })
    else { return 0..<0 }
    return first..<last + 1
  }

  /// The first index from which on the predicate holds, by bisection; `count` if it never does.
  private func firstIndex(from start: Int = 0, where predicate: (Int) -> Bool) -> Int {
    var (low, high) = (start, count)
    while low < high {
      let middle = low + (high - low) / 2
      if predicate(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  // MARK: Drawing

  /// Calls `body` with points that look like all of them in a plot of `columnCount` columns: of
  /// each column at most the first, the lowest, the highest and the last, and one point beyond
  /// either edge.
  ///
  /// - Parameters:
  ///   - column: where an x lies, from 0; ascending, and nan where the axis cannot show it.
  ///   - onlyPositive: values that are not above 0 are not drawn, as on a logarithmic axis.
  package func forEachPoint(
    columnCount: Int, column: (Double) -> Double, onlyPositive: Bool,
    _ body: (_ x: Double, _ y: Double) -> Void
  ) {
    if let outline {
      for point in outline { body(point.x, point.y) }
      return
    }
    guard isAscending, count > 4 * columnCount else {
      for index in 0..<count { body(x(index), y[index] * yScale) }
      return
    }
    var start = firstIndex { column(x($0)) >= -0.5 }
    if start > 0 { body(x(start - 1), y[start - 1] * yScale) }
    for number in 0..<columnCount where start < count {
      let end = firstIndex(from: start) { column(x($0)) >= Double(number) + 0.5 }
      forEachPoint(in: start..<end, onlyPositive: onlyPositive, body)
      start = end
    }
    if start < count { body(x(start), y[start] * yScale) }
  }

  private func forEachPoint(
    in range: Range<Int>, onlyPositive: Bool, _ body: (_ x: Double, _ y: Double) -> Void
  ) {
    guard range.count > 4 else {
      for index in range { body(x(index), y[index] * yScale) }
      return
    }
    let (first, last) = (range.lowerBound, range.upperBound - 1)
    body(x(first), y[first] * yScale)
    let extremes = y.extremes(in: range)
    let low = onlyPositive ? extremes.lowPositive : extremes.low
    if low <= extremes.high {
      body(x(first), low * yScale)
      body(x(first), extremes.high * yScale)
    }
    body(x(last), y[last] * yScale)
  }

  /// Of each group of points the first, the last and the extremes, in order; a group without a
  /// finite point leaves a gap.
  private static func outline(
    _ x: [Double], _ y: [Double], count: Int
  ) -> [(x: Double, y: Double)] {
    let length = (count + outlineGroups - 1) / outlineGroups
    var result: [(x: Double, y: Double)] = []
    for start in stride(from: 0, to: count, by: length) {
      let finite = (start..<min(start + length, count)).filter { x[$0].isFinite && y[$0].isFinite }
      guard let first = finite.first, let last = finite.last else {
        result.append((.nan, .nan))
        continue
      }
      var chosen: Set = [first, last]
      for axis in [x, y] {
        if let low = finite.min(by: { axis[$0] < axis[$1] }) { chosen.insert(low) }
        if let high = finite.max(by: { axis[$0] < axis[$1] }) { chosen.insert(high) }
      }
      for index in chosen.sorted() { result.append((x[index], y[index])) }
    }
    return result
  }
}
