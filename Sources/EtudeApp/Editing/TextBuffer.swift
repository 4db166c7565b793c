import Terminal

/// Editable text and its cursor. Columns count characters as a reader sees them: an accent belongs
/// to its letter.
package struct TextBuffer: Hashable, Sendable {
  /// A position between two characters: before `lines[line][column]`.
  package struct Position: Hashable, Comparable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    package static func < (a: Self, b: Self) -> Bool {
      (a.line, a.column) < (b.line, b.column)
    }
  }

  package enum Movement: Hashable, Sendable {
    case left, right, up, down, lineStart, lineEnd
  }

  /// Never empty.
  package private(set) var lines: [[Character]]
  package private(set) var cursor = Position(line: 0, column: 0)
  /// The number of characters, line breaks included.
  package private(set) var count: Int
  /// The column that moving up and down returns to after shorter lines.
  private var goalColumn: Int?

  package init(_ text: String) {
    lines = Self.lines(of: text).map(Array.init)
    count = lines.reduce(-1) { $0 + $1.count + 1 }
  }

  private static func lines(of text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.endsLine)
  }

  package var text: String { lines.map { String($0) }.joined(separator: "\n") }

  /// The part of the line before the cursor.
  package var lineBeforeCursor: ArraySlice<Character> { lines[cursor.line][..<cursor.column] }

  /// Nil at the end of a line.
  package var characterAtCursor: Character? {
    let line = lines[cursor.line]
    return cursor.column < line.count ? line[cursor.column] : nil
  }

  // MARK: Moving

  package mutating func move(_ movement: Movement) {
    let column = goalColumn ?? cursor.column
    goalColumn = nil
    switch movement {
    case .left:
      if cursor.column > 0 {
        cursor.column -= 1
      } else if cursor.line > 0 {
        cursor = Position(line: cursor.line - 1, column: lines[cursor.line - 1].count)
      }
    case .right:
      if cursor.column < lines[cursor.line].count {
        cursor.column += 1
      } else if cursor.line + 1 < lines.count {
        cursor = Position(line: cursor.line + 1, column: 0)
      }
    case .up, .down:
      let line = cursor.line + (movement == .up ? -1 : 1)
      guard lines.indices.contains(line) else {
        cursor.column = movement == .up ? 0 : lines[cursor.line].count
        return
      }
      goalColumn = column
      cursor = Position(line: line, column: min(column, lines[line].count))
    case .lineStart: cursor.column = 0
    case .lineEnd: cursor.column = lines[cursor.line].count
    }
  }

  /// Moves to the nearest position that exists.
  package mutating func move(to position: Position) {
    let line = min(max(0, position.line), lines.count - 1)
    cursor = Position(line: line, column: min(max(0, position.column), lines[line].count))
    goalColumn = nil
  }

  // MARK: Changing

  /// Inserts text at the cursor and moves the cursor to its end.
  package mutating func insert(_ text: String) {
    goalColumn = nil
    let parts = Self.lines(of: text)
    insertInLine(parts[0])
    guard parts.count > 1, let last = parts.last.map({ Array($0) }) else { return }
    let rest = Array(lines[cursor.line][cursor.column...])
    lines[cursor.line].removeSubrange(cursor.column...)
    let between = parts.dropFirst().dropLast().map { Array($0) }
    lines.insert(contentsOf: between + [last + rest], at: cursor.line + 1)
    cursor = Position(line: cursor.line + parts.count - 1, column: last.count)
    count += between.reduce(0) { $0 + $1.count } + last.count + parts.count - 1
  }

  private mutating func insertInLine(_ text: Substring) {
    var characters = Array(text)
    // A combining accent that arrives by itself joins the letter before it.
    if cursor.column > 0, !characters.isEmpty {
      let joined = Array(String(lines[cursor.line][cursor.column - 1]) + text)
      if joined.count <= characters.count {
        cursor.column -= 1
        count -= 1
        lines[cursor.line].remove(at: cursor.column)
        characters = joined
      }
    }
    lines[cursor.line].insert(contentsOf: characters, at: cursor.column)
    cursor.column += characters.count
    count += characters.count
  }

  /// Deletes the character before the cursor, or the line break.
  package mutating func deleteBackward(count: Int = 1) {
    for _ in 0..<count {
      let end = cursor
      move(.left)
      remove(from: cursor, to: end)
    }
  }

  /// Deletes the character after the cursor, or the line break.
  package mutating func deleteForward() {
    let start = cursor
    move(.right)
    remove(from: start, to: cursor)
  }

  package mutating func deleteToLineEnd() {
    goalColumn = nil
    count -= lines[cursor.line].count - cursor.column
    lines[cursor.line].removeSubrange(cursor.column...)
  }

  private mutating func remove(from start: Position, to end: Position) {
    guard start < end else { return }
    let before = lines[start.line...end.line].reduce(-1) { $0 + $1.count + 1 }
    let line = lines[start.line][..<start.column] + lines[end.line][end.column...]
    lines.replaceSubrange(start.line...end.line, with: [Array(line)])
    count += line.count - before
    cursor = start
    goalColumn = nil
  }
}
