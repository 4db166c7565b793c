import Progress

/// Reads a file of saved progress. Valid input must survive a round trip unchanged.
func readProgress(_ bytes: [UInt8]) {
  guard let progress = try? Progress(json: bytes) else { return }
  let again = try? Progress(json: Array(progress.json.utf8))
  precondition(again == progress, "the progress changes when written")
}
