import Terminal

/// One thing on a page: how tall it is at a width, and how it draws itself. Items know nothing of
/// where they stand; `PageArrangement` decides that.
///
/// What changes often without changing any height (the focus, a playhead, a step) reaches an item
/// only when it is drawn.
struct PageItem {
  /// What the focus can be put on here.
  var target: FocusTarget?
  /// Items of one kind that follow each other stand close together.
  var kind: Kind
  /// Drawn dim: an input has changed since.
  var isStale = false
  /// How many plots of the page's height stand below each other in it.
  var plotRowCount: (_ width: Int) -> Int = { _ in 0 }
  var height: (_ width: Int) -> Int
  var draw: (_ canvas: inout Canvas, _ frame: Rectangle, _ state: PageState) -> Void

  enum Kind: Equatable {
    case prose, heading, code, widget, figure, grid, stepper, player, trainer, permission, text,
      message
  }

  /// Lines of text that fit the width they were made for.
  ///
  /// - Parameters:
  ///   - height: how many lines there are, where that is known without making them.
  ///   - lines: whose number doesn't depend on the focus.
  static func lines(
    kind: Kind, target: FocusTarget? = nil, height: ((_ width: Int) -> Int)? = nil,
    _ lines: @escaping (_ width: Int, _ isFocused: Bool) -> [[Span]]
  ) -> PageItem {
    PageItem(
      target: target, kind: kind, height: height ?? { lines($0, false).count }
    ) { canvas, frame, state in
      let isFocused = target != nil && state.focus == target
      for (row, line) in lines(frame.width, isFocused).enumerated() {
        canvas.put(line, x: frame.x, y: frame.y + row, maximumWidth: frame.width)
      }
    }
  }
}
