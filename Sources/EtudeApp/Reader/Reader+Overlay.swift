import Compute
import Lessons
import Pages
import Terminal

/// Overlays and prompts.
extension Reader {
  mutating func open(_ kind: OverlayKind) {
    switch kind {
    case .contents: overlay = .contents(selected: pageIndex)
    case .search: overlay = .prompt(Prompt(.search))
    case .name: openNames()
    case .devices: overlay = .devices(nil, selected: 0)
    case .options: overlay = .options(selected: 0)
    case .help: overlay = .text(title: "Keys", lines: helpLines, top: 0)
    case .confirmReset: overlay = .confirmReset
    }
  }

  /// The answer to `Action.lookUpDevices`; ignored when the overlay has been closed.
  package mutating func show(devices list: DeviceList) {
    guard case .devices = overlay else { return }
    let current = list.computing.firstIndex { $0.kind == device }
    overlay = .devices(list, selected: current ?? 0)
  }

  /// Computes on the selected device, or says why it cannot.
  private mutating func chooseDevice() -> [Action] {
    guard case .devices(let list?, let selected) = overlay,
      list.computing.indices.contains(selected)
    else { return [] }
    let entry = list.computing[selected]
    if let reason = entry.reason {
      notice = reason
      return []
    }
    overlay = nil
    state.progress.device = entry.kind
    guard entry.kind != device else { return [] }
    device = entry.kind
    return [.session(.setDevice(entry.kind))]
  }

  /// What works now: the keys of what has the focus, then the page's. After them the keys of other
  /// things: first of those on this page.
  private var helpLines: [OverlayLine] {
    let here = contexts
    var (nearby, elsewhere): ([KeyContext], [KeyContext]) = ([], [])
    let onPage = Set(arrangement.targets.compactMap { context(of: $0.target) })
    for context in KeyContext.focusable where !here.contains(context) {
      if onPage.contains(context) { nearby.append(context) } else { elsewhere.append(context) }
    }
    let now: String
    if let test = state.blindTest {
      now = "These keys work now, in \(test.test.isComplete ? "the result of " : "")a blind test."
    } else if let first = here.first, KeyContext.focusable.contains(first) {
      now = "These keys work now. The focus is on: \(first.title.lowercased())."
    } else {
      now = "These keys work now. Nothing has the focus; Tab goes to the first thing on the screen."
    }
    var lines = [OverlayLine(now)] + here.flatMap { helpLines(of: $0, isHere: true) }
    if !nearby.isEmpty {
      lines += [OverlayLine(""), OverlayLine("With the focus on something else on this page:")]
      lines += nearby.flatMap { helpLines(of: $0) }
    }
    lines += [OverlayLine(""), OverlayLine("On other pages, and in the editor:")]
    return lines
      + (elsewhere + [.blindTest, .editor].filter { !here.contains($0) }).flatMap {
        helpLines(of: $0)
      }
  }

  /// - Parameter isHere: whether the context is active; then keys without effect are left out.
  private func helpLines(of context: KeyContext, isHere: Bool = false) -> [OverlayLine] {
    let width = 13
    return [OverlayLine(context.title, kind: .heading)]
      + KeyBindings.table(context).filter { !isHere || isOffered($0) }.map { binding in
        let label = isHere ? shownLabel(binding) : binding.label(appearance.charset)
        let room = String(repeating: " ", count: max(1, width - label.count))
        return OverlayLine("  " + label + room + binding.help)
      }
  }

  /// Lists the built-in names that the focused cell uses, else those of all cells of the page, in
  /// order of first use.
  private mutating func openNames() {
    let cells = page.cells
    let focused = cells.filter { $0.id == state.focus?.cell }
    var seen: Set<String> = []
    var names: [NameHelp] = []
    for cell in focused.isEmpty ? cells : focused {
      for name in dottedNames(in: cell.source) {
        guard let help = reference.vocabulary.help(on: name), seen.insert(help.name).inserted else {
          continue
        }
        names.append(help)
      }
    }
    if names.isEmpty {
      notice = "the cells of this page use no built-in names"
    } else {
      overlay = .names(names, selected: 0)
    }
  }

  mutating func moveSelection(by lines: Int) {
    func moved(_ index: Int, count: Int) -> Int { min(max(0, index + lines), max(0, count - 1)) }
    switch overlay {
    case .contents(let selected):
      overlay = .contents(selected: moved(selected, count: lesson.pages.count))
    case .names(let names, let selected):
      overlay = .names(names, selected: moved(selected, count: names.count))
    case .text(let title, let text, let top):
      let last = wrapped(text).count - max(1, bodyHeight - 2)
      overlay = .text(title: title, lines: text, top: moved(top, count: last + 1))
    case .devices(let list, let selected):
      overlay = .devices(list, selected: moved(selected, count: list?.computing.count ?? 0))
    case .options(let selected):
      overlay = .options(selected: moved(selected, count: appearance.options.count))
    case .confirmReset, .confirmEnd, .prompt, .editor, nil: break
    }
  }

  mutating func changeOption(by steps: Int) -> [Action] {
    guard case .options(let selected) = overlay else { return [] }
    let old = appearance
    appearance.change(option: selected, by: steps)
    keepScrollInside()
    var actions: [Action] = []
    if appearance.hasSound != old.hasSound {
      actions.append(.sound(.setEnabled(appearance.hasSound)))
    }
    if appearance.usesMouse != old.usesMouse { actions.append(.setMouse(appearance.usesMouse)) }
    return actions
  }

  mutating func accept() -> [Action] {
    if case .devices = overlay { return chooseDevice() }
    defer { overlay = nil }
    switch overlay {
    case .contents(let selected): return jump(toPage: selected)
    case .confirmReset:
      let (search, player) = (state.search, state.player)
      var progress = state.progress
      progress.reset(page)
      state = PageState()
      state.progress = progress
      state.search = search
      state.player = player
      applyEdits()
      notice = "the page is reset"
      return [.session(.reset(page: pageIndex))]
    case .confirmEnd(let end): return [end.action]
    case .names, .devices, .text, .options, .prompt, .editor, nil: return []
    }
  }

  // MARK: Typing

  mutating func handle(_ key: Key, in prompt: Prompt) -> [Action] {
    var prompt = prompt
    prompt.error = nil
    if case .character(let character) = key {
      if prompt.text.count < 60 { prompt.text.append(character) }
      overlay = .prompt(prompt)
      return []
    }
    switch KeyBindings.command(for: key, in: [.prompt]) {
    case .close: overlay = nil
    case .deleteBackward:
      if prompt.text.popLast() == nil { overlay = nil } else { overlay = .prompt(prompt) }
    case .accept: return accept(prompt)
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    default: break
    }
    return []
  }

  private mutating func accept(_ prompt: Prompt) -> [Action] {
    overlay = nil
    guard !prompt.text.isEmpty else { return [] }
    switch prompt.purpose {
    case .search:
      state.search = prompt.text
      searchBlock = nil
      let start = place
      let actions = goToMatch(0)
      noteJump(from: start)
      return actions
    case .value(let target):
      guard let widget = widget(target) else { return [] }
      let text = prompt.text.replacing("−", with: "-").filter { $0 != " " }
      guard let number = Double(text), number.isFinite else {
        var again = prompt
        again.error = "\"\(prompt.text)\" is not a number"
        overlay = .prompt(again)
        return []
      }
      let value = widget.clamped(number)
      if value != number { notice = "\(widget.label) takes \(widget.rangeText)" }
      return set(widget, target, to: .number(value))
    }
  }
}

/// The names in a cell's text, with their dots: "np.convolve". Includes words of comments and
/// strings, which is harmless where names are only looked up.
func dottedNames(in source: String) -> [String] {
  source.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
    .map { String($0.drop { $0.isNumber || $0 == "." }) }
    .filter { !$0.isEmpty }
}
