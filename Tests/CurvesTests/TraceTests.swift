import Curves
import Testing

struct TraceTests {
  private static let counts = [0, 1, 31, 32, 33, 1023, 1024, 1025, 5000]

  /// Ups and downs, with gaps.
  private func values(_ count: Int) -> [Double] {
    (0..<count).map { index in
      switch index % 97 {
      case 13: .nan
      case 29: .infinity
      case 31: 0
      default: Double((index * 7919) % 1009) - 300
      }
    }
  }

  @Test("Appended or taken over at once, the values are the same", arguments: counts)
  func holdsValues(count: Int) {
    let values = values(count)
    var appended = Trace()
    for value in values { appended.append(value) }
    for trace in [appended, Trace(values)] {
      #expect(trace.count == count)
      #expect(trace.map(\.bitPattern) == values.map(\.bitPattern))
      #expect(trace.values.map(\.bitPattern) == values.map(\.bitPattern))
      #expect(trace.notFiniteCount == values.count { !$0.isFinite })
      #expect(trace.notPositiveCount == values.count { $0.isFinite && $0 <= 0 })
      #expect(trace.extremes.range == range(values[...]))
    }
    #expect(appended.isIdentical(to: Trace(values)))
  }

  @Test("The extremes of any stretch are those of its values")
  func findsExtremes() {
    let values = values(5000)
    let trace = Trace(values)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let bounds = [
        Int.random(in: 0...5000, using: &random), .random(in: 0...5000, using: &random),
      ]
      let range = bounds.min()!..<bounds.max()!
      let extremes = trace.extremes(in: range)
      #expect(extremes.range == self.range(values[range]), "\(range)")
      let positive = values[range].filter { $0 > 0 && $0.isFinite }.min()
      #expect(extremes.lowPositive == positive ?? .infinity, "\(range)")
    }
  }

  @Test("A copy keeps its values while the original grows")
  func copies() {
    var trace = Trace((0..<1500).map(Double.init))
    let copy = trace
    for value in 0..<2000 { trace.append(Double(value)) }
    #expect(copy.count == 1500 && copy.last == 1499 && copy.extremes.high == 1499)
    #expect(trace.count == 3500 && trace[1500] == 0 && trace.extremes.high == 1999)
    #expect(!copy.isIdentical(to: trace) && copy != trace)
    var other = copy
    other.append(-1)
    var third = copy
    third.append(-2)
    #expect(!other.isIdentical(to: third))
  }

  private func range(_ values: ArraySlice<Double>) -> ClosedRange<Double>? {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return nil }
    return low...high
  }
}
