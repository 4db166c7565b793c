import Glibc

/// Epochs a second at most: 1, 2, 5, 10, 20, 50, …, or as many as there can be.
struct Pace: Sendable {
  /// Nil runs free.
  private(set) var epochsPerSecond: Double?
  /// The pace to come back to from running free.
  private var last: Double

  private static let steps: [Double] = [1, 10, 100, 1000].flatMap { [$0, 2 * $0, 5 * $0] }

  /// The one at which this many epochs take some ten seconds: long enough to watch the curve grow.
  init(forEpochs count: Int) {
    let wish = max(Double(count), 1) / 10
    last = Self.steps.min { abs(log($0 / wish)) < abs(log($1 / wish)) } ?? 1
    epochsPerSecond = last
  }

  /// - Parameter steps: faster when positive. Slower than free is the pace before.
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

  /// When the next epoch is due, if the last one was due at `time`. A run that cannot keep its pace
  /// does not catch up later.
  func next(after time: Double, now: Double) -> Double {
    epochsPerSecond.map { max(time + 1 / $0, now) } ?? now
  }
}
