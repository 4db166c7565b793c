import Terminal

/// What a place within a thing on a page stands for, such as a place on a slider's rail.
package enum PagePart: Hashable, Sendable {
  /// Of a slider's rail or of a sound, from 0 to 1.
  case position(Double)
  /// An option, a sound of a player, or an answer, from 0.
  case choice(Int)
  /// Does what Enter does: a switch, the note of a player, the mark of a folded cell.
  case button
  /// A place on the x axis of a plot.
  case x(Double)
}

extension PagePart {
  /// Of a player with its waveform; nil for a place that means nothing.
  init?(
    _ view: PlayerView, wave: Rectangle, x: Int, y: Int, in frame: Rectangle, _ charset: Charset
  ) {
    if wave.contains(x: x, y: y) {
      self = .position(Double(x - wave.x) / Double(max(1, wave.width - 1)))
      return
    }
    switch view.part(atX: x, y: y, in: frame, charset: charset) {
    case .note: self = .button
    case .track(let index): self = .choice(index)
    case .position(let position): self = .position(position)
    case nil: return nil
    }
  }
}
