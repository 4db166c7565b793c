/// A noisy curve in two parts: its running median, and the range in which it scatters around it.
package struct Smoothing: Sendable {
  /// At evenly spaced points of the curve.
  package private(set) var x: [Double] = []
  package private(set) var low: [Double] = []
  package private(set) var median: [Double] = []
  package private(set) var high: [Double] = []

  /// Shorter curves are best shown as they are.
  private static let fewest = 48
  /// A window of more points is sampled.
  private static let largestSample = 63

  /// Nil for a curve of few points, or one that turns back in x. O(columns).
  ///
  /// - Parameters:
  ///   - range: the visible points.
  ///   - columnCount: how many points are wanted at most.
  package init?(of curve: Curve, in range: Range<Int>, columnCount: Int) {
    guard range.count >= Self.fewest, curve.isAscending, columnCount > 1 else { return nil }
    let count = min(columnCount, range.count)
    let widest = max(4, range.count / 40)
    for number in 0..<count {
      let place = range.lowerBound + number * (range.count - 1) / (count - 1)
      // As far to either side, or a falling curve would seem to start too low.
      let nearest = min(place - range.lowerBound, range.upperBound - 1 - place)
      let half = max(min(4, widest), min(widest, nearest))
      let window = max(range.lowerBound, place - half)..<min(range.upperBound, place + half + 1)
      guard let extremes = curve.y.extremes(in: window).range else { continue }
      let stride = max(1, window.count / Self.largestSample)
      var sample: [Double] = []
      for index in Swift.stride(from: window.lowerBound, to: window.upperBound, by: stride)
      where curve.y[index].isFinite { sample.append(curve.y[index]) }
      guard !sample.isEmpty else { continue }
      sample.sort()
      x.append(curve.x(place))
      low.append(extremes.lowerBound * curve.yScale)
      median.append(sample[sample.count / 2] * curve.yScale)
      high.append(extremes.upperBound * curve.yScale)
    }
  }
}
