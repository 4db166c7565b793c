extension Lesson {
  /// Everything that is wrong with the lesson, by position: what reading found, names that nobody
  /// defines or that several cells define, cells that wait for one another, widgets in the wrong
  /// place, changes of shared values, files and links that lead nowhere. Runs no cell.
  ///
  /// - Parameters:
  ///   - builtins: the full names of all that cells can use without defining it, modules included:
  ///     "len", "np", "np.fft", "np.fft.rfft".
  ///   - audioFolder: where a lesson's sounds are looked for behind its own folder; links resolved.
  package func check(builtins: Set<String>, audioFolder: String? = nil) -> [Problem] {
    var checker = LessonChecker(
      lesson: self, builtins: builtins,
      files: LessonFiles(folders: [folder] + (audioFolder.map { [$0] } ?? [])))
    checker.checkDefinitions()
    checker.checkCycles()
    checker.checkCode()
    checker.checkLinks()
    return (problems + checker.problems).sortedByPosition()
  }

  /// The graph of the cells that run. A cell with a syntax error takes no part in it.
  package var graph: CellGraph {
    CellGraph(
      cells: cells.compactMap { cell in
        guard !cell.isStatic, case .success(let program) = cell.program else { return nil }
        return (id: cell.id, program: program)
      })
  }
}
