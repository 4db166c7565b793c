import CellLanguage
import Interpreter
import Lessons
import Notebook
import Progress

/// A lesson as Python runs it: Markdown and code in an order in which every name is defined before it is used.
struct LessonScript {
  enum Part {
    case markdown(String)
    /// `isFolded`: shown as one line, or not at all, in the lesson.
    case code(String, id: String, isFolded: Bool)
    /// Code that is shown, not run.
    case listing(String)
  }

  private(set) var parts: [Part] = []
  private let snapshot: Snapshot
  private let progress: Progress?
  private var remaining: [String: LessonCell] = [:]
  private let dependencies: [String: [String]]

  /// - Parameter progress: nil for the lesson as it is.
  init(_ lesson: Lesson, _ snapshot: Snapshot, pages: [Int], progress: Progress?) {
    self.snapshot = snapshot
    self.progress = progress
    let cells = lesson.cells.filter { !$0.isStatic }
    let programs = cells.compactMap { cell -> (id: String, program: Program)? in
      guard case .success(let program) = cell.program else { return nil }
      return (cell.id, program)
    }
    dependencies = CellGraph(cells: programs).dependencies
    for cell in cells { remaining[cell.id] = cell }
    parts = [.markdown("# \(lesson.title)\n\n\(Self.note)")]
    for index in pages {
      parts.append(.markdown("## \(lesson.pages[index].title)"))
      for source in lesson.pages[index].sources {
        add(source.text, Array(lesson.pages[index].blocks[source.blocks]))
      }
    }
  }

  private static let note =
    "The cells of a lesson, for Python. `etude.py`, the file beside this one, has what they need beside NumPy, "
    + "SciPy and PyTorch. After moving a slider, run its cell and those below it again. Numbers in the text are those "
    + "of the moment of export."

  // MARK: Blocks

  private mutating func add(_ text: String, _ blocks: [Block]) {
    if case .cell(let cell)? = blocks.first, blocks.count == 1 {
      add(cell)
      return
    }
    var text = text
    for block in blocks {
      switch block {
      case .prediction(let prediction):
        text = Self.question(text, prediction, given: progress?.predictions[prediction.id])
      case .callout(let kind, _): text = Self.callout(text, kind)
      default: break
      }
    }
    parts.append(.markdown(replacingValues(in: text, blocks)))
    for cell in blocks.flatMap(\.cells) { add(cell) }
  }

  private mutating func add(_ cell: LessonCell) {
    if cell.isStatic {
      parts.append(.listing(cell.source))
      return
    }
    guard let cell = remaining.removeValue(forKey: cell.id) else { return }
    // In a lesson the order does not matter.
    for id in dependencies[cell.id] ?? [] {
      if let needed = remaining[id] { add(needed) }
    }
    let source = cell.source(startingWith: snapshot.cells[cell.id]?.widgets ?? [])
    parts.append(.code(source, id: cell.id, isFolded: cell.display != .shown))
  }

  /// Inline values are numbers now.
  private func replacingValues(in text: String, _ blocks: [Block]) -> String {
    var values = blocks.flatMap(\.inlineValues)[...]
    return text.replacing(/`\{python\} [^`]*`/) { match in
      guard let value = values.popFirst() else { return String(match.output) }
      return switch snapshot.inlineValues[value.id] {
      case .text(let text)?: text
      case .failed?, .waiting?, nil: "…"
      }
    }
  }

  // MARK: Call-outs

  /// The lines of a quote, without their marks.
  private static func lines(_ quote: String) -> [Substring] {
    quote.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("> ") ? line.dropFirst(2) : line.hasPrefix(">") ? line.dropFirst() : line
    }
  }

  private static func quoted(_ lines: [some StringProtocol]) -> String {
    lines.map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
  }

  /// `[!NOTE]` is a word; the cells inside follow as cells of their own.
  private static func callout(_ text: String, _ kind: String) -> String {
    var fence: Substring?
    var result = ["**\(kind.prefix(1) + kind.dropFirst().lowercased())**", ""]
    for line in lines(text).dropFirst() {
      if let open = fence {
        if line.hasPrefix(open) { fence = nil }
      } else if line.hasPrefix("```") {
        fence = line.prefix { $0 == "`" }
      } else {
        result.append(String(line))
      }
    }
    while result.last?.isEmpty == true { result.removeLast() }
    return quoted(result)
  }

  /// The answers are open but for the student's, and the right one is below the fold.
  private static func question(
    _ text: String, _ prediction: Prediction, given: PredictionAnswer?
  ) -> String {
    var result = ["**Question**", ""]
    var hasDetails = false
    let right = prediction.answers.indices.filter { prediction.answers[$0].isRight }
      .map { prediction.answers[$0].blocks.statement }.joined(separator: ", or ")
    var answer = -1
    for line in lines(text).dropFirst() {
      if line.hasPrefix("<details>") {
        result += ["<details><summary>Answer</summary>", "", "**\(right)**", ""]
        hasDetails = true
      } else if ["- [ ]", "- [x]", "- [X]"].contains(where: line.hasPrefix), !hasDetails {
        answer += 1
        let isGiven = given == .chosen(answer)
        result.append(
          (isGiven ? "- [x]" : "- [ ]") + line.dropFirst(5) + (isGiven ? " (your answer)" : ""))
      } else {
        result.append(String(line))
      }
    }
    if !hasDetails {
      result += ["", "<details><summary>Answer</summary>", "", "**\(right)**", "", "</details>"]
    }
    return quoted(result)
  }
}
