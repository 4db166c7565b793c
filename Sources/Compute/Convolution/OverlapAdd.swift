import Concurrency
import Glibc
import Messages

/// Convolution by transforms, block by block: each block of the signal, padded with zeros to the
/// length of the transform, is convolved with the kernel in O(L log L), and the tails that reach
/// into the next block are added to it.
package struct OverlapAdd: Sendable {
  /// How to cut the signal, and what that costs.
  package struct Plan: Sendable {
    /// A power of two, at least the kernel's length.
    package let transformLength: Int
    /// Samples of the signal per block: transformLength - kernelCount + 1.
    package let blockLength: Int
    /// An estimate in nanoseconds.
    package let cost: Double

    /// The cheapest power of two: short transforms waste most of their length on the kernel, long
    /// ones leave the cache.
    package init(signalCount: Int, kernelCount: Int) {
      var best: (length: Int, cost: Double)?
      var length = 64
      while length < kernelCount { length *= 2 }
      while true {
        let block = length - kernelCount + 1
        let blocks = (signalCount + block - 1) / block
        // Transforms of half the length, forward and back for each block and once for the kernel.
        let points = Double(length)
        let work = points * log2(points) * (length > 1 << 16 ? 1.6 : 1.0)
        let cost = Double(2 * blocks + 1) * work
        if best == nil || cost < best!.cost { best = (length, cost) }
        if blocks <= 1 || 2 * length > NDArray.longestTransform { break }
        length *= 2
      }
      transformLength = best!.length
      cost = best!.cost
      blockLength = transformLength - kernelCount + 1
    }
  }

  private let plan: Plan
  private let kernelCount: Int
  private let transform: RealFourierTransform
  private let spectrum: (real: [Double], imaginary: [Double])

  package init(_ plan: Plan, kernel: [Double]) throws(Diagnostic) {
    self.plan = plan
    kernelCount = kernel.count
    // The kernel's spectrum, a block's and its samples.
    try [Complex].reserve(2 * plan.transformLength)
    transform = try RealFourierTransform(length: plan.transformLength)
    spectrum = try transform.forward(
      kernel + [Double](repeating: 0, count: plan.transformLength - kernel.count))
  }

  /// The full convolution with the kernel. Within 1e-12 of the direct sum, relative to the largest
  /// value.
  package func convolve(_ signal: [Double]) throws(Diagnostic) -> [Double] {
    var result = try [Double](filled: 0, count: signal.count + kernelCount - 1)
    var pace = Budget.Pace()
    var block = [Double](repeating: 0, count: plan.transformLength)
    for start in stride(from: 0, to: signal.count, by: plan.blockLength) {
      let count = min(plan.blockLength, signal.count - start)
      for index in 0..<count { block[index] = signal[start + index] }
      for index in count..<plan.transformLength { block[index] = 0 }
      var (real, imaginary) = try transform.forward(block)
      multiply(&real, &imaginary, spectrum.real, spectrum.imaginary)
      let product = try transform.inverse(real, imaginary)
      for index in 0..<(count + kernelCount - 1) { result[start + index] += product[index] }
      try pace.advance(by: 32 * plan.transformLength)
    }
    return result
  }
}
