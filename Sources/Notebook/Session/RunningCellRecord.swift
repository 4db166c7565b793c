/// Keeps which cell is running where it survives the program, so that a cell that ends the program is
/// not run again without being asked.
///
/// Called for every run of a cell, so an implementation must not wait for a disk.
package protocol RunningCellRecord: Sendable {
  /// The cells that did not come back in earlier sessions.
  var unreturned: Set<CellMark> { get }
  func willRun(_ cell: CellMark)
  /// The cell came back, with whatever result.
  func didReturn(_ cell: CellMark)
  /// The results of these cells are about to be drawn for the first time in this session, which may end
  /// the program, too.
  func willShow(_ cells: [CellMark])
  func didShow()
  /// How long the cell's training takes is about to be measured, by itself and on another thread.
  func willEstimate(_ cell: CellMark)
  func didEstimate()
}

/// Identifies a cell and its text, in few bytes: a cell whose text has changed is another one.
package struct CellMark: Hashable, Sendable {
  package let cell: UInt64
  package let text: UInt64

  package init(cell: UInt64, text: UInt64) {
    self.cell = cell
    self.text = text
  }

  package init(id: String, source: String) {
    self.init(cell: Self.hash(id), text: Self.hash(source))
  }

  /// FNV-1a, 64 bits: the same in every session, unlike Swift's own.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
