import Concurrency
import Signals
import Testing

@Suite struct PeaksTests {
  /// A peak's lowest points by their definition, O(n) for each.
  private func bases(of peak: Int, in signal: [Double], reach: Int) -> (Int, Int) {
    func lowest(_ samples: some Sequence<Int>) -> Int {
      var best = peak
      for index in samples where abs(index - peak) <= reach {
        guard signal[index] <= signal[peak] else { break }
        if signal[index] < signal[best] { best = index }
      }
      return best
    }
    return (lowest((0..<peak).reversed()), lowest((peak + 1)..<signal.count))
  }

  @Test("Prominences are those of their definition", arguments: [nil, 2, 9])
  func prominences(window: Int?) throws {
    var state: UInt64 = 1
    func random(below limit: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % limit
    }
    for count in 0..<60 {
      // Few values, so that many are equal, and now and then none at all.
      let signal = (0..<count).map { _ in
        random(below: 29) == 0 ? .nan : Double(random(below: 6))
      }
      var peaks = try Peaks(of: signal)
      let all = peaks.indices
      try peaks.keep(prominences: -1...(.infinity), window: window)
      #expect(peaks.indices == all)
      for (peak, found) in zip(all, peaks.prominences ?? []) {
        let (left, right) = bases(of: peak, in: signal, reach: window.map { $0 / 2 } ?? count)
        #expect(found.left == left && found.right == right, "\(signal), peak \(peak)")
        #expect(found.value == signal[peak] - max(signal[left], signal[right]))
      }
    }
  }

  @Test("Each peak of a rising signal looks back to its beginning, but not sample by sample")
  func isQuick() throws {
    let signal = (0..<400_000).map { Double($0) + ($0 % 2 == 0 ? 3 : 0) }
    try Budget(seconds: 2).limit {
      var peaks = try Peaks(of: signal)
      try peaks.keep(prominences: 0...(.infinity))
      #expect(peaks.indices.count == 199_999)
    }
  }
}
