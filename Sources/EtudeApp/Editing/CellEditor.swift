import CellLanguage
import Interpreter
import Messages

/// A cell that is being edited: its text, its first error, and completion candidates.
package struct CellEditor: Sendable {
  package let cell: String
  package private(set) var buffer: TextBuffer
  /// What `Tab` found, when there are several candidates.
  package var candidates: [String] { completing?.candidates ?? [] }
  /// The candidate that `Tab` has inserted last.
  package var chosen: Int? { completing?.chosen }
  /// Why the last key had no effect.
  package private(set) var notice: String?
  /// The final line break, which is not shown.
  private let ending: String
  private var history = EditHistory()
  private var completing: Completing?
  /// Whether the student is asked what to do with a text that cannot be read.
  package private(set) var isAsking = false

  /// Candidates that `Tab` goes through, from where their common part ends.
  private struct Completing {
    var candidates: [String]
    var chosen: Int?
    /// The name as it was typed, and what of the chosen candidate follows it.
    var prefix: String
    var inserted = ""
  }

  static let characterLimit = Program.cellByteLimit
  private static let indent = 4

  package init(cell: String, source: String) {
    self.cell = cell
    ending = source.hasSuffix("\n") ? "\n" : ""
    buffer = TextBuffer(String(source.dropLast(ending.count)))
  }

  package var source: String { buffer.text + ending }
  var hasFinalBreak: Bool { !ending.isEmpty }

  /// Moves the cursor to a location such as that of an error.
  package mutating func move(to location: SourceLocation) {
    let line =
      buffer.lines.indices.contains(location.line - 1) ? buffer.lines[location.line - 1] : []
    buffer.move(
      to: TextBuffer.Position(line: location.line - 1, column: location.characters(of: line)))
  }

  package mutating func move(to position: TextBuffer.Position) { buffer.move(to: position) }

  // MARK: Keys

  package mutating func insert(_ text: String) {
    change(isTyping: text.count == 1 && text.first?.isWhitespace == false) { buffer in
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

  /// Replaces the whole text; the final line break stays as it is.
  package mutating func replace(by source: String) {
    let text = source.hasSuffix(ending) ? String(source.dropLast(ending.count)) : source
    change { buffer in
      if buffer.text != text { buffer = TextBuffer(text) }
      return nil
    }
  }

  // MARK: Undo

  package mutating func undo() {
    completing = nil
    notice = history.undo(&buffer) ? nil : "there is nothing to undo"
  }

  package mutating func redo() {
    completing = nil
    notice = history.redo(&buffer) ? nil : "there is nothing to redo"
  }

  // MARK: The question

  /// Asks what to do with the text when it cannot be read.
  ///
  /// - Returns: whether it asks.
  mutating func ask() -> Bool {
    completing = nil
    isAsking = syntaxError != nil
    return isAsking
  }

  mutating func goOn() {
    isAsking = false
    if let range = syntaxError?.range { move(to: range.start) }
  }

  /// Completes the name before the cursor as far as it is unambiguous and lists the candidates; called
  /// again, inserts one after the other. Indents at the start of a line.
  ///
  /// - Parameters:
  ///   - names: those that the lesson's cells define.
  ///   - steps: to the next candidate (1) or to the one before (−1).
  package mutating func complete(vocabulary: Vocabulary, names: Set<String>, steps: Int = 1) {
    if completing != nil {
      chooseCandidate(by: steps)
      return
    }
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
    if completion.candidates.count > 1 {
      completing = Completing(
        candidates: completion.candidates, prefix: completion.prefix + continuation)
    }
    if completion.candidates.isEmpty, context.isCode, !context.isInNumber {
      notice = "no known name begins with \"\(completion.prefix)\""
    }
  }

  /// After the last candidate comes the name as it was typed, then the first again.
  private mutating func chooseCandidate(by steps: Int) {
    guard var completing else { return }
    let count = completing.candidates.count + 1
    let next = ((completing.chosen ?? count - 1) + steps + count) % count
    let isTyped = next == count - 1
    let rest = isTyped ? "" : String(completing.candidates[next].dropFirst(completing.prefix.count))
    let old = completing.inserted
    change { buffer in
      guard buffer.count - old.count + rest.count <= Self.characterLimit else {
        return "a cell holds at most \(Quantity(Self.characterLimit)) characters"
      }
      buffer.deleteBackward(count: old.count)
      buffer.insert(rest)
      return nil
    }
    guard notice == nil else { return }
    (completing.chosen, completing.inserted) = (isTyped ? nil : next, rest)
    self.completing = completing
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
  private mutating func change(
    isTyping: Bool = false, _ edit: (inout TextBuffer) -> String?
  ) {
    completing = nil
    isAsking = false
    let before = buffer
    notice = edit(&buffer)
    history.note(before, isTyping: isTyping, hasChanged: before.lines != buffer.lines)
  }

  /// Why the text cannot be read; nil when it can.
  var syntaxError: Diagnostic? {
    do throws(Diagnostic) {
      _ = try Program(parsingCell: source)
      return nil
    } catch {
      return error
    }
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
