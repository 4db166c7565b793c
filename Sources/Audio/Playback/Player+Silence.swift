extension Player {
  /// A player that is never heard, for tests and for students who switched the sound off: the
  /// playhead moves as if it were.
  ///
  /// - Parameter reason: why, as a sentence without a full stop.
  package convenience init(silentBecause reason: String) {
    self.init(lingerSeconds: 1) { SilentOutput(sampleRate: $0, reason: reason) }
  }
}
