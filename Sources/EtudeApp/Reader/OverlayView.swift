import Lessons
import Messages
import Notebook
import Terminal

extension Reader {
  func drawOverlay(into canvas: inout Canvas, in body: Rectangle) {
    switch overlay {
    case .contents(let selected):
      let rows = lesson.pages.enumerated().map { index, page in
        "\(index + 1)  \(page.title)\(taskMarks(of: page))"
      }
      let digits = String(lesson.pages.count).count
      drawList(
        title: lesson.title,
        rows: rows.map { row in
          let number = row.prefix { $0.isNumber }.count
          return String(repeating: " ", count: digits - number) + row
        }, selected: selected, into: &canvas, in: body)
    case .names(let names, let selected):
      drawNames(names, selected: selected, into: &canvas, in: body)
    case .devices(let list, let selected):
      drawDevices(list, selected: selected, into: &canvas, in: body)
    case .text(let title, let lines, let top):
      drawBox(title: title, lines: wrapped(lines), top: top, into: &canvas, in: body)
    case .options(let selected):
      let options = appearance.options
      let rows = options.map { option in
        let name = option.name.padded(to: 12)
        let setting = look.glyphs.choiceStart + option.setting + look.glyphs.choiceEnd
        return name + setting.padded(to: 13) + option.remark
      }
      drawList(title: "Options", rows: rows, selected: selected, into: &canvas, in: body)
    case .confirmReset:
      drawQuestion(
        "Start over?",
        "y: this page. Its widgets, plots, cells and questions go back to the lesson's values. "
          + "L: the whole lesson, trained networks included. A copy of what you have done is kept.",
        into: &canvas, in: body)
    case .confirmEnd(let end):
      drawQuestion(
        end == .quit ? "Quit?" : "Reload the lesson?", trainingRemark(end), into: &canvas, in: body)
    case .editor: drawEditor(into: &canvas)
    case .prompt, nil: break
    }
  }

  /// Wrapped to the width of an overlay.
  ///
  /// - Parameter indent: of what does not fit in the line; the help's is that of its second column.
  func wrapped(_ lines: [OverlayLine], hangingIndent indent: Int = 15) -> [[Span]] {
    lines.flatMap { line in
      wrap(
        line.text, style: line.kind == .heading ? look.theme.heading : look.theme.prose,
        width: max(1, min(88, width - 6)), hangingIndent: indent,
        charset: look.charset)
    }
  }

  /// A mark for each task of the page: done or open.
  private func taskMarks(of page: Page) -> String {
    let marks = page.tasks.map { task in
      state.progress.doneTasks.contains(task) ? look.glyphs.checkMark : look.glyphs.openMark
    }
    return marks.isEmpty ? "" : "  " + marks.joined(separator: " ")
  }

  /// What becomes of the runs in progress.
  private func trainingRemark(_ end: TrainingEnd) -> String {
    guard isSaving || end == .reload else {
      return "A network is still training. Nothing is saved, so its run will be lost."
    }
    let running = snapshot.trainers.values.filter { $0.activity == .running }
    guard running.count == 1, let run = running.first else {
      return "Networks are still training. Each is kept at its last complete epoch, and paused."
    }
    let epochs = grouped(run.epochs)
    return run.epoch > run.startEpoch
      ? "A network is still training. It is kept at epoch \(grouped(run.epoch)) of \(epochs), and paused."
      : "A network is still training. Its first epoch is not complete and will be lost."
  }

  private func drawQuestion(
    _ title: String, _ text: String, into canvas: inout Canvas, in body: Rectangle
  ) {
    let lines = wrap(text, width: max(1, body.width - 6), charset: look.charset)
    drawBox(title: title, lines: lines, top: 0, into: &canvas, in: body)
  }

  private func drawNames(
    _ names: [NameHelp], selected: Int, into canvas: inout Canvas, in body: Rectangle
  ) {
    let width = max(20, min(88, body.width - 6))
    let chosen = names[selected]
    var lines = wrap(
      chosen.signature, style: look.theme.strong, width: width, hangingIndent: 4,
      charset: look.charset)
    lines += [[]] + wrap(chosen.summary, width: width, charset: look.charset) + [[]]
    let room = max(1, body.height - 3 - lines.count)
    let first = max(0, min(selected - room / 2, names.count - room))
    for (index, help) in names.enumerated().dropFirst(first).prefix(room) {
      let style = index == selected ? look.theme.selection : look.theme.dim
      lines.append([Span(" " + help.name.padded(to: 24), style)])
    }
    drawBox(title: "About the names on this page", lines: lines, top: 0, into: &canvas, in: body)
  }

  private func drawDevices(
    _ list: DeviceList?, selected: Int, into canvas: inout Canvas, in body: Rectangle
  ) {
    guard let list else {
      let asking = [[Span("asking the devices \(look.glyphs.ellipsis)", look.theme.prose)]]
      drawBox(title: "Devices", lines: asking, top: 0, into: &canvas, in: body)
      return
    }
    var lines: [[Span]] = []
    for (line, isSelected) in list.lines(selected: selected) {
      // Sentences and commands go on below their beginning.
      let wrapped = wrapped([line], hangingIndent: line.text.prefix { $0 == " " }.count)
      lines += isSelected ? wrapped.map { [Span(text(of: $0), look.theme.selection)] } : wrapped
    }
    drawBox(title: "Devices", lines: lines, top: 0, into: &canvas, in: body)
  }

  private func text(of spans: [Span]) -> String { spans.map(\.text).joined() }

  private func drawList(
    title: String, rows: [String], selected: Int, into canvas: inout Canvas, in body: Rectangle
  ) {
    let room = max(1, body.height - 2)
    let top = max(0, min(selected - room / 2, rows.count - room))
    let rows = rows.map { truncated($0, toWidth: body.width - 6, charset: look.charset) }
    let width = rows.map { displayWidth(of: $0, charset: look.charset) }.max() ?? 0
    let lines = rows.enumerated().map { index, row in
      [
        Span(
          " " + row.padded(to: width) + " ",
          index == selected ? look.theme.selection : look.theme.prose)
      ]
    }
    drawBox(title: title, lines: lines, top: top, into: &canvas, in: body)
  }

  /// A frame over the page with as many lines as fit, from line `top` on.
  private func drawBox(
    title: String, lines: [[Span]], top: Int, into canvas: inout Canvas, in body: Rectangle
  ) {
    let widest = lines.map { displayWidth(of: $0.map(\.text).joined(), charset: look.charset) }
    let titleWidth = displayWidth(of: title, charset: look.charset)
    let width = min(body.width, max(widest.max() ?? 0, titleWidth) + 4)
    let height = min(body.height, lines.count + 2)
    let box = Rectangle(
      x: body.x + (body.width - width) / 2, y: body.y + (body.height - height) / 3, width: width,
      height: height)
    // A blank column on both sides keeps clipped words from touching the frame.
    canvas.fill(Rectangle(x: box.x - 1, y: box.y, width: box.width + 2, height: box.height))
    let style = look.theme.axis
    canvas.drawFrame(box, style: style)
    let title = truncated(title, toWidth: box.width - 4, charset: look.charset)
    canvas.put(" " + title + " ", x: box.x + 1, y: box.y, style: look.theme.heading)
    for (row, line) in lines.dropFirst(top).prefix(max(0, height - 2)).enumerated() {
      canvas.put(line, x: box.x + 2, y: box.y + 1 + row, maximumWidth: width - 4)
    }
    let hidden = lines.count - top - max(0, height - 2)
    if hidden > 0 {
      canvas.put(
        " \(hidden) more ", x: max(box.x, box.endX - 12), y: box.endY - 1, style: look.theme.dim)
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
