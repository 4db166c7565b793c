import Notebook
import Progress

/// What is saved, and when.
extension ReaderLoop {
  /// Writes everything that is not saved yet, including the text of a cell that is being edited and
  /// checkpoints of runs in progress. Also called when a signal is about to end the program.
  package func finish() {
    save()
    saveDrafts()
    saveCheckpoints()
    if reader.volume != configuration.volume { configuration.keepVolume(reader.volume) }
    guard let store else { return }
    let unfinished = store.isSaving ? worker.unfinishedRuns : []
    store.finish()
    remarks = unfinished.filter { store.isKept($0.id) }.map(\.keptSentence)
  }

  /// Writes everything, since the program is about to be stopped and may never continue.
  package func prepareToStop() {
    save()
    saveDrafts()
    saveCheckpoints()
    store?.flush()
  }

  func save() {
    guard let store else { return }
    reader.isSaving = store.isSaving
    if reader.state.progress != lastProgress {
      lastProgress = reader.state.progress
      let progress = reader.savedProgress
      if progress != savedProgress { store.save(progress) }
      savedProgress = progress
    }
    let runs = worker.takeFinishedRuns() + worker.takeCheckpoints(areLast: false)
    store.save(reader.identified(runs))
  }

  /// Keeps the runs that are under way or paused.
  func saveCheckpoints() {
    store?.save(reader.identified(worker.takeCheckpoints(areLast: true)))
  }

  func saveDrafts() {
    guard let store else { return }
    let inputs = reader.draftInputs
    guard inputs != savedDrafts else { return }
    savedDrafts = inputs
    store.save(reader.drafts)
  }

  /// Keeps a copy of the progress before the last key, which the reader has already discarded.
  func keepCopy() {
    guard reader.state.progress != lastProgress else { return }
    store?.keep(savedProgress)
  }
}
