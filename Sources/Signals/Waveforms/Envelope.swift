/// A long series reduced to few columns, each with its smallest and largest value, so that no peak
/// is lost when it is drawn.
package struct Envelope: Hashable, Sendable {
  /// For each column; nan where there is nothing but nan.
  package let minima: [Double]
  package let maxima: [Double]

  /// O(samples in the range). Where there are fewer samples than columns, neighbouring columns
  /// repeat one.
  ///
  /// - Parameters:
  ///   - range: the samples to look at; nil for all. What lies outside of them is left out.
  ///   - columns: the number of columns; none come out of an empty range.
  package init(of samples: [Double], in range: Range<Int>? = nil, columns: Int) {
    let range = (range ?? samples.indices).clamped(to: samples.indices)
    guard columns > 0, !range.isEmpty else {
      (minima, maxima) = ([], [])
      return
    }
    var minima: [Double] = []
    var maxima: [Double] = []
    minima.reserveCapacity(columns)
    maxima.reserveCapacity(columns)
    samples.withUnsafeBufferPointer { samples in
      for column in 0..<columns {
        let start = range.lowerBound + column * range.count / columns
        let end = max(start + 1, range.lowerBound + (column + 1) * range.count / columns)
        var low = Double.infinity
        var high = -Double.infinity
        for index in start..<end {
          // Comparisons with nan are false, so nan drops out by itself.
          if samples[index] < low { low = samples[index] }
          if samples[index] > high { high = samples[index] }
        }
        minima.append(low <= high ? low : .nan)
        maxima.append(low <= high ? high : .nan)
      }
    }
    self.minima = minima
    self.maxima = maxima
  }
}
