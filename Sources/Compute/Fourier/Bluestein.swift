import Concurrency
import Messages

/// The transform of a length that is not a power of two, as a convolution (Bluestein 1970).
///
/// With k·n = (k² + n² - (k - n)²) / 2 the transform becomes a product with the chirp
/// w[n] = exp(-πi·n²/N), a convolution with its conjugate, and another product.
struct Bluestein: Sendable {
  private let length: Int
  private let chirpReal: [Double]
  private let chirpImaginary: [Double]
  /// The transform of the conjugate chirp, divided by its length for the way back.
  private let filterReal: [Double]
  private let filterImaginary: [Double]
  private let transform: FourierTransform

  init(length: Int) throws(Diagnostic) {
    self.length = length
    // 2N-1 lags, rounded up to a power of two.
    var size = 1
    while size < 2 * length - 1 { size *= 2 }
    // The chirp and the roots that it is made of; the filter, and room to work in.
    try FourierTransform.reserve(length, 3)
    try FourierTransform.reserve(size, 2)
    let transform = try FourierTransform(length: size)
    let (cosines, sines) = try unitRoots(2 * length)
    var chirpReal = [Double](repeating: 0, count: length)
    var chirpImaginary = chirpReal
    // n² modulo 2N, step by step: its own square may be far beyond exact angles.
    var square = 0
    try Budget.forEachChunk(of: length, steps: 16) { range in
      for n in range {
        chirpReal[n] = cosines[square]
        chirpImaginary[n] = -sines[square]
        square = (square + 2 * n + 1) % (2 * length)
      }
    }
    var filterReal = [Double](repeating: 0, count: size)
    var filterImaginary = filterReal
    let scale = 1 / Double(size)
    try Budget.forEachChunk(of: length, steps: 16) { range in
      for n in range {
        for position in [n, (size - n) % size] {
          filterReal[position] = chirpReal[n] * scale
          filterImaginary[position] = -chirpImaginary[n] * scale
        }
      }
    }
    try transform.forward(&filterReal, &filterImaginary)
    self.chirpReal = chirpReal
    self.chirpImaginary = chirpImaginary
    self.filterReal = filterReal
    self.filterImaginary = filterImaginary
    self.transform = transform
  }

  func forward(
    _ real: inout [Double], _ imaginary: inout [Double]
  ) throws(Diagnostic) {
    var workReal = [Double](repeating: 0, count: transform.length)
    var workImaginary = workReal
    multiply(&real, &imaginary, chirpReal, chirpImaginary)
    workReal.replaceSubrange(0..<length, with: real)
    workImaginary.replaceSubrange(0..<length, with: imaginary)
    try transform.forward(&workReal, &workImaginary)
    multiply(&workReal, &workImaginary, filterReal, filterImaginary)
    try transform.backward(&workReal, &workImaginary)
    real.replaceSubrange(0..<length, with: workReal[..<length])
    imaginary.replaceSubrange(0..<length, with: workImaginary[..<length])
    multiply(&real, &imaginary, chirpReal, chirpImaginary)
  }
}

/// Multiplies complex numbers in split form, element by element, into the first ones.
func multiply(
  _ real: inout [Double], _ imaginary: inout [Double], _ otherReal: [Double],
  _ otherImaginary: [Double]
) {
  real.withUnsafeMutableBufferPointer { real in
    imaginary.withUnsafeMutableBufferPointer { imaginary in
      otherReal.withUnsafeBufferPointer { otherReal in
        otherImaginary.withUnsafeBufferPointer { otherImaginary in
          for index in real.indices {
            let (x, y) = (real[index], imaginary[index])
            real[index] = x * otherReal[index] - y * otherImaginary[index]
            imaginary[index] = x * otherImaginary[index] + y * otherReal[index]
          }
        }
      }
    }
  }
}
