import Compute
import Interpreter
import Messages

/// The results at one moment, for drawing.
package struct Snapshot: Sendable {
  /// By cell id.
  package var cells: [String: CellResult] = [:]
  /// By the ids of inline values.
  package var inlineValues: [String: InlineResult] = [:]
  package var trainers: [TrainerID: TrainerState] = [:]
  /// Where cells compute that name no device.
  package var device = DeviceKind.cpu
  /// Why that is another device than was chosen; a sentence.
  package var deviceRemark: String?
  /// True while requested work is in progress.
  package var isBusy = false
  /// True while cells follow a training run, for which nobody waits.
  package var isFollowing = false
  /// Grows whenever anything above changes.
  package var revision = 0

  package init() {}
}

/// What the prose shows for an inline value.
package enum InlineResult: Hashable, Sendable {
  case text(String)
  case failed(Diagnostic)
  case waiting(Wait)
}
