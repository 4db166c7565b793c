import Glibc
import Terminal

/// What the environment says about the terminal.
enum TerminalEnvironment {
  static var type: String? { variable("TERM") }

  /// Sequences may be torn apart by the network.
  static var isRemote: Bool {
    ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"].contains { variable($0) != nil }
  }

  /// See no-color.org.
  static var refusesColor: Bool { variable("NO_COLOR") != nil }

  /// By COLORFGBG, "foreground;background" in numbers of the palette, which some terminals set; most
  /// of the rest are dark.
  static var background: Theme.Background {
    guard let last = variable("COLORFGBG")?.split(separator: ";").last, let number = Int(last)
    else { return .dark }
    return number == 7 || (9...15).contains(number) ? .light : .dark
  }

  /// Sets the character classes of the C library, which curses goes by.
  ///
  /// - Returns: whether text goes out as UTF-8.
  static func selectLocale() -> Bool {
    setlocale(LC_CTYPE, "")
    if isLocaleUTF8 { return true }
    // Asked for UTF-8 by a locale that is not installed, as often over SSH and in containers.
    let wanted = variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG") ?? ""
    let name = wanted.lowercased()
    guard name.hasSuffix("utf-8") || name.hasSuffix("utf8") else { return false }
    return setlocale(LC_CTYPE, "C.UTF-8") != nil && isLocaleUTF8
  }

  private static var isLocaleUTF8: Bool {
    nl_langinfo(Int32(CODESET)).map { String(cString: $0) == "UTF-8" } ?? false
  }

  /// Nil also for a variable that is set to nothing.
  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
