import Curves
import Testing

struct CurveTests {
  /// For each column the first and last value, and the extremes between: what a plot shows.
  private func columns(
    _ points: [(x: Double, y: Double)], count: Int, _ column: (Double) -> Double
  ) -> [[Double]] {
    (0..<count).map { number in
      let inside = points.filter { Int(column($0.x).rounded()) == number }.map(\.y)
      guard let first = inside.first, let last = inside.last else { return [] }
      return [first, inside.min() ?? 0, inside.max() ?? 0, last]
    }
  }

  @Test("A few points look like all of them", arguments: [false, true])
  func reduces(isCounting: Bool) {
    let y = (0..<100_000).map { Double(($0 * 7919) % 10_007) }
    let x = (0..<100_000).map { Double($0) }
    let curve = isCounting ? Curve(y: Trace(y)) : Curve(x: x, y: y)
    for window in [0.0...99_999, 50_000...70_000, 99_000...120_000, -500...3000] {
      func column(_ x: Double) -> Double {
        (x - window.lowerBound) / (window.upperBound - window.lowerBound) * 119
      }
      var drawn: [(x: Double, y: Double)] = []
      curve.forEachPoint(columnCount: 120, column: column, onlyPositive: false) {
        drawn.append(($0, $1))
      }
      #expect(drawn.count <= 4 * 120 + 2)
      let all = Array(zip(x, y).map { (x: $0, y: $1) })
      #expect(columns(drawn, count: 120, column) == columns(all, count: 120, column))
    }
  }

  @Test("Curves that turn back keep their extremes, and gaps stay gaps")
  func outlines() {
    let count = 300_000
    let x = (0..<count).map { Double($0 % 1000) }
    var y = (0..<count).map { Double($0 % 777) }
    y[123_456] = 5000
    for index in 200_000..<201_000 { y[index] = .nan }
    let curve = Curve(x: x, y: y)
    #expect(!curve.isAscending && curve.notFiniteCount == 1000)
    var drawn: [(x: Double, y: Double)] = []
    curve.forEachPoint(columnCount: 100, column: { $0 }, onlyPositive: false) {
      drawn.append(($0, $1))
    }
    #expect(drawn.count < 30_000)
    #expect(drawn.contains { $0.y == 5000 } && drawn.contains { $0.y.isNaN })
    #expect(drawn.map(\.x).filter(\.isFinite).max() == 999)
  }

  @Test("The nearest point is found in any order of x")
  func findsNearest() {
    let ascending = Curve(x: [0, 1, 1, 4], y: [5, 6, 7, 8])
    #expect(ascending.nearestIndex(toX: -3) == 0)
    #expect(ascending.nearestIndex(toX: 1.2) == 1)
    #expect(ascending.nearestIndex(toX: 2.6) == 3)
    #expect(ascending.nearestIndex(toX: 100) == 3)
    #expect(Curve(x: [3, .nan, 0], y: [1, 2, 3]).nearestIndex(toX: 1) == 2)
    #expect(Curve(x: [], y: []).nearestIndex(toX: 1) == nil)
    #expect(Curve(y: [2, 4, 6]).nearestIndex(toX: 1.4) == 1)
    #expect(ascending.indices(ofX: 0.5...4) == 1..<4)
    #expect(ascending.indices(ofX: 5...6).isEmpty)
  }

  @Test("Points that no axis can show are counted")
  func countsUndrawnPoints() {
    let curve = Curve(x: [-1, 0, .nan, 2, 3], y: [1, 2, 3, .infinity, -5])
    #expect(curve.notFiniteCount == 2 && curve.notPositiveXCount == 2)
    #expect(curve.smallestPositiveX == 2 && curve.xRange == -1...3)
    #expect(Curve(y: [1, 2, 3]).notPositiveXCount == 1)
    #expect(Curve(y: [1, 2, 3], countingFrom: 1).notPositiveXCount == 0)
    #expect(Curve(y: [1, 2, 3], countingFrom: -1).smallestPositiveX == 1)
    let percent = Curve(y: [0.25, 0.5], countingFrom: 1, yScale: 100)
    #expect(percent.yRange == 25...50 && percent.point(1) == (2, 50))
  }
}
