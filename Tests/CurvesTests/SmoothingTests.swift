import Curves
import Glibc
import Testing

struct SmoothingTests {
  private func noisy(_ count: Int) -> [Double] {
    (0..<count).map { 1 - Double($0) / Double(count) + 0.2 * sin(Double($0 * $0)) }
  }

  @Test("The median follows the trend, between the extremes of its neighbourhood")
  func medianAndRange() throws {
    let y = noisy(2000)
    let smoothing = try #require(
      Smoothing(of: Curve(y: Trace(y)), in: 0..<2000, columnCount: 80))
    #expect(smoothing.x.count == 80)
    #expect(smoothing.x.first == 0 && smoothing.x.last == 1999)
    for index in smoothing.x.indices {
      #expect(smoothing.low[index] <= smoothing.median[index])
      #expect(smoothing.median[index] <= smoothing.high[index])
      // Away from the ends, which have few neighbours.
      guard (4..<76).contains(index) else { continue }
      #expect(abs(smoothing.median[index] - (1 - smoothing.x[index] / 2000)) < 0.08)
    }
    // No peak is lost: the band holds all values.
    let lowest = try #require(y.min())
    #expect(smoothing.low.contains { abs($0 - lowest) < 1e-12 })
  }

  @Test("A steep start is not flattened")
  func start() throws {
    let y = (0..<1000).map { exp(-Double($0) / 20) }
    let smoothing = try #require(
      Smoothing(of: Curve(y: Trace(y)), in: 0..<1000, columnCount: 100))
    #expect(try #require(smoothing.median.first) > 0.75)
  }

  @Test("Few points stay as they are; gaps and scales are respected")
  func limits() throws {
    #expect(Smoothing(of: Curve(y: Trace(noisy(20))), in: 0..<20, columnCount: 80) == nil)
    #expect(
      Smoothing(of: Curve(x: [2, 1, 0], y: [0, 0, 0]), in: 0..<3, columnCount: 80) == nil)
    var y = noisy(400)
    for index in 100..<300 { y[index] = .nan }
    let smoothing = try #require(
      Smoothing(of: Curve(y: Trace(y), yScale: 100), in: 0..<400, columnCount: 100))
    #expect(smoothing.median.allSatisfy { $0.isFinite && abs($0) < 130 })
    #expect(smoothing.x.allSatisfy { $0 <= 111 || $0 >= 289 })
  }
}
