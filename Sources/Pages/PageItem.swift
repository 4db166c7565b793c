import Terminal

/// One thing on a page: its height for a width, and how to draw it. Items don't know their
/// position; `PageArrangement` decides that.
///
/// State that changes often without affecting any height (the focus, a playhead, a step) is passed
/// only for drawing.
struct PageItem {
  /// The focus target that it shows, if any.
  var target: FocusTarget?
  /// Decides the spacing to the neighbouring items.
  var kind: Kind
  /// Drawn dimmed, since an input has changed.
  var isStale = false
  /// The number of rows of plots in it, each of the page's plot height.
  var plotRowCount: (_ width: Int) -> Int = { _ in 0 }
  var height: (_ width: Int) -> Int
  var draw: (_ canvas: inout Canvas, _ frame: Rectangle, _ state: PageState) -> Void

  enum Kind: Equatable {
    case prose, heading, code, widget, figure, grid, stepper, player, trainer, permission, text,
      message
  }

  /// An item made of lines of text.
  ///
  /// - Parameters:
  ///   - height: the number of lines, where that is known without making them.
  ///   - lines: their number must not depend on the focus.
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
