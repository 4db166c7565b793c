import CellLanguage

extension Problem {
  /// A diagnostic of code that starts at `line` and `column` of the lesson's file.
  init(
    _ diagnostic: Diagnostic, file: String, line: Int, column: Int, isWarning: Bool = false
  ) {
    let place = SourcePosition(of: diagnostic.range.start, codeAt: line, column: column)
    self.init(
      file: file, line: place.line, column: place.column, message: diagnostic.message,
      mend: diagnostic.mend, isWarning: isWarning)
  }
}

extension SourcePosition {
  /// The place in the lesson's file of a location in code that starts at `line` and `column`. All
  /// lines of a cell are taken to be as far to the right as the first one.
  init(of location: SourceLocation, codeAt line: Int, column: Int) {
    self.init(line: line + location.line - 1, column: column + location.column - 1)
  }
}

extension [Problem] {
  func sortedByPosition() -> [Problem] {
    sorted {
      ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message)
    }
  }
}
