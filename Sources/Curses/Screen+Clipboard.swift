import Glibc

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

/// As in RFC 4648, with padding.
package func base64(_ bytes: [UInt8]) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var result: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(bytes.count, start + 3)]
    let bits = (0..<3).reduce(UInt32(0)) { bits, index in
      bits << 8 | (index < group.count ? UInt32(group[start + index]) : 0)
    }
    for index in 0..<4 {
      result.append(
        index <= group.count ? digits[Int(bits >> UInt32(18 - 6 * index)) & 63] : UInt8(ascii: "="))
    }
  }
  return String(decoding: result, as: UTF8.self)
}
