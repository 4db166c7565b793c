import CellLanguage
import Compute
import Concurrency
import Messages

/// The result of code outside a lesson: `etude eval`.
package struct CodeResult {
  /// The names that the code defined, in the order of their first assignments.
  package var names: [(name: String, value: Value)] = []
  package var outputs: [Output] = []
  /// Why the code stopped. What it had defined and shown before is kept.
  package var error: Diagnostic?
  /// What else is wrong with code that did not run.
  package private(set) var furtherErrors: [Diagnostic] = []
  /// Whether it stopped because its interrupt was requested.
  package private(set) var wasInterrupted = false

  /// Runs code as one cell that nothing else depends on. Widgets have their defaults, and networks
  /// train at once.
  package init(
    of source: String, files: FileAccess, vocabulary: Vocabulary, device: DeviceKind = .cpu,
    interrupt: Interrupt = Interrupt(), trainingObserver: AwaitedTraining.Observer? = nil
  ) {
    let program: Program
    do throws(SyntaxFaults) {
      program = try Program(reading: source)
    } catch {
      fail(error.faults + Self.faults(of: error.readable, besides: error.unreadable, vocabulary))
      return
    }
    fail(Self.faults(of: program, besides: [], vocabulary))
    guard error == nil else { return }
    var evaluator = Evaluator(
      context: CellContext(
        files: files, vocabulary: vocabulary, budget: Budget(interrupt: interrupt),
        device: device))
    evaluator.context.trainingObserver = trainingObserver
    do {
      try evaluator.run(program)
      // Whoever prints or writes them can then read their elements.
      for value in evaluator.definitions.values { try value.fetch() }
    } catch let error as Diagnostic {
      self.error = error
    } catch {
      precondition(error is Interrupted, "nothing is refused to this code: \(error)")
      wasInterrupted = true
    }
    names = evaluator.definitionOrder.compactMap { name in
      evaluator.definitions[name].map { (name, $0) }
    }
    outputs = evaluator.context.outputs
  }

  /// What makes every run of the code fail.
  private static func faults(
    of program: Program, besides unreadable: [String], _ vocabulary: Vocabulary
  ) -> [Diagnostic] {
    var surroundings = CellCheck.Surroundings(builtins: vocabulary.knownNames)
    surroundings.unreadableWords = Set(unreadable.flatMap(\.codeWords))
    return CellCheck(of: program, in: surroundings).faults.filter(\.isCertain).map(\.diagnostic)
  }

  private mutating func fail(_ errors: [Diagnostic]) {
    let errors = errors.sorted {
      ($0.range?.start.offset ?? 0) < ($1.range?.start.offset ?? 0)
    }
    error = errors.first
    furtherErrors = Array(errors.dropFirst())
  }
}
