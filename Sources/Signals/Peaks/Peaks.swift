import Compute
import Concurrency
import Messages

/// The local maxima of a signal, as `scipy.signal.find_peaks`; of flat tops the middle.
package struct Peaks: Sendable {
  private let signal: [Double]
  /// In order.
  package private(set) var indices: [Int] = []
  /// Of each peak, once they were asked for.
  package private(set) var prominences: [Prominence]?

  /// How far a peak stands out: above the higher one of the lowest points on both sides, before the signal
  /// is as high again.
  package struct Prominence: Sendable {
    package var value: Double
    package var left: Int
    package var right: Int
  }

  package init(of signal: [Double]) throws(Diagnostic) {
    self.signal = signal
    var index = 1
    var pace = Budget.Pace()
    while index < signal.count - 1 {
      var end = index + 1
      if signal[index - 1] < signal[index] {
        while end < signal.count - 1, signal[end] == signal[index] { end += 1 }
        if signal[end] < signal[index] { indices.append((index + end - 1) / 2) }
      }
      try pace.advance(by: end - index)
      index = end
    }
  }

  package var heights: [Double] { indices.map { signal[$0] } }

  /// Keeps the peaks of these heights.
  package mutating func keep(heights range: ClosedRange<Double>) {
    let heights = heights
    keep { range.contains(heights[$0]) }
  }

  /// Of peaks nearer to each other than this many samples, keeps the highest ones.
  package mutating func keep(distance: Int) throws(Diagnostic) {
    let order = try NDArray(heights).sortingIndices()
    var isKept = [Bool](repeating: true, count: indices.count)
    var pace = Budget.Pace()
    for number in try order.values(as: Int.self).reversed() where isKept[number] {
      var steps = 1
      var other = number - 1
      while other >= 0, indices[number] - indices[other] < distance {
        isKept[other] = false
        other -= 1
        steps += 1
      }
      other = number + 1
      while other < indices.count, indices[other] - indices[number] < distance {
        isKept[other] = false
        other += 1
        steps += 1
      }
      try pace.advance(by: steps)
    }
    keep { isKept[$0] }
  }

  /// Keeps the peaks that stand out so far, and their prominences.
  ///
  /// - Parameter window: how many samples to look at around each peak; nil for all.
  package mutating func keep(
    prominences range: ClosedRange<Double>, window: Int? = nil
  ) throws(Diagnostic) {
    let reach = window.map { $0 / 2 } ?? signal.count
    let lefts = try bases(reach: reach, isReversed: false)
    let rights = try bases(reach: reach, isReversed: true)
    let found = indices.indices.map { number in
      let (left, right) = (lefts[number], rights[number])
      let base = max(signal[left], signal[right])
      return Prominence(value: signal[indices[number]] - base, left: left, right: right)
    }
    prominences = found
    keep { range.contains(found[$0].value) }
  }

  /// The lowest sample before each peak, back to where the signal was last higher or nan, and within reach; of
  /// equal ones the nearest. Reversed, the lowest one after each peak.
  ///
  /// Takes O(n log n) time: one stack has the samples that nothing after them exceeds, another one those that
  /// nothing after them undercuts.
  private func bases(reach: Int, isReversed: Bool) throws(Diagnostic) -> [Int] {
    var bases = [Int](repeating: 0, count: indices.count)
    guard !indices.isEmpty else { return bases }
    let last = signal.count - 1
    func position(_ step: Int) -> Int { isReversed ? last - step : step }
    try Budget.reserve(32 * Double(signal.count), for: "the prominences")
    defer { Budget.release(32 * Double(signal.count)) }
    var (higher, lowest): ([Int], [Int]) = ([], [])
    var found = 0
    for step in 0...last {
      try Budget.check(step: step)
      let value = signal[position(step)]
      while let top = higher.last, signal[position(top)] <= value { higher.removeLast() }
      while let top = lowest.last, signal[position(top)] >= value { lowest.removeLast() }
      lowest.append(step)
      let number = isReversed ? indices.count - 1 - found : found
      if found < indices.count, position(indices[number]) == step {
        let first = max((higher.last ?? -1) + 1, step - reach)
        var (low, high) = (0, lowest.count - 1)
        while low < high {
          let middle = (low + high) / 2
          if lowest[middle] < first { low = middle + 1 } else { high = middle }
        }
        bases[number] = position(lowest[low])
        found += 1
      }
      higher.append(step)
    }
    return bases
  }

  private mutating func keep(where isKept: (Int) -> Bool) {
    let numbers = indices.indices.filter(isKept)
    if let all = prominences { prominences = numbers.map { all[$0] } }
    indices = numbers.map { indices[$0] }
  }
}
