import Lessons
import Terminal

extension Reader {
  /// A page is unreadable in a smaller window.
  private static let smallest = (width: 40, height: 12)
  private static let maximumNoticeRows = 3

  /// The current screen.
  package func draw() -> Canvas {
    var canvas = Canvas(
      width: width, height: height, charset: appearance.charset, dots: appearance.dots)
    guard width >= Self.smallest.width, height >= Self.smallest.height else {
      let notice =
        "This window has \(width)×\(height) characters; "
        + "a page needs \(Self.smallest.width)×\(Self.smallest.height). Make it larger, or press q."
      for (row, line) in wrap(notice, width: width, charset: appearance.charset).enumerated() {
        canvas.put(line, x: 0, y: row)
      }
      return canvas
    }
    drawHeader(into: &canvas)
    let body = Rectangle(x: 0, y: 1, width: width, height: bodyHeight)
    let visible = Rectangle(x: 0, y: 1, width: width, height: pageRows)
    let arrangement = arrangement
    arrangement.draw(
      into: &canvas, in: visible, from: scroll, look: look, state: state,
      editable: overlay == nil ? cellToEdit(in: arrangement) : nil)
    if !arrangement.coversPage {
      drawScrollBar(into: &canvas, in: visible, pageHeight: arrangement.height)
    }
    drawOverlay(into: &canvas, in: body)
    drawFooter(into: &canvas)
    return canvas
  }

  private var theme: Theme { appearance.theme }
  private var glyphs: Glyphs { Glyphs(appearance.charset) }

  // MARK: Header

  /// ` Lesson › Page        5/22 ━━━━────── CPU`
  private func drawHeader(into canvas: inout Canvas) {
    let barWidth = width >= 60 ? 12 : 0
    let count = "\(pageIndex + 1)/\(lesson.pages.count)"
    var device = self.device.rawValue.uppercased()
    if let progress = trainingProgress {
      device = "training \(Int(progress * 100)) %"
    } else if snapshot.isBusy {
      device += " \(glyphs.ellipsis)"
    }
    // The least room, so that the bar keeps its place while a cell runs.
    let deviceWidth = max(6, device.count + 1)
    let right = 2 + count.count + 1 + (barWidth > 0 ? barWidth + 1 : 0) + deviceWidth
    let room = width - right - 1
    var path = "\(lesson.title) \(glyphs.separator) \(page.title)"
    // The page's title says more than the lesson's.
    if displayWidth(of: path, charset: appearance.charset) > room { path = page.title }
    canvas.put(
      truncated(path, toWidth: room, charset: appearance.charset), x: 1, y: 0, style: theme.title)
    var x = canvas.put(count, x: width - right + 2, y: 0, style: theme.title) + 1
    if barWidth > 0 {
      let fraction = Double(pageIndex + 1) / Double(max(1, lesson.pages.count))
      ProgressBar(fraction: fraction).draw(
        into: &canvas, in: Rectangle(x: x, y: 0, width: barWidth, height: 1), theme: theme)
      x += barWidth + 1
    }
    canvas.put(device, x: x, y: 0, style: theme.dim)
  }

  private func drawScrollBar(into canvas: inout Canvas, in body: Rectangle, pageHeight: Int) {
    guard pageHeight > body.height else { return }
    let length = max(1, body.height * body.height / pageHeight)
    let room = max(1, pageHeight - body.height)
    let start = min(body.height - length, scroll * (body.height - length + 1) / room)
    for y in start..<(start + length) {
      canvas.put(glyphs.vertical, x: width - 1, y: body.y + y, style: theme.axis)
    }
  }

  // MARK: Footer

  private func drawFooter(into canvas: inout Canvas) {
    let y = height - 1
    if case .prompt(let prompt) = overlay {
      drawPrompt(prompt, into: &canvas, y: y)
      return
    }
    if let notice {
      draw(notice: notice, into: &canvas)
      return
    }
    var end = width
    if let playing = playingText {
      let room = displayWidth(of: playing, charset: appearance.charset)
      if room + 30 < width {
        end = width - room - 1
        canvas.put(playing, x: end, y: y, style: theme.accent)
      }
    }
    drawKeys(into: &canvas, y: y, end: end - 1)
  }

  /// A long notice covers rows of the page until the next key: its end says why, or what to do.
  private func draw(notice: String, into canvas: inout Canvas) {
    let lines = wrap(
      notice, style: theme.warning, width: width - 2, charset: appearance.charset)
    let shown = lines.prefix(Self.maximumNoticeRows)
    let top = height - shown.count
    canvas.fill(Rectangle(x: 0, y: top, width: width, height: shown.count))
    var end = 0
    for (row, line) in shown.enumerated() { end = canvas.put(line, x: 1, y: top + row) }
    if shown.count < lines.count {
      let ellipsis = glyphs.ellipsis
      canvas.put(
        ellipsis, x: min(end, width - ellipsis.count), y: height - 1, style: theme.warning)
    }
  }

  /// The current keys with their words for the footer, as many as fit. Contents, help and the way out
  /// always stay, at the right.
  private func drawKeys(into canvas: inout Canvas, y: Int, end: Int) {
    func keys(_ contexts: [KeyContext]) -> [(label: String, text: String)] {
      contexts.flatMap { KeyBindings.table($0) }.filter(isOffered).compactMap { binding in
        binding.footer.map { (shownLabel(binding), footerText($0)) }
      }
    }
    var tail = keys(contexts.filter { $0 == .everywhere })
    if end < Self.wideFooter { tail = tail.map { ($0.label, $0.label == "?" ? $0.text : "") } }
    var keys = keys(contexts.filter { $0 != .everywhere })
    if hasPageNumber { keys.insert((pageDigits, "then enter goes to that page"), at: 0) }
    func width(_ key: (label: String, text: String)) -> Int {
      displayWidth(
        of: key.label + (key.text.isEmpty ? "" : " ") + key.text, charset: appearance.charset)
    }
    let room = tail.reduce(end) { $0 - width($1) - 2 }
    var x = 1
    if isCelebrating, overlay == nil, pageDigits.isEmpty {
      keys = []
      canvas.put(
        truncated("\(glyphs.checkMark) \(praise)", toWidth: room - 1, charset: appearance.charset),
        x: x, y: y,
        style: theme.success)
    }
    // "?" lists the keys that do not fit; elsewhere the ellipsis says that there are more.
    let ellipsis = glyphs.ellipsis
    for (index, key) in keys.enumerated() {
      let reserve = index + 1 < keys.count ? ellipsis.count + 2 : 0
      guard x + width(key) + reserve <= room else {
        x = canvas.put(ellipsis, x: x, y: y, style: theme.dim, maximumWidth: end - x) + 2
        break
      }
      x = draw(key, into: &canvas, x: x, y: y)
    }
    x = room + 2
    for key in tail { x = draw(key, into: &canvas, x: x, y: y) }
  }

  /// From this width on, the keys that always stay have their words, too.
  private static let wideFooter = 70

  /// One line for a task that was done just now.
  var praise: String {
    let (done, all) = (score.tasksDone, lesson.pages.reduce(0) { $0 + $1.tasks.count })
    let rest =
      all == 1
      ? "" : done >= all ? ", and with it all \(all) of this lesson" : ", \(done) of \(all)"
    return "Task done\(rest). Well done!"
  }

  /// Whether a key would do something now: "back" needs a place to go back to, and the keys that
  /// compare sounds need several.
  func isOffered(_ binding: KeyBinding) -> Bool {
    switch binding.keys.first?.command {
    case .goBack: !places.isEmpty
    case .selectTrack, .matchLoudness, .blindTest(.start): choiceCount != 1
    default: true
    }
  }

  /// "1–3" instead of "1–9" where there are three sounds or answers.
  func shownLabel(_ binding: KeyBinding) -> String {
    let label = binding.label(appearance.charset)
    switch binding.keys.first?.command {
    case .selectTrack, .answer(.some):
      guard let choiceCount, (1..<9).contains(choiceCount) else { return label }
      return choiceCount == 1 ? "1" : label.dropLast() + "\(choiceCount)"
    default: return label
    }
  }

  /// The number of sounds or answers that the digits choose from.
  private var choiceCount: Int? {
    guard let focus = state.focus else { return nil }
    if case .prediction(let id) = focus {
      return page.predictions.first { $0.id == id }?.answers.count
    }
    guard case .player(let tracks)? = snapshot.output(for: focus) else { return nil }
    return tracks.count
  }

  private func draw(
    _ key: (label: String, text: String), into canvas: inout Canvas, x: Int, y: Int
  ) -> Int {
    let next = canvas.put(key.label, x: x, y: y, style: theme.strong)
    guard !key.text.isEmpty else { return next + 2 }
    return canvas.put(key.text, x: next + 1, y: y, style: theme.dim) + 2
  }

  /// The arrows of a slider show its label instead of "step".
  private func footerText(_ text: String) -> String {
    guard text == "step", let focus = state.focus, let widget = widget(focus) else { return text }
    return truncated(widget.label, toWidth: 14, charset: appearance.charset)
  }

  /// Nil while the player has the focus: it is on the screen then, and its keys need the room.
  private var playingText: String? {
    guard state.blindTest == nil, let player = state.player?.state, player.isPlaying,
      state.focus != state.player?.target,
      player.tracks.indices.contains(player.selected)
    else { return nil }
    let label = player.tracks[player.selected].label
    return "\(glyphs.note) \(label) \(clockTime(player.position))/\(clockTime(player.duration)) "
  }

  private func drawPrompt(_ prompt: Prompt, into canvas: inout Canvas, y: Int) {
    var question: String
    switch prompt.purpose {
    case .search: question = "search: "
    case .value(let target):
      guard let widget = widget(target) else { return }
      question = "\(widget.label), \(widget.rangeText): "
    }
    if let error = prompt.error { question = error + "; " + question }
    // Where the text is too long for the line, its end stays visible and the question is cut.
    let (charset, room) = (appearance.charset, max(2, width - 3))
    var text = prompt.text
    while displayWidth(of: text, charset: charset) > room - min(room / 2, question.count) {
      text.removeFirst()
    }
    question = truncated(
      question, toWidth: room - displayWidth(of: text, charset: charset), charset: charset)
    var x = canvas.put(
      question, x: 1, y: y, style: prompt.error == nil ? theme.strong : theme.warning)
    x = canvas.put(text, x: x, y: y)
    canvas.put(" ", x: x, y: y, style: theme.selection)
    if prompt.text.isEmpty { drawPromptKeys(into: &canvas, x: x + 3, y: y) }
  }

  private func drawPromptKeys(into canvas: inout Canvas, x: Int, y: Int) {
    var x = x
    for binding in KeyBindings.table(.prompt) {
      guard let text = binding.footer else { continue }
      x = draw((binding.label(appearance.charset), text), into: &canvas, x: x, y: y)
    }
  }
}
