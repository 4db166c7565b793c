import Interpreter
import NeuralNetworks
import Notebook
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
  /// The ranges that plots have shown: they stay while a widget changes the data within them.
  package var heldAxes: [FocusTarget: FigureAxes] = [:]
  /// Of the training that takes the whole screen.
  package var inspection: (id: TrainerID, inspection: FitInspection)?
  /// What has the focus takes the whole screen.
  package var isZoomed = false
  /// False while something else needs the screen.
  package var hasStage = true
  /// Widget values on their way to the session: shown at once, however long a cell takes.
  package var movedWidgets: [FocusTarget: WidgetValue] = [:]
  /// The player whose tracks are loaded, and its state once it has reported one.
  package var player: (target: FocusTarget, state: PlayerState?)?
  /// The blind test that takes the whole screen.
  package var blindTest: BlindTestState?
  package var progress = Progress()
  /// The tasks that judge a run whose settings have changed since it was started, and the page of the run.
  package var tasksOfOldRuns: [String: RunPlace] = [:]
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
    var testedPlayer: FocusTarget?
    var stageFocus: FocusTarget?
    var isZoomed: Bool
    var heldAxes: [FocusTarget: FigureAxes]
  }

  package var layout: Layout {
    Layout(
      openCells: openCells, windows: windows, tableColumns: tableColumns, progress: progress,
      showsAnswers: showsAnswers,
      describesPictures: describesPictures, loadedPlayer: player?.target,
      testedPlayer: blindTest?.target,
      stageFocus: hasStage ? focus : nil, isZoomed: isZoomed, heldAxes: heldAxes)
  }
}

/// Where a run is, for a page that depends on it.
package enum RunPlace: Hashable, Sendable {
  case here
  /// From 0.
  case page(Int)
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

extension PageState {
  /// How often a run is looked into while it trains: each look asks the network hundreds of signals.
  private static let inspectionsPerRun = 100

  /// Looks into the training that takes the whole screen, if it has changed enough.
  package mutating func inspectTraining(in snapshot: Snapshot) {
    guard isZoomed, case .trainer(let cell, let call)? = focus else {
      inspection = nil
      return
    }
    let id = TrainerID(cell: cell, call: call)
    guard let trainer = snapshot.trainers[id], let fit = trainer.fit else {
      inspection = nil
      return
    }
    if let inspection, inspection.id == id {
      let step =
        trainer.activity == .running ? max(1, trainer.epochs / Self.inspectionsPerRun) : 1
      guard abs(fit.epoch - inspection.inspection.epoch) >= step else { return }
    }
    inspection = (id, FitInspection(fit))
  }
}
