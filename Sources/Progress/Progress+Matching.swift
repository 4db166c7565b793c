import CellLanguage
import Interpreter
import Lessons

/// What a student has to know when saved progress meets another version of its lesson.
package struct LessonChanges: Hashable, Sendable {
  /// The cells that both the student and the lesson have changed. Her text stays, as an edit of the
  /// new one.
  package var editedCells: [String] = []
  /// Questions that are open again: the chosen option is gone.
  package var openedQuestions = 0
  /// What was set aside just now, since nothing in the lesson goes with it.
  package var answers = 0
  package var tasks = 0
  package var edits = 0
  package var widgets = 0

  package init() {}

  package var setAside: Int { answers + tasks + edits + widgets }
}

extension Progress {
  /// Finds what saved progress belongs to in a lesson; see the decision "Progress belongs to what the
  /// lesson says".
  package init(
    _ saved: SavedProgress, in outline: LessonOutline, changes: inout LessonChanges
  ) {
    let saved = saved.firstFormat.map { SavedProgress(firstFormat: $0, in: outline) } ?? saved
    self.init()
    page = Self.index(of: saved.page, orElse: saved.pageIndex, in: outline)
    device = saved.device
    addAnswers(saved, in: outline, &changes)
    addCells(saved, in: outline, &changes)
  }

  private static func index(
    of page: PageIdentity, orElse index: Int, in outline: LessonOutline
  ) -> Int {
    var matching = PartMatching(outline.pages, earlier: PartFingerprints())
    return matching.find([page], by: [\.title])[0]
      ?? min(max(0, index), max(0, outline.pages.count - 1))
  }

  // MARK: Questions

  private mutating func addAnswers(
    _ saved: SavedProgress, in outline: LessonOutline, _ changes: inout LessonChanges
  ) {
    var matching = PartMatching(outline.questions.map(\.identity), earlier: saved.parts)
    let entries = saved.entries.questions + saved.aside.questions
    let found = matching.find(
      entries.map(\.identity), asideFrom: saved.entries.questions.count,
      by: [{ $0.options.isEmpty ? nil : $0.statement }], resembling: { $0.isCorrected(as: $1) })
    for (index, entry) in entries.enumerated() {
      let isNew = index < saved.entries.questions.count
      guard let part = found[index].map({ outline.questions[$0] }) else {
        aside.questions.append(entry)
        if isNew, entry.answer != .skipped { changes.answers += 1 }
        continue
      }
      switch entry.answer {
      case .skipped: predictions[part.id] = .skipped
      case .chosen(let text, let number):
        if let index = entry.identity.index(ofChosen: text, number, in: part.identity) {
          predictions[part.id] = .chosen(index)
        } else {
          aside.questions.append(entry)
          if isNew { changes.openedQuestions += 1 }
        }
      }
    }
  }

  // MARK: Cells

  private mutating func addCells(
    _ saved: SavedProgress, in outline: LessonOutline, _ changes: inout LessonChanges
  ) {
    let entries = saved.entries.cells + saved.aside.cells
    guard !entries.isEmpty else { return }
    let found = outline.find(
      entries.map(\.identity), asideFrom: saved.entries.cells.count, earlier: saved.parts)
    var widgets = LessonWidgets(outline)
    for (index, entry) in entries.enumerated() {
      var rest = entry
      if let part = found[index].map({ outline.cells[$0] }) {
        if rest.isDone { doneTasks.insert(part.id) }
        if let edit = rest.edit, edit != part.identity.source {
          edits[part.id] = Edit(source: edit, original: part.identity.source)
          if entry.identity.source != part.identity.source { changes.editedCells.append(part.id) }
        }
        rest.widgets = rest.widgets.filter { name, value in
          guard CellWidgets(in: entry.edit ?? part.identity.source).have(name, for: value) else {
            return true
          }
          self.widgets[part.id, default: [:]][name] = value
          return false
        }
        (rest.isDone, rest.edit) = (false, nil)
      }
      // A lesson gives a name once: a widget that has moved to another cell is still the same.
      rest.widgets = rest.widgets.filter { name, value in
        guard let cell = widgets.cell(of: name, for: value), self.widgets[cell]?[name] == nil else {
          return true
        }
        self.widgets[cell, default: [:]][name] = value
        return false
      }
      guard !rest.isEmpty else { continue }
      aside.cells.append(rest)
      guard index < saved.entries.cells.count else { continue }
      changes.tasks += rest.isDone ? 1 : 0
      changes.edits += rest.edit == nil ? 0 : 1
      changes.widgets += rest.widgets.count
    }
  }
}

extension LessonOutline {
  /// The cells of this version that are those of an earlier one; by index.
  ///
  /// - Parameter first: where those begin that had no counterpart before.
  func find(
    _ cells: [CellIdentity], asideFrom first: Int, earlier: PartFingerprints
  ) -> [Int?] {
    var matching = PartMatching(self.cells.map(\.identity), earlier: earlier)
    func isWritten(_ cell: CellIdentity) -> Bool { !cell.source.isEmpty }
    return matching.find(
      cells, asideFrom: first,
      by: [
        { isWritten($0) ? $0.statement : nil },
        { isWritten($0) ? "\($0.canonicalText)\u{1F}\($0.task ?? "")" : nil },
        { isWritten($0) ? $0.canonicalText : nil },
      ],
      resembling: { isWritten($0) && $0.isCorrected(as: $1) })
  }
}

extension PartMatching {
  /// Finds parts that are unchanged, then those that are changed.
  ///
  /// - Parameter first: where those begin that had no counterpart before; they come last.
  fileprivate mutating func find(
    _ wanted: [Identity], asideFrom first: Int, by keys: [(Identity) -> String?],
    resembling resembles: (Identity, Identity) -> Bool
  ) -> [Int?] {
    var found = find(wanted, by: keys)
    for range in [0..<first, first..<wanted.count] {
      let missing = range.filter { found[$0] == nil }
      let changed = findChanged(missing.map { wanted[$0] }, resembling: resembles)
      for (index, candidate) in zip(missing, changed) { found[index] = candidate }
    }
    return found
  }
}

/// Which cell of a lesson makes a widget; found out when it is first asked for.
private struct LessonWidgets {
  private let outline: LessonOutline
  private lazy var cells: [String: (id: String, function: String)] = {
    var cells: [String: (id: String, function: String)] = [:]
    for part in outline.cells {
      for (name, function) in CellWidgets(in: part.identity.source).functions ?? [:]
      where cells[name] == nil && !name.hasPrefix("_") {
        cells[name] = (part.id, function)
      }
    }
    return cells
  }()

  init(_ outline: LessonOutline) { self.outline = outline }

  mutating func cell(of name: String, for value: WidgetValue) -> String? {
    guard let cell = cells[name], CellWidgets.accepts(cell.function, value) else { return nil }
    return cell.id
  }
}
