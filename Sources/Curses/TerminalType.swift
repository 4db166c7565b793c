import CNCurses
import Glibc

/// The terminal's description in the system's database (terminfo).
///
/// New terminals bring types of their own, such as xterm-kitty, which other machines do not know: over
/// SSH the type arrives there without its description. Nearly all of them understand what xterm does, so
/// its description is used instead.
package struct TerminalType: Hashable {
  /// From TERM.
  let wanted: String
  /// The description in use, which the database has.
  let used: String

  /// A sentence, without a full stop, when another description is used; nil when the wanted one is.
  var remark: String? {
    guard used != wanted else { return nil }
    return
      "the terminal type \(wanted) is not known on this system, so \(used) is used; the package "
      + "ncurses-term may have it"
  }

  /// Finds the description and makes it the current one.
  ///
  /// - Throws: when there is none, or the terminal cannot move its cursor.
  static func select(
    _ wanted: String, claimsTrueColor: Bool = TerminalEnvironment.claimsTrueColor
  ) throws(ScreenError) -> TerminalType {
    let candidates = [wanted] + substitutes(for: wanted, claimsTrueColor: claimsTrueColor)
    // Checked before anything is sent: curses prints its own message for an unknown type, and garbage
    // on a dumb terminal.
    for name in candidates {
      var status: Int32 = 0
      guard setupterm(name, STDOUT_FILENO, &status) == OK else { continue }
      guard curses_capability("cup") != nil else { throw .noCursorMovement(name) }
      return TerminalType(wanted: wanted, used: name)
    }
    throw .unknownTerminal(wanted)
  }

  /// The descriptions to try for a type that the system lacks, the best first; none for a name that
  /// says nothing about what the terminal understands.
  package static func substitutes(for type: String, claimsTrueColor: Bool = false) -> [String] {
    let name = type.lowercased()
    // "xterm-kitty", "foot-extra", "st-256color": each part may say what it is.
    let parts = name.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    if let first = parts.first, ["screen", "tmux"].contains(first) {
      return ["screen-256color", "screen"] + xterm
    }
    if parts.first == "linux" { return ["linux"] }
    if claimsTrueColor || parts.contains(where: { xtermLike.contains($0) || colours.contains($0) })
    {
      return xterm
    }
    if let first = parts.first, first.hasPrefix("vt"),
      let number = Int(first.dropFirst(2).prefix(while: \.isNumber)), number >= 100
    {
      return number >= 200 ? ["vt220", "vt100"] : ["vt100"]
    }
    return []
  }

  private static let xterm = ["xterm-256color", "xterm", "vt100"]

  /// Terminals that understand xterm's sequences.
  private static let xtermLike: Set = [
    "alacritty", "apple", "blink", "contour", "cosmic", "domterm", "eterm", "foot", "ghostty",
    "gnome",
    "hterm", "hyper", "iterm", "iterm2", "kitty", "konsole", "mintty", "mlterm", "ms", "mterm",
    "nsterm",
    "ptyxis", "putty", "rio", "rxvt", "st", "stterm", "tabby", "terminator", "terminology",
    "termius",
    "tilix", "vscode", "vte", "warp", "wave", "wezterm", "xfce", "xterm", "xtermjs", "zed",
    "zellij",
  ]

  /// What the names of terminals with many colours end with.
  private static let colours: Set = ["256color", "88color", "16color", "direct", "truecolor"]
}
