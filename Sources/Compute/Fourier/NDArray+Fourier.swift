import Concurrency
import Messages

extension NDArray {
  /// The longest transform: its work space stays near 1 GiB.
  package static let longestTransform = 1 << 24

  /// As `np.fft.fft` along the last axis, cut or padded with zeros to `length`. complex128.
  package func fourier(length: Int? = nil) throws(Diagnostic) -> NDArray {
    try complexFourier(length: length, isInverse: false)
  }

  /// As `np.fft.ifft` along the last axis: the inverse of ``fourier(length:)``.
  package func inverseFourier(length: Int? = nil) throws(Diagnostic) -> NDArray {
    try complexFourier(length: length, isInverse: true)
  }

  private func complexFourier(length: Int?, isInverse: Bool) throws(Diagnostic) -> NDArray {
    try .releasingTemporaries { () throws(Diagnostic) in
      let (rows, length, shape) = try rows(length: length)
      let transform = try FourierTransform(length: length)
      let numbers: [Complex] = try rows.values()
      return NDArray(
        shape: shape,
        values: try [Complex](initializing: numbers.count) { (target) throws(Diagnostic) in
          try numbers.withUnsafeBufferPointer { (numbers) throws(Diagnostic) in
            try transform.transform(
              numbers.baseAddress!, rows: numbers.count / length, isInverse: isInverse,
              into: target)
          }
        })
    }
  }

  /// As `np.fft.rfft` along the last axis: the n/2 + 1 frequencies of real numbers, cut or padded
  /// with zeros to `length`. complex128.
  package func realFourier(length: Int? = nil) throws(Diagnostic) -> NDArray {
    guard type != .complex128 else {
      throw Diagnostic("np.fft.rfft needs real numbers", hint: "use np.fft.fft")
    }
    return try .releasingTemporaries { () throws(Diagnostic) in
      let (rows, length, shape) = try rows(length: length)
      let newShape = Array(shape.dropLast()) + [length / 2 + 1]
      let count = try NDArray.checkedCount(shape: newShape, type: .complex128)
      let transform = try RealFourierTransform(length: length)
      let samples = try rows.doubles
      return NDArray(
        shape: newShape,
        values: try [Complex](initializing: count) { (target) throws(Diagnostic) in
          try samples.withUnsafeBufferPointer { (samples) throws(Diagnostic) in
            try transform.forward(
              samples.baseAddress!, rows: samples.count / length, into: target)
          }
        })
    }
  }

  /// As `np.fft.irfft` along the last axis: `length` real numbers from the first half of their
  /// spectrum, 2 (m - 1) of them when no length is given. float64.
  package func inverseRealFourier(length: Int? = nil) throws(Diagnostic) -> NDArray {
    guard let last = shape.last else { throw NDArray.noAxis }
    let length = length ?? 2 * (last - 1)
    try NDArray.checkTransform(length: length)
    let newShape = Array(shape.dropLast()) + [length]
    let count = try NDArray.checkedCount(shape: newShape, type: .float64)
    return try .releasingTemporaries { () throws(Diagnostic) in
      let transform = try RealFourierTransform(length: length)
      let numbers: [Complex] = try cutOrPadded(to: transform.frequencyCount).values()
      return NDArray(
        shape: newShape,
        values: try [Double](initializing: count) { (target) throws(Diagnostic) in
          try numbers.withUnsafeBufferPointer { (numbers) throws(Diagnostic) in
            try transform.inverse(numbers.baseAddress!, rows: count / length, into: target)
          }
        })
    }
  }

  /// As `np.fft.rfftfreq`: the frequencies that ``realFourier(length:)`` gives for `length` samples
  /// `spacing` apart, in cycles per unit of the spacing.
  package static func realFourierFrequencies(
    length: Int, spacing: Double = 1
  ) throws(Diagnostic) -> NDArray {
    guard length > 0 else { throw Diagnostic("a number of samples, \(length), must be positive") }
    let count = try checkedCount(shape: [length / 2 + 1], type: .float64)
    let scale = 1 / (Double(length) * spacing)
    return NDArray(try [Double](computing: count) { Double($0) * scale })
  }

  private static let noAxis = Diagnostic("a number without axes has no spectrum")

  private static func checkTransform(length: Int) throws(Diagnostic) {
    guard length > 0 else {
      throw Diagnostic("a transform needs at least one point, not \(length)")
    }
    guard length <= longestTransform else {
      throw Diagnostic(
        "a transform of \(length) points takes too much memory; \(longestTransform) are allowed")
    }
  }

  /// The array with a last axis of a checked length.
  private func rows(
    length: Int?
  ) throws(Diagnostic) -> (rows: NDArray, length: Int, shape: [Int]) {
    guard let last = shape.last else { throw NDArray.noAxis }
    let length = length ?? last
    try NDArray.checkTransform(length: length)
    let rows = try cutOrPadded(to: length)
    _ = try NDArray.checkedCount(shape: rows.shape, type: .complex128)
    return (rows, length, rows.shape)
  }

  /// The array with a last axis of this size: cut at the end, or padded with zeros.
  private func cutOrPadded(to size: Int) throws(Diagnostic) -> NDArray {
    let last = shape[axisCount - 1]
    if size <= last {
      return size == last
        ? self : try selecting([.ellipsis, .slice(start: nil, stop: size, step: nil)])
    }
    var widths = [(before: Int, after: Int)](repeating: (0, 0), count: axisCount)
    widths[axisCount - 1].after = size - last
    return try padded(widths, .constant(.int(0)))
  }
}
