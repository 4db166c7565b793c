import Lessons
import Notebook
import Pages
import Terminal

/// Prints pages in full as text, with or without colours: `etude render`.
package struct TextExporter: Exporter {
  /// Its height, if any, is that of the screen for which pages are arranged.
  package var look: PageLook
  /// Whether to write escape sequences for colours.
  package var isColored: Bool
  /// Whether each plot has a line in words below it.
  package var describesPictures: Bool

  package init(look: PageLook, isColored: Bool, describesPictures: Bool = false) {
    self.look = look
    self.isColored = isColored
    self.describesPictures = describesPictures
  }

  package func export(_ lesson: Lesson, _ snapshot: Snapshot, pages: [Int]) -> String {
    pages.map { index in
      let canvas = draw(page: index, of: lesson, snapshot)
      return isColored ? canvas.ansi : canvas.text
    }.joined(separator: "\n")
  }

  /// A page below its title and number.
  func draw(page index: Int, of lesson: Lesson, _ snapshot: Snapshot) -> Canvas {
    let page = lesson.pages[index]
    var state = PageState()
    state.showsAnswers = true
    state.describesPictures = describesPictures
    let arrangement = PageArrangement(page: page, snapshot: snapshot, state: state, look: look)
    var canvas = Canvas(width: look.width, height: arrangement.height + 2, charset: look.charset)
    let number = "\(index + 1)/\(lesson.pages.count)"
    let title = "\(lesson.title) \(look.glyphs.separator) \(page.title)"
    canvas.put(
      truncated(title, toWidth: look.width - number.count - 3, charset: look.charset), x: 1, y: 0,
      style: look.theme.title)
    canvas.put(number, x: look.width - number.count - 1, y: 0, style: look.theme.dim)
    arrangement.draw(
      into: &canvas,
      in: Rectangle(x: 0, y: 2, width: look.width, height: arrangement.height), from: 0,
      look: look, state: state)
    return canvas
  }
}
