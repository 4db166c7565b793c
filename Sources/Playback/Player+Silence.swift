extension Player {
  /// A player without sound, for tests and for students who have switched it off; the playhead moves
  /// as usual.
  ///
  /// - Parameter reason: why, as a sentence without a full stop.
  package convenience init(silentBecause reason: String) {
    self.init(lingerSeconds: 1) { SilentOutput(sampleRate: $0, reason: reason) }
  }
}
