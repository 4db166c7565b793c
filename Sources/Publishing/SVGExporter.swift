import Lessons
import Notebook
import Pages
import Terminal

/// Draws pages as pictures, for documents: `etude render --format svg`. One page is one picture.
package struct SVGExporter: Exporter {
  private var pages: TextExporter

  /// - Parameter look: its theme is not used, since a picture has colours for both backgrounds.
  package init(look: PageLook) {
    pages = TextExporter(look: look, isColored: true)
  }

  package func export(_ lesson: Lesson, _ snapshot: Snapshot, pages indices: [Int]) -> String {
    indices.map { index in
      func canvas(_ background: Theme.Background) -> Canvas {
        var pages = pages
        pages.look.theme = Theme(background: background, colors: 1 << 24)
        return pages.draw(page: index, of: lesson, snapshot)
      }
      return CanvasPicture(
        dark: canvas(.dark), light: canvas(.light),
        title: "\(lesson.title), \(lesson.pages[index].title)"
      ).svg
    }.joined(separator: "\n")
  }
}
