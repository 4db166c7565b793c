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

  /// The seconds of a sample in the fastest block of this comparison, each way.
  private var fastest: (together: Double, alone: Double) = (.infinity, .infinity)
  /// Of the block that is being timed. Samples count, since the last batch of an epoch has fewer.
  private var seconds = 0.0
  private var samples = 0
  private var batches = 0
  /// Blocks of this comparison that are over, and their batches.
  private var blocks = 0
  private var compared = 0
  /// Batches left until the next comparison; and how many each batch of a comparison pays for.
  private var kept = 0
  private var keptPerBatch = 4

  package init() {}

  /// A block ends after so many batches or so many seconds, and has at least one batch that is timed.
  private static let (batchesPerBlock, secondsPerBlock) = (8, 0.001)
  /// Several each way, since something else may run during one of them.
  private static let blocksPerComparison = 6
  /// If several threads are found to be so many times as fast, comparing stops there.
  private static let clearAdvantage = 1.25
  /// Comparing takes a fiftieth of the batches in the end, and more at first: threads that have just started
  /// may share a processor for a while.
  private static let mostKeptPerBatch = 49

  /// Notes how long a batch of so many samples took that was computed as ``isAlone`` says.
  package mutating func note(seconds batch: Double, samples count: Int) {
    guard kept == 0 else {
      kept -= 1
      return
    }
    // The first batch after a change also wakes the others, or fetches what they have.
    if batches > 0 {
      seconds += batch
      samples += count
    }
    batches += 1
    compared += 1
    guard batches == Self.batchesPerBlock || seconds >= Self.secondsPerBlock else { return }
    endBlock(secondsPerSample: seconds / Double(samples))
    let isClear =
      fastest.alone < .infinity && fastest.alone > Self.clearAdvantage * fastest.together
    guard isClear || blocks == Self.blocksPerComparison else { return }
    isAlone = fastest.alone < fastest.together
    kept = keptPerBatch * compared
    keptPerBatch = min(2 * keptPerBatch, Self.mostKeptPerBatch)
    (fastest, blocks, compared) = ((.infinity, .infinity), 0, 0)
  }

  private mutating func endBlock(secondsPerSample: Double) {
    if isAlone {
      fastest.alone = min(fastest.alone, secondsPerSample)
    } else {
      fastest.together = min(fastest.together, secondsPerSample)
    }
    (seconds, samples, batches, blocks) = (0, 0, 0, blocks + 1)
    isAlone.toggle()
  }
}
