import Interpreter
import Messages

/// Results as they are at one moment, for drawing.
package struct Snapshot: Sendable {
  /// By cell id.
  package var cells: [String: CellResult] = [:]
  /// By the ids of inline values.
  package var inlineValues: [String: InlineResult] = [:]
  package var trainers: [TrainerID: TrainerState] = [:]
  /// True while requested work is under way.
  package var isBusy = false
  /// Grows whenever anything above changes.
  package var revision = 0

  package init() {}
}

/// What stands in the prose for an inline value.
package enum InlineResult: Hashable, Sendable {
  case text(String)
  case failed(Diagnostic)
  case waiting(Wait)
}
