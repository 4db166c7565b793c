import CKernels
import Concurrency
import Glibc
import Messages

/// Convolution of long signals by transforms, block by block (overlap-save, Stockham 1966): of the
/// cyclic convolution of a block of N samples with a kernel of M, all but the first M - 1 are right.
///
/// Two neighbouring blocks go at once, as real and imaginary parts of one.
package struct OverlapSave {
  /// How long the blocks are, and what that costs.
  package struct Plan: Sendable {
    package let length: Int
    /// An estimate in nanoseconds, for one kernel and one signal.
    package let cost: Double

    /// The cheapest length: short blocks waste most of their length on the kernel, long ones leave
    /// the cache.
    package init(outputs: Int, kernelCount: Int) {
      var best: (length: Int, cost: Double) = (0, .infinity)
      // All lengths have rows and columns in whole blocks of eight.
      for odd in [1, 3, 5, 9, 15, 25, 27] {
        var length = 64 * odd
        while length <= NDArray.longestTransform {
          if length > kernelCount + kernelCount / 8 {
            let pairs = blockCount(outputs, by: 2 * (length - kernelCount + 1))
            // Half as much for the kernel.
            let cost = Self.cost(ofLength: length) * (Double(pairs) + 0.5)
            if cost < best.cost { best = (length, cost) }
            if pairs == 1 { break }
          }
          length *= 2
        }
      }
      (length, cost) = best
    }

    /// Nanoseconds of one cyclic convolution, measured on processors with AVX2 and AVX-512.
    private static func cost(ofLength length: Int) -> Double {
      let points = Double(length)
      let distance = length <= 1 << 16 ? 1.0 : 1.6
      return 500 + points * (3 + 0.5 * log2(points)) * distance
    }
  }

  private let cyclic: CyclicConvolution
  private let scratch: CyclicConvolution.Scratch
  private let blocks: AlignedDoubles
  private let kernelCount: Int
  private let kernels: SignalKernels

  /// - Precondition: the kernel is as long as the plan says.
  package init(
    _ plan: Plan, kernel: UnsafeBufferPointer<Double>, _ kernels: SignalKernels = .chosen
  ) throws(Diagnostic) {
    let length = plan.length
    // Tables, the kernel's spectrum, two blocks and their spectra.
    try [Complex].reserve(6 * length)
    blocks = AlignedDoubles(count: 2 * length)
    blocks.start.initialize(repeating: 0, count: 2 * length)
    blocks.start.update(from: kernel.baseAddress!, count: kernel.count)
    cyclic = try CyclicConvolution(
      length: length, real: blocks.start, imaginary: blocks.start + length, kernels)
    scratch = cyclic.scratch()
    kernelCount = kernel.count
    self.kernels = kernels
  }

  /// A part of the full convolution. Within 1e-12 of the direct sum, relative to the largest value
  /// nearby; 0 where that is a sum of zeros.
  ///
  /// - Precondition: the range is part of 0 ..< signal + kernel - 1; all values are finite.
  package func convolve(
    _ signal: UnsafeBufferPointer<Double>, range: Range<Int>,
    into result: UnsafeMutablePointer<Double>
  ) throws(Diagnostic) {
    let length = cyclic.length
    let reach = kernelCount - 1
    let step = length - reach
    let (left, right) = (blocks.start, blocks.start + length)
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 2 * step) {
      let first = start - reach
      var (real, imaginary) = (UnsafePointer(left), UnsafePointer(right))
      if first >= 0, first + step + length <= signal.count {
        real = signal.baseAddress! + first
        imaginary = real + step
      } else {
        for (target, first) in [(left, first), (right, first + step)] {
          Double.spread(
            kernels, step: 1, count: length, from: signal.baseAddress!, length: signal.count,
            first: first, into: target)
        }
      }
      try cyclic.convolve(
        real, imaginary, intoReal: left, imaginary: right, scratch, kernels)
      let target = result + (start - range.lowerBound)
      let count = range.upperBound - start
      target.update(from: left + reach, count: min(step, count))
      if count > step {
        (target + step).update(from: right + reach, count: min(step, count - step))
      }
    }
    try clearSilence(signal, range, result)
  }

  /// Rounding leaves traces of loud samples in their whole block: where the kernel meets zeros only,
  /// the result is 0.
  private func clearSilence(
    _ signal: UnsafeBufferPointer<Double>, _ range: Range<Int>,
    _ result: UnsafeMutablePointer<Double>
  ) throws(Diagnostic) {
    func clear(from start: Int, to end: Int) {
      for n in max(
        start, range.lowerBound)..<max(start, range.lowerBound, min(end, range.upperBound))
      {
        result[n - range.lowerBound] = 0
      }
    }
    // A run of at least as many zeros as the kernel has taps includes one of these places.
    var place = 0
    var pace = Budget.Pace()
    while true {
      let isEnd = place >= signal.count
      if isEnd || signal[place] == 0 {
        var start = min(place, signal.count)
        while start > 0, start > place - kernelCount, signal[start - 1] == 0 { start -= 1 }
        var end = min(place, signal.count)
        while end < signal.count, signal[end] == 0 { end += 1 }
        try pace.advance(by: end - start)
        // Before and after the signal is silence, too.
        clear(
          from: start == 0 ? 0 : start + kernelCount - 1,
          to: end == signal.count ? end + kernelCount - 1 : end)
        place = max(place, end)
      }
      if isEnd { return }
      place += kernelCount
    }
  }
}
