import FileFormats
import Interpreter
import Lessons
import Messages

/// Files of the first format, which were written until the second came. They name the places of questions
/// and cells instead of saying what they are.
extension Progress {
  /// - Throws: when the object is not in the first format.
  init(firstFormat json: JSONValue) throws(Diagnostic) {
    guard case .integer(let page)? = json["page"], page >= 0 else {
      throw Diagnostic("its page is missing")
    }
    self.init()
    self.page = page
    predictions = try json.dictionary("predictions") { answer in
      switch answer {
      case .integer(let index) where index >= 0: .chosen(index)
      case .string("skipped"): .skipped
      default: nil
      }
    }
    widgets = try json.dictionary("widgets") { try? $0.dictionary(WidgetValue.init) }
    edits = try json.dictionary("edits") { edit in
      guard case .string(let source)? = edit["source"],
        case .string(let original)? = edit["original"]
      else { return nil }
      return Edit(source: source, original: original)
    }
    doneTasks = Set(
      try json.array("done_tasks") { task in
        if case .string(let cell) = task { cell } else { nil }
      })
  }
}

extension SavedProgress {
  /// Whether positions in files of the first format are those of this lesson.
  package func trustsPositions(in outline: LessonOutline) -> Bool {
    guard let firstFormat else { return false }
    return firstFormat.fits(
      questions: outline.questionsByPosition, cells: outline.cellsByPosition)
  }

  /// Progress of the first format, as if it had been saved with this version of its lesson. Cells with
  /// ids are certain. Places are trusted all together or not at all: where one of them does not fit, the
  /// lesson has been changed since.
  init(firstFormat first: Progress, in outline: LessonOutline) {
    self.init()
    let (questions, cells) = (outline.questionsByPosition, outline.cellsByPosition)
    let named = Dictionary(
      outline.cells.map { ($0.id, $0.identity) }, uniquingKeysWith: { first, _ in first })
    let isTrusted = first.fits(questions: questions, cells: cells)

    parts = outline.fingerprints
    pageIndex = first.page
    if outline.pages.indices.contains(pageIndex) { page = outline.pages[pageIndex] }
    for (position, answer) in first.predictions.sorted(by: { $0.key < $1.key }) {
      let identity =
        (isTrusted ? questions[position] : nil)
        ?? QuestionIdentity(prompt: "", options: [], place: Place(page: position))
      switch answer {
      case .skipped: entries.questions.append(Question(identity: identity, answer: .skipped))
      case .chosen(let index):
        let text = identity.options.indices.contains(index) ? identity.options[index] : ""
        entries.questions.append(Question(identity: identity, answer: .chosen(text, index)))
      }
    }
    let ids = Set(first.widgets.keys).union(first.edits.keys).union(first.doneTasks)
    for id in ids.sorted() {
      let edit = first.edits[id]
      var identity: CellIdentity
      if id.first?.isNumber == true {
        identity =
          (isTrusted ? cells[id] : nil) ?? CellIdentity(source: "", place: Place(page: id))
      } else {
        identity = named[id] ?? CellIdentity(name: id, source: "")
      }
      if let edit { identity.source = edit.original }
      var cell = Cell(identity)
      cell.widgets = first.widgets[id] ?? [:]
      cell.edit = edit?.source
      cell.isDone = first.doneTasks.contains(id)
      entries.cells.append(cell)
    }
  }
}

extension LessonOutline {
  fileprivate var questionsByPosition: [String: QuestionIdentity] {
    Dictionary(
      questions.map { ($0.position, $0.identity) }, uniquingKeysWith: { first, _ in first })
  }

  fileprivate var cellsByPosition: [String: CellIdentity] {
    Dictionary(cells.map { ($0.position, $0.identity) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Progress {
  /// Whether all places of the first format are those of a lesson.
  fileprivate func fits(
    questions: [String: QuestionIdentity], cells: [String: CellIdentity]
  ) -> Bool {
    func isPlace(_ id: String) -> Bool { id.first?.isNumber == true }
    return predictions.allSatisfy { position, answer in
      guard let question = questions[position] else { return false }
      if case .chosen(let index) = answer { return question.options.indices.contains(index) }
      return true
    }
      && edits.allSatisfy { !isPlace($0.key) || cells[$0.key]?.source == $0.value.original }
      && doneTasks.allSatisfy { !isPlace($0) || cells[$0]?.task != nil }
      && widgets.allSatisfy { position, values in
        guard isPlace(position) else { return true }
        guard let cell = cells[position] else { return false }
        let widgets = CellWidgets(in: edits[position]?.source ?? cell.source)
        return values.allSatisfy { widgets.have($0.key, for: $0.value) }
      }
  }
}
