import Lessons
import Notebook
import Pages

/// A lesson with these pages; each page is given as its blocks in Markdown.
func lesson(_ pages: String...) -> Lesson {
  let front = "---\ntitle: Test\nid: test\n---\n# Test\n\n"
  let text = pages.enumerated().map { "## Page \($0 + 1)\n\n\($1)\n" }.joined(separator: "\n")
  return Lesson(parsing: front + text, file: "lesson.md", folder: "/nowhere")
}

func cell(_ id: String, _ code: String) -> String { "```python {#\(id)}\n\(code)\n```\n" }

extension Snapshot {
  /// The texts that a cell shows.
  func texts(_ id: String) -> [String] {
    (cells[id]?.outputs ?? []).compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  /// The value of a cell's only slider.
  func sliderValue(_ id: String) -> Double? {
    for case .widget(let widget) in cells[id]?.outputs ?? [] {
      if case .slider(_, _, _, _, _, _, let value, _) = widget.kind { return value }
    }
    return nil
  }

  func hasSucceeded(_ id: String) -> Bool {
    if case .succeeded? = cells[id]?.state { true } else { false }
  }

  func failure(_ id: String) -> String? {
    if case .failed(let error)? = cells[id]?.state { error.message } else { nil }
  }

  func reasonToWait(_ id: String) -> String? {
    if case .waiting(let wait)? = cells[id]?.state { wait.text } else { nil }
  }
}
