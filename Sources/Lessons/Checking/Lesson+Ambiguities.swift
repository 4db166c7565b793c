extension Lesson {
  /// Warnings about parts that say the same. What a student did in them is told apart by their order
  /// only, until they have ids.
  var ambiguities: [Problem] {
    let questions = pages.flatMap { page in
      page.predictions.filter { !$0.isNamed }.map {
        (QuestionIdentity($0, on: page.title).statement, $0.line)
      }
    }
    let cells = pages.flatMap { page in
      page.blocks.flatMap { $0.cellsWithTasks(in: nil) }.filter {
        let (cell, task) = $0
        return !cell.isNamed && !cell.isStatic && !cell.source.isEmpty
          && (task != nil || cell.display != .hidden)
      }.map {
        ($0.task != nil, CellIdentity($0.cell, task: $0.task, on: "").statement, $0.cell.line)
      }
    }
    return warnings(questions, of: "question", "> [!PREDICT] {#name}")
      + warnings(
        cells.filter { !$0.0 }.map { ($0.1, $0.2 - 1) }, of: "cell", "```python {#name}")
      + warnings(cells.filter(\.0).map { ($0.1, $0.2 - 1) }, of: "check", "> [!TASK] {#name}")
  }

  private func warnings(
    _ parts: [(statement: String, line: Int)], of kind: String, _ syntax: String
  ) -> [Problem] {
    var first: [String: Int] = [:]
    return parts.compactMap { statement, line in
      guard let earlier = first[statement] else {
        first[statement] = line
        return nil
      }
      return Problem(
        file: file, line: line, column: 1,
        message:
          "this \(kind) says the same as the one on line \(earlier): when you change the lesson, "
          + "what a student did in one may be taken for the other's",
        hint: "give them ids: '\(syntax)'", isWarning: true)
    }
  }
}
