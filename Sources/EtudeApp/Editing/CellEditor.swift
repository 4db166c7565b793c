import CellLanguage
import Interpreter
import Messages

/// A cell that is being rewritten: its text, what is wrong with it so far, and what could be meant.
package struct CellEditor: Sendable {
  package let cell: String
  package private(set) var buffer: TextBuffer
  /// The first thing that cannot be read; nil for a text that can.
  package private(set) var diagnostic: Diagnostic?
  /// What `Tab` found, when it was more than one.
  package private(set) var candidates: [String] = []
  /// Why the last key had no effect.
  package private(set) var complaint: String?
  /// A line end at the end of the text is not shown.
  private let ending: String

  /// A cell with more is no cell that anybody reads.
  static let characterLimit = 20_000
  private static let indent = 4

  package init(cell: String, source: String) {
    self.cell = cell
    ending = source.hasSuffix("\n") ? "\n" : ""
    buffer = TextBuffer(String(source.dropLast(ending.count)))
    check()
  }

  package var source: String { buffer.text + ending }

  /// To the place of a fault, or another one that the cell language names.
  package mutating func move(to location: SourceLocation) {
    let line =
      buffer.lines.indices.contains(location.line - 1) ? buffer.lines[location.line - 1] : []
    buffer.move(
      to: TextBuffer.Position(line: location.line - 1, column: location.characters(of: line)))
  }

  // MARK: Keys

  package mutating func insert(_ text: String) {
    change { buffer in
      guard buffer.text.count + text.count <= Self.characterLimit else {
        return "a cell has room for \(Self.characterLimit) characters"
      }
      // Terminals paste line ends as the Enter key sends them.
      buffer.insert(text.replacing("\r", with: "\n"))
      return nil
    }
  }

  /// Within brackets the new line begins a step further in than the one that opens them.
  package mutating func breakLine() {
    let context = CodeContext(before: buffer.cursor, in: buffer.lines)
    var indent = 0
    if let bracket = context.brackets.last {
      indent = buffer.lines[bracket.line].prefix { $0 == " " }.count + Self.indent
    }
    insert("\n" + String(repeating: " ", count: indent))
  }

  package mutating func move(_ movement: TextBuffer.Movement) {
    change { buffer in
      buffer.move(movement)
      return nil
    }
  }

  /// In the blanks that a line begins with, back to the step before.
  package mutating func deleteBackward() {
    let before = buffer.lineBeforeCursor
    let isIndent = !before.isEmpty && before.allSatisfy { $0 == " " }
    let count = isIndent ? (before.count - 1) % Self.indent + 1 : 1
    change { buffer in
      buffer.deleteBackward(count: count)
      return nil
    }
  }

  package mutating func deleteForward() {
    change { buffer in
      buffer.deleteForward()
      return nil
    }
  }

  package mutating func deleteToLineEnd() {
    change { buffer in
      buffer.deleteToLineEnd()
      return nil
    }
  }

  /// Another text in place of all of it.
  package mutating func replace(by source: String) {
    self = CellEditor(cell: cell, source: source)
  }

  /// Writes on what was begun, as far as it can only mean one thing; a list of candidates else.
  /// Indents where nothing was begun.
  ///
  /// - Parameter names: those that the lesson's cells define.
  package mutating func complete(vocabulary: Vocabulary, names: Set<String>) {
    let before = buffer.lineBeforeCursor
    if before.allSatisfy({ $0 == " " }) {
      insert(String(repeating: " ", count: Self.indent - before.count % Self.indent))
      return
    }
    let context = CodeContext(before: buffer.cursor, in: buffer.lines)
    let completion = Completion(
      context, vocabulary: vocabulary, names: names.union(namesAssignedHere))
    let continuation = completion.commonContinuation
    if !continuation.isEmpty { insert(continuation) }
    candidates = completion.candidates.count > 1 ? completion.candidates : []
    if completion.candidates.isEmpty, context.isCode, !context.isInNumber {
      complaint = "no known name begins with \"\(completion.written)\""
    }
  }

  /// The words in front of an equals sign, without parsing: the text is unfinished.
  private var namesAssignedHere: Set<String> {
    let statements = buffer.lines.flatMap { $0.split(separator: ";") }
    return Set(
      statements.flatMap { statement -> [String] in
        guard let end = statement.firstIndex(of: "=") else { return [] }
        return statement[..<end].split(separator: ",").map { part in
          String(part.filter { $0 != " " })
        }.filter { name in
          name.first?.isNumber == false
            && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        }
      })
  }

  // MARK: Help

  /// The function whose arguments are being written, else the name at the cursor.
  var nameInQuestion: String? {
    var end = buffer.cursor
    let line = buffer.lines[end.line]
    while end.column < line.count, CodeContext.isPartOfName(line[end.column]) { end.column += 1 }
    let context = CodeContext(before: buffer.cursor, in: buffer.lines)
    if let function = context.enclosingFunction { return function }
    let name = CodeContext(before: end, in: buffer.lines).name
    return name.isEmpty ? nil : name
  }

  /// - Parameter edit: returns a complaint.
  private mutating func change(_ edit: (inout TextBuffer) -> String?) {
    let before = buffer.lines
    candidates = []
    complaint = edit(&buffer)
    if buffer.lines != before { check() }
  }

  private mutating func check() {
    do throws(Diagnostic) {
      diagnostic = NameAnalysis(of: try Program(parsing: source)).diagnostics.first
    } catch {
      diagnostic = error
    }
  }
}
