import EtudeApp
import Interpreter
import Messages
import Testing

@Suite("Cell editor")
struct CellEditorTests {
  private let vocabulary = Vocabulary(
    builtins: [
      Builtin(
        "np.convolve", [Parameter("a"), Parameter("v"), Parameter("mode", default: Value.none)],
        "Convolves."
      ) {
        _ in .none
      },
      Builtin("np.concatenate", [Parameter("arrays")], "Joins.") { _ in .none },
      Builtin("np.fft.rfft", [Parameter("a")], "Transforms.") { _ in .none },
      Builtin("array.mean", [Parameter("array")], "The mean.") { _ in .none },
      Builtin("max", [Parameter("args", kind: .variadic)], "The largest.") { _ in .none },
      Builtin("min", [Parameter("args", kind: .variadic)], "The least.") { _ in .none },
    ], constants: ["np.pi": .float(.pi)])

  /// An editor with the cursor at the bar in the text.
  private func editor(_ text: String) -> CellEditor {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    let line = lines.firstIndex { $0.contains("|") }!
    let column = lines[line].firstIndex(of: "|")!
    lines[line].remove(at: column)
    var editor = CellEditor(
      cell: "c", source: lines.map { String($0) }.joined(separator: "\n"))
    editor.move(to: SourceLocation(line: line + 1, column: column + 1, offset: 0))
    return editor
  }

  /// The text with a bar at the cursor.
  private func text(_ editor: CellEditor) -> String {
    var copy = editor
    copy.insert("|")
    return copy.source
  }

  private func completed(_ text: String, names: Set<String> = ["kernel", "_private"]) -> CellEditor
  {
    var editor = editor(text)
    editor.complete(vocabulary: vocabulary, names: names)
    return editor
  }

  // MARK: Completion

  @Test(
    "Tab completes unambiguous names",
    arguments: [
      ("np.conv|", "np.convolve|"), ("y = np.convolve(ker|)", "y = np.convolve(kernel|)"),
      ("ker| + 1", "kernel| + 1"), ("np.convolve(x, mo|", "np.convolve(x, mode=|"),
      ("np.f|", "np.fft|"), ("np.fft.|", "np.fft.rfft|"), ("x.me|", "x.mean|"),
      ("value = 1; va|", "value = 1; value|"),
      ("first, second = 1, 2\nsec|", "first, second = 1, 2\nsecond|"),
      ("_pri|", "_private|"), ("Fal|", "False|"),
      ("np.con|", "np.con|"), ("f(np.p|)", "f(np.pi|)"),
    ])
  func completing(before: String, after: String) {
    #expect(text(completed(before)) == after)
  }

  @Test("Several candidates are completed as far as they agree, and listed")
  func listing() {
    let names = completed("np.c|")
    #expect(text(names) == "np.con|")
    #expect(names.candidates == ["concatenate", "convolve"])
    #expect(completed("m|").candidates == ["max", "min"])
    #expect(completed("np.convolve(|").candidates.contains("mode="))
    #expect(!completed("(|").candidates.contains("mode="))
    #expect(!completed("(|").candidates.contains("_private"))
    // Only arguments of the innermost call are offered.
    #expect(!completed("np.convolve([|").candidates.contains("mode="))
    var typed = names
    typed.insert("v")
    #expect(typed.candidates == [])
  }

  @Test("Nothing is completed in strings and comments", arguments: ["'ker|", "# ker|"])
  func noCompletion(source: String) {
    let editor = completed(source)
    #expect(text(editor) == source)
    #expect(editor.candidates == [] && editor.notice == nil)
  }

  @Test("A prefix that matches no name is reported")
  func unknownName() {
    #expect(completed("xyz|").notice == "no known name begins with \"xyz\"")
    let number = completed("x = 3|")
    #expect(number.candidates == [] && number.notice == nil)
  }

  @Test("Tab at the start of a line indents", arguments: [("|", "    |"), ("  |x", "    |x")])
  func indenting(before: String, after: String) {
    #expect(text(completed(before)) == after)
  }

  // MARK: Lines

  @Test(
    "A line break within brackets is indented",
    arguments: [
      ("x = f(|", "x = f(\n    |"), ("x = f(\n    [|", "x = f(\n    [\n        |"),
      ("x = f(1)|", "x = f(1)\n|"), ("x = f(')', |", "x = f(')', \n    |"),
      ("x = 1  # (|", "x = 1  # (\n|"), ("ab|c", "ab\n|c"),
    ])
  func breaking(before: String, after: String) {
    var editor = editor(before)
    editor.breakLine()
    #expect(text(editor) == after)
  }

  @Test(
    "Backspace removes a step of indentation",
    arguments: [
      ("        |x", "    |x"), ("      |x", "    |x"), ("    x|", "    |"), ("a\n|b", "a|b"),
      ("|a", "|a"),
    ])
  func backspace(before: String, after: String) {
    var editor = editor(before)
    editor.deleteBackward()
    #expect(text(editor) == after)
  }

  @Test("Errors are found while typing")
  func faults() {
    var editor = CellEditor(cell: "c", source: "x = (1\n")
    #expect(editor.diagnostic?.range?.start.line == 1)
    editor.move(.lineEnd)
    editor.insert(")")
    #expect(editor.diagnostic == nil)
    #expect(editor.source == "x = (1)\n")
    editor.insert("\ny = 1 + slider(0, 1)")
    #expect(editor.diagnostic?.message.contains("slider") == true)
  }

  @Test("Columns of errors count scalars")
  func faultPlaces() {
    var editor = CellEditor(cell: "c", source: "'e\u{301}' +")
    editor.move(to: SourceLocation(line: 1, column: 5, offset: 0))
    #expect(editor.buffer.cursor.column == 3)
  }

  @Test("A text that is far too long is refused")
  func limit() {
    var editor = CellEditor(cell: "c", source: "x")
    editor.insert(String(repeating: "1", count: 30_000))
    #expect(editor.source == "x")
    #expect(editor.notice?.contains("20,000") == true)
  }

  // MARK: Undo

  @Test("Undo takes back words, deletions and pastes one by one, and redo brings them again")
  func undo() {
    var editor = CellEditor(cell: "c", source: "")
    for character in "ab cd" { editor.insert(String(character)) }
    editor.deleteBackward()
    editor.insert("pasted text")
    let states = ["ab cpasted text", "ab c", "ab cd", "ab ", "ab", ""]
    for state in states {
      #expect(editor.source == state)
      editor.undo()
    }
    #expect(editor.notice == "there is nothing to undo")
    for state in states.reversed() {
      #expect(editor.source == state)
      editor.redo()
    }
    #expect(editor.notice == "there is nothing to redo")
    editor.undo()
    editor.insert("x")
    editor.redo()
    #expect(editor.source == "ab cx", "a new change ends redoing")
  }

  @Test("A movement of the cursor ends a typed word")
  func undoAfterMoving() {
    var editor = CellEditor(cell: "c", source: "")
    editor.insert("a")
    editor.move(.left)
    editor.insert("b")
    #expect(editor.source == "ba")
    editor.undo()
    #expect(editor.source == "a")
  }

  @Test("Replacing the text can be undone")
  func undoReplacing() {
    var editor = CellEditor(cell: "c", source: "one\n")
    editor.replace(by: "two\n")
    #expect(editor.source == "two\n")
    editor.undo()
    #expect(editor.source == "one\n")
  }

  // MARK: Cycling

  @Test("Tab goes through the candidates and back to what was typed; Shift-Tab the other way")
  func cycling() {
    var editor = editor("f(np.con|)")
    func press(_ steps: Int) {
      editor.complete(vocabulary: vocabulary, names: [], steps: steps)
    }
    var seen: [String] = []
    for _ in 0..<5 {
      press(1)
      seen.append(text(editor))
    }
    #expect(
      seen == [
        "f(np.con|)", "f(np.concatenate|)", "f(np.convolve|)", "f(np.con|)", "f(np.concatenate|)",
      ])
    press(-1)
    press(-1)
    #expect(text(editor) == "f(np.convolve|)")
    #expect(editor.candidates.count == 2 && editor.chosen == 1)
    editor.insert("(")
    #expect(editor.candidates.isEmpty && editor.chosen == nil)
    editor.undo()
    editor.undo()
    #expect(editor.source == "f(np.con)")
  }
}
