import Interpreter
import Sounds
import Terminal

extension PageItems {
  func item(for output: PageOutput) -> PageItem {
    switch output {
    case .passive(let output): item(for: output)
    case .focusable(let target, let output): item(for: output, target)
    }
  }

  private func item(for output: PassiveOutput) -> PageItem {
    switch output {
    case .text(let text): textItem(text)
    case .arraySummary(let text, let points): arrayItem(text, points)
    case .grid(let grid): gridItem(grid)
    case .check(let isPassed, let hint):
      .lines(kind: .text) { width, _ in
        prose.verdict(isPassed: isPassed, hint: hint, width: width - 1)
      }
    }
  }

  private func item(for output: FocusableOutput, _ target: FocusTarget) -> PageItem {
    switch output {
    case .widget(let widget): widgetItem(target, widget)
    case .figure(let figure): figureItem(target, figure)
    case .stepper(let stepper): stepperItem(target, stepper)
    case .table(let headers, let rows):
      tableItem(target, TableView(headers: headers, rows: rows), kind: .text)
    case .player(let tracks): playerItem(target, tracks)
    case .trainer(let id): trainerItem(target, id)
    case .permission(let permission, let isGranted):
      permissionItem(target, permission, isGranted: isGranted)
    }
  }

  // MARK: Text

  private func textItem(_ text: String) -> PageItem {
    .lines(
      kind: .text,
      height: {
        wrappedLineCount(of: text, width: $0, indent: 1, hangingIndent: 3, charset: look.charset)
      }
    ) { width, _ in
      wrap(text, width: width, indent: 1, hangingIndent: 3, charset: look.charset)
    }
  }

  private func arrayItem(_ text: String, _ points: [Double]) -> PageItem {
    .lines(kind: .text) { width, _ in
      var lines = wrap(text, width: width, indent: 1, hangingIndent: 3, charset: look.charset)
      let used = displayWidth(of: lines.last?.map(\.text).joined() ?? "", charset: look.charset)
      let room = min(32, width - used - 2)
      if room >= 8, !lines.isEmpty {
        let line = sparkline(points, width: room, charset: look.charset)
        lines[lines.count - 1] += [Span("  "), Span(line, theme.series[0])]
      }
      return lines
    }
  }

  /// A table that scrolls sideways if it is too wide; all of it, where nobody can scroll.
  func tableItem(_ target: FocusTarget, _ table: TableView, kind: PageItem.Kind) -> PageItem {
    var table = table
    if !state.showsAnswers { table.overflow = .scrolled(from: state.tableColumns[target] ?? 0) }
    let indent = kind == .text ? 1 : 0
    let fitted = FittedTable(table, charset: look.charset)
    var item = PageItem.lines(kind: kind, target: target) { width, _ in
      let lines = fitted.table(forWidth: width - indent).lines(theme: theme)
      return indent == 0 ? lines : lines.map { [Span(" ")] + $0 }
    }
    item.name = "table"
    item.lastColumn = { fitted.table(forWidth: $0 - indent).lastFirstColumn }
    item.draw = { [draw = item.draw] canvas, frame, state in
      draw(&canvas, frame, state)
      // In the margin of the text.
      guard state.focus == target else { return }
      markFocus(
        into: &canvas,
        Rectangle(x: frame.x - 1 + indent, y: frame.y, width: 1, height: frame.height))
    }
    return item
  }

  // MARK: Widgets

  private func widgetItem(_ target: FocusTarget, _ original: Widget) -> PageItem {
    // The labels of this cell's widgets are aligned.
    let neighbours = snapshot.cells[target.cell]?.outputs.compactMap { output -> Widget? in
      if case .widget(let widget) = output { widget } else { nil }
    }
    func widest(_ text: (Widget) -> String) -> Int {
      neighbours?.map { displayWidth(of: text($0), charset: look.charset) }.max() ?? 0
    }
    let labelWidth = widest(\.label)
    func shown(_ state: PageState) -> Widget {
      state.movedWidgets[target].map(original.showing) ?? original
    }
    func slider(_ widget: Widget, isFocused: Bool) -> SliderView {
      var view = SliderView(
        label: widget.label, minimum: widget.startText, maximum: widget.stopText,
        value: widget.valueText, fraction: widget.fraction, isFocused: isFocused)
      view.labelWidth = labelWidth
      view.endWidth = max(widest(\.startText), widest(\.stopText))
      view.valueWidth = max(widest(\.valueText), widest(\.stopText) + widest(\.unit) + 1)
      return view
    }
    func choice(_ widget: Widget, _ options: [String], _ selected: Int, isFocused: Bool)
      -> ChoiceView
    {
      var view = ChoiceView(
        label: widget.label, options: options, selected: selected, isFocused: isFocused)
      view.labelWidth = labelWidth
      return view
    }
    var item = PageItem(target: target, kind: .widget, height: { _ in 1 }) { canvas, frame, state in
      let widget = shown(state)
      let isFocused = state.focus == target
      switch widget.kind {
      case .slider:
        slider(widget, isFocused: isFocused).draw(into: &canvas, in: frame, theme: theme)
      case .choice(let options, let selected, _):
        choice(widget, options, selected, isFocused: isFocused)
          .draw(into: &canvas, in: frame, theme: theme)
      case .toggle(let isOn, _):
        ToggleView(label: widget.label, isOn: isOn, isFocused: isFocused)
          .draw(into: &canvas, in: frame, theme: theme)
      }
    }
    item.name = original.label
    item.part = { x, _, frame, state in
      let widget = shown(state)
      switch widget.kind {
      case .slider:
        return slider(widget, isFocused: true)
          .fraction(atColumn: x, in: frame, charset: look.charset).map(PagePart.position)
      case .choice(let options, let selected, _):
        let view = choice(widget, options, selected, isFocused: true)
        if let option = view.option(atColumn: x, in: frame, charset: look.charset) {
          return .choice(option)
        }
        // Where there is not room for all options, a click goes to the next one.
        return view.showsAll(in: frame, charset: look.charset) ? nil : .button
      case .toggle: return .button
      }
    }
    return item
  }

  func markFocus(into canvas: inout Canvas, _ frame: Rectangle) {
    for y in frame.y..<frame.endY {
      canvas.put(glyphs.focus, x: frame.x, y: y, style: theme.focus)
    }
  }

  // MARK: Trainer

  private func trainerItem(_ target: FocusTarget, _ id: TrainerID) -> PageItem {
    guard let trainer = snapshot.trainers[id] else { return remark(glyphs.ellipsis) }
    var view = TrainerView(trainer)
    // The plots are the point of a page with a trainer: they do not shrink to the minimum.
    view.plotHeight = max(leastDataRows + 3, plotHeight)
    let trainers = trainers(ofCell: id.cell)
    let count = trainers.count
    if count > 1 {
      view.run = id.call + 1
      view.state.title = title(of: id, among: trainers)
    }
    let charset = look.charset
    var item = PageItem(
      target: target, kind: .trainer, plotRowCount: { view.plotRowCount(forWidth: $0 - 1) },
      height: { view.height(forWidth: $0 - 1, charset: charset) }
    ) { canvas, frame, state in
      view.fitted(toHeight: frame.height, width: frame.width - 1, charset: charset)
        .draw(into: &canvas, in: frame.inset(left: 1), theme: theme)
      if state.focus == target { markFocus(into: &canvas, frame) }
    }
    item.name = view.state.title
    item.part = trainerPart(view)
    item.isElastic = count == 1
    item.stageHeight = { [least = leastDataRows] width in
      var view = view
      view.plotHeight = least + 3
      return view.height(forWidth: width - 1, charset: charset)
    }
    return item
  }

  private func trainers(ofCell cell: String) -> [TrainerID] {
    (snapshot.cells[cell]?.outputs ?? []).compactMap { output in
      if case .trainer(let id) = output { id } else { nil }
    }
  }

  /// A run's title, with what tells its network from the others of the cell.
  func title(of id: TrainerID, among trainers: [TrainerID]? = nil) -> String {
    let known = (trainers ?? self.trainers(ofCell: id.cell)).filter { snapshot.trainers[$0] != nil }
    let titles = known.compactMap { snapshot.trainers[$0] }.distinctTitles
    return known.firstIndex(of: id).map { titles[$0] } ?? snapshot.trainers[id]?.title ?? ""
  }

  /// The words that say what Enter does are a button.
  func trainerPart(_ view: TrainerView) -> (Int, Int, Rectangle, PageState) -> PagePart? {
    let width = displayWidth(of: view.activityText(glyphs), charset: look.charset)
    return { x, y, frame, _ in y == frame.y && x >= frame.endX - width ? .button : nil }
  }

  // MARK: Permission

  private func permissionItem(
    _ target: FocusTarget, _ permission: Permission, isGranted: Bool
  ) -> PageItem {
    let isRunning = snapshot.isBusy && snapshot.cells[target.cell]?.isStale == true
    let text: String
    if isRunning {
      text = permission.activity + " " + glyphs.ellipsis
    } else {
      text = permission.offer + (isGranted ? " again" : "")
    }
    var item = PageItem.lines(kind: .permission, target: target) { width, isFocused in
      let mark = Span(isFocused ? glyphs.focus : " ", theme.focus)
      return wrap(
        text, style: isGranted || isRunning ? theme.dim : theme.accent, width: width - 1,
        charset: look.charset
      ).map { [mark] + $0 }
    }
    item.part = { _, _, _, _ in .button }
    return item
  }

  // MARK: Stepper

  private func stepperItem(_ target: FocusTarget, _ stepper: Stepper) -> PageItem {
    var item = PageItem(target: target, kind: .stepper, height: { _ in StepperView.height }) {
      canvas, frame, state in
      let position = state.steppers[target] ?? StepperPosition()
      var view = StepperView(stepper, step: position.step)
      if let flips = position.flips { view.stepper.flips = flips }
      view.isFocused = state.focus == target
      view.draw(into: &canvas, in: frame, theme: theme)
    }
    item.name = "stepper"
    return item
  }

  // MARK: Player

  private func playerItem(_ target: FocusTarget, _ tracks: [Track]) -> PageItem {
    let waveHeight = waveHeight ?? (isDense ? 2 : 3)
    let charset = look.charset
    func barHeight(_ width: Int) -> Int {
      playerView(target, tracks, state).height(forWidth: width, charset: charset)
    }
    let remarks = tracks.compactMap(\.remark)
    func remarkLines(_ width: Int) -> [[Span]] {
      firstLines(
        remarks.flatMap {
          wrap(
            $0, style: theme.warning, width: width, indent: 3, hangingIndent: 3, charset: charset)
        }, count: 3, width: width, charset: charset)
    }
    func wave(in frame: Rectangle, below view: PlayerView) -> Rectangle {
      frame.inset(
        left: 3, top: view.height(forWidth: frame.width, charset: charset),
        bottom: remarkLines(frame.width).count)
    }
    var item = PageItem(
      target: target, kind: .player,
      height: { barHeight($0) + waveHeight + remarkLines($0).count }
    ) { canvas, frame, state in
      let view = playerView(target, tracks, state)
      let remarks = remarkLines(frame.width)
      view.draw(into: &canvas, in: frame, theme: theme)
      for (row, line) in remarks.enumerated() {
        canvas.put(line, x: frame.x, y: frame.endY - remarks.count + row)
      }
      // A status that has grown since the layout takes a row of the waveform.
      let wave = wave(in: frame, below: view)
      let isLoaded = state.player?.target == target && state.player?.state != nil
      let playhead = isLoaded && view.duration > 0 ? view.position / view.duration : nil
      let overview = tracks[view.selected].overview
      WaveformStrip(
        lows: overview.lows, highs: overview.highs, faults: overview.faults, playhead: playhead
      ).draw(into: &canvas, in: wave, theme: theme)
      if view.isFocused { markFocus(into: &canvas, frame) }
    }
    item.name = "\(glyphs.note) " + tracks.map(\.label).joined(separator: ", ")
    item.part = { x, y, frame, state in
      let view = playerView(target, tracks, state)
      return PagePart(view, wave: wave(in: frame, below: view), x: x, y: y, in: frame, charset)
    }
    item.stageHeight = { barHeight($0) + 1 + remarkLines($0).count }
    return item
  }

  func playerView(
    _ target: FocusTarget, _ tracks: [Track], _ state: PageState
  ) -> PlayerView {
    let playing = state.player?.target == target ? state.player?.state : nil
    let selected = min(playing?.selected ?? 0, tracks.count - 1)
    var view = PlayerView(
      tracks: tracks.map(\.label), selected: selected, position: playing?.position ?? 0,
      duration: tracks[selected].duration)
    view.isFocused = state.focus == target
    guard let playing else { return view }
    view.isPlaying = playing.isPlaying
    view.isLooping = playing.isLooping
    view.volume = playing.volumeInDecibels
    view.isLoudnessMatched = playing.isMatchingLoudness
    if playing.tracks.indices.contains(selected) {
      view.gain = playing.tracks[selected].gainInDecibels
    }
    return view
  }
}

/// A table fitted to a width, kept while the width stays.
private final class FittedTable {
  private let table: TableView
  private let charset: Charset
  private var newest: TableView.Fitted?

  init(_ table: TableView, charset: Charset) {
    self.table = table
    self.charset = charset
  }

  func table(forWidth width: Int) -> TableView.Fitted {
    if let newest, newest.width == max(0, width) { return newest }
    let fitted = table.fitted(toWidth: width, charset: charset)
    newest = fitted
    return fitted
  }
}
