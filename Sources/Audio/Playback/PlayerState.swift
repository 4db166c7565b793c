/// A player at one moment, for drawing.
package struct PlayerState: Sendable {
  package struct Track: Sendable {
    package var label: String
    /// In seconds.
    package var duration: Double
    /// What loudness matching does to the track; never above 0.
    package var gainInDecibels: Double
    /// Why it cannot be played, as a sentence without a full stop.
    package var problem: String?
  }

  package var tracks: [Track]
  package var selected: Int
  /// True until the last sample is heard.
  package var isPlaying: Bool
  /// In seconds, of what is heard now: the device's delay is taken off.
  package var position: Double
  package var isLooping: Bool
  package var isMatchingLoudness: Bool
  package var output: OutputDescription

  /// Of the selected track, in seconds.
  package var duration: Double {
    tracks.indices.contains(selected) ? tracks[selected].duration : 0
  }
}
