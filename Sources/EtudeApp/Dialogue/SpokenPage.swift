import Interpreter
import Lessons
import Messages
import Notebook
import Pages

/// A page in words, in the order of the lesson: its prose, its cells, and what they show.
struct SpokenPage {
  private(set) var parts: [SpokenPart] = []
  private let reader: Reader

  /// - Parameter numbers: of the page's things; new ones are added.
  init(of reader: Reader, numbers: inout ThingNumbers) {
    self.reader = reader
    let page = reader.page
    let covers = page.covers(reader.state)
    for (index, block) in page.blocks.enumerated() {
      add(block, at: index, isCovered: covers[index] != nil, &numbers)
      switch covers[index] {
      case .announced:
        parts.append(
          SpokenPart(
            key: .state(cell: "\(index)"),
            lines: [
              .sentence("What the cells show here is covered until you answer the question above.")
            ],
            change: .silent, isComputed: false))
      case .silent: break
      case nil:
        let tasks = Set(page.tasks)
        for cell in block.cells where !cell.isStatic {
          addResults(of: cell, isTask: tasks.contains(cell.id), &numbers)
        }
      }
    }
  }

  // MARK: Prose and code

  private mutating func add(
    _ block: Block, at index: Int, isCovered: Bool, _ numbers: inout ThingNumbers
  ) {
    let prose = SpokenProse(reader, for: block, isCovered: isCovered)
    let hasValues = !block.inlineValues.isEmpty && !isCovered
    switch block {
    case .cell(let cell): addCode(of: cell, &numbers)
    case .prediction(let prediction): add(prediction, prose, hasValues: hasValues, &numbers)
    case .callout(kind: "TASK", _):
      let name = taskName(at: index)
      var lines = prose.lines(of: block)
      if case .sentence(let first)? = lines.first, first.hasPrefix("Task: ") {
        lines[0] = .sentence(name + first.dropFirst("Task".count))
      }
      if !isCovered { lines += verdict(of: block, name) }
      parts.append(
        SpokenPart(key: .block(index), lines: lines, isComputed: !isCovered))
    case .table(let header, _, let rows) where !header.isEmpty && !rows.isEmpty:
      parts.append(
        SpokenPart(key: .block(index), lines: prose.lines(of: block), isComputed: hasValues))
    default:
      let lines = prose.lines(of: block)
      guard !lines.isEmpty else { return }
      parts.append(SpokenPart(key: .block(index), lines: lines, isComputed: hasValues))
    }
  }

  private mutating func add(
    _ prediction: Prediction, _ prose: SpokenProse, hasValues: Bool, _ numbers: inout ThingNumbers
  ) {
    let target = FocusTarget.prediction(prediction.id)
    let answer = reader.state.progress.predictions[prediction.id]
    let choice: Int? = if case .chosen(let choice)? = answer { choice } else { nil }
    var lines = prose.lines(of: prediction, answer: choice, isSolved: answer != nil)
    if answer == nil {
      let number = numbers.number(of: target)
      lines = numbered(lines, number)
      lines.append(
        .sentence(SpokenThing(reader: reader, target: target, number: number).usage))
    }
    var part = SpokenPart(key: .thing(target), lines: lines, isComputed: hasValues)
    // The answer says it.
    part.change = .silent
    parts.append(part)
  }

  private func numbered(_ lines: [SpokenLine], _ number: Int) -> [SpokenLine] {
    guard case .sentence(let first)? = lines.first else { return lines }
    return [.sentence("\(number). \(first)")] + lines.dropFirst()
  }

  private mutating func addCode(of cell: LessonCell, _ numbers: inout ThingNumbers) {
    guard cell.display != .hidden else { return }
    let target = FocusTarget.code(cell: cell.id)
    let number = numbers.number(of: target)
    let isEdited = reader.isEdited(cell.id)
    let name =
      "\(number). " + (cell.isStatic ? "Code to read" : "Cell \(cell.id)")
      + (isEdited ? ", edited" : "")
    var lines = codeLines(name, cell.source)
    if cell.display == .folded, let first = lines.first {
      lines = [.sentence(first.text.dropLast() + ". Type \(number) to hear it.")]
    }
    var part = SpokenPart(key: .thing(target), lines: lines, isComputed: false)
    part.change = .silent
    parts.append(part)
  }

  /// "Task", or "Task 2" on a page with several.
  private func taskName(at index: Int) -> String {
    let tasks = reader.page.blocks.indices.filter {
      if case .callout(kind: "TASK", _) = reader.page.blocks[$0] { true } else { false }
    }
    guard tasks.count > 1, let place = tasks.firstIndex(of: index) else { return "Task" }
    return "Task \(place + 1)"
  }

  /// Whether a task is done, else what is missing.
  private func verdict(of block: Block, _ name: String) -> [SpokenLine] {
    let (done, open) =
      name == "Task" ? ("This task is done.", "Not yet") : ("\(name) is done.", "\(name), not yet")
    let ids = block.cells.filter { !$0.isStatic }.map(\.id)
    guard !ids.isEmpty else { return [] }
    if ids.allSatisfy(reader.state.progress.doneTasks.contains) {
      return [.sentence(done)]
    }
    let checks = reader.snapshot.checks(ofTask: ids, reader.state)
    guard let check = checks.first(where: { !$0.isPassed }) ?? checks.first else { return [] }
    return [
      .sentence(check.isPassed ? done : "\(open): \(check.hint)".withFullStop)
    ]
  }

  // MARK: Results

  private mutating func addResults(
    of cell: LessonCell, isTask: Bool, _ numbers: inout ThingNumbers
  ) {
    if case .failure(let syntax) = cell.program {
      addState(of: cell, syntax.faults.flatMap { failure($0, of: cell) })
      return
    }
    parts.append(SpokenPart(key: .results(cell: cell.id), lines: []))
    guard let result = reader.snapshot.cells[cell.id] else { return }
    var isWaitShown = false
    for (index, output) in result.pageOutputs(cell: cell.id).enumerated() {
      let key = SpokenPart.Key.output(cell: cell.id, index: index)
      switch output {
      case .passive(.check) where isTask: break
      case .passive(let output):
        parts.append(SpokenPart(key: key, lines: lines(of: output)))
      case .focusable(let target, let output):
        switch output {
        case .trainer, .permission: isWaitShown = true
        default: break
        }
        let thing = SpokenThing(
          reader: reader, target: target, number: numbers.number(of: target))
        parts.append(thing.part(output, revision: output.hasSamples ? result.revision : 0))
      }
    }
    switch result.state {
    case .succeeded, .pending: break
    case .waiting(let wait):
      // What a task waits for, the cells above it say.
      if !isWaitShown, !isTask {
        addState(of: cell, [.sentence("Cell \(cell.id) \(wait.sentence)")])
      }
    case .failed(let error):
      addState(of: cell, ([error] + result.furtherErrors).flatMap { failure($0, of: cell) })
    }
  }

  private mutating func addState(of cell: LessonCell, _ lines: [SpokenLine]) {
    parts.append(SpokenPart(key: .state(cell: cell.id), lines: lines))
  }

  private func lines(of output: PassiveOutput) -> [SpokenLine] {
    switch output {
    case .text(let text):
      return text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { .code(String($0)) }
    case .arraySummary(let text, _): return [.sentence(text.asSentence)]
    case .grid(let grid): return [.sentence(grid.summary.asSentence)] + grid.rows
    case .check(let isPassed, let hint):
      return [.sentence(isPassed ? "Done." : "Not yet: \(hint)".withFullStop)]
    }
  }

  /// The message with its place and its line.
  private func failure(_ error: Diagnostic, of cell: LessonCell) -> [SpokenLine] {
    guard let start = error.range?.start else {
      return [.sentence("Mistake in cell \(cell.id): \(error)".asSentence)]
    }
    let place = "line \(start.line), column \(start.column)"
    let lines = cell.source.split(separator: "\n", omittingEmptySubsequences: false)
    return [.sentence("Mistake in cell \(cell.id), \(place): \(error)".asSentence)]
      + (lines.indices.contains(start.line - 1) ? [.code(String(lines[start.line - 1]))] : [])
  }
}

extension FocusableOutput {
  /// Whether a new result may differ although it is said in the same words.
  fileprivate var hasSamples: Bool {
    switch self {
    case .player: true
    case .widget, .figure, .stepper, .table, .trainer, .permission: false
    }
  }
}

extension Wait {
  /// "Waits for the run "CNN, ASGD, rate 0.01, batches of 64", page 3: not started, about 2 s."
  fileprivate var sentence: String {
    guard case .ownWork(let work) = self else { return text + "." }
    return "waits: it is \(work.words)."
  }
}

extension PendingWork {
  fileprivate var words: String {
    switch self {
    case .permission(.measure): "not measured yet"
    case .permission(.save): "not saved yet"
    case .permission(.rerun): "not run again yet"
    case .training: "not trained yet"
    case .pausedTraining: "paused"
    case .firstEpoch, .earlierRun: "in training"
    }
  }
}
