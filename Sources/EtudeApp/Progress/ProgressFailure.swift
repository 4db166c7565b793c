/// Why progress cannot be read or saved, as the second half of a sentence.
package struct ProgressFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
