import Compute
import Messages
import SoundFiles

// Sounds as in SciPy's wavfile: one channel is an array (n,), several are (n, channels), and the
// element type is the file's.

extension NDArray {
  init(_ sound: SoundFile) {
    let shape =
      sound.channelCount == 1 ? [sound.frameCount] : [sound.frameCount, sound.channelCount]
    let elements: Elements =
      switch sound.samples {
      case .uint8(let samples): .uint8(samples)
      case .int16(let samples): .int16(samples)
      case .int32(let samples): .int32(samples)
      case .float32(let samples): .float32(samples)
      case .float64(let samples): .float64(samples)
      }
    self.init(shape: shape, elements: elements)
  }
}

extension SoundFile {
  /// - Throws: `Diagnostic` when the shape is not a sound's, or when sound files do not support the
  ///   element type.
  init(_ array: NDArray, sampleRate: Double) throws(Diagnostic) {
    guard (1...2).contains(array.shape.count) else {
      throw Diagnostic(
        "a sound has the shape (samples,) or (samples, channels), not "
          + NDArray.describe(shape: array.shape))
    }
    let samples: Samples
    switch array.elements {
    case .uint8(let a): samples = .uint8(a)
    case .int16(let a): samples = .int16(a)
    case .int32(let a): samples = .int32(a)
    case .float32(let a): samples = .float32(a)
    case .float64(let a): samples = .float64(a)
    case .bool, .int64, .complex128:
      throw Diagnostic(
        "a sound file cannot hold \(array.type.rawValue)",
        hint: "convert it: x.astype(np.float32) with values from -1 to 1, or x.astype(np.int16)")
    }
    let channelCount = array.shape.count == 1 ? 1 : array.shape[1]
    guard (1...1024).contains(channelCount) else {
      throw Diagnostic("a sound file cannot have \(channelCount) channels")
    }
    self.init(samples: samples, channelCount: channelCount, sampleRate: sampleRate)
  }
}
