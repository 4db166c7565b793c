import Concurrency
import Messages

/// How often values fall into each of some bins, as `np.histogram`. A bin contains its lower edge; the last
/// one its upper one, too.
package struct Histogram: Sendable {
  package let counts: [Int]
  /// One more than bins.
  package let edges: [Double]

  /// Bins of the same width.
  ///
  /// - Parameter range: from the smallest to the largest value if nil; what is outside does not count.
  package init(
    of values: [Double], binCount: Int, range: (low: Double, high: Double)? = nil
  ) throws(Diagnostic) {
    guard binCount >= 1 else { throw Diagnostic("there must be at least one bin") }
    _ = try NDArray.checkedCount(shape: [binCount], type: .float64)
    var (low, high) = range ?? (values.isEmpty ? (0, 1) : (.infinity, -.infinity))
    if range == nil {
      for value in values {
        // With nan in it, no range is finite.
        low = value < low || value.isNaN ? value : low
        high = value > high || value.isNaN ? value : high
      }
    }
    guard low.isFinite, high.isFinite, (high - low).isFinite else {
      throw Diagnostic(
        "the values from \(low) to \(high) have no finite range",
        hint: "give the range, or leave out nan and inf")
    }
    guard low <= high else { throw Diagnostic("the range must go from its lower to its upper end") }
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    let edges = try NDArray.linspace(low, high, count: binCount + 1).doubles
    guard zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw Diagnostic(
        "there are too few numbers between \(low) and \(high) for \(binCount) bins",
        hint: "take fewer bins, or a wider range")
    }
    var counts = try [Int](filled: 0, count: binCount)
    let (first, width, bins) = (low, high - low, Double(binCount))
    try edges.withUnsafeBufferPointer { (edges) throws(Diagnostic) in
      try counts.withUnsafeMutableBufferPointer { (counts) throws(Diagnostic) in
        try values.withUnsafeBufferPointer { (values) throws(Diagnostic) in
          try Budget.forEachChunk(of: values.count, steps: 4) { range in
            for value in values[range] where value >= low && value <= high {
              var bin = min(Int((value - first) / width * bins), binCount - 1)
              // Rounding may have gone past an edge.
              if value < edges[bin] {
                bin -= 1
              } else if value >= edges[bin + 1], bin != binCount - 1 {
                bin += 1
              }
              counts[bin] += 1
            }
          }
        }
      }
    }
    self.counts = counts
    self.edges = edges
  }

  /// Bins between these edges.
  package init(of values: [Double], edges: [Double]) throws(Diagnostic) {
    guard zip(edges, edges.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw Diagnostic("the edges of the bins must increase")
    }
    guard edges.count >= 2 else { throw Diagnostic("bins need at least two edges") }
    let sorted: [Double] = try NDArray(values).sorted().values()
    // How many values are below each edge; for the last one, how many are not above it.
    func count(below edge: Double, orEqual: Bool) -> Int {
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] < edge || orEqual && sorted[middle] == edge {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low
    }
    let below = try [Int](computing: edges.count, steps: 64) {
      count(below: edges[$0], orEqual: $0 == edges.count - 1)
    }
    counts = zip(below, below.dropFirst()).map { $1 - $0 }
    self.edges = edges
  }

  /// The counts as a density, whose area is 1.
  package var densities: [Double] {
    let sum = Double(counts.reduce(0, +))
    return counts.indices.map { Double(counts[$0]) / (edges[$0 + 1] - edges[$0]) / sum }
  }
}
