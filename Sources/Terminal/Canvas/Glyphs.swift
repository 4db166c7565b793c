/// Every character we draw with, beside its ASCII substitute. Most substitutes are single
/// characters, so that layout does not depend on the charset.
package struct Glyphs: Sendable {
  package let charset: Charset

  package init(_ charset: Charset) {
    self.charset = charset
  }

  private func pick(_ unicode: String, _ ascii: String) -> String {
    charset == .unicode ? unicode : ascii
  }

  // MARK: Text

  package var plusMinus: String { pick("±", "+-") }
  package var ellipsis: String { pick("…", "...") }
  package var bullet: String { pick("•", "*") }
  package var minus: String { pick("−", "-") }
  package var arrow: String { pick("→", "->") }
  package var separator: String { pick("›", ">") }
  package var dot: String { pick("·", "-") }
  /// Before the rest of a line of code that was too long.
  package var continuation: String { pick("↪", "\\") }
  package var folded: String { pick("▸", "+") }
  package var unfolded: String { pick("▾", "-") }
  package var checkMark: String { pick("✓", "+") }
  package var openMark: String { pick("○", "o") }
  package var crossMark: String { pick("✗", "x") }

  // MARK: Lines

  package var horizontal: String { pick("─", "-") }
  package var vertical: String { pick("│", "|") }
  package var dashedHorizontal: String { pick("┄", "-") }
  package var dashedVertical: String { pick("┊", ":") }
  package var cornerTopLeft: String { pick("┌", "+") }
  package var cornerTopRight: String { pick("┐", "+") }
  package var cornerBottomLeft: String { pick("└", "+") }
  package var cornerBottomRight: String { pick("┘", "+") }
  package var tickLeft: String { pick("┤", "+") }
  package var tickBottom: String { pick("┬", "+") }
  package var quoteBar: String { pick("▎", "|") }

  // MARK: Widgets

  package var focus: String { pick("▌", ">") }
  package var railStart: String { pick("├", "|") }
  package var railEnd: String { pick("┤", "|") }
  package var knob: String { pick("●", "O") }
  package var note: String { pick("♪", "~") }
  package var playing: String { pick("▶", ">") }
  package var paused: String { pick("‖", "=") }
  package var choiceStart: String { pick("‹", "<") }
  package var choiceEnd: String { pick("›", ">") }
  package var progressDone: String { pick("━", "=") }
  package var progressLeft: String { pick("─", "-") }

  // MARK: Keys, for footers and hints

  package var keyEnter: String { pick("⏎", "Enter") }
  package var keyTab: String { pick("⇥", "Tab") }
  package var keyUp: String { pick("↑", "up") }
  package var keyDown: String { pick("↓", "down") }

  // MARK: Plots

  package var point: String { pick("◆", "#") }
  /// From empty to full.
  package var shades: [String] {
    charset == .unicode
      ? [" ", "░", "▒", "▓", "█"]
      : [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"]
  }
  /// Levels of a sparkline, lowest first.
  package var levels: [String] {
    charset == .unicode
      ? ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
      : ["_", ".", ":", "-", "=", "+", "*", "#"]
  }
}
