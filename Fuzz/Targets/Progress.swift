import EtudeApp

/// Reads a file of saved progress. What can be read is written and read again, and stays the same.
func readProgress(_ bytes: [UInt8]) {
  guard let progress = try? Progress(json: bytes) else { return }
  let again = try? Progress(json: Array(progress.json.utf8))
  precondition(again == progress, "the progress changes by being written")
}
