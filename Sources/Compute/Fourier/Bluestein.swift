import Concurrency
import Messages

/// The transform of a length with a large prime factor, as a convolution (Bluestein 1970).
///
/// With k·n = (k² + n² - (k - n)²) / 2 the transform becomes a product with the chirp
/// w[n] = exp(-πi·n²/N), a convolution with its conjugate, and another product.
final class Bluestein: Sendable {
  private let length: Int
  private let chirp: [Complex]
  private let convolution: CyclicConvolution

  var byteCount: Int { 16 * length + convolution.byteCount }

  init(length: Int) throws(Diagnostic) {
    self.length = length
    var square = 0
    let chirp = try [Complex](initializing: length) { (target) throws(Diagnostic) in
      try Budget.forEachChunk(of: length, steps: 32) { range in
        for n in range {
          (target + n).initialize(to: unitRoot(-square, of: 2 * length))
          // n² modulo 2N, step by step: its own square may be far beyond exact angles.
          square = (square + 2 * n + 1) % (2 * length)
        }
      }
    }
    self.chirp = chirp
    let size = CyclicConvolution.quickLength(atLeast: 2 * length - 1)
    let filter = AlignedDoubles(count: 2 * size)
    filter.start.initialize(repeating: 0, count: 2 * size)
    for n in 0..<length {
      for position in [n, (size - n) % size] {
        filter.start[position] = chirp[n].real
        filter.start[size + position] = -chirp[n].imaginary
      }
    }
    convolution = try CyclicConvolution(
      length: size, real: filter.start, imaginary: filter.start + size, .chosen)
  }

  /// - Parameter isInverse: the inverse transform, divided by the length.
  func transform(
    _ input: UnsafePointer<Complex>, isInverse: Bool, into output: UnsafeMutablePointer<Complex>,
    _ kernels: SignalKernels
  ) throws(Diagnostic) {
    let size = convolution.length
    let memory = AlignedDoubles(count: 2 * size)
    let (real, imaginary) = (memory.start, memory.start + size)
    var sum = Complex(0, 0)
    try chirp.withUnsafeBufferPointer { (chirp) throws(Diagnostic) in
      for n in 0..<length {
        // Exchanging the parts before and after inverts.
        let x = isInverse ? Complex(input[n].imaginary, input[n].real) : input[n]
        sum = sum + x
        let product = x * chirp[n]
        real[n] = product.real
        imaginary[n] = product.imaginary
      }
      for n in length..<size { (real[n], imaginary[n]) = (0, 0) }
      try convolution.convolve(
        real, imaginary, intoReal: real, imaginary: imaginary, convolution.scratch(), kernels)
      let scale = isInverse ? 1 / Double(length) : 1
      for k in 0..<length {
        // The first is a sum, and 0 where the points cancel.
        let x = k == 0 ? sum : Complex(real[k], imaginary[k]) * chirp[k]
        (output + k).initialize(
          to: isInverse
            ? Complex(x.imaginary * scale, x.real * scale)
            : Complex(x.real * scale, x.imaginary * scale))
      }
    }
  }
}
