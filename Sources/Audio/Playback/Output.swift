/// Where the sound goes, for the student to read.
package enum OutputDescription: Hashable, Sendable {
  /// Nothing has been played yet.
  case notOpened
  /// An ALSA device by its name.
  case device(String)
  /// No sound comes out, for the reason given (a sentence without a full stop); the playhead moves.
  case silent(String)
}

/// Takes 16-bit stereo, at the pace at which it is heard. Used by one thread at a time.
package protocol Output: AnyObject {
  var description: OutputDescription { get }
  /// In Hz.
  var sampleRate: Int { get }
  /// Frames that were written and are not heard yet.
  var delay: Int { get }
  /// Takes all of `samples`, interleaved, waiting for room as long as it needs. Throws when the
  /// device is lost for good.
  func write(_ samples: UnsafeBufferPointer<Int16>) throws(LostOutput)
  /// Gives the device back; what is not heard yet is dropped.
  func close()
}

/// The device is gone; the reason is a sentence without a full stop.
package struct LostOutput: Error {
  package var reason: String

  package init(reason: String) { self.reason = reason }
}
