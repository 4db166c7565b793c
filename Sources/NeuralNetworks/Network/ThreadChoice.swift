import Concurrency

/// Decides batch by batch whether several threads compute a network together or one does alone, by which has
/// been faster: small batches may take longer together than alone, and so do all while other programs need
/// the processors.
///
/// Blocks of batches are timed in turn both ways. What was faster is kept for many batches, and then
/// compared again.
package struct ThreadChoice {
  /// How the next batch is to be computed.
  package private(set) var isAlone = false

  /// The seconds of the fastest block of this comparison, each way.
  private var fastest: (together: Double, alone: Double) = (.infinity, .infinity)
  /// Of the block that is being timed.
  private var seconds = 0.0
  private var batches = 0
  /// Blocks of this comparison that are over.
  private var blocks = 0
  /// Batches until the next comparison.
  private var kept = 0

  package init() {}

  private static let batchesPerBlock = 8
  /// Several each way, since something else may run during one of them.
  private static let blocksPerComparison = 6
  /// Comparing takes a fiftieth of the batches.
  private static let batchesToKeep = 2_400

  /// Notes how long a batch took that was computed as ``isAlone`` says.
  package mutating func note(seconds batch: Double) {
    guard kept == 0 else {
      kept -= 1
      return
    }
    // The first batch after a change also wakes the others, or fetches what they have.
    if batches > 0 { seconds += batch }
    batches += 1
    guard batches == Self.batchesPerBlock else { return }
    if isAlone {
      fastest.alone = min(fastest.alone, seconds)
    } else {
      fastest.together = min(fastest.together, seconds)
    }
    (seconds, batches, blocks) = (0, 0, blocks + 1)
    isAlone.toggle()
    guard blocks == Self.blocksPerComparison else { return }
    isAlone = fastest.alone < fastest.together
    (fastest, blocks, kept) = ((.infinity, .infinity), 0, Self.batchesToKeep)
  }
}
