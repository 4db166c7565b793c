import Lessons
import Notebook
import Progress

/// Another version of the lesson, another lesson in its place, and the lesson from the start.
extension ReaderLoop {
  func reload() {
    let place = reader.place
    lessonFile.read()
    do throws(Problem) {
      let lesson = try Lesson.read(file: reader.lesson.file)
      worker.stop()
      save()
      let hasOtherID = lesson.id != reader.lessonAsRead.id
      perform(hasOtherID ? replace(byOther: lesson) : replace(byVersion: lesson))
      if !hasOtherID { reader.takeUp(place) }
    } catch {
      reader.say("\(error.file): \(error.message)")
    }
  }

  private func replace(byVersion lesson: Lesson) -> [Action] {
    // They have been saved under the names of this version.
    let runs = reader.identified(worker.keptRuns).map { run in
      var run = run
      if run.isPlaced { run.file = ProgressFolder.name(of: run) }
      return run
    }
    let actions = reader.replace(lesson: lesson)
    let parts = savedProgress.parts
    // An inline value has no place for Enter: reading the lesson again computes it.
    let unreturned = (store?.runningCells?.unreturned ?? [])
      .subtracting(lesson.inlineValues.map { CellMark($0) })
    worker = Self.worker(reader, configuration, store, unreturned: unreturned, wake: display.wake) {
      [store, outline = reader.outline] in
      store?.place(runs, in: outline, earlier: parts, trustsPositions: false)
        ?? runs.placed(in: outline, earlier: parts, trustsPositions: false)
    }
    return actions
  }

  /// The file has another lesson's id now: what was done stays with the old one.
  private func replace(byOther lesson: Lesson) -> [Action] {
    saveDrafts()
    saveCheckpoints()
    store?.finish()
    earlierClosingLine = earlierClosingLine ?? store?.closingLine
    store = configuration.openStore?(lesson.id)
    store?.start(wake: display.wake)
    let saved = store?.saved
    let actions = reader.replace(
      lesson: lesson, progress: saved ?? SavedProgress(), drafts: store?.savedDrafts ?? [])
    reader.isSaving = store?.isSaving ?? false
    savedProgress = saved ?? SavedProgress(Progress(), in: reader.outline)
    lastProgress = nil
    savedDrafts = reader.draftInputs
    let unreturned = store?.runningCells?.unreturned ?? []
    notices += Self.notices(of: unreturned, in: lesson)
    worker = Self.worker(reader, configuration, store, unreturned: unreturned, wake: display.wake) {
      [store, outline = reader.outline] in
      store?.runs(in: outline) ?? []
    }
    return actions
  }

  static func notices(of unreturned: Set<CellMark>, in lesson: Lesson) -> [String] {
    lesson.cells(markedBy: unreturned).map { cell in
      "the program ended while the cell \(cell) ran, so it waits for Enter now"
    }
  }

  func startOver() {
    worker.stop()
    // Starting over keeps a copy of what was done, which includes the newest runs.
    saveCheckpoints()
    save()
    let hasNotice = store?.startOver() ?? false
    let actions = reader.startOver()
    savedDrafts = reader.draftInputs
    worker = Self.worker(reader, configuration, store, unreturned: [], wake: display.wake) { [] }
    perform(actions)
    if !hasNotice { reader.say("started over") }
  }
}

extension Lesson {
  /// The ids of this lesson's cells that have one of the marks.
  fileprivate func cells(markedBy marks: Set<CellMark>) -> [String] {
    guard !marks.isEmpty else { return [] }
    let hashes = Set(marks.map(\.cell))
    return cells.map(\.id).filter { hashes.contains(CellMark(id: $0, source: "").cell) }
  }
}
