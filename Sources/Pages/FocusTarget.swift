/// Something on a page that can have the focus, identified by what it is rather than where it is:
/// it keeps the focus while the page around it changes.
package enum FocusTarget: Hashable, Sendable {
  case widget(cell: String, name: String)
  /// `index` counts the figures of the cell; the same for the kinds below.
  case figure(cell: String, index: Int)
  case stepper(cell: String, index: Int)
  case player(cell: String, index: Int)
  /// A table of a cell, or of the text: the owner is the cell, or a name that no cell has.
  case table(owner: String, index: Int)
  /// `call` counts the calls of `train` in the cell.
  case trainer(cell: String, call: Int)
  /// What the cell only does on Enter: measuring, saving.
  case permission(cell: String)
  /// What the cell waits for, elsewhere in the lesson.
  case wait(cell: String)
  /// A question, by its id.
  case prediction(String)
  /// The cell's own text, folded or not.
  case code(cell: String)

  /// The cell that it belongs to; for a prediction or a table of the text, a name that no cell has.
  package var cell: String {
    switch self {
    case .prediction(let id): id
    case .table(let owner, _): owner
    case .widget(let cell, _), .figure(let cell, _), .stepper(let cell, _), .player(let cell, _),
      .trainer(let cell, _), .permission(let cell), .wait(let cell),
      .code(let cell):
      cell
    }
  }

  package var isCode: Bool {
    if case .code = self { true } else { false }
  }
}
