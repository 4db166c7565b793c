import Compute
import Concurrency
import Messages

/// NumPy's `Generator` or `RandomState`.
///
/// All other values are the same wherever they are read. This one advances with each draw, so it is of
/// use only in the run of the cell that made it: cells run again in any order, and what they draw would
/// depend on it.
package final class RandomGenerator: Sendable {
  package enum Kind: String, Sendable {
    case generator = "Generator"
    case randomState = "RandomState"
  }

  /// What one takes, about.
  static let byteCount = 2 << 10 + Value.blockOverhead

  package let kind: Kind
  private let stream: Monitor<any RandomStream>
  /// Of the run that made it.
  private let budget: Budget

  package init(_ kind: Kind, _ stream: any RandomStream, in context: CellContext) {
    self.kind = kind
    self.stream = Monitor(stream)
    budget = context.budget
  }

  /// As NumPy prints it.
  var text: String {
    switch kind {
    case .generator: "Generator(PCG64)"
    case .randomState: "RandomState(MT19937)"
    }
  }

  /// Advances the stream by what `work` draws.
  ///
  /// - Throws: in another cell than the one that made the generator.
  package func draw<Result>(
    in context: CellContext, _ work: (inout any RandomStream) throws -> Result
  ) throws -> Result {
    guard budget === context.budget else {
      throw Diagnostic(
        "a random generator belongs to the cell that makes it: what another cell draws would "
          + "depend on which of them ran last",
        hint: "make a generator in this cell, or draw in the other one and use the result here")
    }
    // Only the thread that runs the cell gets here; the lock is for the compiler.
    var current = stream.withLock { $0 }
    defer { stream.withLock { [current] in $0 = current } }
    return try work(&current)
  }
}
