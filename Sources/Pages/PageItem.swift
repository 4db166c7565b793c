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
  /// Of a table: the last column that it can be scrolled to. One that fits takes no focus.
  var lastColumn: ((_ width: Int) -> Int)?
  /// What it is called where there is no room for it.
  var name: String?
  /// The rows that it needs on a stage; nil for those of the page.
  var stageHeight: ((_ width: Int) -> Int)?
  /// Whether it takes the rows that are left on a stage.
  var isElastic = false
  /// Drawn dimmed, since an input has changed.
  var isStale = false
  /// What a place within its frame stands for; nil for the thing as a whole.
  var part: (_ x: Int, _ y: Int, _ frame: Rectangle, _ state: PageState) -> PagePart? = {
    _, _, _, _ in nil
  }
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
  ///   - makeLines: called once for each width and focus; the number of lines must not depend on
  ///     the focus.
  static func lines(
    kind: Kind, target: FocusTarget? = nil, height: ((_ width: Int) -> Int)? = nil,
    _ makeLines: @escaping (_ width: Int, _ isFocused: Bool) -> [[Span]]
  ) -> PageItem {
    let made = MadeLines()
    func lines(_ width: Int, _ isFocused: Bool) -> [[Span]] {
      made.lines(width, isFocused) { makeLines(width, isFocused) }
    }
    return PageItem(
      target: target, kind: kind, height: height ?? { lines($0, false).count }
    ) { canvas, frame, state in
      let isFocused = target != nil && state.focus == target
      let lines = lines(frame.width, isFocused)
      let visible = canvas.visibleRows
      for row in max(
        0, visible.lowerBound - frame.y)..<max(
          0, visible.lowerBound - frame.y, min(lines.count, visible.upperBound - frame.y))
      {
        canvas.put(lines[row], x: frame.x, y: frame.y + row, maximumWidth: frame.width)
      }
    }
  }
}

/// The lines that an item has made, so that drawing it again makes none.
private final class MadeLines {
  private var newest: (width: Int, isFocused: Bool, lines: [[Span]])?

  func lines(_ width: Int, _ isFocused: Bool, make: () -> [[Span]]) -> [[Span]] {
    if let newest, newest.width == width, newest.isFocused == isFocused { return newest.lines }
    let lines = make()
    newest = (width, isFocused, lines)
    return lines
  }
}
