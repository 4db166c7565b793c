/// An error message for people: what happened, what to do, and where in the text of a cell. The one
/// error type below the reader.
///
/// The message doesn't name the function that was called: the caller prepends the name with
/// ``prefixed(by:)``, and the evaluator fills in the range.
@usableFromInline
package struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened, as a sentence without a full stop: "axis 3 does not exist in an array of 2
  /// axes".
  package var message: String
  /// What to do about it, in the same form: "write a list comprehension". Nil when there is nothing
  /// to add.
  package var hint: String?
  /// The offending part of the cell's text; nil outside cells, and until it is known.
  package var range: SourceRange?

  /// More than a sentence: texts that a message quotes may be of any length.
  private static let byteLimit = 2000

  package init(_ message: String, hint: String? = nil, range: SourceRange? = nil) {
    self.message = message.shortened(to: Self.byteLimit)
    self.hint = hint?.shortened(to: Self.byteLimit)
    self.range = range
  }

  /// The same diagnostic about a named subject: "np.zeros: shape must not be negative".
  package func prefixed(by subject: String) -> Diagnostic {
    Diagnostic("\(subject): \(message)", hint: hint, range: range)
  }

  /// "message; hint"
  @usableFromInline
  package var description: String { message + (hint.map { "; \($0)" } ?? "") }
}
