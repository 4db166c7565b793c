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
      var x = drawNames(
        into: &canvas, x: rectangle.x + 1, y: rectangle.y, endX: rectangle.endX, theme: theme)
      var y = rectangle.y
      if needsSecondRow(width: rectangle.width, charset: canvas.charset) {
        x = rectangle.x + 3
        y += 1
        drawFocus(isFocused, into: &canvas, x: rectangle.x, y: y, theme: theme)
      } else {
        x += 2
      }
      let status = status(glyphs: canvas.glyphs)
      let statusWidth = displayWidth(of: status, charset: canvas.charset)
      let rail = Rectangle(
        x: x + 1, y: y, width: rectangle.endX - statusWidth - 3 - x, height: 1)
      if rail.width >= 4 {
        drawRail(
          into: &canvas, rail: rail, fraction: duration > 0 ? position / duration : 0,
          knob: isPlaying ? canvas.glyphs.playing : canvas.glyphs.paused,
          style: isFocused ? theme.focus : theme.accent, theme: theme)
        x = rail.endX + 2
      }
      canvas.put(status, x: x, y: y, style: theme.dim)
    }
  }

  private func drawNames(
    into canvas: inout Canvas, x: Int, y: Int, endX: Int, theme: Theme
  ) -> Int {
    let fits = x + namesWidth(canvas.charset) <= endX
    var x = canvas.put(canvas.glyphs.note, x: x, y: y, style: theme.accent)
    if !fits, tracks.indices.contains(selected) {
      // Only the selected one; the number says that there are others.
      let place = tracks.count > 1 ? " \(selected + 1)/\(tracks.count)" : ""
      let name = truncated(
        tracks[selected], toWidth: max(1, endX - x - 1 - place.count), charset: canvas.charset)
      x = canvas.put(name, x: x + 1, y: y, style: theme.strong)
      return canvas.put(place, x: x, y: y, style: theme.dim)
    }
    for (index, name) in tracks.enumerated() {
      let isSelected = index == selected
      let mark = isSelected && tracks.count > 1 ? canvas.glyphs.focus : " "
      x = canvas.put(mark, x: x, y: y, style: theme.accent)
      let number = tracks.count > 1 ? "\(index + 1) " : ""
      x = canvas.put(
        number + name, x: x, y: y, style: isSelected ? theme.strong : theme.dim)
      if index + 1 < tracks.count { x += 1 }
    }
    return x
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
