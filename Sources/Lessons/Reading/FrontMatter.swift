import CellLanguage

/// The `key: value` lines between two `---` at the top of a lesson.
struct FrontMatter {
  struct Entry {
    var value: String
    var line: Int
  }

  static let keys = ["title", "id", "version", "language"]
  /// The maximum length of a value in characters: it is shown on one line.
  private static let valueLimit = 200

  private(set) var entries: [String: Entry] = [:]
  /// The number of lines it takes, including fences.
  private(set) var lineCount = 0
  private(set) var problems: [Problem] = []

  init(of source: SourceText, file: String) {
    func report(_ line: Int, _ column: Int, _ message: String, _ hint: String) {
      problems.append(
        Problem(file: file, line: line, column: column, message: message, hint: hint))
    }
    func text(_ line: Int) -> String { String(decoding: source[line], as: UTF8.self) }
    func isFence(_ line: Int) -> Bool { text(line).droppingTrailingSpace() == "---" }

    guard isFence(1) else {
      report(
        1, 1, "the lesson has no front matter",
        "start the file with a line '---', then 'title: …' and 'id: …', then '---'")
      return
    }
    // A distant fence is a thematic break of a lesson whose front matter was not closed.
    let limit = min(source.lineCount, 100)
    guard let end = (2..<max(limit + 1, 2)).first(where: isFence) else {
      report(1, 1, "the front matter is not closed", "add a line '---' after its last key")
      return
    }
    lineCount = end
    for line in 2..<end where !source.isBlank(line) && source[line].first != UInt8(ascii: "#") {
      let column = source.indentation(ofLine: line)
      guard let colon = text(line).firstIndex(of: ":") else {
        report(line, column, "this line of the front matter has no ':'", "write 'key: value'")
        continue
      }
      let key = String(text(line)[..<colon]).trimmingSpace()
      var value = String(text(line)[colon...].dropFirst()).trimmingSpace().withoutQuotes()
      if value.count > Self.valueLimit {
        report(
          line, column, "this value has more than \(Self.valueLimit) characters", "shorten it")
        value = String(value.prefix(Self.valueLimit))
      }
      if !Self.keys.contains(key) {
        let known = "the keys are " + Self.keys.joined(separator: ", ")
        report(
          line, column, "unknown key '\(key)'",
          nearMatch(of: key, among: Self.keys).map { "did you mean '\($0)'?" } ?? known)
      } else if let first = entries[key] {
        report(
          line, column, "'\(key)' is given twice, first on line \(first.line)", "remove one")
      } else if value.isEmpty {
        report(line, column, "'\(key)' has no value", "write '\(key): …'")
      } else {
        entries[key] = Entry(value: value, line: line)
      }
    }
    for key in ["title", "id"] where entries[key] == nil {
      report(1, 1, "the front matter has no '\(key)'", "add a line '\(key): …'")
    }
  }
}

extension String {
  fileprivate func droppingTrailingSpace() -> Substring {
    var rest = self[...]
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }

  fileprivate func withoutQuotes() -> String {
    guard count >= 2, let mark = first, mark == "\"" || mark == "'", last == mark else {
      return self
    }
    return String(dropFirst().dropLast())
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  func trimmingSpace() -> String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
