/// How far a network has come that a cell trains at once, to its end, as in eval and render.
package struct AwaitedTraining: Sendable {
  /// Called for each epoch and each batch, on the thread that trains, and with nil at the end.
  package typealias Observer = @Sendable (AwaitedTraining?) -> Void

  /// The name that the fit is assigned to, if any.
  package let name: String?
  /// Complete epochs.
  package let epoch: Int
  package let epochCount: Int
  /// Nil before the end of the first epoch.
  package let secondsLeft: Double?

  package init(name: String?, epoch: Int, epochCount: Int, secondsLeft: Double?) {
    self.name = name
    self.epoch = epoch
    self.epochCount = epochCount
    self.secondsLeft = secondsLeft
  }
}
