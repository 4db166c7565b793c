import Progress
import TemporaryState

extension StateFolder {
  /// Saves and releases the lesson.
  func save(_ progress: SavedProgress = fullProgress) {
    let store = store()
    store.start {}
    store.save(progress)
    store.finish()
  }
}
