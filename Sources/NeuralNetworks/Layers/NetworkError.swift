/// Why a network cannot be built, trained or loaded, for the student.
package struct NetworkError: Error, Hashable, Sendable {
  /// What happened, as a sentence without a full stop: which layer, which shapes, the rule.
  package var message: String
  /// What to do about it, likewise.
  package var mend: String?

  package init(_ message: String, mend: String? = nil) {
    self.message = message
    self.mend = mend
  }
}
