/// Results as they are at one moment, for drawing.
package struct Snapshot: Sendable {
  /// By cell id.
  package var cells: [String: CellResult] = [:]
  /// The text of inline values by their id, or the error that is shown in their place.
  package var inlineValues: [String: Result<String, CellError>] = [:]
  package var trainers: [TrainerID: TrainerState] = [:]
  /// True while requested work is under way.
  package var isBusy = false
  /// Grows whenever anything above changes.
  package var revision = 0

  package init() {}
}
