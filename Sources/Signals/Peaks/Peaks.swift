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
    var found: [Prominence] = []
    var pace = Budget.Pace()
    for peak in indices {
      let reach = window.map { $0 / 2 } ?? signal.count
      let (first, last) = (max(0, peak - reach), min(signal.count - 1, peak + reach))
      var (left, right) = (peak, peak)
      var (leftLow, rightLow) = (signal[peak], signal[peak])
      var index = peak
      while index >= first, signal[index] <= signal[peak] {
        if signal[index] < leftLow { (leftLow, left) = (signal[index], index) }
        index -= 1
        if index & 0xffff == 0 { try Budget.check() }
      }
      try pace.advance(by: peak - index)
      index = peak
      while index <= last, signal[index] <= signal[peak] {
        if signal[index] < rightLow { (rightLow, right) = (signal[index], index) }
        index += 1
        if index & 0xffff == 0 { try Budget.check() }
      }
      try pace.advance(by: index - peak)
      found.append(
        Prominence(value: signal[peak] - max(leftLow, rightLow), left: left, right: right))
    }
    prominences = found
    keep { range.contains(found[$0].value) }
  }

  private mutating func keep(where isKept: (Int) -> Bool) {
    let numbers = indices.indices.filter(isKept)
    if let all = prominences { prominences = numbers.map { all[$0] } }
    indices = numbers.map { indices[$0] }
  }
}
