import Curses
import Testing

@Suite("Terminal types that the system lacks")
struct TerminalTypeTests {
  @Test(
    "Terminals that understand xterm's sequences are used like xterm",
    arguments: [
      "xterm-kitty", "xterm-ghostty", "foot", "foot-extra", "alacritty", "alacritty-direct",
      "wezterm",
      "ghostty", "contour", "rio", "st-256color", "konsole-256color", "iTerm2.app", "xterm-new",
      "XTERM-KITTY", "somewhat-256color", "other-direct",
    ])
  func likeXterm(type: String) {
    #expect(TerminalType.substitutes(for: type) == ["xterm-256color", "xterm", "vt100"])
  }

  @Test("Multiplexers are tried as screen first")
  func multiplexers() {
    for type in ["tmux-direct", "screen.xterm-kitty"] {
      #expect(
        TerminalType.substitutes(for: type)
          == ["screen-256color", "screen", "xterm-256color", "xterm", "vt100"])
    }
  }

  @Test("Old terminals are used like their ancestors")
  func ancestors() {
    #expect(TerminalType.substitutes(for: "vt520-w") == ["vt220", "vt100"])
    #expect(TerminalType.substitutes(for: "vt102+x") == ["vt100"])
    #expect(TerminalType.substitutes(for: "vt52") == [])
    #expect(TerminalType.substitutes(for: "linux-m") == ["linux"])
  }

  @Test("A name that says nothing has no substitute, unless the terminal claims 24-bit colours")
  func unknown() {
    for type in ["no-such-terminal", "", "-", "dumb", "paperterm", "/etc/passwd", "stack"] {
      #expect(TerminalType.substitutes(for: type) == [])
      #expect(
        TerminalType.substitutes(for: type, claimsTrueColor: true)
          == ["xterm-256color", "xterm", "vt100"])
    }
  }
}
