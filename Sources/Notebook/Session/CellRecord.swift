import CellLanguage
import Compute
import Interpreter
import Messages
import NeuralNetworks

/// A cell of a session: its work, and the inputs and results of its last run.
struct CellRecord {
  enum Work {
    case cell(Program)
    /// An inline value: defines no names, shows its value as text.
    case inlineValue(Expression)
    /// A text that cannot be read.
    case faulty(SyntaxFaults)
  }

  /// A value that other cells can use. Its version grows only when the value changes, not with
  /// every run: users of an unchanged name need not run again.
  struct Definition {
    var value: Value
    var version: Int
  }

  var work: Work
  /// Why it cannot run as it is written; none when it can.
  var faults: [Diagnostic] = []
  var result = CellResult(state: .pending)
  var inlineText: String?
  var definitions: [String: Definition] = [:]
  /// The versions of the inputs of the last run.
  var inputVersions: [String: Int] = [:]
  /// The version of the fit that each call of `train` returned in the last run.
  var fitVersions: [Int] = []
  /// The runs that were trained to the end at once.
  var unwatchedRuns: [TrainerID: UnwatchedRun] = [:]
  /// The run at which the cell stopped, since it has no epoch yet.
  var awaitedTrainer: TrainerID?
  /// The permission at which the cell stopped.
  var awaitedPermission: Permission?
  /// Permissions granted before the cell stopped at another one: they apply to its next run, too.
  var earlierPermissions: Set<Permission> = []
  /// The name that is missing until such a run or permission of another cell.
  var awaitedName: String?
  /// Whether the last run read the score.
  var usesScore = false
  /// Whether the cell must run even though its inputs are unchanged, as after moving a widget.
  var needsRun = true
  /// Of its values and outputs.
  var byteCount = 0
  /// How long the last run took.
  var seconds = 0.0
  /// Whether the outputs of the last run were given up: they are made again when they are shown.
  var lacksOutputs = false

  /// Gives up outputs, for as long as another page is shown: large ones that are soon made again.
  ///
  /// - Returns: the bytes.
  mutating func giveUpOutputs() -> Int {
    guard case .succeeded = result.state, seconds < 0.1, fitVersions.isEmpty, unwatchedRuns.isEmpty,
      case .cell = work
    else { return 0 }
    let bytes = result.outputs.reduce(0) { $0 + $1.byteCount }
    guard bytes > 1 << 18, result.outputs.allSatisfy(\.isRemade) else { return 0 }
    result = CellResult(state: .pending, revision: result.revision)
    lacksOutputs = true
    byteCount -= bytes
    return bytes
  }

  /// The cell is not run before the student presses Enter; an inline value has no place for a key.
  mutating func holdBack() {
    if case .inlineValue = work {
      result.state = .waiting(.unreturned)
    } else {
      result.state = .waiting(.ownWork(.permission(.rerun)))
      result.outputs = [.permission(.rerun, isGranted: false)]
      awaitedPermission = .rerun
    }
  }
}

extension Output {
  /// Whether the same run of a cell makes the same output again, without the student.
  fileprivate var isRemade: Bool {
    switch self {
    case .trainer, .permission: false
    case .text, .arraySummary, .widget, .figure, .grid, .stepper, .track, .table, .check: true
    }
  }
}
