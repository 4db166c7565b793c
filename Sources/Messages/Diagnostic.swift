/// What is wrong, for the person who reads it: what happened, what to do, and where in the text of
/// a cell. The one error type of everything below the reader.
///
/// The message doesn't name the function that was called; whoever called it puts its name in front
/// with ``prefixed(by:)``, and the evaluator fills in the place.
package struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened, as a sentence without a full stop: "axis 3 does not exist in an array of 2 axes".
  package var message: String
  /// What to do about it, likewise: "write a list comprehension". Nil when the message says it all.
  package var hint: String?
  /// The part of the cell's text that is at fault; nil outside of cells, and until it is known.
  package var range: SourceRange?

  package init(_ message: String, hint: String? = nil, range: SourceRange? = nil) {
    self.message = message
    self.hint = hint
    self.range = range
  }

  /// The same about part of something larger: "np.zeros: shape must not be negative".
  package func prefixed(by subject: String) -> Diagnostic {
    Diagnostic("\(subject): \(message)", hint: hint, range: range)
  }

  /// "message; hint"
  package var description: String { message + (hint.map { "; \($0)" } ?? "") }
}
