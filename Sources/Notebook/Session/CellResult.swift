import Interpreter
import Messages

/// The result of running a cell.
package struct CellResult: Sendable {
  package enum State: Sendable {
    /// Not run yet.
    case pending
    case succeeded
    case failed(Diagnostic)
    case waiting(Wait)
  }

  package var state: State
  package var outputs: [Output]
  /// What else is wrong with a cell that has failed before it ran.
  package var furtherErrors: [Diagnostic] = []
  /// True when an input has changed since; drawn dimmed.
  package var isStale: Bool
  /// Grows with every run of the cell.
  package var revision: Int

  /// The results of a task's checks, in order; none until the cell has succeeded.
  package var checks: [(isPassed: Bool, hint: String)] {
    guard case .succeeded = state else { return [] }
    return outputs.compactMap { output in
      if case .check(let isPassed, let hint) = output { (isPassed, hint) } else { nil }
    }
  }

  package var isPending: Bool {
    if case .pending = state { true } else { false }
  }

  /// Whether there are checks and all have passed.
  package var isDoneTask: Bool { !checks.isEmpty && checks.allSatisfy(\.isPassed) }

  package init(state: State, outputs: [Output] = [], isStale: Bool = false, revision: Int = 0) {
    self.state = state
    self.outputs = outputs
    self.isStale = isStale
    self.revision = revision
  }
}
