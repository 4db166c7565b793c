/// An input event from the terminal.
package enum Event: Hashable, Sendable {
  case key(Key)
  /// Pasted text, which is not interpreted as keys.
  case paste(String)
  case mouse(Mouse)
  case resize(width: Int, height: Int)
  /// The terminal's answer to the question for the colour behind its text.
  case background(Theme.Background)
}

package enum Key: Hashable, Sendable {
  /// A printable character, as typed.
  case character(Character)
  /// Control with a lower-case letter.
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right
  case shiftLeft, shiftRight
  case pageUp, pageDown, home, end
  /// F1, F2, …
  case function(Int)
}

package struct Mouse: Hashable, Sendable {
  package enum Action: Sendable { case press, release, drag, scrollUp, scrollDown }

  package var action: Action
  package var x: Int
  package var y: Int

  package init(action: Action, x: Int, y: Int) {
    self.action = action
    self.x = x
    self.y = y
  }
}
