import Lessons
import Notebook
import Terminal

/// A page drawn without a terminal, as tall as it is.
package struct RenderedPage {
  package var canvas: Canvas
  /// The cells that failed, in the page's order.
  package var failures: [(cell: String, error: CellError)]
  /// Whether a value inside the prose could not be computed.
  package var hasFailedValue: Bool
}

extension Lesson {
  /// Runs a page and draws it, its title above it.
  ///
  /// - Parameters:
  ///   - index: the page, from 0.
  ///   - session: has the lesson's cells; what it ran before stays valid.
  ///   - look: a height tells for how tall a screen the page is arranged; it is drawn whole.
  package func render(page index: Int, session: Session, look: PageLook) -> RenderedPage {
    session.run(page: index)
    let snapshot = session.snapshot
    let page = pages[index]
    var state = PageState()
    state.showsAnswers = true
    let arrangement = PageArrangement(page: page, snapshot: snapshot, state: state, look: look)
    var canvas = Canvas(
      width: look.width, height: arrangement.height + 2, charset: look.charset)
    let number = "\(index + 1)/\(pages.count)"
    let title = "\(self.title) \(look.glyphs.separator) \(page.title)"
    canvas.put(
      truncated(title, toWidth: look.width - number.count - 3, charset: look.charset), x: 1, y: 0,
      style: look.theme.title)
    canvas.put(number, x: look.width - number.count - 1, y: 0, style: look.theme.dim)
    arrangement.draw(
      into: &canvas,
      in: Rectangle(x: 0, y: 2, width: look.width, height: arrangement.height), from: 0,
      look: look, search: nil)
    let failures = page.cells.compactMap { cell -> (cell: String, error: CellError)? in
      guard case .failed(let error)? = snapshot.cells[cell.id]?.state else { return nil }
      return (cell.id, error)
    }
    let hasFailedValue = page.inlineValues.contains { value in
      guard case .failure? = snapshot.inlineValues[value.id] else { return false }
      return true
    }
    return RenderedPage(canvas: canvas, failures: failures, hasFailedValue: hasFailedValue)
  }
}
