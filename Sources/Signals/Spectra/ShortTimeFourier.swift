import Compute
import Concurrency
import Messages

/// The spectra of overlapping segments, as `scipy.signal.stft`.
package struct ShortTimeFourier: Sendable {
  /// In Hz.
  package let frequencies: NDArray
  /// The middle of each segment, in seconds.
  package let times: NDArray
  /// (…, frequencies, segments)
  package let values: NDArray

  /// Of real signals along the last axis.
  ///
  /// - Parameters:
  ///   - taper: as long as a segment.
  ///   - isExtended: whether half a segment of zeros goes before and behind, so that the ends count.
  ///   - isPadded: whether zeros complete the last segment.
  ///   - isDensity: scaled for power densities rather than for amplitudes.
  package init(
    of x: NDArray, sampleRate: Double, taper: [Double], overlap: Int, transformLength: Int,
    isExtended: Bool, isPadded: Bool, isDensity: Bool
  ) throws(Diagnostic) {
    let size = taper.count
    let step = size - overlap
    let length = x.shape[x.axisCount - 1]
    let start = isExtended ? size / 2 : 0
    var extended = length + 2 * start
    if isPadded { extended += positiveRemainder(positiveRemainder(size - extended, step), size) }
    guard extended >= size else {
      throw Diagnostic("there are only \(length) samples, fewer than a segment has")
    }
    let segments = (extended - size) / step + 1
    let rows = x.count / max(1, length)
    let frameCount = try NDArray.checkedCount(
      shape: [rows, segments, size], type: .float64)
    let sum = taper.reduce(0) { isDensity ? $0 + $1 * $1 : $0 + $1 }
    let scale = isDensity ? (1 / (sampleRate * sum)).squareRoot() : 1 / sum
    let samples = try x.doubles
    let frames = try [Double](initializing: frameCount) { (target) throws(Diagnostic) in
      try Budget.forEachChunk(of: rows * segments, steps: size) { range in
        for frame in range {
          let (row, segment) = frame.quotientAndRemainder(dividingBy: segments)
          let first = segment * step - start
          let place = target + frame * size
          for index in 0..<size {
            let position = first + index
            let isInside = position >= 0 && position < length
            (place + index).initialize(
              to: isInside ? samples[row * length + position] * taper[index] : 0)
          }
        }
      }
    }
    let spectra = try NDArray(shape: [rows * segments, size], values: frames)
      .realFourier(length: transformLength)
    let count = transformLength / 2 + 1
    values = try NDArray.binary(.multiply, .array(spectra), .float(scale))
      .reshaped([rows, segments, count]).transposed(axes: [0, 2, 1])
      .reshaped(Array(x.shape.dropLast()) + [count, segments])
    frequencies = try NDArray.realFourierFrequencies(
      length: transformLength, spacing: 1 / sampleRate)
    let first = Double(size) / 2 - (isExtended ? Double(size) / 2 : 0)
    times = NDArray(
      try [Double](computing: segments) { (first + Double($0 * step)) / sampleRate })
  }
}

/// The remainder that Python's % gives.
private func positiveRemainder(_ a: Int, _ b: Int) -> Int { ((a % b) + b) % b }

extension NDArray {
  /// The analytic signal, as `scipy.signal.hilbert` along the last axis: the signal as the real part, and
  /// itself shifted by a quarter of each period as the imaginary one. Its magnitude is the envelope.
  package func analyticSignal(length: Int? = nil) throws(Diagnostic) -> NDArray {
    guard type != .complex128 else { throw Diagnostic("the signal must be real already") }
    return try Budget.releasingTemporaries(resultBytes: \.byteCount) { () throws(Diagnostic) in
      let spectrum = try fourier(length: length)
      let count = spectrum.shape[spectrum.axisCount - 1]
      // Without the negative frequencies, of which the positive ones take the place.
      let weights = try [Double](computing: count) { index in
        index == 0 || 2 * index == count ? 1 : 2 * index < count ? 2 : 0
      }
      return try NDArray.binary(.multiply, .array(spectrum), .array(NDArray(weights)))
        .inverseFourier()
    }
  }
}
