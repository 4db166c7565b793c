import CKernels
import Concurrency
import Messages

// Convolution by its definition: the reference that faster methods are tested against.
//
//     y[n] = Σ x[n - m] · h[m],   n in 0 ..< N + M - 1,   m in 0 ..< M

/// The full convolution of integers, which wraps around. O(N · M).
package func convolveDirectly<T: FixedWidthInteger>(
  _ signal: [T], _ kernel: [T]
) throws(Diagnostic) -> [T] {
  try accumulate(signal, kernel, zero: 0) { $0 &+ $1 &* $2 }
}

/// The full convolution of floats, for each output over the kernel in order, each product fused into
/// the sum: the reference of the kernels. O(N · M).
package func convolveDirectly(
  _ signal: [Double], _ kernel: [Double]
) throws(Diagnostic) -> [Double] {
  guard !signal.isEmpty, !kernel.isEmpty else { return [] }
  return try [Double](
    computing: signal.count + kernel.count - 1, steps: min(signal.count, kernel.count)
  ) { n in
    var sum = 0.0
    for m in max(0, n - signal.count + 1)...min(n, kernel.count - 1) {
      sum.addProduct(kernel[m], signal[n - m])
    }
    return sum
  }
}

/// Adds one copy of the signal for each value of the kernel, scaled by it and shifted. So every inner
/// loop runs over contiguous memory and vectorises.
///
/// The signal goes in blocks that stay, with their output, in the first-level cache for all of
/// the kernel; four values of the kernel at a time share one load and one store of the output.
@inline(__always)
private func accumulate<T>(
  _ signal: [T], _ kernel: [T], zero: T, _ multiplyAdd: (T, T, T) -> T
) throws(Diagnostic) -> [T] {
  guard !signal.isEmpty, !kernel.isEmpty else { return [] }
  var result = try [T](filled: zero, count: signal.count + kernel.count - 1)
  let block = 1024
  try result.withUnsafeMutableBufferPointer { (result) throws(Diagnostic) in
    try signal.withUnsafeBufferPointer { (signal) throws(Diagnostic) in
      try kernel.withUnsafeBufferPointer { (kernel) throws(Diagnostic) in
        let y = result.baseAddress!
        let x = signal.baseAddress!
        var pace = Budget.Pace()
        for start in stride(from: 0, to: signal.count, by: block) {
          let end = min(start + block, signal.count)
          var tap = 0
          while tap + 4 <= kernel.count, end - start > 4 {
            let (h0, h1, h2, h3) = (kernel[tap], kernel[tap + 1], kernel[tap + 2], kernel[tap + 3])
            // The three outputs at each end use fewer than four of the taps.
            for edge in 0..<3 {
              for offset in 0...edge {
                let h = kernel[tap + edge - offset]
                y[start + tap + edge] = multiplyAdd(y[start + tap + edge], x[start + offset], h)
              }
              for offset in 0...(2 - edge) {
                let h = kernel[tap + edge + 1 + offset]
                y[end + tap + edge] = multiplyAdd(y[end + tap + edge], x[end - 1 - offset], h)
              }
            }
            let target = y + (start + tap)
            let source = x + start
            for index in 3..<(end - start) {
              var sum = multiplyAdd(target[index], source[index], h0)
              sum = multiplyAdd(sum, source[index - 1], h1)
              sum = multiplyAdd(sum, source[index - 2], h2)
              target[index] = multiplyAdd(sum, source[index - 3], h3)
            }
            tap += 4
          }
          while tap < kernel.count {
            let h = kernel[tap]
            for index in start..<end { y[index + tap] = multiplyAdd(y[index + tap], x[index], h) }
            tap += 1
          }
          try pace.advance(by: block * kernel.count / 4)
        }
      }
    }
  }
  return result
}

/// A part of the full convolution, as the reference above. O(range · taps).
///
/// - Parameters:
///   - range: a part of 0 ..< N + M - 1.
///   - skippingZeros: leaves out taps that are 0, which changes nothing where all samples are finite.
func convolveDirectly(
  _ signal: UnsafeBufferPointer<Double>, _ kernel: UnsafeBufferPointer<Double>,
  range: Range<Int>, into result: UnsafeMutablePointer<Double>, skippingZeros: Bool,
  _ kernels: SignalKernels
) throws(Diagnostic) {
  // With the samples that it needs, a block of outputs stays in the first cache.
  let block = 1024
  let reach = kernel.count - 1
  try [Double].reserve(block + 6 * kernel.count)
  var weights: [Double] = []
  var taps: [etude_direct_tap] = []
  for (m, tap) in kernel.enumerated() where tap != 0 || !skippingZeros {
    taps.append(
      etude_direct_tap(weight: weights.count, input: reach - m, start: 0, end: block))
    weights.append(tap)
  }
  var shape = etude_direct(
    rows: 1, depth: 1, taps: taps.count, count: 0, weight_row: 0, weight_depth: 0, input_depth: 0,
    output_row: 0, output_step: 1)
  var window: [Double] = []
  var pace = Budget.Pace()
  for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
    let target = result + (start - range.lowerBound)
    let first = start - reach
    let count = min(block, range.upperBound - start)
    let needed = block + reach
    shape.count = count
    if first >= 0, first + needed <= signal.count {
      Double.convolve(
        kernels, &shape, taps, weights: weights, bias: nil, input: signal.baseAddress! + first,
        output: target)
    } else {
      if window.isEmpty { window = [Double](repeating: 0, count: needed) }
      let edgeTaps = taps.map { tap in
        var tap = tap
        tap.start = max(0, -(first + tap.input))
        tap.end = signal.count - first - tap.input
        return tap
      }
      window.withUnsafeMutableBufferPointer { window in
        Double.spread(
          kernels, step: 1, count: needed, from: signal.baseAddress!, length: signal.count,
          first: first, into: window.baseAddress!)
        Double.convolve(
          kernels, &shape, edgeTaps, weights: weights, bias: nil, input: window.baseAddress!,
          output: target)
      }
    }
    try pace.advance(by: count * (1 + taps.count / 8))
  }
}
