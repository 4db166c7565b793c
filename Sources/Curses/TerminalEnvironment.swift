import Glibc
import Terminal

/// What the environment variables say about the terminal.
enum TerminalEnvironment {
  static var type: String? { variable("TERM") }

  /// Set by most terminals that draw 24-bit colours; all of those understand xterm's sequences.
  static var claimsTrueColor: Bool {
    ["truecolor", "24bit"].contains(variable("COLORTERM")?.lowercased())
  }

  /// Over a network, escape sequences may arrive in pieces.
  static var isRemote: Bool {
    ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"].contains { variable($0) != nil }
  }

  /// See no-color.org.
  static var disablesColor: Bool { variable("NO_COLOR") != nil }

  /// From COLORFGBG, "foreground;background" as palette indices, which some terminals set; most
  /// others are dark.
  static var background: Theme.Background {
    guard let last = variable("COLORFGBG")?.split(separator: ";").last, let number = Int(last)
    else { return .dark }
    return number == 7 || (9...15).contains(number) ? .light : .dark
  }

  /// Whether it is one of the terminals that understand xterm's questions, or ignore them without a trace.
  static var answersQuestions: Bool {
    let families = [
      "xterm", "tmux", "alacritty", "foot", "kitty", "wezterm", "rxvt", "st-", "konsole", "gnome",
      "vte", "ghostty", "contour", "iterm",
    ]
    return type.map { type in families.contains { type.hasPrefix($0) } } ?? false
  }

  /// Sets the C library's character classification, which curses relies on.
  ///
  /// - Returns: whether text is written as UTF-8.
  static func selectLocale() -> Bool {
    setlocale(LC_CTYPE, "")
    if isLocaleUTF8 { return true }
    // The requested UTF-8 locale may not be installed, which is common over SSH and in containers.
    let wanted = variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG") ?? ""
    let name = wanted.lowercased()
    guard name.hasSuffix("utf-8") || name.hasSuffix("utf8") else { return false }
    return setlocale(LC_CTYPE, "C.UTF-8") != nil && isLocaleUTF8
  }

  private static var isLocaleUTF8: Bool {
    nl_langinfo(Int32(CODESET)).map { String(cString: $0) == "UTF-8" } ?? false
  }

  /// Nil if unset or empty.
  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
