import Sounds

/// Plays 16-bit stereo in real time. Used by one thread at a time.
package protocol SoundOutput: AnyObject {
  var description: SoundDestination { get }
  /// In Hz.
  var sampleRate: Int { get }
  /// The number of frames written but not yet heard.
  var delay: Int { get }
  /// Writes all of `samples`, interleaved, waiting for room as needed. Throws if the device is lost
  /// for good.
  func write(_ samples: UnsafeBufferPointer<Int16>) throws(OutputLostError)
  /// Releases the device, dropping what has not been heard yet.
  func close()
}

/// The device is gone; the reason is a sentence without a full stop.
package struct OutputLostError: Error {
  package var reason: String

  package init(reason: String) { self.reason = reason }
}
