/// Where a dialogue takes place: lines come in, text goes out. A terminal, a pipe, or a test.
package protocol LineTerminal: AnyObject {
  /// The columns at which text is wrapped.
  var width: Int { get }
  /// Whether it shows more than ASCII.
  var hasUnicode: Bool { get }

  /// Writes text at once.
  ///
  /// - Returns: false when nobody reads it any more.
  func write(_ text: String) -> Bool

  /// Waits for a line, for `wake`, or for at most this long (nil: forever).
  func nextInput(timeoutMilliseconds: Int?) -> LineInput

  /// Ends a wait; may be called from any thread.
  var wake: @Sendable () -> Void { get }
}

package enum LineInput: Hashable, Sendable {
  /// Without its line break.
  case line(String)
  /// There will be no more lines.
  case end
  /// A wake or a timeout.
  case nothing
}
