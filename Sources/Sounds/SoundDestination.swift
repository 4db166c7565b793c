/// Where sound goes, as shown to the student.
package enum SoundDestination: Hashable, Sendable {
  /// Nothing has been played yet.
  case notOpened
  /// The name of an ALSA device.
  case device(String)
  /// No sound, for the given reason (a sentence without a full stop); the playhead still moves.
  case silent(String)
}
