import Builtins
import EtudeApp
import Interpreter
import Lessons
import Notebook
import Pages
import Publishing
import SampleLessons
import Terminal
import Testing

@Suite("Predictions")
struct PredictionTests {
  private static let lesson = Lesson(
    parsing: """
      ---
      title: Questions
      id: questions
      version: 1
      language: en
      ---
      # Questions
      ## Ask
      Above stands `{python} 7`.

      ```python {#above}
      "shown before"
      ```

      > [!PREDICT]
      > What comes?
      >
      > - [ ] a cat
      > - [x] a dog
      > - [ ] a bird
      >
      > <details><summary>Why</summary>
      >
      > It barks `{python} 8` times.
      >
      > </details>

      The answer is `{python} 9`.

      ```python {#below}
      play(dog, 8000); "a secret"
      ```

      ```python {#alsoBelow}
      "another secret"
      ```

      ### After the heading
      ```python {#free}
      "shown after"
      ```

      ## Another page
      """, file: "lesson.md", folder: "/")

  private var reader: Reader

  init() {
    reader = Reader(
      lesson: Self.lesson, width: 80, height: 40,
      appearance: Appearance(background: .dark, colors: 0, hasUnicode: true),
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
    _ = reader.update(snapshot: Self.snapshot)
  }

  private static var snapshot: Snapshot {
    var snapshot = Snapshot()
    snapshot.revision = 1
    for (cell, text) in [
      ("above", "BEFORE"), ("below", "SECRET"), ("free", "FREE"),
    ] {
      snapshot.cells[cell] = CellResult(state: .succeeded, outputs: [.text(text)])
    }
    for value in lesson.inlineValues {
      snapshot.inlineValues[value.id] = .text("<\(value.source)>")
    }
    return snapshot
  }

  private var text: String { reader.draw().text }

  private mutating func press(_ keys: String) {
    for key in keys { _ = reader.handle(.key(key == "\t" ? .tab : .character(key))) }
  }

  @Test("Outputs and values below an open question are covered, up to the next heading")
  func covering() {
    for shown in ["BEFORE", "<7>", "What comes?", "1 a cat", "3 a bird", "FREE", "1–3 to answer"] {
      #expect(text.contains(shown), "\(shown) is not there:\n\(text)")
    }
    for covered in ["SECRET", "<8>", "<9>", "It barks", "✓"] { #expect(!text.contains(covered)) }
    #expect(text.contains("The answer is ?."))
    #expect(text.split(separator: "\n").count { $0.contains("covered until") } == 1)
  }

  @Test("A digit answers; then both answers, the explanation and the results are shown")
  mutating func answering() {
    press("\t")
    #expect(reader.state.focus == .prediction("1-prediction-1"))
    #expect(text.contains("1–3 answer"))
    _ = reader.handle(.key(.enter))
    #expect(reader.notice == "the number of an answer chooses it, and s skips the question")
    press("7")
    #expect(reader.notice == "there are 3 answers")
    press("1")
    for shown in ["✗ a cat  (your answer)", "✓ a dog", "It barks <8>", "<9>", "SECRET"] {
      #expect(text.contains(shown), "\(shown) is not there:\n\(text)")
    }
    #expect(!text.contains("a bird"))
    #expect(reader.state.focus == nil)
  }

  @Test("A right answer is marked as right")
  mutating func right() {
    press("\t2")
    #expect(text.contains("✓ a dog  (your answer)"))
    #expect(!text.contains("a cat"))
  }

  @Test("s shows the answer without choosing one")
  mutating func skipping() {
    press("\ts")
    #expect(text.contains("✓ a dog"))
    #expect(text.contains("SECRET"))
    #expect(!text.contains("your answer"))
  }

  @Test("Answers survive turning pages, and R resets them")
  mutating func staying() {
    press("\t1np")
    #expect(text.contains("✗ a cat"))
    press("Ry")
    #expect(!text.contains("SECRET"))
  }

  @Test("Digits without the focus are page numbers, as everywhere")
  mutating func digits() {
    press("2g")
    #expect(reader.pageIndex == 1)
  }

  @Test("Nothing below an open question can have the focus")
  func focus() {
    var snapshot = Self.snapshot
    snapshot.cells["below"]?.outputs = SampleLesson.snapshot().cells["listen"]?.outputs ?? []
    var reader = reader
    snapshot.revision = 2
    _ = reader.update(snapshot: snapshot)
    let player = FocusTarget.player(cell: "below", index: 0)
    #expect(!reader.arrangement.targets.contains { $0.target == player })
    _ = reader.handle(.key(.tab))
    _ = reader.handle(.key(.character("s")))
    #expect(reader.arrangement.targets.contains { $0.target == player })
  }

  @Test("A rendered page shows everything, with the answer marked")
  func rendering() {
    let look = PageLook(width: 80, height: nil, theme: .monochrome, charset: .ascii)
    let session = Session(lesson: Self.lesson, files: FileAccess(.folders([])))
    session.run(page: 0)
    let text = TextExporter(look: look, isColored: false)
      .export(Self.lesson, session.snapshot, pages: [0])
    for shown in ["* a cat", "+ a dog", "It barks 8 times", "The answer is 9", "shown after"] {
      #expect(text.contains(shown), "\(shown) is not there:\n\(text)")
    }
  }
}
