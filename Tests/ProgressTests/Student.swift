import Interpreter
import Lessons
import Progress
import Testing

/// A version of a lesson, from the pages' Markdown.
func version(_ pages: String) -> Lesson {
  Lesson(
    parsing: "---\ntitle: Versions\nid: versions\n---\n\(pages)", file: "lesson.md", folder: "/")
}

func question(
  _ prompt: String, _ options: [String] = ["yes", "no"], right: Int = 0, id: String? = nil
) -> String {
  let answers = options.enumerated().map { "> - [\($0 == right ? "x" : " ")] \($1)\n" }
  return "> [!PREDICT]\(id.map { " {#\($0)}" } ?? "")\n> \(prompt)\n>\n\(answers.joined())\n"
}

func cell(_ source: String, id: String? = nil) -> String {
  "```python\(id.map { " {#\($0)}" } ?? "")\n\(source)\n```\n\n"
}

func task(_ prompt: String, _ check: String, id: String? = nil) -> String {
  let lines = check.split(separator: "\n").map { "> \($0)\n" }.joined()
  return "> [!TASK]\(id.map { " {#\($0)}" } ?? "")\n> \(prompt)\n>\n> ```python\n\(lines)> ```\n\n"
}

/// Progress that meets versions of its lesson one after another, through its file each time.
struct Student {
  private(set) var progress = Progress()
  private(set) var changes = LessonChanges()
  private var lesson: Lesson
  private var outline: LessonOutline

  init(_ pages: String) {
    lesson = version(pages)
    outline = LessonOutline(of: lesson)
  }

  mutating func meets(_ pages: String) throws {
    let file = SavedProgress(progress, in: outline).json
    lesson = version(pages)
    outline = LessonOutline(of: lesson)
    changes = LessonChanges()
    progress = Progress(
      try SavedProgress(json: Array(file.utf8)), in: outline, changes: &changes)
  }

  // MARK: What the student does, by position

  mutating func answer(_ question: Int, _ option: Int) {
    progress.predictions[outline.questions[question].id] = .chosen(option)
  }

  mutating func edit(_ cell: Int, _ source: String) {
    let part = outline.cells[cell]
    progress.edits[part.id] = Progress.Edit(source: source, original: part.identity.source)
  }

  mutating func move(_ widget: String, of cell: Int, to value: WidgetValue) {
    progress.set(widget: widget, ofCell: outline.cells[cell].id, to: value)
  }

  mutating func finish(_ cell: Int) { progress.doneTasks.insert(outline.cells[cell].id) }

  mutating func go(to page: Int) { progress.page = page }

  // MARK: What is there, by position

  /// The numbers of the chosen options; nil for open questions.
  var answers: [Int?] {
    outline.questions.map { part in
      if case .chosen(let index)? = progress.predictions[part.id] { index } else { nil }
    }
  }

  var edits: [String?] { outline.cells.map { progress.edits[$0.id]?.source } }
  var tasks: [Bool] { outline.cells.map { progress.doneTasks.contains($0.id) } }
  var widgets: [[String: WidgetValue]] { outline.cells.map { progress.widgets[$0.id] ?? [:] } }
  var score: Score { progress.score(in: lesson) }
}
