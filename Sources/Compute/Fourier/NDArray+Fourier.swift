import Messages

extension NDArray {
  /// The longest transform: its work space stays near 1 GiB.
  package static let longestTransform = 1 << 24

  /// As `np.fft.fft` along the last axis, cut or padded with zeros to `length`. complex128.
  package func fourier(length: Int? = nil) throws(Diagnostic) -> NDArray {
    let (rows, length, shape) = try rows(length: length)
    let values: [Complex] = rows.values()
    let transform = FourierTransform(length: length)
    var result: [Complex] = []
    result.reserveCapacity(values.count)
    for start in stride(from: 0, to: values.count, by: length) {
      let row = values[start..<start + length]
      var real = row.map(\.real)
      var imaginary = row.map(\.imaginary)
      transform.forward(&real, &imaginary)
      result.append(contentsOf: zip(real, imaginary).lazy.map { Complex($0, $1) })
    }
    return NDArray(shape: shape, values: result)
  }

  /// As `np.fft.ifft` along the last axis: the inverse of ``fourier(length:)``.
  package func inverseFourier(length: Int? = nil) throws(Diagnostic) -> NDArray {
    let forward = try conjugate.fourier(length: length)
    let scale = Double(forward.shape[forward.axisCount - 1])
    let values: [Complex] = forward.values()
    return NDArray(
      shape: forward.shape,
      values: values.map { Complex($0.real / scale, -$0.imaginary / scale) })
  }

  /// As `np.fft.rfft` along the last axis: the n/2 + 1 frequencies of real numbers, cut or padded
  /// with zeros to `length`. complex128.
  package func realFourier(length: Int? = nil) throws(Diagnostic) -> NDArray {
    guard type != .complex128 else {
      throw Diagnostic("np.fft.rfft needs real numbers", hint: "use np.fft.fft")
    }
    let (rows, length, shape) = try rows(length: length)
    let samples = rows.doubles
    let transform = RealFourierTransform(length: length)
    let newShape = Array(shape.dropLast()) + [transform.frequencyCount]
    _ = try NDArray.checkedCount(shape: newShape, type: .complex128)
    var result: [Complex] = []
    for start in stride(from: 0, to: samples.count, by: length) {
      let (real, imaginary) = transform.forward(Array(samples[start..<start + length]))
      result.append(contentsOf: zip(real, imaginary).lazy.map { Complex($0, $1) })
    }
    return NDArray(shape: newShape, values: result)
  }

  /// As `np.fft.irfft` along the last axis: `length` real numbers from the first half of their
  /// spectrum, 2 (m - 1) of them when no length is given. float64.
  package func inverseRealFourier(length: Int? = nil) throws(Diagnostic) -> NDArray {
    guard let last = shape.last else { throw NDArray.noAxis }
    let length = length ?? 2 * (last - 1)
    try NDArray.checkTransform(length: length)
    let transform = RealFourierTransform(length: length)
    let frequencies = try cutOrPadded(to: transform.frequencyCount)
    let newShape = Array(shape.dropLast()) + [length]
    _ = try NDArray.checkedCount(shape: newShape, type: .float64)
    let values: [Complex] = frequencies.values()
    var result: [Double] = []
    for start in stride(from: 0, to: values.count, by: transform.frequencyCount) {
      let row = values[start..<start + transform.frequencyCount]
      result.append(contentsOf: transform.inverse(row.map(\.real), row.map(\.imaginary)))
    }
    return NDArray(shape: newShape, values: result)
  }

  /// As `np.fft.rfftfreq`: the frequencies that ``realFourier(length:)`` gives for `length` samples
  /// `spacing` apart, in cycles per unit of the spacing.
  package static func realFourierFrequencies(
    length: Int, spacing: Double = 1
  ) throws(Diagnostic) -> NDArray {
    guard length > 0 else { throw Diagnostic("a number of samples, \(length), must be positive") }
    let count = try checkedCount(shape: [length / 2 + 1], type: .float64)
    let scale = 1 / (Double(length) * spacing)
    return NDArray((0..<count).map { Double($0) * scale })
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
