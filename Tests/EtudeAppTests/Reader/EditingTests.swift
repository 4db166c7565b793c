import Builtins
import EtudeApp
import Lessons
import Messages
import Pages
import SampleLessons
import Terminal
import Testing

/// The editor in the reader: which cell it opens, its keys, and their effects.
@Suite("Editing cells")
struct EditingTests {
  private var reader = SampleLesson.reader()

  @discardableResult
  private mutating func press(_ keys: Key...) -> [Action] {
    keys.flatMap { reader.handle(.key($0)) }
  }

  @discardableResult
  private mutating func type(_ text: String) -> [Action] {
    text.flatMap { reader.handle(.key(.character($0))) }
  }

  private func source(_ cell: String) -> String? { reader.lesson.cell(cell)?.source }

  private var editedCell: String? {
    if case .editor(let editor)? = reader.overlay { editor.cell } else { nil }
  }

  private func edits(_ actions: [Action]) -> [String: String?] {
    var edits: [String: String?] = [:]
    for case .session(.edit(let cell, let source)) in actions { edits[cell] = .some(source) }
    return edits
  }

  private func rows(_ reader: Reader) -> [Substring] {
    reader.draw().text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  // MARK: Which cell

  @Test("e opens the focused cell, else the first visible one")
  mutating func choosing() {
    press(.character("e"))
    #expect(editedCell == "filter")
    press(.escape)
    for _ in 0..<20 where reader.state.focus != SampleLesson.player { press(.tab) }
    press(.character("e"))
    #expect(editedCell == "listen")
  }

  @Test("A cell that is too long is not opened, and the notice says why")
  mutating func tooLong() {
    let source = String(repeating: "x = 1\n", count: 5000)
    let lesson = Lesson(
      parsing: "# L\n## P\n```python {#long}\n\(source)```\n", file: "l.md", folder: "/")
    reader = Reader(
      lesson: lesson, width: 80, height: 24,
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
    press(.character("e"))
    #expect(reader.overlay == nil)
    #expect(reader.notice?.contains("too long to be edited here: it has 29,999 bytes") == true)
    #expect(reader.draw().text.contains("too long"))
  }

  @Test("Hidden and static cells cannot be edited, nor pages without cells")
  mutating func nothingToEdit() {
    press(.character("n"), .character("e"))
    #expect(reader.overlay == nil)
    #expect(reader.notice == "this page has no cell to edit")
    press(.tab)
    #expect(reader.state.focus == SampleLesson.stepper)
    press(.character("e"))
    #expect(reader.overlay == nil && reader.notice != nil)
  }

  // MARK: Keeping and discarding

  @Test("Esc keeps the text and runs the cell")
  mutating func keeping() {
    let original = source("filter")
    press(.character("e"))
    type("x = 1")
    press(.enter)
    let actions = press(.escape)
    #expect(reader.overlay == nil)
    #expect(edits(actions) == ["filter": "x = 1\n" + original!])
    #expect(source("filter") == "x = 1\n" + original!)
    let edit = reader.state.progress.edits["filter"]
    #expect(edit?.source == "x = 1\n" + original! && edit?.original == original)
    #expect(rows(reader).contains { $0.contains("x = 1") && $0.contains("edited") })
    // A letter typed now is a command again.
    press(.character("n"))
    #expect(reader.pageIndex == 1)
  }

  @Test("Ctrl-G discards, and unchanged text causes no action")
  mutating func discarding() {
    let original = source("filter")
    press(.character("e"))
    type("nonsense (")
    #expect(press(.control("g")).isEmpty)
    #expect(reader.overlay == nil && source("filter") == original)
    #expect(reader.state.progress.edits.isEmpty)
    #expect(press(.character("e"), .escape).isEmpty)
    #expect(reader.state.progress.edits.isEmpty)
  }

  @Test("Esc asks before it keeps a text that cannot be read")
  mutating func asking() {
    let original = source("filter")
    press(.character("e"))
    type("f(")
    #expect(press(.escape).isEmpty)
    #expect(rows(reader).contains { $0.contains("This text cannot be run, line") })
    #expect(rows(reader)[23].contains("k keep it as it is"))
    // Letters are answers, not text; neither is what is pasted now.
    type("x")
    _ = reader.handle(.paste("paste"))
    press(.enter)
    #expect(editedCell == "filter" && reader.contexts == [.editor])
    press(.escape, .escape)
    #expect(reader.contexts == [.editor], "a second Esc does not lose the text")
    #expect(edits(press(.escape, .character("k"))) == ["filter": "f(" + original!])
    #expect(source("filter") == "f(" + original!)
    // A text that the cell has already is not asked about.
    press(.character("e"), .escape)
    #expect(reader.overlay == nil)

    press(.character("e"), .character("("), .escape, .character("d"))
    #expect(reader.overlay == nil && source("filter") == "f(" + original!)
  }

  @Test("The text of the student's own editor is kept, or stays open when it cannot be read")
  mutating func externalEditor() {
    guard case .editExternally("filter", let source)? = press(.character("E")).first else {
      Issue.record("E opens no editor")
      return
    }
    #expect(source == self.source("filter"))
    let actions = reader.takeEdited(cell: "filter", source: "x = 1\n")
    #expect(edits(actions) == ["filter": "x = 1"])
    #expect(reader.overlay == nil)
    #expect(reader.takeEdited(cell: "filter", source: "x = (\n").isEmpty)
    #expect(reader.contexts == [.unreadable])
    press(.enter, .control("u"))
    guard case .editExternally("filter", "x = 1")? = press(.control("x")).first else {
      Issue.record("Ctrl-X does not pass on the open text")
      return
    }
    #expect(!reader.takeEdited(cell: "filter", source: "y = 2\n").isEmpty)
    #expect(self.source("filter") == "y = 2")
    #expect(
      reader.takeEdited(cell: "filter", source: String(repeating: "#", count: 100_000)).isEmpty)
    #expect(reader.notice?.hasPrefix("the text is too long for a cell") == true)
  }

  @Test("Text equal to the lesson's is not an edit")
  mutating func undoneByHand() {
    press(.character("e"), .character("x"), .escape)
    #expect(reader.isEdited("filter"))
    let actions = press(.character("e"), .delete, .escape)
    #expect(edits(actions) == ["filter": nil])
    #expect(!reader.isEdited("filter"))
    #expect(reader.state.progress.edits.isEmpty)
  }

  @Test("r on the cell, Ctrl-O in the editor and R restore the lesson's text")
  mutating func restoring() {
    let original = source("filter")
    func edited(_ reader: Reader) -> Reader {
      var reader = reader
      for key in [Key.character("e"), .character("x"), .escape] { _ = reader.handle(.key(key)) }
      return reader
    }
    let before = reader

    reader = edited(before)
    let code = FocusTarget.code(cell: "filter")
    for _ in 0..<20 where reader.state.focus != code { press(.tab) }
    #expect(edits(press(.character("r"))) == ["filter": nil])
    #expect(source("filter") == original && !reader.isEdited("filter"))

    reader = edited(before)
    #expect(edits(press(.character("e"), .control("o"), .escape)) == ["filter": nil])
    #expect(source("filter") == original)

    reader = edited(before)
    let actions = press(.character("R"), .character("y"))
    #expect(actions.contains { if case .session(.reset(page: 0)) = $0 { true } else { false } })
    #expect(source("filter") == original && reader.state.progress.edits.isEmpty)
  }

  @Test("Edits survive a reload, even when the lesson has changed")
  mutating func reading() {
    press(.character("e"), .character("#"), .escape)
    let edit = source("filter")
    _ = reader.replace(lesson: SampleLesson.lesson)
    #expect(source("filter") == edit && reader.isEdited("filter"))
    #expect(reader.editedSources == ["filter": edit])

    let other = Lesson(
      parsing: SampleLesson.text.replacing("taps = slider(3", with: "taps = slider(5"),
      file: "lesson.md", folder: "/")
    _ = reader.replace(lesson: other)
    #expect(source("filter") == edit)
    press(.character("e"), .control("o"), .escape)
    #expect(source("filter")?.hasPrefix("taps = slider(5") == true)
    #expect(reader.editedSources.isEmpty)
  }

  @Test("The editor opens at the location of the cell's error")
  mutating func faultPlace() throws {
    var snapshot = SampleLesson.snapshot(revision: 2)
    let fault = SourceLocation(line: 2, column: 10, offset: 0)
    snapshot.cells["filter"]?.state = .failed(
      Diagnostic("wrong", range: SourceRange(start: fault, end: fault)))
    _ = reader.update(snapshot: snapshot)
    press(.character("e"))
    type("|")
    press(.escape, .character("k"))
    #expect(source("filter")?.contains("kernel = |signal") == true)
  }

  @Test("Keys of the page are text while the editor is open")
  mutating func typing() {
    press(.character("e"))
    #expect(type("q?/ n12").isEmpty)
    press(.escape, .character("k"))
    #expect(source("filter")?.hasPrefix("q?/ n12taps") == true)
  }

  @Test("Pasted text goes into the editor or a prompt, and is ignored elsewhere")
  mutating func pasting() {
    #expect(reader.handle(.paste("nq")).isEmpty)
    #expect(reader.pageIndex == 0)
    press(.character("e"))
    _ = reader.handle(.paste("a = [\n\t1]\n"))
    press(.escape)
    #expect(source("filter")?.hasPrefix("a = [\n    1]\ntaps") == true)
    press(.character("/"))
    _ = reader.handle(.paste("kernel\n"))
    press(.enter)
    #expect(reader.state.search == "kernel")
  }

  // MARK: Looks

  @Test("The editor is below the visible part of the page")
  mutating func narrow() {
    press(.character("e"), .down, .end, .left)
    let screen = rows(reader)
    #expect(screen.count == 25)
    #expect(screen[23].contains("keep and run") && screen[23].contains("^G discard"))
    #expect(screen[22].contains("signal.firwin(numtaps, cutoff, "))
    #expect(screen[17].hasPrefix("─ cell filter "))
    #expect(screen[18].hasPrefix(" 1 taps = slider(3, 101"))
    // The cell's outputs are visible above it.
    #expect(screen[1].contains("kernel = signal.firwin") || screen[1].contains("taps = slider"))
    #expect(screen[1...16].contains { $0.contains("length M") })
  }

  @Test("On a wide screen the outputs stay beside the editor")
  mutating func wide() {
    _ = reader.handle(.resize(width: 140, height: 40))
    let before = rows(reader)
    press(.character("e"))
    let after = rows(reader)
    for (old, new) in zip(before, after).dropFirst().dropLast(2) {
      #expect(old.dropFirst(66) == new.dropFirst(66))
    }
    #expect(after.contains { $0.hasPrefix("─ cell filter ") })
  }

  @Test("Errors and candidates are shown below the text")
  mutating func messages() {
    press(.character("e"), .end, .enter)
    type("np.conv")
    press(.tab)
    type("(")
    #expect(rows(reader)[21].contains("✗ line"))
    press(.tab)
    #expect(rows(reader)[21].hasPrefix(" a=  v=  mode=  F"))
  }

  @Test("It draws at every size: tall and long texts, wide letters, ASCII")
  mutating func sizes() {
    press(.character("e"))
    for _ in 0..<30 { press(.enter) }
    type(String(repeating: "音ä", count: 60))
    for (width, height) in [(80, 24), (40, 12), (140, 45), (50, 13), (30, 8), (200, 12)] {
      _ = reader.handle(.resize(width: width, height: height))
      let canvas = reader.draw()
      #expect(canvas.width == width && canvas.height == height)
      guard width >= 40 else { continue }
      #expect(rows(reader).contains { $0.contains("音ä音ä") })
      let cursors = (0..<height).flatMap { y in
        (0..<width).filter { canvas[$0, y].style.isReversed }.map { ($0, y) }
      }
      #expect(cursors.count == 1)
    }
    press(.left, .left)
    #expect(rows(reader).contains { $0.contains("音ä") })
  }
}
