import Compute
import Concurrency
import Messages

/// The samples at another rate, `up` / `down` times as many, as `scipy.signal.resample_poly`: zeros between
/// the samples, a low-pass filter, and every `down`-th value of that. Only those values are computed, from
/// the products that are not 0.
///
/// - Parameter kernel: the filter at `up` times the rate; nil for SciPy's, a Kaiser window with β = 5.
/// - Complexity: O(new samples · taps / up).
package func resamplePolyphase(
  _ x: NDArray, up: Int, down: Int, axis: Int, kernel: [Double]? = nil,
  window: Window = .kaiser(beta: 5)
) throws(Diagnostic) -> NDArray {
  guard up >= 1, down >= 1 else { throw Diagnostic("up and down must be at least 1") }
  guard !x.isScalar else { throw Diagnostic("a single number has no axis to resample") }
  let divisor = greatestCommonDivisor(up, down)
  let (up, down) = (up / divisor, down / divisor)
  guard up > 1 || down > 1 else { return x }
  guard max(up, down) <= 1_000_000 else {
    throw Diagnostic(
      "the ratio \(up) / \(down) takes a filter of more than 20,000,000 taps",
      hint: "use a ratio of smaller numbers")
  }
  let taps: [Double]
  if let kernel {
    taps = kernel
  } else {
    // Cuts at the lower of both rates' halves.
    let longest = max(up, down)
    taps = try firwin(
      20 * longest + 1, cutoff: [1 / Double(longest)], window: window, pass: .zero(true),
      scale: true,
      sampleRate: nil)
  }
  let length = x.shape[try x.resolvedAxis(axis)]
  let (product, overflows) = length.multipliedReportingOverflow(by: up)
  guard !overflows else { throw Diagnostic("the result would be too long") }
  let newLength = (product + down - 1) / down
  let phases = try Phases(taps, up: up)
  let middle = (taps.count - 1) / 2
  return try x.replacingRows(along: axis, length: newLength) {
    (samples, target, _) throws(Diagnostic) in
    try Budget.forEachChunk(of: newLength, steps: 8 + phases.length) { range in
      for index in range {
        target[index] = phases.value(of: samples, at: index * down + middle)
      }
    }
  }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  b == 0 ? a : greatestCommonDivisor(b, a % b)
}

/// A kernel split into those of its taps that meet samples together: every `up`-th one, in reverse.
private struct Phases {
  private let taps: [[Double]]
  private let up: Int
  /// The most taps of a phase.
  let length: Int

  init(_ kernel: [Double], up: Int) throws(Diagnostic) {
    try [Double].reserve(kernel.count + 12 * up)
    taps = (0..<up).map { phase in
      stride(from: phase, to: kernel.count, by: up).map { kernel[$0] * Double(up) }.reversed()
    }
    self.up = up
    length = (kernel.count + up - 1) / up
  }

  /// The filtered signal at a position on the fine grid.
  @inline(__always)
  func value(of samples: UnsafeBufferPointer<Double>, at position: Int) -> Double {
    let (last, phase) = position.quotientAndRemainder(dividingBy: up)
    return taps[phase].withUnsafeBufferPointer { taps in
      // taps[i] meets samples[first + i].
      let first = last - taps.count + 1
      let (start, end) = (max(0, -first), min(taps.count, samples.count - first))
      guard start < end else { return 0 }
      var sums = SIMD4<Double>.zero
      var index = start
      while index + 4 <= end {
        let taps = UnsafeRawPointer(taps.baseAddress! + index).loadUnaligned(as: SIMD4<Double>.self)
        let samples = UnsafeRawPointer(samples.baseAddress! + first + index)
          .loadUnaligned(as: SIMD4<Double>.self)
        sums += taps * samples
        index += 4
      }
      var sum = sums.sum()
      while index < end {
        sum += taps[index] * samples[first + index]
        index += 1
      }
      return sum
    }
  }
}
