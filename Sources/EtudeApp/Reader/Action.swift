import Interpreter
import Notebook
import Sounds

/// What the reader wants done outside itself; `ReaderLoop` does it.
package enum Action: Sendable {
  case session(SessionRequest)
  case sound(SoundAction)
  /// The whole lesson anew; what was done is put out of the way.
  case startOver
  /// Read the lesson's file again.
  case reload
  /// The whole screen, whatever the terminal has done to it.
  case redraw
  case suspend
  case quit
}

package enum SoundAction: Sendable {
  /// The tracks of another player, or new samples for the one that is loaded.
  case load([Track], keepingPosition: Bool)
  case play
  case pause
  /// Forward, or back when negative, in seconds.
  case seek(by: Double)
  case select(Int)
  case setLooping(Bool)
  case setMatching(Bool)
  case write(Track)
  /// Off: nothing is heard, and the playhead moves all the same.
  case setEnabled(Bool)
  case stop
}
