import Glibc
import Messages

extension Screen {
  /// Puts a text on the clipboard of the machine with the terminal, also over SSH, by the sequence OSC 52.
  /// Terminals do not answer it, so nobody can say whether it has arrived.
  ///
  /// - Returns: what may keep it from arriving; nil when nothing is known to.
  package func copy(_ text: String) -> String? {
    send(Array("\u{1B}]52;c;\(base64(Array(text.utf8)))\u{7}".utf8))
    if getenv("TMUX") != nil { return "tmux passes it on after: set -g set-clipboard on" }
    return TerminalEnvironment.type == "linux" ? "but this console has no clipboard" : nil
  }
}
