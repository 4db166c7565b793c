import Terminal

/// Where the reader is seen and from where its keys come: the terminal, or a test.
package protocol Display: AnyObject {
  var width: Int { get }
  var height: Int { get }

  /// Shows a canvas of the display's size.
  func draw(_ canvas: Canvas)

  /// Waits for events, for `wake`, or for so many milliseconds (nil: for ever); empty after a wake
  /// or when the time is over.
  func nextEvents(timeoutMilliseconds: Int?) -> [Event]

  /// Ends a wait from any thread.
  var wake: @Sendable () -> Void { get }

  /// The next `draw` sends everything.
  func redraw()

  /// Gives the terminal to the shell until the student comes back.
  func suspend()
}
