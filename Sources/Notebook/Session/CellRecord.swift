import CellLanguage
import Compute
import Interpreter
import Messages
import NeuralNetworks

/// A cell of a session: its work, what it defined when it ran last, and what it ran with.
struct CellRecord {
  enum Work {
    case cell(Program)
    /// An inline value: defines nothing, shows its value as text.
    case inlineValue(Expression)
    /// A cell that cannot run as it is written.
    case faulty(Diagnostic)

    var fault: Diagnostic? {
      if case .faulty(let error) = self { error } else { nil }
    }
  }

  /// A value that a cell gives to others. The version grows when the value changes, not with every
  /// run: who uses a name that stayed the same need not run again.
  struct Definition {
    var value: Value
    var version: Int
  }

  var work: Work
  var result = CellResult(state: .pending)
  var inlineText: String?
  var definitions: [String: Definition] = [:]
  /// The versions of the names that the last run used.
  var inputVersions: [String: Int] = [:]
  /// For each call of `train` of the last run, the version of the fit that it gave.
  var fitVersions: [Int] = []
  /// The runs that went to their end at once.
  var unwatchedRuns: [TrainerID: UnwatchedRun] = [:]
  /// The run without an epoch at which the cell stopped.
  var awaitedTrainer: TrainerID?
  /// What the cell needs Enter for, and stopped at.
  var awaitedPermission: Permission?
  /// What Enter was pressed for before, when the cell stopped at something else: that Enter is for
  /// the same run as the next one.
  var earlierPermissions: Set<Permission> = []
  /// The name that is missing because such a run, or such a permission, comes first.
  var awaitedName: String?
  /// Whether the last run asked for the score.
  var usesScore = false
  /// Whether a widget was moved since the last run, or there was none yet.
  var needsRun = true
  var byteCount = 0
}
