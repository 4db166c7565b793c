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

/// The full convolution of floats. O(N · M).
package func convolveDirectly(
  _ signal: [Double], _ kernel: [Double]
) throws(Diagnostic) -> [Double] {
  try accumulate(signal, kernel, zero: 0) { $0 + $1 * $2 }
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
