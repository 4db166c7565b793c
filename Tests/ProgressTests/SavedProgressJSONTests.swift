import Interpreter
import Lessons
import Messages
import Progress
import Testing

/// Progress with one of everything.
let fullProgress: SavedProgress = {
  var progress = SavedProgress()
  progress.page = PageIdentity(
    title: "Two", place: Place(onPage: Place.Ordinal(2, of: 3), inLesson: Place.Ordinal(2, of: 3)))
  progress.pageIndex = 1
  progress.device = .cuda
  let question = QuestionIdentity(
    name: "length", prompt: "How long?", options: ["one \"ü\"", "two"], right: [1],
    place: Place(page: "One"))
  progress.entries.questions = [
    SavedProgress.Question(identity: question, answer: .chosen("two", 1)),
    SavedProgress.Question(
      identity: QuestionIdentity(prompt: "Why?", options: ["so"]), answer: .skipped),
  ]
  var cell = SavedProgress.Cell(CellIdentity(name: "cell", source: "n = slider(1, 9)"))
  cell.widgets = [
    "n": .number(7), "x": .number(0.1 + 0.2), "window": .option(3, text: "hann"),
    "old": .option(2), "flip": .isOn(true),
  ]
  cell.edit = "n = 3 # \"ü\"\n\u{1B}[31m"
  var task = SavedProgress.Cell(CellIdentity(source: "check(n > 3, \"more\")", task: "More."))
  task.isDone = true
  progress.entries.cells = [cell, task]
  progress.aside.questions = [progress.entries.questions[0]]
  progress.aside.cells = [task]
  progress.parts.values = [-1, .max, .min]
  return progress
}()

@Suite("Saved progress as JSON")
struct SavedProgressJSONTests {
  @Test("Progress survives a round trip, and equal progress is equal text")
  func roundTrip() throws {
    for progress in [fullProgress, SavedProgress()] {
      let text = progress.json
      let back = try SavedProgress(json: Array(text.utf8))
      #expect(back == progress)
      #expect(back.json == text)
    }
    #expect(fullProgress.json.allSatisfy { $0 != "\u{1B}" })
  }

  @Test(
    "Invalid text is refused with a reason",
    arguments: [
      "", "{", "[]", "null", "\u{0}", #"{"format": 1}"#, #"{"format": 2}"#,
      #"{"format": 3, "page": 0}"#, #"{"format": "2", "page": 0}"#,
    ])
  func refused(text: String) {
    #expect(throws: Diagnostic.self) { try SavedProgress(json: Array(text.utf8)) }
  }

  @Test("Lists that are nested too deeply are refused")
  func tooDeep() {
    let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: Diagnostic.self) { try SavedProgress(json: bytes) }
  }

  @Test(
    "A member of another type is refused",
    arguments: [
      (#""index": 1"#, #""index": -1"#), (#""index": 1"#, #""index": 1.5"#),
      (#""index": 1"#, #""index": 99999999999999999999"#), (#""title": "Two""#, #""title": 2"#),
      (#""on_page": [2, 3]"#, #""on_page": [4, 3]"#), (#""on_page": [2, 3]"#, #""on_page": 2"#),
      (#""number": 1"#, #""number": -1"#), (#""answer": "two""#, #""answer": 2"#),
      (#""skipped": true"#, #""skipped": false"#), (#""id": "length""#, #""id": 3"#),
      (#""options": ["so"]"#, #""options": "so""#), (#""right": [1]"#, #""right": ["1"]"#),
      (#""option": 3"#, #""option": -3"#), (#""option": 3"#, #""option": []"#),
      (#""text": "hann""#, #""text": 4"#),
      (#"{"number": 7.0}"#, #"{"number": 1e999}"#), (#"{"number": 7.0}"#, #"{"number": NaN}"#),
      (#"{"number": 7.0}"#, "7"), (#""done": true"#, #""done": 1"#),
      (#""edit""#, #""edit": 3, "e""#),
      (#""source""#, #""sauce""#), (#""task": "More.""#, #""task": []"#),
      (#""aside": {"#, #""beside": {"#), (#""device": "cuda""#, #""device": 1"#),
      (#""parts": [-1"#, #""parts": [-1.5"#),
    ])
  func wrongTypes(part: String, replacement: String) throws {
    let text = fullProgress.json.replacing(part, with: replacement)
    try #require(text != fullProgress.json)
    #expect(throws: Diagnostic.self) { try SavedProgress(json: Array(text.utf8)) }
  }

  @Test("A device that this version does not know is the CPU")
  func unknownDevice() throws {
    let text = fullProgress.json.replacing(#""device": "cuda""#, with: #""device": "tpu""#)
    #expect(try SavedProgress(json: Array(text.utf8)).device == nil)
  }

  @Test("Truncated text is refused, and no changed byte does harm")
  func damage() {
    let bytes = Array(fullProgress.json.utf8)
    for count in 0..<(bytes.count - 2) {
      #expect(throws: Diagnostic.self) { try SavedProgress(json: Array(bytes[..<count])) }
    }
    for index in bytes.indices {
      var changed = bytes
      for byte in [0, 0x22, 0x2D, 0x39, 0x7D, 0xFF] as [UInt8] {
        changed[index] = byte
        _ = try? SavedProgress(json: changed)
      }
    }
  }
}
