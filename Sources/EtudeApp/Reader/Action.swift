import Interpreter
import Notebook
import Sounds

/// A side effect that the reader asks for; `ReaderLoop` performs it.
package enum Action: Sendable {
  case session(SessionRequest)
  case sound(SoundAction)
  /// Restart the whole lesson; the old progress is kept as a copy.
  case startOver
  /// Reload the lesson's file.
  case reload
  /// Ask for the devices: see `Reader.show(devices:)`.
  case lookUpDevices
  /// Redraw the whole screen, in case the terminal has garbled it.
  case redraw
  /// Let the terminal report the mouse, or not.
  case setMouse(Bool)
  case suspend
  /// Put a text on the clipboard; `name` says what it is.
  case copy(String, name: String)
  /// Edit this text of a cell in the student's own editor: see `Reader.takeEdited`.
  case editExternally(cell: String, source: String)
  case quit
}

package enum SoundAction: Sendable {
  /// The tracks of another player, or new samples for the loaded one.
  case load([Track], keepingPosition: Bool)
  case open
  case play
  case pause
  /// In seconds; negative seeks backwards.
  case seek(by: Double)
  /// In seconds from the start.
  case seekTo(Double)
  /// See `SoundPlayer.select`.
  case select(Int, throughSilence: Bool = false)
  case setLooping(Bool)
  case setMatching(Bool)
  /// In dB, at most 0.
  case setVolume(Double)
  case write(Track)
  /// When off, nothing is heard but the playhead still moves.
  case setEnabled(Bool)
  case stop
}
