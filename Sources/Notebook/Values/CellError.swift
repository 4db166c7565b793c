import CellLanguage

/// Why a cell failed, for the student: what happened, where, what to do.
package struct CellError: Error, Hashable, Sendable {
  /// What happened, as a sentence without a full stop.
  package var message: String
  /// What to do about it, likewise.
  package var mend: String?
  /// Where in the cell; the evaluator fills in the innermost expression when a built-in throws.
  package var range: SourceRange?

  package init(_ message: String, mend: String? = nil, range: SourceRange? = nil) {
    self.message = message
    self.mend = mend
    self.range = range
  }
}
