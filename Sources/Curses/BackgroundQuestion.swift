import Concurrency
import Glibc
import Terminal

/// The question for the colour behind the text, which most terminals answer with an event; others ignore it.
struct BackgroundQuestion {
  /// Nil until there is one.
  var answer: Theme.Background?
  private var askedAt: Double?

  mutating func ask() {
    send(Array("\u{1B}]11;?\u{7}".utf8))
    askedAt = Clock.now()
  }

  /// Discards an answer that is still on its way: the shell would take it for typed text. Call before the
  /// terminal is given back.
  func discardLateAnswer() {
    guard answer == nil, let askedAt, Clock.now() - askedAt < Self.patience else { return }
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    if poll(&input, 1, 200) > 0 { tcflush(STDIN_FILENO, TCIFLUSH) }
  }

  /// A terminal that answers has done so by then, in seconds.
  private static let patience = 1.0
}
