/// A call of `train`: the cell, and which of its calls, from 0 in the order of their evaluation.
package struct TrainerID: Hashable, Sendable {
  package var cell: String
  package var call: Int

  package init(cell: String, call: Int) {
    self.cell = cell
    self.call = call
  }
}
