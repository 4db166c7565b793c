import Messages

/// `▌♪ 1 original ▌2 filtered   ├────▶──────┤ 0:01.2/0:05.0   −11 dB m`
package struct PlayerView: Sendable {
  package var tracks: [String]
  package var selected: Int
  /// Both in seconds.
  package var position: Double
  package var duration: Double
  package var isPlaying = false
  package var isLooping = false
  package var isLoudnessMatched = false
  /// The selected track's loudness-matching gain in dB, at most 0; nil for none.
  package var gain: Double?
  /// In dB, at most 0.
  package var volume = 0.0
  package var isFocused = false

  package init(tracks: [String], selected: Int, position: Double, duration: Double) {
    self.tracks = tracks
    self.selected = selected
    self.position = position
    self.duration = duration
  }

  /// One row, or two if the names would leave no room for the seek bar.
  package func height(forWidth width: Int, charset: Charset = .unicode) -> Int {
    needsSecondRow(width: width, charset: charset) ? 2 : 1
  }

  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    guard !rectangle.isEmpty else { return }
    canvas.clipped(to: rectangle) { canvas in
      drawFocus(isFocused, into: &canvas, x: rectangle.x, y: rectangle.y, theme: theme)
      drawNames(
        into: &canvas, x: rectangle.x + 1, y: rectangle.y, endX: rectangle.endX, theme: theme)
      let layout = layout(in: rectangle, charset: canvas.charset)
      if layout.row > rectangle.y {
        drawFocus(isFocused, into: &canvas, x: rectangle.x, y: layout.row, theme: theme)
      }
      if let rail = layout.rail {
        drawRail(
          into: &canvas, rail: rail, fraction: duration > 0 ? position / duration : 0,
          knob: isPlaying ? canvas.glyphs.playing : canvas.glyphs.paused,
          style: isFocused ? theme.focus : theme.accent, theme: theme)
      }
      canvas.put(
        status(glyphs: canvas.glyphs), x: layout.statusX, y: layout.row, style: theme.dim)
    }
  }

  /// What a place in it stands for.
  package enum Part: Hashable, Sendable {
    /// The note before the names.
    case note
    case track(Int)
    /// Of the sound, from 0 to 1.
    case position(Double)
  }

  /// The part at a place of the canvas; nil for none.
  package func part(
    atX x: Int, y: Int, in rectangle: Rectangle, charset: Charset = .unicode
  ) -> Part? {
    let layout = layout(in: rectangle, charset: charset)
    if y == layout.row, let rail = layout.rail, rail.x - 1 <= x, x <= rail.endX {
      return .position(max(0, min(1, Double(x - rail.x) / Double(max(1, rail.width - 1)))))
    }
    guard y == rectangle.y else { return nil }
    let names = rectangle.x + 1
    if x == names { return .note }
    guard fits(x: names, endX: rectangle.endX, charset) else { return nil }
    return nameRanges(from: names + 1, charset).firstIndex { $0.contains(x) }.map(Part.track)
  }

  private struct Layout {
    /// The row of the seek bar and the time.
    var row: Int
    /// Without its end caps; nil if there is no room for it.
    var rail: Rectangle?
    var statusX: Int
  }

  private func layout(in rectangle: Rectangle, charset: Charset) -> Layout {
    var x = rectangle.x + 3
    var row = rectangle.y
    if needsSecondRow(width: rectangle.width, charset: charset) {
      row += 1
    } else {
      let names = nameRanges(from: rectangle.x + 2, charset)
      x = (names.last?.upperBound ?? rectangle.x + 2) + 2
    }
    let status = displayWidth(of: status(glyphs: Glyphs(charset)), charset: charset)
    let rail = Rectangle(x: x + 1, y: row, width: rectangle.endX - status - 3 - x, height: 1)
    return rail.width >= 4
      ? Layout(row: row, rail: rail, statusX: rail.endX + 2) : Layout(row: row, statusX: x)
  }

  private func fits(x: Int, endX: Int, _ charset: Charset) -> Bool {
    x + namesWidth(charset) <= endX
  }

  /// The columns of each name with its number.
  private func nameRanges(from x: Int, _ charset: Charset) -> [Range<Int>] {
    var x = x
    return tracks.map { track in
      let width = displayWidth(of: track, charset: charset) + (tracks.count > 1 ? 3 : 1)
      defer { x += width + 1 }
      return x..<x + width
    }
  }

  private func drawNames(
    into canvas: inout Canvas, x: Int, y: Int, endX: Int, theme: Theme
  ) {
    let next = canvas.put(canvas.glyphs.note, x: x, y: y, style: theme.accent)
    if !fits(x: x, endX: endX, canvas.charset), tracks.indices.contains(selected) {
      // Only the selected one; the number says that there are others.
      let place = tracks.count > 1 ? " \(selected + 1)/\(tracks.count)" : ""
      let name = truncated(
        tracks[selected], toWidth: max(1, endX - next - 1 - place.count), charset: canvas.charset)
      let end = canvas.put(name, x: next + 1, y: y, style: theme.strong)
      canvas.put(place, x: end, y: y, style: theme.dim)
      return
    }
    for (index, range) in nameRanges(from: next, canvas.charset).enumerated() {
      let isSelected = index == selected
      let mark = isSelected && tracks.count > 1 ? canvas.glyphs.focus : " "
      let x = canvas.put(mark, x: range.lowerBound, y: y, style: theme.accent)
      let number = tracks.count > 1 ? "\(index + 1) " : ""
      canvas.put(
        number + tracks[index], x: x, y: y, style: isSelected ? theme.strong : theme.dim)
    }
  }

  /// The gain has a fixed width, so that the seek bar keeps its length.
  private func status(glyphs: Glyphs) -> String {
    var status = "\(clockTime(position))/\(clockTime(duration))"
    if isLoudnessMatched {
      let level = fixed(gain ?? 0, decimals: 0)
      status += " " + String(repeating: " ", count: max(0, 3 - level.count)) + level + " dB m"
    }
    if isLooping { status += " loop" }
    if volume < 0 { status += " vol \(fixed(volume, decimals: 0)) dB" }
    return status
  }

  private func namesWidth(_ charset: Charset) -> Int {
    tracks.reduce(1) { sum, track in
      sum + displayWidth(of: track, charset: charset) + (tracks.count > 1 ? 4 : 1)
    }
  }

  private func needsSecondRow(width: Int, charset: Charset) -> Bool {
    let names = namesWidth(charset)
    let status = displayWidth(of: status(glyphs: Glyphs(charset)), charset: charset)
    return 1 + names + 2 + 16 + 3 + status > width
  }
}

/// Minutes, seconds and tenths: 0:01.2. Truncated, as clocks do.
package func clockTime(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds > 0 else { return "0:00.0" }
  // Compensates for binary fractions that fall short: 1.2 must not come out as 1.1.
  let tenths = Int(min(seconds, 1e9) * 10 + 1e-6)
  let wholeSeconds = tenths / 10
  let text = wholeSeconds % 60 < 10 ? "0\(wholeSeconds % 60)" : "\(wholeSeconds % 60)"
  return "\(wholeSeconds / 60):\(text).\(tenths % 10)"
}
