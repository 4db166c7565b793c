import CellLanguage

extension Lesson {
  /// All problems of the lesson, by position: those found while reading, undefined and duplicate
  /// names, cycles between cells, misplaced widgets, mutations of shared values, widgets with more plots
  /// than a screen shows, missing files and broken links. Runs no cell.
  ///
  /// - Parameters:
  ///   - builtins: what cells can use without defining it.
  ///   - audioFolders: searched for the lesson's sounds after its own folder; symlinks resolved.
  package func check(builtins: KnownNames, audioFolders: [String] = []) -> [Problem] {
    var checker = LessonChecker(
      lesson: self, builtins: builtins,
      files: LessonFiles(folders: [folder] + audioFolders))
    checker.checkDefinitions()
    checker.checkCode()
    checker.checkStages()
    checker.checkLinks()
    return (problems + checker.problems + ambiguities).sortedByPosition()
  }

  /// The graph of the cells that run, without those that have syntax errors.
  package var graph: CellGraph {
    CellGraph(
      cells: cells.compactMap { cell in
        guard !cell.isStatic, case .success(let program) = cell.program else { return nil }
        return (id: cell.id, program: program)
      })
  }
}
