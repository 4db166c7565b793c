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
    // Whether the last key is another tool's, whose value may go on over indented lines.
    var isForeign = false
    for line in 2..<end where !source.isBlank(line) && source[line].first != UInt8(ascii: "#") {
      if isForeign, [" ", "\t", "-"].contains(text(line).first) { continue }
      isForeign = false
      let column = source.indentation(ofLine: line)
      guard let colon = text(line).firstIndex(of: ":") else {
        report(line, column, "this line of the front matter has no ':'", "write 'key: value'")
        continue
      }
      let key = String(text(line)[..<colon]).trimmingSpace()
      var value = String(text(line)[colon...].dropFirst()).trimmingSpace().yamlScalar()
      if value.count > Self.valueLimit {
        report(
          line, column, "this value has more than \(Self.valueLimit) characters", "shorten it")
        value = String(value.prefix(Self.valueLimit))
      }
      if !Self.keys.contains(key) {
        if let near = nearMatch(of: key, among: Self.keys) {
          report(line, column, "unknown key '\(key)'", "did you mean '\(near)'?")
          continue
        }
        isForeign = true
        problems.append(
          Problem(
            file: file, line: line, column: column,
            message: "the key '\(key)' is another tool's: it is left out",
            hint: "the keys are " + Self.keys.joined(separator: ", "), isWarning: true))
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

  /// The text of a value as YAML writes it: between quotes, or up to a comment.
  fileprivate func yamlScalar() -> String {
    guard let mark = first, mark == "\"" || mark == "'" else {
      let comment = firstRange(of: " #")?.lowerBound ?? endIndex
      return hasPrefix("#") ? "" : self[..<comment].trimmingSpace()
    }
    var text = ""
    var rest = dropFirst()
    while let character = rest.popFirst() {
      if character == mark {
        // Two single quotes are one.
        guard mark == "'", rest.first == "'" else {
          let after = rest.trimmingSpace()
          return after.isEmpty || after.hasPrefix("#") ? text : self
        }
        rest.removeFirst()
      } else if mark == "\"", character == "\\", let escaped = rest.popFirst() {
        text.append(escaped == "n" || escaped == "t" ? " " : escaped)
        continue
      }
      text.append(character)
    }
    return self
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
