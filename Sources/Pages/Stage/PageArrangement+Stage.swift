import Lessons
import Notebook
import Terminal

extension PageArrangement {
  /// The stage for what has the focus; nil where the page shows all that belongs to it on one screen.
  ///
  /// - Parameter area: of the screen, where the stage stands: all of it, or the right column.
  func stage(
    _ page: Page, _ items: PageItems, dependencies: PageDependencies, in area: Rectangle
  ) -> (layout: StageLayout, span: Range<Int>?)? {
    guard let focus = items.state.focus,
      let content = StageContent(
        focus: focus, page: page, items: items, dependencies: dependencies)
    else { return nil }
    let layout = StageLayout(content, in: area, charset: items.look.charset) { hidden in
      items.hiddenLine(hidden)
    }
    return (layout, rows(ofBlocks: content.blocks))
  }
}

extension PageItems {
  /// `▸ gain · ♪ original, filtered   ⇥ shows them`
  fileprivate func hiddenLine(_ names: [String]) -> PageItem {
    .lines(kind: .text) { width, _ in
      let list = names.joined(separator: " \(glyphs.dot) ")
      let key = "  \(glyphs.keyTab) shows \(names.count == 1 ? "it" : "them")"
      let room = width - 3 - displayWidth(of: key, charset: look.charset)
      return [
        [
          Span(" \(glyphs.folded) ", theme.accent),
          Span(truncated(list, toWidth: room, charset: look.charset), theme.prose),
          Span(key, theme.dim),
        ]
      ]
    }
  }
}
