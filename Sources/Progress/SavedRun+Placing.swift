import Interpreter
import Lessons
import Notebook

extension [SavedRun] {
  /// The runs with the ids that their cells have in this version of the lesson.
  ///
  /// - Parameters:
  ///   - earlier: the parts of the version that they were saved for.
  ///   - trustsPositions: whether the positions of an old file, which does not say what its cell is, are
  ///     those of this version.
  package func placed(
    in outline: LessonOutline, earlier: PartFingerprints, trustsPositions: Bool
  ) -> [SavedRun] {
    let runs = map { run in
      var run = run
      if trustsPositions, run.cell.map({ $0.name == nil && $0.source.isEmpty }) ?? true {
        run.cell =
          outline.cells.first { $0.position == run.id.cell || $0.id == run.id.cell }?.identity
      }
      return run
    }
    let cells = Array<CellIdentity>(Set(runs.compactMap(\.cell))).sorted {
      ($0.statement, $0.place.inLesson.number) < ($1.statement, $1.place.inLesson.number)
    }
    let found = outline.find(cells, asideFrom: cells.count, earlier: earlier)
    var parts: [CellIdentity: LessonOutline.Part<CellIdentity>] = [:]
    for (cell, index) in zip(cells, found) {
      if let index { parts[cell] = outline.cells[index] }
    }
    var taken: Set<TrainerID> = []
    return runs.map { run in
      var run = run
      run.isPlaced = false
      if let part = run.cell.flatMap({ parts[$0] }) {
        let id = TrainerID(cell: part.id, call: run.id.call)
        // Two files of one run are left by a crash between writing one and removing the other.
        guard taken.insert(id).inserted else { return run }
        (run.id, run.cell, run.isPlaced) = (id, part.identity, true)
      }
      return run
    }
  }
}
