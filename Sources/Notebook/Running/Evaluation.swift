import CellLanguage

/// What code without a lesson came to: `etude eval`.
package struct Evaluation {
  /// The names that the code defined, in the order of their first assignments.
  package var names: [(name: String, value: Value)] = []
  package var outputs: [Output] = []
  /// Why the code stopped; what it had defined and shown before is there all the same.
  package var error: CellError?
}

extension Session {
  /// Runs code as one cell that nothing else depends on. Widgets have their defaults.
  package static func evaluate(
    _ source: String, files: FileAccess = FileAccess(.everything),
    vocabulary: Vocabulary = .standard
  ) -> Evaluation {
    var evaluation = Evaluation()
    do throws(Diagnostic) {
      let program = try Program(parsing: source)
      if let diagnostic = NameAnalysis(of: program).diagnostics.first { throw diagnostic }
      var evaluator = Evaluator(
        context: CellContext(files: files, vocabulary: vocabulary))
      do {
        try evaluator.run(program)
      } catch let error as CellError {
        evaluation.error = error
      } catch {
        // Nobody holds the context's interrupt, so nothing else is thrown.
        evaluation.error = CellError("\(error)")
      }
      evaluation.names = evaluator.definitionOrder.compactMap { name in
        evaluator.definitions[name].map { (name, $0) }
      }
      evaluation.outputs = evaluator.context.outputs
    } catch {
      evaluation.error = CellError(error)
    }
    return evaluation
  }
}
