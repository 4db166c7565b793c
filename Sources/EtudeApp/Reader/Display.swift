import Terminal

/// The reader's screen and source of keys: the terminal, or a test.
package protocol Display: AnyObject {
  var width: Int { get }
  var height: Int { get }

  /// Shows a canvas of the display's size.
  func draw(_ canvas: Canvas)

  /// Waits for events, for `wake`, or for at most this long (nil: forever); empty after a wake or a
  /// timeout.
  func nextEvents(timeoutMilliseconds: Int?) -> [Event]

  /// Ends a wait; may be called from any thread.
  var wake: @Sendable () -> Void { get }

  /// Makes the next `draw` send the whole screen.
  func redraw()

  /// Makes the terminal report the mouse, or leave it to its own selecting of text.
  func setMouse(_ isOn: Bool)

  /// Puts a text on the clipboard.
  ///
  /// - Returns: what may keep it from arriving there; nil when nothing is known to.
  func copy(_ text: String) -> String?

  /// Returns to the shell until the program is resumed.
  func suspend()

  /// Runs another program in the terminal until it ends.
  ///
  /// - Parameter arguments: the program's path, and its arguments.
  /// - Returns: its exit status; nil when it could not be started.
  func run(_ arguments: [String]) -> Int32?
}
