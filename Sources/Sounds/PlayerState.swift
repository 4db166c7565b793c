/// A snapshot of a player, for drawing.
package struct PlayerState: Sendable {
  package struct TrackState: Sendable {
    package var label: String
    /// In seconds.
    package var duration: Double
    /// The gain applied by loudness matching; never above 0.
    package var gainInDecibels: Double
    /// Why it cannot be played, as a sentence without a full stop.
    package var problem: String?

    package init(label: String, duration: Double, gainInDecibels: Double, problem: String?) {
      self.label = label
      self.duration = duration
      self.gainInDecibels = gainInDecibels
      self.problem = problem
    }
  }

  package var tracks: [TrackState]
  package var selected: Int
  /// True until the last sample has been heard.
  package var isPlaying: Bool
  /// In seconds, of what is being heard: compensated for the device's delay.
  package var position: Double
  package var isLooping: Bool
  package var isMatchingLoudness: Bool
  package var output: SoundDestination
  /// The student's volume; never above 0.
  package var volumeInDecibels = 0.0

  package init(
    tracks: [TrackState], selected: Int, isPlaying: Bool, position: Double, isLooping: Bool,
    isMatchingLoudness: Bool, output: SoundDestination
  ) {
    self.tracks = tracks
    self.selected = selected
    self.isPlaying = isPlaying
    self.position = position
    self.isLooping = isLooping
    self.isMatchingLoudness = isMatchingLoudness
    self.output = output
  }

  /// Of the selected track, in seconds.
  package var duration: Double {
    tracks.indices.contains(selected) ? tracks[selected].duration : 0
  }
}
