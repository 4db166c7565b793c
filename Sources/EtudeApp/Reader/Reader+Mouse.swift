import Interpreter
import Lessons
import Notebook
import Pages
import Terminal

/// The mouse. A click gives the focus, and controls act at once; what cannot be taken back (an answer,
/// measuring, saving) waits for a click on what has the focus already.
extension Reader {
  /// The rows that one turn of the wheel scrolls.
  private static let wheelRows = 3

  mutating func switchMouse() -> [Action] {
    appearance.usesMouse.toggle()
    notice =
      appearance.usesMouse
      ? "the mouse is on: click, drag, scroll; with Shift it selects text"
      : "the mouse is off: your terminal has it, to select text"
    return [.setMouse(appearance.usesMouse)]
  }

  mutating func handle(_ mouse: Mouse) -> [Action] {
    // A blind test has keys of its own, and nothing to click on.
    guard appearance.usesMouse, state.blindTest == nil else { return [] }
    switch mouse.action {
    case .release:
      dragged = nil
      return []
    case .drag: return drag(to: mouse.x)
    case .press, .scrollUp, .scrollDown:
      notice = nil
      isFollowingMatch = false
      returning = nil
      pageDigits = ""
    }
    if mouse.action == .press { return overlay == nil ? press(mouse) : pressOverlay(mouse) }
    let direction = mouse.action == .scrollUp ? -1 : 1
    switch overlay {
    case nil: return perform(.scrollLine(Self.wheelRows * direction))
    case .editor:
      scroll += Self.wheelRows * direction
      keepScrollInside()
    case .text: moveSelection(by: Self.wheelRows * direction)
    case .contents, .names, .devices, .options: moveSelection(by: direction)
    case .confirmReset, .confirmEnd, .prompt: break
    }
    return []
  }

  // MARK: The page

  private mutating func press(_ mouse: Mouse) -> [Action] {
    // The header names the page: a click on it lists them all.
    if mouse.y == 0 { return perform(.open(.contents)) }
    guard mouse.y <= bodyHeight else { return [] }
    guard
      let (target, part, row) = arrangement.part(
        atX: mouse.x, y: mouse.y - 1, from: scroll, state: state)
    else {
      if !arrangement.coversPage { state.focus = nil }
      return []
    }
    let hadFocus = state.focus == target
    if !hadFocus {
      state.focus = target
      state.isZoomed = false
    }
    if case .position = part { dragged = (target, row) }
    let actions = use(part, of: target, hadFocus: hadFocus)
    if !hadFocus { scrollToFocus() }
    return actions
  }

  private mutating func drag(to column: Int) -> [Action] {
    guard let (target, row) = dragged, state.focus == target,
      let position = arrangement.position(
        in: target, atX: column, row: row, from: scroll, state: state)
    else { return [] }
    return use(.position(position), of: target, hadFocus: true)
  }

  /// What a click on a part does besides giving the focus.
  private mutating func use(
    _ part: PagePart?, of target: FocusTarget, hadFocus: Bool
  ) -> [Action] {
    switch (part, snapshot.output(for: target)) {
    case (.position(let position), .widget?):
      guard let widget = widget(target) else { return [] }
      return set(widget, target, to: widget.value(at: position))
    case (.position(let position), .player(let tracks)?):
      return seek(to: position, in: tracks, of: target)
    case (.choice(let option), .widget?):
      guard let widget = widget(target), case .choice(_, let selected, _) = widget.kind else {
        return []
      }
      return adjustWidget(by: option - selected)
    case (.choice(let track), .player?): return changeSound(.selectTrack(track))
    case (.choice(let choice), nil): if hadFocus { answer(choice) }
    case (.button, .widget?): return adjustWidget(by: 1)
    case (.button, .player?): return changeSound(.playOrPause)
    case (.button, .trainer?): return train(.startOrPause)
    case (.button, .permission?): return hadFocus ? perform(.permit) : []
    case (.button, _): if target.isCode { return perform(.fold) }
    case (.x(let x), .figure(let figure)?):
      let hasCursor = state.windows[target]?.cursor != nil
      if hadFocus || hasCursor { moveCursor(of: target, toX: x, on: figure) }
    default: break
    }
    return []
  }

  private mutating func moveCursor(of target: FocusTarget, toX x: Double, on figure: Figure) {
    guard let point = figure.series.first?.curve.nearestIndex(toX: x) else { return }
    var window = state.windows[target] ?? PlotWindow()
    window.cursor = point
    state.windows[target] = window
  }

  // MARK: Overlays

  private mutating func pressOverlay(_ mouse: Mouse) -> [Action] {
    if isEditing { moveEditorCursor(to: mouse) }
    let body = Rectangle(x: 0, y: 1, width: width, height: bodyHeight)
    guard let box = overlayBox else { return [] }
    let frame = box.frame(in: body, charset: look.charset)
    guard frame.contains(x: mouse.x, y: mouse.y) else { return perform(.close) }
    guard let entry = box.entry(atRow: mouse.y - frame.y - 1) else { return [] }
    switch overlay {
    case .contents: return jump(closingTo: entry)
    case .names(let names, _): overlay = .names(names, selected: entry)
    case .devices(let list, let selected):
      // A click on the one that is selected already chooses it.
      if entry == selected { return accept() }
      overlay = .devices(list, selected: entry)
    case .options:
      overlay = .options(selected: entry)
      return changeOption(by: 1)
    case .text, .confirmReset, .confirmEnd, .prompt, .editor, nil: break
    }
    return []
  }

  private mutating func jump(closingTo page: Int) -> [Action] {
    overlay = .contents(selected: page)
    return accept()
  }
}
