import Interpreter
import Progress
import Sounds
import Terminal

/// How a student looks at a page, and what she has done: everything that is neither the lesson's nor
/// a result.
package struct PageState: Sendable {
  package var focus: FocusTarget?
  /// Cells that the student has opened (true) or folded (false); the others follow the page.
  package var openCells: [String: Bool] = [:]
  package var windows: [FocusTarget: PlotWindow] = [:]
  package var steppers: [FocusTarget: StepperPosition] = [:]
  /// Widget values on their way to the session: shown at once, whatever a cell takes to run.
  package var movedWidgets: [FocusTarget: WidgetValue] = [:]
  /// The player whose tracks are loaded, and what it does; nil until it has said so.
  package var player: (target: FocusTarget, state: PlayerState?)?
  package var progress = Progress()
  /// Whether questions cover nothing, as on paper.
  package var showsAnswers = false
  /// The text that is searched for; marked wherever it stands.
  package var search: String?

  package init() {}

  /// The part of it that decides where things stand on the page; the rest only how they look.
  package struct Layout: Hashable, Sendable {
    var openCells: [String: Bool]
    var windows: [FocusTarget: PlotWindow]
    var progress: Progress
    var showsAnswers: Bool
    var loadedPlayer: FocusTarget?
  }

  package var layout: Layout {
    Layout(
      openCells: openCells, windows: windows, progress: progress, showsAnswers: showsAnswers,
      loadedPlayer: player?.target)
  }
}

/// Where a student is in a stepper.
package struct StepperPosition: Hashable, Sendable {
  /// The output sample that is computed.
  package var step = 0
  /// Nil as the lesson has it.
  package var flips: Bool?
  package var isAnimating = false

  package init() {}
}

/// The room and the looks that a page has.
package struct PageLook: Hashable, Sendable {
  package var width: Int
  /// The rows that are seen at once; nil where a page may be as tall as it likes.
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
