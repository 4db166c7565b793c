import Lessons
import Notebook
import Progress

/// Writes a lesson as a Python script with `# %%` between its cells, as editors know them. It needs
/// ``Companion/text`` beside it, and the files that the lesson reads.
package struct ScriptExporter: Exporter {
  /// What a student did: her answers; nil for the lesson as it is.
  package var progress: Progress?

  package init(progress: Progress? = nil) { self.progress = progress }

  package func export(_ lesson: Lesson, _ snapshot: Snapshot, pages: [Int]) -> String {
    var parts = LessonScript(lesson, snapshot, pages: pages, progress: progress).parts.map {
      part in
      switch part {
      case .markdown(let text): "# %% [markdown]\n" + commented(text)
      case .listing(let text): "# %% [markdown]\n" + commented("```python\n\(text)\n```")
      case .code(let text, let id, _): "# %% \(id)\n" + text
      }
    }
    parts.insert("# %%\nfrom etude import *", at: min(1, parts.count))
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func commented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "#" : "# \($0)" }.joined(separator: "\n")
  }
}
