import Glibc

/// A limit on the epochs per second: 1, 2, 5, 10, 20, 50, …, or none.
struct Pace: Sendable {
  /// Nil for no limit.
  private(set) var epochsPerSecond: Double?
  /// The pace to return to from running free.
  private var last: Double

  private static let steps: [Double] = [1, 10, 100, 1000].flatMap { [$0, 2 * $0, 5 * $0] }

  /// The pace at which this many epochs take about ten seconds: long enough to watch the curve
  /// grow.
  init(forEpochs count: Int) {
    let target = max(Double(count), 1) / 10
    last = Self.steps.min { abs(log($0 / target)) < abs(log($1 / target)) } ?? 1
    epochsPerSecond = last
  }

  /// - Parameter steps: faster when positive. Slowing down from free returns to the last pace.
  mutating func change(by steps: Int) {
    guard let current = epochsPerSecond else {
      if steps < 0 { epochsPerSecond = last }
      return
    }
    let index = (Self.steps.firstIndex(of: current) ?? 0) + min(max(steps, -100), 100)
    last = Self.steps[min(max(index, 0), Self.steps.count - 1)]
    epochsPerSecond = last
  }

  mutating func runFree() { epochsPerSecond = nil }

  /// When the next epoch is due, if the last one was due at `time`. A run that falls behind its
  /// pace does not catch up.
  func next(after time: Double, now: Double) -> Double {
    epochsPerSecond.map { max(time + 1 / $0, now) } ?? now
  }
}
