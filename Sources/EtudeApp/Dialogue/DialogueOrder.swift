/// The orders that a line can give beside the numbers of things: one table for the handler and the help.
enum DialogueOrder: CaseIterable {
  case next, previous, page, again, tab, things, contents, search, back
  case edit, about, devices, sound, reset, stop, wait, quiet, reload, help, quit

  /// The words that begin the line, the ones that the help names first. Case counts where the reader's
  /// keys are told apart by it.
  var words: [String] {
    switch self {
    case .next: ["n", "next", "space"]
    case .previous: ["p", "previous"]
    case .page: ["page", "g"]
    case .again: ["again"]
    case .tab: ["tab"]
    case .things: ["things"]
    case .contents: ["t", "contents"]
    case .search: ["/", "search"]
    case .back: ["B", "back"]
    case .edit: ["e", "edit"]
    case .about: ["i", "about"]
    case .devices: ["d", "devices"]
    case .sound: ["sound"]
    case .reset: ["R", "reset"]
    case .stop: ["stop"]
    case .wait: ["wait"]
    case .quiet: ["quiet"]
    case .reload: ["reload", "F5"]
    case .help: ["?", "help"]
    case .quit: ["q", "quit", "exit"]
    }
  }

  var help: String {
    switch self {
    case .next: "n: the next page."
    case .previous: "p: the previous page."
    case .page: "page 5: page 5."
    case .again: "again: this page from its start."
    case .tab: "tab: the next thing that can be used, and how; after the last one, the first again."
    case .things: "things: what can be used on this page, with its numbers."
    case .contents: "t: the contents."
    case .search: "/ and words: goes to where they occur; / alone: to the next place."
    case .back: "B: back to where you were before a jump."
    case .edit: "e and the number of a cell: edits it."
    case .about: "i and a name, as in i np.convolve: what it does; i alone: the names on this page."
    case .devices: "d: the devices; d cuda: computes on cuda."
    case .sound: "sound off, sound on: whether players are heard."
    case .reset: "R: takes the page or the whole lesson back to the lesson's values; asks first."
    case .stop: "stop: pauses trainings and sound."
    case .wait: "wait: takes the next line only when the trainings are done."
    case .quiet: "quiet: a training only says when it ends; once more, it says again how far it is."
    case .reload: "reload: reads the lesson's file again."
    case .help: "? and a number or a word of this list: how to use it."
    case .quit: "q: quits; what you did is kept."
    }
  }

  /// The order of a line, the length of its word, and what follows it; nil when there is none.
  static func parse(_ line: String) -> (order: DialogueOrder, length: Int, argument: String)? {
    // A search needs no space.
    if line.hasPrefix("/") { return (.search, line.count, line.dropFirst().trimmed) }
    if line.hasPrefix("?") { return (.help, line.count, line.dropFirst().trimmed) }
    let word = line.prefix { !$0.isWhitespace }
    let argument = line.dropFirst(word.count).trimmed
    let order = allCases.first { order in
      order.words.contains { $0 == word || $0.count > 1 && $0.lowercased() == word.lowercased() }
    }
    return order.map { ($0, word.count, argument) }
  }
}

extension StringProtocol {
  /// Without blanks at its ends.
  var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
