import Sounds
import Terminal

/// A blind test on the whole screen, or its result. There is no picture of what is heard: a waveform, a length
/// or a level would tell what X is.
///
///      Blind test                                        round 3 of 10
///
///        A  original
///      ▶ B  filtered
///        X  A or B?
///
///      ├──────▶───────────────────────────────────────┤ 0:01.2/0:07.5
///
///      Your answer: X is B, filtered. ⏎ answers.
package struct BlindTestView {
  package var state: BlindTestState
  /// In seconds.
  package var position = 0.0
  package var isPlaying = false

  package init(_ state: BlindTestState) { self.state = state }

  private enum Row {
    case text([Span])
    case heading
    case seekBar
    case blank
  }

  package func draw(into canvas: inout Canvas, in frame: Rectangle, theme: Theme) {
    guard !frame.isEmpty else { return }
    canvas.clipped(to: frame) { canvas in
      let rows = rows(in: frame, glyphs: canvas.glyphs, theme: theme)
      for (index, row) in rows.enumerated() {
        let y = frame.y + index
        switch row {
        case .text(let spans):
          canvas.put(spans, x: frame.x, y: y, maximumWidth: frame.width)
        case .heading: drawHeading(into: &canvas, in: frame, theme: theme)
        case .seekBar: drawSeekBar(into: &canvas, in: frame, y: y, theme: theme)
        case .blank: break
        }
      }
    }
  }

  /// In a low window without the introduction and the space between the parts.
  private func rows(in frame: Rectangle, glyphs: Glyphs, theme: Theme) -> [Row] {
    func text(_ text: String, _ style: Style = .plain) -> [Row] {
      wrap(text, style: style, width: min(88, frame.width), charset: glyphs.charset).map(Row.text)
    }
    let ending =
      state.test.result.map { result in
        result.sentences.map { text($0, theme.strong) }
      } ?? [[.seekBar], text(answerText(glyphs), state.choice == nil ? theme.dim : theme.strong)]
    let sounds = soundRows(glyphs, theme)
    let introduction = state.test.isComplete ? [] : [text(BlindTest.introduction)]
    let parts = [[.heading]] + introduction + [sounds] + ending
    let airy = Array(parts.joined(separator: [.blank]))
    if airy.count <= frame.height { return airy }
    return Array(([[.heading], sounds] + ending).joined())
  }

  private func soundRows(_ glyphs: Glyphs, _ theme: Theme) -> [Row] {
    func row(_ sound: BlindTest.Sound, _ letter: String, _ name: String) -> Row {
      let isHeard = state.heard == sound
      let mark = isHeard ? (isPlaying ? glyphs.playing : glyphs.paused) : " "
      return .text([
        Span(mark + " ", theme.accent), Span(letter, theme.strong),
        Span("  " + name, isHeard ? theme.strong : theme.prose),
      ])
    }
    let sounds = [row(.a, "A", state.test.a), row(.b, "B", state.test.b)]
    return state.test.isComplete ? sounds : sounds + [row(.x, "X", "A or B?")]
  }

  private func answerText(_ glyphs: Glyphs) -> String {
    guard let choice = state.choice else {
      return
        "Your answer: none yet. \(glyphs.keyUp) says that X is A, \(glyphs.keyDown) that it is B."
    }
    let letter = choice == .a ? "A" : "B"
    return
      "Your answer: X is \(letter), \(state.test.label(of: choice)). \(glyphs.keyEnter) confirms it."
  }

  private func drawHeading(into canvas: inout Canvas, in frame: Rectangle, theme: Theme) {
    let title = state.test.isComplete ? "Result of the blind test" : "Blind test"
    canvas.put(title, x: frame.x, y: frame.y, style: theme.heading)
    guard !state.test.isComplete else { return }
    let round = state.test.roundText
    canvas.put(round, x: max(frame.x, frame.endX - round.count), y: frame.y, style: theme.strong)
  }

  private func drawSeekBar(into canvas: inout Canvas, in frame: Rectangle, y: Int, theme: Theme) {
    let time = "\(clockTime(position))/\(clockTime(state.duration))"
    let rail = Rectangle(x: frame.x + 1, y: y, width: frame.width - time.count - 3, height: 1)
    guard rail.width >= 4 else {
      canvas.put(time, x: frame.x, y: y, style: theme.dim)
      return
    }
    drawRail(
      into: &canvas, rail: rail, fraction: state.duration > 0 ? position / state.duration : 0,
      knob: isPlaying ? canvas.glyphs.playing : canvas.glyphs.paused, style: theme.focus,
      theme: theme)
    canvas.put(time, x: rail.endX + 2, y: y, style: theme.dim)
  }
}

extension PageItems {
  /// The blind test in progress, on the whole screen.
  var blindTestItem: PageItem? {
    guard let target = state.blindTest?.target else { return nil }
    return PageItem(target: target, kind: .player, height: { _ in 1 }) { canvas, frame, state in
      guard let test = state.blindTest else { return }
      var view = BlindTestView(test)
      view.position = state.player?.state?.position ?? 0
      view.isPlaying = state.player?.state?.isPlaying ?? false
      view.draw(into: &canvas, in: frame.inset(left: 1), theme: theme)
    }
  }
}
