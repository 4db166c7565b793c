/// Where a key is pressed: the focused item, the open overlay, or the page itself.
package enum KeyContext: Hashable, CaseIterable, Sendable {
  case slider, choice, toggle, plot, plotCursor, stepper, table, player, trainer, permission,
    wait, prediction, code
  /// The list of lessons, before one is open.
  case lessons
  case contents, list, devices, text, options, confirm, reset, prompt, editor, unreadable
  /// During a search, whose keys take precedence over the page's.
  case search
  /// A blind test of two sounds, which takes the whole screen and all keys; and its result.
  case blindTest, blindResult
  /// The page while nothing has the focus.
  case unfocused
  case page, everywhere

  /// What can have the focus.
  package static let focusable: [KeyContext] = [
    .slider, .choice, .toggle, .plot, .plotCursor, .stepper, .table, .player, .trainer,
    .permission, .wait, .prediction, .code,
  ]

  /// The heading in the help.
  package var title: String {
    switch self {
    case .slider: "Slider"
    case .choice: "Choice"
    case .toggle: "Switch"
    case .plot: "Plot"
    case .plotCursor: "Plot with a cursor"
    case .stepper: "Stepper"
    case .table: "Wide table"
    case .player: "Player"
    case .trainer: "Training"
    case .permission: "Measuring and saving"
    case .wait: "Waiting for something elsewhere"
    case .prediction: "Question"
    case .code: "Cell"
    case .lessons: "Lessons"
    case .contents: "Contents"
    case .list: "List"
    case .devices: "Devices"
    case .text: "Overlay"
    case .options: "Options"
    case .confirm: "Are you sure?"
    case .reset: "Starting over"
    case .prompt: "Typing"
    case .editor: "Editor"
    case .unreadable: "A text that cannot be read"
    case .search: "Search"
    case .blindTest: "Blind test"
    case .blindResult: "Result of a blind test"
    case .unfocused: "When nothing has the focus"
    case .page: "Page"
    case .everywhere: "Everywhere"
    }
  }
}
