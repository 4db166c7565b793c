import Messages

/// The transform of real numbers: N of them give N/2 + 1 complex ones, and the other half of the
/// spectrum is their mirror image.
///
/// An even length is done as a complex transform of half the length, which takes the even samples
/// as real and the odd ones as imaginary parts; an odd length as a complex one.
package struct RealFourierTransform: Sendable {
  package let length: Int
  private let transform: FourierTransform
  private let cosines: [Double]
  private let sines: [Double]

  /// The number of frequencies, from 0 to half the sampling rate.
  package var frequencyCount: Int { length / 2 + 1 }

  /// Asks for all memory that the transform needs, now and while it works.
  ///
  /// - Precondition: the length is at least 1.
  package init(length: Int) throws(Diagnostic) {
    self.length = length
    // The roots below, and parts of complex numbers: the samples, packed, and their spectrum.
    try FourierTransform.reserve(length, 3)
    if length % 2 == 0 {
      transform = try FourierTransform(length: length / 2)
      (cosines, sines) = try unitRoots(length)
    } else {
      transform = try FourierTransform(length: length)
      (cosines, sines) = ([], [])
    }
  }

  /// The spectrum of `length` samples, without scaling.
  package func forward(
    _ samples: [Double]
  ) throws(Diagnostic) -> (real: [Double], imaginary: [Double]) {
    precondition(samples.count == length)
    guard length % 2 == 0 else {
      var real = samples
      var imaginary = [Double](repeating: 0, count: length)
      try transform.forward(&real, &imaginary)
      // A sum of real numbers: what stands here comes from rounding.
      imaginary[0] = 0
      return (Array(real[..<frequencyCount]), Array(imaginary[..<frequencyCount]))
    }
    let half = length / 2
    var real = [Double](unsafeUninitializedCapacity: half) { target, count in
      for index in 0..<half { target.initializeElement(at: index, to: samples[2 * index]) }
      count = half
    }
    var imaginary = [Double](unsafeUninitializedCapacity: half) { target, count in
      for index in 0..<half { target.initializeElement(at: index, to: samples[2 * index + 1]) }
      count = half
    }
    try transform.forward(&real, &imaginary)
    var resultReal = [Double](repeating: 0, count: half + 1)
    var resultImaginary = resultReal
    resultReal[0] = real[0] + imaginary[0]
    resultReal[half] = real[0] - imaginary[0]
    for k in 1..<max(1, half) {
      // E and O, the spectra of the even and the odd samples, from the mirror images in Z = E + iO.
      let (x, y) = (real[k], imaginary[k])
      let (u, v) = (real[half - k], imaginary[half - k])
      let (evenReal, evenImaginary) = ((x + u) / 2, (y - v) / 2)
      let (oddReal, oddImaginary) = ((y + v) / 2, (u - x) / 2)
      let (c, s) = (cosines[k], -sines[k])
      resultReal[k] = evenReal + oddReal * c - oddImaginary * s
      resultImaginary[k] = evenImaginary + oddReal * s + oddImaginary * c
    }
    return (resultReal, resultImaginary)
  }

  /// The inverse of ``forward(_:)``, divided by the length: the samples come back. The imaginary
  /// parts at frequency 0 and, for even lengths, at the last one are ignored.
  package func inverse(
    _ real: [Double], _ imaginary: [Double]
  ) throws(Diagnostic) -> [Double] {
    precondition(real.count == frequencyCount && imaginary.count == frequencyCount)
    guard length % 2 == 0 else {
      let mirror = (1..<frequencyCount).reversed()
      var fullReal = real + mirror.map { real[$0] }
      var fullImaginary = [0] + imaginary.dropFirst() + mirror.map { -imaginary[$0] }
      try transform.backward(&fullReal, &fullImaginary)
      return fullReal.map { $0 / Double(length) }
    }
    let half = length / 2
    var packedReal = [Double](repeating: 0, count: half)
    var packedImaginary = packedReal
    packedReal[0] = real[0] + real[half]
    packedImaginary[0] = real[0] - real[half]
    for k in 1..<max(1, half) {
      let (x, y) = (real[k], imaginary[k])
      let (u, v) = (real[half - k], -imaginary[half - k])
      let (evenReal, evenImaginary) = (x + u, y + v)
      let (differenceReal, differenceImaginary) = (x - u, y - v)
      let (c, s) = (cosines[k], sines[k])
      let oddReal = differenceReal * c - differenceImaginary * s
      let oddImaginary = differenceReal * s + differenceImaginary * c
      packedReal[k] = evenReal - oddImaginary
      packedImaginary[k] = evenImaginary + oddReal
    }
    try transform.backward(&packedReal, &packedImaginary)
    let scale = 1 / Double(length)
    return [Double](unsafeUninitializedCapacity: length) { target, count in
      for index in 0..<half {
        target.initializeElement(at: 2 * index, to: packedReal[index] * scale)
        target.initializeElement(at: 2 * index + 1, to: packedImaginary[index] * scale)
      }
      count = length
    }
  }
}
