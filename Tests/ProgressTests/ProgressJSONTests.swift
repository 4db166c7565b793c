import Interpreter
import Lessons
import Messages
import Progress
import Testing

/// Progress with one of everything.
let fullProgress: Progress = {
  var progress = Progress()
  progress.page = 1
  progress.predictions = ["1-1": .chosen(2), "2-1": .skipped]
  progress.widgets = [
    "cell": ["n": .number(7), "x": .number(0.1 + 0.2)],
    "other": ["window": .option(3), "flip": .isOn(true)],
  ]
  progress.edits = [
    "cell": Progress.Edit(source: "n = 3 # \"ü\"\n\u{1B}[31m", original: "n = slider(1, 9)")
  ]
  progress.doneTasks = ["cell", "b"]
  return progress
}()

@Suite("Progress as JSON")
struct ProgressJSONTests {
  @Test("Progress survives a round trip, and equal progress is equal text")
  func roundTrip() throws {
    for progress in [fullProgress, Progress()] {
      let text = progress.json
      let back = try Progress(json: Array(text.utf8))
      #expect(back == progress)
      #expect(back.json == text)
    }
    #expect(fullProgress.json.allSatisfy { $0 != "\u{1B}" })
  }

  @Test(
    "Invalid text is refused with a reason",
    arguments: [
      "", "{", "[]", "null", "\u{0}", #"{"format": 1}"#, #"{"format": 2, "page": 0}"#,
      #"{"format": "1", "page": 0}"#,
    ])
  func refused(text: String) {
    #expect(throws: Diagnostic.self) { try Progress(json: Array(text.utf8)) }
  }

  @Test("Lists that are nested too deeply are refused")
  func tooDeep() {
    let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: Diagnostic.self) { try Progress(json: bytes) }
  }

  @Test(
    "A member of another type is refused",
    arguments: [
      (#""page": 1"#, #""page": -1"#), (#""page": 1"#, #""page": 1.5"#),
      (#""page": 1"#, #""page": 99999999999999999999"#),
      (#""1-1": 2"#, #""1-1": "two""#), (#""1-1": 2"#, #""1-1": -2"#),
      (#"{"option": 3}"#, #"{"option": -3}"#), (#"{"option": 3}"#, #"{"option": []}"#),
      (#"{"number": 7.0}"#, #"{"number": 1e999}"#), (#"{"number": 7.0}"#, #"{"number": NaN}"#),
      (#"{"number": 7.0}"#, "7"), (#"["b", "cell"]"#, #"["b", 3]"#),
      (#"["b", "cell"]"#, #""cell""#), (#""original""#, #""origin""#),
    ])
  func wrongTypes(part: String, replacement: String) throws {
    let text = fullProgress.json.replacing(part, with: replacement)
    try #require(text != fullProgress.json)
    #expect(throws: Diagnostic.self) { try Progress(json: Array(text.utf8)) }
  }

  @Test("Truncated text is refused, and no changed byte does harm")
  func damage() {
    let bytes = Array(fullProgress.json.utf8)
    for count in 0..<(bytes.count - 2) {
      #expect(throws: Diagnostic.self) { try Progress(json: Array(bytes[..<count])) }
    }
    for index in bytes.indices {
      var changed = bytes
      for byte in [0, 0x22, 0x2D, 0x39, 0x7D, 0xFF] as [UInt8] {
        changed[index] = byte
        _ = try? Progress(json: changed)
      }
    }
  }
}

@Suite("Progress and its lesson")
struct ProgressLessonTests {
  private func lesson(cell: String = "n = 3", answers: Int = 3) -> Lesson {
    Lesson(
      parsing: """
        ---
        title: Loops
        id: loops
        version: 1
        language: en
        ---
        # Loops
        ## First
        > [!PREDICT]
        > How many?
        >
        > - [x] one
        \((1..<answers).map { "> - [ ] \($0 + 1)" }.joined(separator: "\n"))

        ```python {#cell}
        \(cell)
        ```
        ## Second
        """, file: "lesson.md", folder: "/")
  }

  @Test("Page and answers are clamped to the lesson; unknown entries stay")
  func adapting() throws {
    let lesson = lesson()
    let question = try #require(lesson.pages[0].predictions.first).id
    var progress = fullProgress
    progress.page = 99
    progress.predictions = [question: .chosen(2), "gone": .chosen(8)]
    progress.edits = [:]
    #expect(progress.adapt(to: lesson) == [])
    #expect(progress.page == 1)
    #expect(progress.predictions == [question: .chosen(2), "gone": .chosen(8)])
    #expect(progress.widgets == fullProgress.widgets)
    #expect(progress.adapt(to: self.lesson(answers: 2)) == [])
    #expect(progress.predictions == ["gone": .chosen(8)])
  }

  @Test("Answers to the lesson's questions count, skipped questions do not")
  func score() throws {
    let lesson = lesson()
    let question = try #require(lesson.pages[0].predictions.first).id
    var progress = Progress()
    progress.predictions = [question: .chosen(0), "gone": .chosen(0)]
    progress.doneTasks = ["gone"]
    #expect(progress.score(in: lesson).right == 1)
    #expect(progress.score(in: lesson).answered == 1)
    #expect(progress.score(in: lesson).tasksDone == 0)
    progress.predictions[question] = .chosen(2)
    #expect(progress.score(in: lesson).right == 0)
    #expect(progress.score(in: lesson).answered == 1)
    progress.predictions[question] = .skipped
    #expect(progress.score(in: lesson) == Score())
  }

  @Test("An edit of a cell that the lesson has changed stays, and is reported once")
  func changedCell() {
    var progress = Progress()
    progress.edits["cell"] = Progress.Edit(source: "n = 4", original: "n = 3")
    #expect(progress.adapt(to: lesson()) == [])
    #expect(progress.adapt(to: lesson(cell: "n = 5")) == ["cell"])
    #expect(progress.edits["cell"] == Progress.Edit(source: "n = 4", original: "n = 5"))
    #expect(progress.adapt(to: lesson(cell: "n = 5")) == [])
    #expect(progress.adapt(to: lesson(cell: "n = 4")) == [])
    #expect(progress.edits.isEmpty, "the lesson now has the student's text")
  }

  @Test("A page goes back to the lesson's values; tasks stay done")
  func reset() throws {
    let lesson = lesson()
    var progress = fullProgress
    progress.predictions = [try #require(lesson.pages[0].predictions.first).id: .skipped]
    progress.reset(lesson.pages[0])
    #expect(progress.predictions.isEmpty && progress.edits.isEmpty)
    #expect(progress.widgets == ["other": fullProgress.widgets["other"] ?? [:]])
    #expect(progress.doneTasks == fullProgress.doneTasks)
  }
}
