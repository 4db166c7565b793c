import CKernels

/// One of several threads that share a piece of work: each computes other outputs, so that results
/// are the same with any number of threads.
package struct Share: Hashable, Sendable {
  package var index: Int
  package var count: Int

  package init(_ index: Int, of count: Int) {
    self.index = index
    self.count = count
  }

  /// The whole work.
  package static let all = Share(0, of: 1)

  /// This thread's part of `0..<total`, in whole multiples of `step`.
  package func range(of total: Int, step: Int = 1) -> Range<Int> {
    let steps = (total + step - 1) / step
    return min(total, steps * index / count * step)..<min(total, steps * (index + 1) / count * step)
  }

  var shape: etude_share { etude_share(index: index, count: count) }
}
