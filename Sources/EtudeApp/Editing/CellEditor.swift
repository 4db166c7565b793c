import CellLanguage
import Interpreter
import Messages

/// A cell that is being edited: its text, its first error, and completion candidates.
package struct CellEditor: Sendable {
  package let cell: String
  package private(set) var buffer: TextBuffer
  /// What `Tab` found, when there are several candidates.
  package private(set) var candidates: [String] = []
  /// Why the last key had no effect.
  package private(set) var notice: String?
  /// The final line break, which is not shown.
  private let ending: String

  static let characterLimit = Program.cellByteLimit
  private static let indent = 4

  package init(cell: String, source: String) {
    self.cell = cell
    ending = source.hasSuffix("\n") ? "\n" : ""
    buffer = TextBuffer(String(source.dropLast(ending.count)))
  }

  package var source: String { buffer.text + ending }

  /// Moves the cursor to a location such as that of an error.
  package mutating func move(to location: SourceLocation) {
    let line =
      buffer.lines.indices.contains(location.line - 1) ? buffer.lines[location.line - 1] : []
    buffer.move(
      to: TextBuffer.Position(line: location.line - 1, column: location.characters(of: line)))
  }

  // MARK: Keys

  package mutating func insert(_ text: String) {
    change { buffer in
      guard buffer.count + text.count <= Self.characterLimit else {
        return "a cell holds at most \(Quantity(Self.characterLimit)) characters"
      }
      // Terminals paste line breaks as the Enter key sends them.
      buffer.insert(text.replacing("\r", with: "\n"))
      return nil
    }
  }

  /// Within brackets, indents the new line one step more than the line that opens them.
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

  /// Within the indentation of a line, deletes back to the previous step.
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

  /// Replaces the whole text.
  package mutating func replace(by source: String) {
    self = CellEditor(cell: cell, source: source)
  }

  /// Completes the name before the cursor as far as it is unambiguous and lists the candidates.
  /// Indents at the start of a line.
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
      notice = "no known name begins with \"\(completion.prefix)\""
    }
  }

  /// The names before an equals sign, found without parsing since the text is unfinished.
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
  var nameForHelp: String? {
    var end = buffer.cursor
    let line = buffer.lines[end.line]
    while end.column < line.count, CodeContext.isPartOfName(line[end.column]) { end.column += 1 }
    let context = CodeContext(before: buffer.cursor, in: buffer.lines)
    if let function = context.enclosingFunction { return function }
    let name = CodeContext(before: end, in: buffer.lines).name
    return name.isEmpty ? nil : name
  }

  /// - Parameter edit: returns why it had no effect, or nil.
  private mutating func change(_ edit: (inout TextBuffer) -> String?) {
    candidates = []
    notice = edit(&buffer)
  }

  /// The first error; nil when the text is valid. Found when it is shown: keys may arrive faster
  /// than the text can be parsed.
  package var diagnostic: Diagnostic? {
    do throws(Diagnostic) {
      return NameAnalysis(of: try Program(parsingCell: source)).diagnostics.first
    } catch {
      return error
    }
  }
}
