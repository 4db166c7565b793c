import CKernels

/// Flushes denormals to 0 on this thread from now on.
package func flushDenormals() { _ = etude_flush_denormals() }

/// Runs the body with denormals, numbers below 1.2e-38, flushed to 0.
///
/// The gradients of a network that is sure of its answers become that small, and processors are a
/// hundred times slower with denormals: a run with Adam took ten times as long without this. What is
/// lost is far below the rounding of any weight.
package func flushingDenormals<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let state = etude_flush_denormals()
  defer { etude_restore_denormals(state) }
  return try body()
}
