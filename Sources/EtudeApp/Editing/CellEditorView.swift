import CellLanguage
import Pages
import Terminal

/// The cell editor as a panel: the cell's name, its lines, its error or completion candidates, and
/// the signature of the function at the cursor.
struct CellEditorView {
  var editor: CellEditor
  /// Whether the text differs from the lesson's.
  var isEdited: Bool
  /// The signature of the function at the cursor.
  var signature: String?

  /// The title above the text, two lines of help below it.
  private static let frameRows = 3
  private static let minimumTextRows = 3

  /// Its height when at most `rows` are available.
  static func height(of editor: CellEditor, atMost rows: Int) -> Int {
    min(rows, max(minimumTextRows, editor.buffer.lines.count) + frameRows)
  }

  func draw(into canvas: inout Canvas, in area: Rectangle, theme: Theme) {
    guard area.width > 0, area.height > 0 else { return }
    canvas.fill(area)
    canvas.clipped(to: area) { canvas in
      drawTitle(into: &canvas, in: area, theme: theme)
      drawText(into: &canvas, in: textRows(in: area), theme: theme)
      canvas.put(
        message(theme: theme, width: area.width - 2, charset: canvas.charset), x: area.x + 1,
        y: area.endY - 2)
      if let signature {
        canvas.put(
          truncated(signature, toWidth: area.width - 2, charset: canvas.charset), x: area.x + 1,
          y: area.endY - 1, style: theme.dim)
      }
    }
  }

  private func drawTitle(into canvas: inout Canvas, in area: Rectangle, theme: Theme) {
    for x in area.x..<area.endX {
      canvas.put(canvas.glyphs.horizontal, x: x, y: area.y, style: theme.axis)
    }
    let x = canvas.put(
      " cell \(editor.cell) ", x: area.x + 1, y: area.y, style: theme.heading)
    if isEdited {
      canvas.put(" edited ", x: max(x + 1, area.endX - 10), y: area.y, style: theme.accent)
    }
  }

  // MARK: The text

  private func textRows(in area: Rectangle) -> Rectangle {
    area.inset(top: 1, bottom: Self.frameRows - 1)
  }

  /// Without the numbers of the lines.
  private func text(in rows: Rectangle) -> Rectangle {
    rows.inset(left: String(editor.buffer.lines.count).count + 2, right: 1)
  }

  /// The first visible line.
  private func top(rows: Int) -> Int {
    let buffer = editor.buffer
    return max(0, min(buffer.cursor.line - rows / 2, buffer.lines.count - rows))
  }

  /// The place in the text at a place of the canvas; nil beside the text.
  func position(
    atX x: Int, y: Int, in area: Rectangle, charset: Charset
  ) -> TextBuffer.Position? {
    let rows = textRows(in: area)
    guard rows.contains(x: x, y: y) else { return nil }
    let buffer = editor.buffer
    let line = min(top(rows: rows.height) + y - rows.y, buffer.lines.count - 1)
    let text = text(in: rows)
    var rest = x - text.x
    if line == buffer.cursor.line { rest += offset(width: text.width, charset: charset) }
    var column = 0
    for character in buffer.lines[line] {
      rest -= displayWidth(of: String(character), charset: charset)
      if rest < 0 { break }
      column += 1
    }
    return TextBuffer.Position(line: line, column: column)
  }

  /// How far the cursor's line is scrolled to the left: by half a line at a time, so that the text does
  /// not move with every key.
  private func offset(width: Int, charset: Charset) -> Int {
    let before = displayWidth(of: String(editor.buffer.lineBeforeCursor), charset: charset)
    let step = max(1, width / 2)
    let surplus = before - (width - 1)
    return surplus > 0 ? (surplus + step - 1) / step * step : 0
  }

  private func drawText(into canvas: inout Canvas, in area: Rectangle, theme: Theme) {
    guard area.height > 0 else { return }
    let lines = editor.buffer.lines
    let cursor = editor.buffer.cursor
    let digits = String(lines.count).count
    let text = text(in: area)
    let top = top(rows: area.height)
    for (row, index) in (top..<min(lines.count, top + area.height)).enumerated() {
      let y = area.y + row
      let number = String(index + 1)
      canvas.put(
        number, x: area.x + 1 + digits - number.count, y: y,
        style: index == cursor.line ? theme.strong : theme.dim)
      let line = String(lines[index])
      if index == cursor.line {
        drawCursorLine(line, into: &canvas, in: text, y: y, theme: theme)
      } else {
        let shown = truncated(line, toWidth: text.width, charset: canvas.charset)
        canvas.put(pythonSpans(shown[...], theme: theme), x: text.x, y: y)
      }
    }
  }

  /// Scrolls the cursor's line to the left when it is too long.
  private func drawCursorLine(
    _ line: String, into canvas: inout Canvas, in text: Rectangle, y: Int, theme: Theme
  ) {
    guard text.width > 0 else { return }
    let charset = canvas.charset
    let before = displayWidth(of: String(editor.buffer.lineBeforeCursor), charset: charset)
    let offset = offset(width: text.width, charset: charset)
    canvas.clipped(to: Rectangle(x: text.x, y: y, width: text.width, height: 1)) { canvas in
      canvas.put(pythonSpans(line[...], theme: theme), x: text.x - offset, y: y)
      let under = editor.buffer.characterAtCursor.map { String($0) } ?? " "
      let width = max(1, displayWidth(of: under, charset: charset))
      canvas.restyle(Rectangle(x: text.x + before - offset, y: y, width: width, height: 1)) {
        $0 = $0.with(theme.selection)
      }
    }
  }

  // MARK: Help

  /// The completion candidates, else the notice or the error.
  private func message(theme: Theme, width: Int, charset: Charset) -> [Span] {
    if !editor.candidates.isEmpty { return list(theme: theme, width: width, charset: charset) }
    var text: String
    if editor.isAsking, let diagnostic = editor.diagnostic {
      let line = diagnostic.range.map { ", line \($0.start.line)" } ?? ""
      text = "This text cannot be run\(line): \(diagnostic)"
    } else if let notice = editor.notice {
      text = notice
    } else if let diagnostic = editor.diagnostic {
      let place =
        diagnostic.range.map { "line \($0.start.line), column \($0.start.column): " } ?? ""
      text = "\(Glyphs(charset).crossMark) \(place)\(diagnostic)"
    } else {
      return []
    }
    text = truncated(text, toWidth: width, charset: charset)
    return [Span(text, theme.warning)]
  }

  /// As many candidates as fit, the chosen one among them, and the number of the others.
  private func list(theme: Theme, width: Int, charset: Charset) -> [Span] {
    var line: [Span] = []
    var used = 0
    for (index, candidate) in editor.candidates.enumerated() {
      let rest = editor.candidates.count - index - 1
      let needed = displayWidth(of: candidate, charset: charset) + (line.isEmpty ? 0 : 2)
      if used + needed + (rest > 0 ? 12 : 0) > width, !line.isEmpty {
        // The chosen one starts a new list.
        guard index <= editor.chosen ?? 0 else { return line + [Span("  \(rest + 1) more")] }
        (line, used) = ([], 0)
      }
      if !line.isEmpty { line.append(Span("  ")) }
      line.append(Span(candidate, index == editor.chosen ? theme.selection : Style()))
      used += needed
    }
    return line
  }
}
