import Audio
import Notebook

/// What the reader wants done outside itself; `ReaderLoop` does it.
package enum Action: Sendable {
  case show(page: Int)
  case set(widget: String, cell: String, value: WidgetValue)
  /// Nil gives the cell the lesson's text again.
  case edit(cell: String, source: String?)
  /// Back to the lesson's values and texts.
  case reset(page: Int)
  case sound(SoundAction)
  case train(TrainerID, TrainerCommand)
  /// The cell may measure and save once.
  case permit(cell: String)
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
