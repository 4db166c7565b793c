import Interpreter

/// What a session can be asked to do: the one vocabulary from the reader's keys to the session.
package enum SessionRequest: Sendable {
  /// Run what the page (from 0) shows and needs.
  case show(page: Int)
  /// The widget's new value; cells that depend on it are out of date from now on.
  case setWidget(cell: String, name: String, to: WidgetValue)
  /// Another text for a cell; nil gives it the lesson's own again.
  case edit(cell: String, source: String?)
  /// Back to the lesson's values and texts for all cells of a page.
  case reset(page: Int)
  /// Let the cell do once, when it runs next, what it does on Enter only.
  case permit(cell: String)
  /// How the student has done by now.
  case setScore(Score)
  case train(TrainerID, TrainerCommand)
}
