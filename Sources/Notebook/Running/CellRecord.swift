import CellLanguage
import Compute
import NeuralNetworks

/// A cell of a session: its work, what it defined when it ran last, and what it ran with.
struct CellRecord {
  enum Work {
    case cell(Program)
    /// An inline value: defines nothing, shows its value as text.
    case inlineValue(Expression)
    /// A cell that cannot run as it is written.
    case faulty(CellError)

    var fault: CellError? {
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
  /// The trainers whose runs went to their end at once.
  var trainers: [TrainerID: TrainerState] = [:]
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

extension Value {
  /// Whether the values are the same in type and content, so that one can stand for the other.
  /// Errs towards false.
  package func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.none, .none): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.float(let a), .float(let b)):
      a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.isIdentical(to: $1) }
    case (.array(let a), .array(let b)): a.isIdentical(to: b)
    case (.tensor(let a), .tensor(let b)):
      a.device == b.device && a.array.isIdentical(to: b.array)
    case (.tensorType(let a), .tensorType(let b)): a == b
    case (.tensorShape(let a), .tensorShape(let b)): a == b
    case (.device(let a), .device(let b)): a == b
    case (.optimizer(let a), .optimizer(let b)): a == b
    case (.dataSet(let a), .dataSet(let b)): a.isIdentical(to: b)
    case (.model(let a), .model(let b)): a.isIdentical(to: b)
    case (.fit(let a), .fit(let b)): a.isIdentical(to: b)
    default: false
    }
  }
}

extension NDArray {
  fileprivate func isIdentical(to other: NDArray) -> Bool {
    guard shape == other.shape else { return false }
    return switch (elements, other.elements) {
    case (.bool(let a), .bool(let b)): a == b
    case (.uint8(let a), .uint8(let b)): a == b
    case (.int16(let a), .int16(let b)): a == b
    case (.int32(let a), .int32(let b)): a == b
    case (.int64(let a), .int64(let b)): a == b
    // By value 0 and -0 would be equal, and 1 / 0 tells them apart.
    case (.float32(let a), .float32(let b)):
      a.elementsEqual(b) { $0.bitPattern == $1.bitPattern }
    case (.float64(let a), .float64(let b)):
      a.elementsEqual(b) { $0.bitPattern == $1.bitPattern }
    default: false
    }
  }
}
