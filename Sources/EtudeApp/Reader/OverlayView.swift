import Lessons
import Messages
import Notebook
import Terminal

/// A frame over the page, with as many lines as fit.
struct OverlayBox {
  var title: String
  var lines: [[Span]]
  /// The first visible line.
  var top = 0
  /// For each line, the entry of a list that it belongs to.
  var entries: [Int?] = []

  /// In the upper part of the page, as large as its lines.
  func frame(in body: Rectangle, charset: Charset) -> Rectangle {
    let widest = lines.map { displayWidth(of: $0.map(\.text).joined(), charset: charset) }
    let titleWidth = displayWidth(of: title, charset: charset)
    let width = min(body.width, max(widest.max() ?? 0, titleWidth) + 4)
    let height = min(body.height, lines.count + 2)
    return Rectangle(
      x: body.x + (body.width - width) / 2, y: body.y + (body.height - height) / 3, width: width,
      height: height)
  }

  /// The entry in a row of the frame, from 0 below its title; nil for none.
  func entry(atRow row: Int) -> Int? {
    row >= 0 && entries.indices.contains(top + row) ? entries[top + row] : nil
  }

  func draw(into canvas: inout Canvas, in body: Rectangle, theme: Theme) {
    let box = frame(in: body, charset: canvas.charset)
    // A blank column on both sides keeps clipped words from touching the frame.
    canvas.fill(Rectangle(x: box.x - 1, y: box.y, width: box.width + 2, height: box.height))
    canvas.drawFrame(box, style: theme.axis)
    let title = truncated(title, toWidth: box.width - 4, charset: canvas.charset)
    canvas.put(" " + title + " ", x: box.x + 1, y: box.y, style: theme.heading)
    let rows = max(0, box.height - 2)
    for (row, line) in lines.dropFirst(top).prefix(rows).enumerated() {
      canvas.put(line, x: box.x + 2, y: box.y + 1 + row, maximumWidth: box.width - 4)
    }
    let hidden = lines.count - top - rows
    if hidden > 0 {
      canvas.put(
        " \(hidden) more ", x: max(box.x, box.endX - 12), y: box.endY - 1, style: theme.dim)
    }
  }
}

extension Reader {
  func drawOverlay(into canvas: inout Canvas, in body: Rectangle) {
    if isEditing { drawEditor(into: &canvas) }
    overlayBox?.draw(into: &canvas, in: body, theme: look.theme)
  }

  /// The frame of the open overlay; nil for those without one.
  var overlayBox: OverlayBox? {
    switch overlay {
    case .contents(let selected):
      let rows = lesson.pages.enumerated().map { index, page in
        "\(index + 1)  \(page.title)\(taskMarks(of: page))"
      }
      let digits = String(lesson.pages.count).count
      return listBox(
        title: lesson.title,
        rows: rows.map { row in
          let number = row.prefix { $0.isNumber }.count
          return String(repeating: " ", count: digits - number) + row
        }, selected: selected)
    case .names(let names, let selected): return namesBox(names, selected: selected)
    case .devices(let list, let selected): return devicesBox(list, selected: selected)
    case .text(let title, let lines, let top):
      return OverlayBox(title: title, lines: wrapped(lines), top: top)
    case .options(let selected):
      let rows = appearance.options.map { option in
        let name = option.name.padded(to: 12)
        let setting = look.glyphs.choiceStart + option.setting + look.glyphs.choiceEnd
        return name + setting.padded(to: 13) + option.remark
      }
      return listBox(title: "Options", rows: rows, selected: selected)
    case .confirmReset:
      return questionBox(
        "Start over?",
        "y: this page. Its widgets, plots, cells and questions go back to the lesson's values. "
          + "L: the whole lesson, trained networks included. A copy of what you have done is kept.")
    case .confirmEnd(let end):
      return questionBox(end == .quit ? "Quit?" : "Reload the lesson?", trainingRemark(end))
    case .editor, .prompt, nil: return nil
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

  private func questionBox(_ title: String, _ text: String) -> OverlayBox {
    OverlayBox(
      title: title, lines: wrap(text, width: max(1, width - 6), charset: look.charset))
  }

  private func namesBox(_ names: [NameHelp], selected: Int) -> OverlayBox {
    let width = max(20, min(88, self.width - 6))
    let chosen = names[selected]
    var lines = wrap(
      chosen.signature, style: look.theme.strong, width: width, hangingIndent: 4,
      charset: look.charset)
    lines += [[]] + wrap(chosen.summary, width: width, charset: look.charset) + [[]]
    var entries: [Int?] = lines.map { _ in nil }
    let room = max(1, bodyHeight - 3 - lines.count)
    let first = max(0, min(selected - room / 2, names.count - room))
    for (index, help) in names.enumerated().dropFirst(first).prefix(room) {
      let style = index == selected ? look.theme.selection : look.theme.dim
      lines.append([Span(" " + help.name.padded(to: 24), style)])
      entries.append(index)
    }
    return OverlayBox(title: "About the names on this page", lines: lines, entries: entries)
  }

  private func devicesBox(_ list: DeviceList?, selected: Int) -> OverlayBox {
    guard let list else {
      let asking = [[Span("asking the devices \(look.glyphs.ellipsis)", look.theme.prose)]]
      return OverlayBox(title: "Devices", lines: asking)
    }
    var box = OverlayBox(title: "Devices", lines: [])
    for (line, entry) in list.linesWithEntries {
      // Sentences and commands go on below their beginning.
      var rows = wrapped([line], hangingIndent: line.text.prefix { $0 == " " }.count)
      if entry == selected { rows = rows.map { [Span(text(of: $0), look.theme.selection)] } }
      box.lines += rows
      box.entries += rows.map { _ in entry }
    }
    return box
  }

  private func text(of spans: [Span]) -> String { spans.map(\.text).joined() }

  private func listBox(title: String, rows: [String], selected: Int) -> OverlayBox {
    let room = max(1, bodyHeight - 2)
    let top = max(0, min(selected - room / 2, rows.count - room))
    let rows = rows.map { truncated($0, toWidth: self.width - 6, charset: look.charset) }
    let width = rows.map { displayWidth(of: $0, charset: look.charset) }.max() ?? 0
    let lines = rows.enumerated().map { index, row in
      [
        Span(
          " " + row.padded(to: width) + " ",
          index == selected ? look.theme.selection : look.theme.prose)
      ]
    }
    return OverlayBox(title: title, lines: lines, top: top, entries: rows.indices.map { $0 })
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
