import Compute
import Interpreter

/// A request to a session, in the same form from the reader's keys to the session.
package enum SessionRequest: Sendable {
  /// Run what the page (from 0) shows or needs.
  case show(page: Int)
  /// Set a widget's value; cells that depend on it become out of date.
  case setWidget(cell: String, name: String, to: WidgetValue)
  /// Replace a cell's text; nil restores the lesson's.
  case edit(cell: String, source: String?)
  /// Restore the lesson's values and texts of all cells of a page.
  case reset(page: Int)
  /// Let the cell measure or save in its next run.
  case permit(cell: String)
  /// Set the student's score.
  case setScore(Score)
  /// Compute on another device, where no cell names one; what is there goes on on it.
  case setDevice(DeviceKind)
  case train(TrainerID, TrainerCommand)
}
