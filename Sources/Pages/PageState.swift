import Interpreter
import Progress
import Sounds
import Terminal

/// The state of a student's view of a page, and her progress: everything that is neither the lesson
/// nor a result.
package struct PageState: Sendable {
  package var focus: FocusTarget?
  /// Cells that the student has opened (true) or folded (false); the page decides on the others.
  package var openCells: [String: Bool] = [:]
  package var windows: [FocusTarget: PlotWindow] = [:]
  package var steppers: [FocusTarget: StepperPosition] = [:]
  /// The first visible column of tables that are wider than the page.
  package var tableColumns: [FocusTarget: Int] = [:]
  /// Widget values on their way to the session: shown at once, however long a cell takes.
  package var movedWidgets: [FocusTarget: WidgetValue] = [:]
  /// The player whose tracks are loaded, and its state once it has reported one.
  package var player: (target: FocusTarget, state: PlayerState?)?
  package var progress = Progress()
  /// As in print: questions show their answers and cover nothing, wide tables show all columns.
  package var showsAnswers = false
  /// Each plot has a line in words below it, for those who do not see pictures.
  package var describesPictures = false
  /// The search text, highlighted wherever it occurs.
  package var search: String?

  package init() {}

  /// The part that affects the layout; the rest only affects appearance.
  package struct Layout: Hashable, Sendable {
    var openCells: [String: Bool]
    var windows: [FocusTarget: PlotWindow]
    var tableColumns: [FocusTarget: Int]
    var progress: Progress
    var showsAnswers: Bool
    var describesPictures: Bool
    var loadedPlayer: FocusTarget?
  }

  package var layout: Layout {
    Layout(
      openCells: openCells, windows: windows, tableColumns: tableColumns, progress: progress,
      showsAnswers: showsAnswers,
      describesPictures: describesPictures, loadedPlayer: player?.target)
  }
}

/// The student's position in a stepper.
package struct StepperPosition: Hashable, Sendable {
  /// The index of the current output sample.
  package var step = 0
  /// Nil for the lesson's choice.
  package var flips: Bool?
  package var isAnimating = false

  package init() {}
}

/// The size and style of a page.
package struct PageLook: Hashable, Sendable {
  package var width: Int
  /// The rows of the screen; nil when a page may be of any height.
  package var height: Int?
  package var theme: Theme
  package var charset: Charset

  package init(width: Int, height: Int?, theme: Theme, charset: Charset) {
    self.width = width
    self.height = height
    self.theme = theme
    self.charset = charset
  }

  package var glyphs: Glyphs { Glyphs(charset) }
}
