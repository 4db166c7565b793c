/// Why an operation on arrays cannot be done, for the person who asked for it.
///
/// The message is a sentence without a full stop that does not name the function called: the
/// caller knows its name, puts it in front, and adds the place.
package struct ArrayError: Error, Hashable, Sendable {
  /// What is wrong.
  package var message: String
  /// What to do about it, when there is something to say.
  package var mend: String?

  package init(_ message: String, mend: String? = nil) {
    self.message = message
    self.mend = mend
  }
}
