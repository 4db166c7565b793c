import CKernels

/// Runs the body with numbers below 1.2e-38, the least normal float, taken as 0.
///
/// Gradients of a network that is sure of its answers get there, and processors compute with such
/// numbers a hundred times more slowly: a run with Adam took ten times as long without this. What is
/// lost is far below the rounding of any weight.
package func flushingTinyNumbers<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let state = etude_flush_tiny_numbers()
  defer { etude_restore_rounding(state) }
  return try body()
}
