import Interpreter
import Lessons
import Messages
import Notebook
import Progress

/// Writes a lesson as one HTML file that needs nothing else: pictures, sounds and style are in it, and it asks no
/// server for anything. Sliders stand at their values; questions can be answered, and cover what follows until
/// they are.
package struct HTMLExporter: Exporter {
  /// What a student did: her answers and the tasks that she has done; nil for the lesson as it is.
  package var progress: Progress?

  package init(progress: Progress? = nil) { self.progress = progress }

  package func export(_ lesson: Lesson, _ snapshot: Snapshot, pages: [Int]) -> String {
    var writer = HTMLWriter(snapshot: snapshot, progress: progress)
    let sections = pages.map { index in
      let title = lesson.pages[index].title.escapedForMarkup
      let content = writer.html(of: lesson.pages[index])
      return """
        <section id="page-\(index + 1)" aria-labelledby="title-\(index + 1)">
        <h2 id="title-\(index + 1)">\(title)</h2>
        \(content)
        </section>
        """
    }
    let contents = pages.map {
      "<li><a href=\"#page-\($0 + 1)\">\(lesson.pages[$0].title.escapedForMarkup)</a></li>"
    }
    let title = lesson.title.escapedForMarkup
    return """
      <!DOCTYPE html>
      <html lang="\(lesson.language.escapedForMarkup)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="etude">
      <title>\(title)</title>
      <style>
      \(HTMLStyle.sheet)
      </style>
      </head>
      <body>
      <a class="past-contents" href="#page-\((pages.first ?? 0) + 1)">Past the contents</a>
      <header>
      <h1>\(title)</h1>
      <p class="note">\(Self.note)</p>
      <noscript><p class="note">Sounds and questions need JavaScript; all else is here without it.</p></noscript>
      </header>
      <nav aria-label="Contents"><details open><summary>Contents</summary><ol>
      \(contents.joined(separator: "\n"))
      </ol></details></nav>
      <main>
      \(sections.joined(separator: "\n"))
      </main>
      <script type="application/json" id="sounds">
      \(writer.sounds.json)
      </script>
      <script>
      \(HTMLScript.text)
      </script>
      </body>
      </html>

      """
  }

  /// Sliders that do not move need a word.
  private static let note =
    "This is a lesson as it was computed once. Sliders and choices stand where they were; to move them, and to "
    + "train the networks yourself, open the lesson in etude."
}
