import Interpreter
import Lessons
import Messages
import Notebook
import Pages

/// Editing a cell line by line. The text is the reader's editor, so it is kept when the program ends, and
/// found again by either.
extension Dialogue {
  private static let orders = [
    "2 and a text: that is line 2 from now on.",
    "i 2 and a text: a new line before line 2.",
    "a and a text: a new line at the end.",
    "x 2: deletes line 2.",
    "c OLD to NEW, as in c 1000 to 10: changes a part of the text, which occurs once.",
    "l: the lines with their numbers.",
    "u: undoes the last change.",
    "o: the lesson's text.",
    "k: keeps the text and runs the cell.",
    "d: discards your changes.",
  ]

  /// - Parameter argument: the number of a cell, or of something that it shows; empty for the first cell.
  mutating func openEditor(_ argument: String, _ reader: inout Reader) -> [Action] {
    let cells = reader.page.cells.filter(\.isEditable).map(\.id)
    var id = cells.first
    if let number = Int(argument) {
      guard let target = numbers.target(number) else {
        sayNoThing(number)
        return []
      }
      id = target.cell
    } else if !argument.isEmpty {
      id = argument
    }
    guard let id, cells.contains(id) else {
      say(cells.isEmpty ? "This page has no cell to edit." : "This cannot be edited.")
      return []
    }
    reader.openEditor(on: id)
    guard reader.isEditing else { return [] }
    beginEditing(&reader)
    return []
  }

  /// Has an editor that was open when the program ended announced after the page.
  mutating func resumeEditing(_ reader: inout Reader) {
    guard reader.isEditing else { return }
    // The notice names keys that only the screen has.
    reader.notice = nil
    hasUnannouncedEditor = true
  }

  /// Says what is in the editor.
  mutating func beginEditing(_ reader: inout Reader) {
    guard let editor = reader.editor else { return }
    if reader.notice != nil || hasUnannouncedEditor {
      reader.notice = nil
      hasUnannouncedEditor = false
      say("Your unfinished text is back.")
    }
    say(
      "You are editing cell \(editor.cell). k keeps the text and runs it; a question mark tells more."
    )
    sayLines(of: editor)
  }

  private mutating func sayLines(of editor: CellEditor) {
    for (index, line) in editor.buffer.lines.enumerated() {
      say([.code("\(index + 1): \(String(line))")])
    }
  }

  /// A line that is typed in the editor.
  mutating func edit(_ line: String, _ reader: inout Reader) -> [Action] {
    guard var editor = reader.editor else { return [] }
    let text = line.trimmed
    let word = String(text.prefix { !$0.isWhitespace })
    // Behind one blank, so that a line may be indented.
    let rest = String(text.dropFirst(word.count).dropFirst())
    var lines = editor.buffer.lines.map { String($0) }
    if editor.isAsking, word != "k", word != "keep" { editor.goOn() }
    switch word {
    case "k", "keep":
      let wasAsking = editor.isAsking
      let actions = reader.perform(wasAsking ? .keepAnyway : .keep, in: editor)
      if let editor = reader.editor, editor.isAsking {
        say("This cannot be read: \(editor.syntaxError.map { "\($0)" } ?? "")".asSentence)
        sayPlace(of: editor)
        say("Type k again to keep it all the same, or go on.")
        return actions
      }
      say(actions.isEmpty ? "The text is unchanged." : "Cell \(editor.cell) runs with your text.")
      noteSaid(.thing(.code(cell: editor.cell)), reader)
      return actions
    case "d", "discard":
      let actions = reader.perform(.discard, in: editor)
      reader.notice = nil
      say("Your changes are discarded.")
      return actions
    case "l", "list": sayLines(of: editor)
    case "?", "help": for order in Self.orders { say(order) }
    case "u", "undo":
      editor.undo()
      say(editor.notice.map(\.asSentence) ?? "Undone.")
    case "o":
      _ = reader.perform(.restore, in: editor)
      say("This is the lesson's text.")
      return []
    case "a":
      lines.append(rest)
      say("Line \(lines.count): \(rest)")
      editor.replace(by: lines.joined(separator: "\n"))
    case "i", "x":
      let number = String(rest.prefix { !$0.isWhitespace })
      guard let index = Int(number), index > 0, index <= lines.count else {
        say("The lines go from 1 to \(lines.count).")
        return []
      }
      if word == "x" {
        lines.remove(at: index - 1)
        say("Line \(index) is deleted.")
      } else {
        let new = String(rest.dropFirst(number.count).dropFirst())
        lines.insert(new, at: index - 1)
        say("Line \(index): \(new)")
      }
      editor.replace(by: lines.joined(separator: "\n"))
    case "c": change(rest, in: &editor)
    default:
      guard let index = Int(word) else {
        say("\(word): I do not know this in the editor. A question mark tells what you can type.")
        return []
      }
      guard index > 0, index <= lines.count else {
        say("The lines go from 1 to \(lines.count).")
        return []
      }
      guard !rest.isEmpty else {
        say([.code("\(index): \(lines[index - 1])")])
        return []
      }
      lines[index - 1] = rest
      say("Line \(index): \(rest)")
      editor.replace(by: lines.joined(separator: "\n"))
    }
    reader.overlay = .editor(editor)
    return []
  }

  /// "OLD to NEW".
  private mutating func change(_ argument: String, in editor: inout CellEditor) {
    let source = editor.buffer.text
    for gap in argument.ranges(of: " to ") {
      let (old, new) = (argument[..<gap.lowerBound], argument[gap.upperBound...])
      let places = source.ranges(of: old)
      guard !old.isEmpty, let place = places.first else { continue }
      guard places.count == 1 else {
        say("\(old) occurs \(places.count) times: name more of the text around it.")
        return
      }
      let changed = source.replacingCharacters(in: place, with: new)
      editor.replace(by: changed)
      let line = source[..<place.lowerBound].count { $0 == "\n" }
      let lines = changed.split(separator: "\n", omittingEmptySubsequences: false)
      say([.code("\(line + 1): \(lines[line])")])
      return
    }
    say(
      "Type c, a part of the text, the word to, and what takes its place. The part must occur in the text."
    )
  }

  private mutating func sayPlace(of editor: CellEditor) {
    guard let line = editor.syntaxError?.range?.start.line,
      editor.buffer.lines.indices.contains(line - 1)
    else { return }
    say([.code("\(line): \(String(editor.buffer.lines[line - 1]))")])
  }
}

extension String {
  fileprivate func replacingCharacters(
    in range: Range<String.Index>, with text: some StringProtocol
  ) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }
}
