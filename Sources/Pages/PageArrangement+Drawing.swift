import Terminal

extension PageArrangement {
  /// Draws the page from row `top` on into a rectangle of the canvas.
  ///
  /// - Parameters:
  ///   - state: the current focus, playheads and steps.
  ///   - editable: the cell that `e` edits, which is labelled with that key.
  package func draw(
    into canvas: inout Canvas, in area: Rectangle, from top: Int, look: PageLook,
    state: PageState, editable: String? = nil
  ) {
    canvas.clipped(to: area) { canvas in
      for placed in placed
      where placed.frame.endY > top && placed.frame.y < top + area.height
        && placed.frame.x < columnsBesideStage
      {
        var frame = placed.frame
        frame.x += area.x
        frame.y += area.y - top
        draw(placed.item, into: &canvas, in: frame, look: look, state: state)
        if let editable, placed.item.target == .code(cell: editable) {
          canvas.putAtEnd("e edit", of: frame, style: look.theme.dim)
        }
      }
      for (item, frame) in stage?.placed ?? [] {
        let frame = Rectangle(
          x: frame.x + area.x, y: frame.y + area.y, width: frame.width, height: frame.height)
        canvas.clipped(to: frame) { canvas in
          draw(item, into: &canvas, in: frame, look: look, state: state)
        }
      }
      if let search = state.search, !search.isEmpty {
        markMatches(of: search, into: &canvas, in: area, look)
      }
    }
  }

  private func draw(
    _ item: PageItem, into canvas: inout Canvas, in frame: Rectangle, look: PageLook,
    state: PageState
  ) {
    item.draw(&canvas, frame, state)
    if item.isStale { canvas.restyle(frame) { $0 = look.theme.dim } }
  }

  private func markMatches(
    of search: String, into canvas: inout Canvas, in area: Rectangle, _ look: PageLook
  ) {
    let wanted = Array(search.lowercased())
    for y in area.y..<area.endY {
      let row = (area.x..<area.endX).map { canvas[$0, y].character.lowercased() }
      guard row.count >= wanted.count else { continue }
      for start in 0...(row.count - wanted.count)
      where zip(wanted, row[start...]).allSatisfy({ String($0) == $1 }) {
        canvas.restyle(
          Rectangle(x: area.x + start, y: y, width: wanted.count, height: 1)
        ) { $0 = $0.with(look.theme.selection) }
      }
    }
  }
}

extension Canvas {
  /// At the end of a rectangle's first row, if there is room.
  fileprivate mutating func putAtEnd(_ text: String, of frame: Rectangle, style: Style) {
    let x = frame.endX - text.count
    let room = Rectangle(x: x - 2, y: frame.y, width: text.count + 2, height: 1)
    guard room.x > frame.x, bounds.intersection(room) == room,
      (room.x..<room.endX).allSatisfy({ self[$0, room.y] == .blank })
    else { return }
    put(text, x: x, y: frame.y, style: style)
  }
}
