import CellLanguage
import Messages

extension Problem {
  /// A diagnostic for code that starts at `line` and `column` of the lesson's file.
  init(
    _ diagnostic: Diagnostic, file: String, line: Int, column: Int, isWarning: Bool = false
  ) {
    let position =
      diagnostic.range.map { SourcePosition(of: $0.start, codeAt: line, column: column) }
      ?? SourcePosition(line: line, column: column)
    self.init(
      file: file, line: position.line, column: position.column, message: diagnostic.message,
      hint: diagnostic.hint, isWarning: isWarning)
  }
}

extension SourcePosition {
  /// The position in the lesson's file of a location in code that starts at `line` and `column`. All
  /// lines of a cell are assumed to be indented like the first one.
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
