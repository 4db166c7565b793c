import Compute
import Interpreter
import Lessons

/// Progress as it is kept from one reading to the next. Each entry says what it belongs to, so that it
/// is found again in a later version of the lesson; see ``Progress/init(_:in:)``.
package struct SavedProgress: Hashable, Sendable {
  /// What the student did with a question.
  package struct Question: Hashable, Sendable {
    package var identity: QuestionIdentity
    package var answer: Answer

    package init(identity: QuestionIdentity, answer: Answer) {
      self.identity = identity
      self.answer = answer
    }
  }

  package enum Answer: Hashable, Sendable {
    /// The text of the chosen option, and its number, from 0. The number only tells equal texts apart.
    case chosen(String, Int)
    case skipped
  }

  /// What the student did in a cell.
  package struct Cell: Hashable, Sendable {
    /// With the lesson's text, which an edit replaces.
    package var identity: CellIdentity
    package var widgets: [String: WidgetValue] = [:]
    /// The student's text.
    package var edit: String?
    /// Whether the checks of the task have passed.
    package var isDone = false

    package init(_ identity: CellIdentity) { self.identity = identity }

    var isEmpty: Bool { widgets.isEmpty && edit == nil && !isDone }
  }

  package struct Entries: Hashable, Sendable {
    package var questions: [Question] = []
    package var cells: [Cell] = []

    package init() {}

    package var isEmpty: Bool { questions.isEmpty && cells.isEmpty }
  }

  /// The page on the screen.
  package var page = PageIdentity(title: "")
  /// Its number, from 0, for when no page has its title any more.
  package var pageIndex = 0
  /// The device that the student chose.
  package var device: DeviceKind?
  package var entries = Entries()
  /// What belongs to no part of the lesson's present version: it waits for one in which it does.
  package var aside = Entries()
  /// The parts of the version that these entries are about.
  package var parts = PartFingerprints()
  /// What a file of the first format says, by the positions of the lesson that it was written for;
  /// everything else is empty then.
  var firstFormat: Progress?

  package var isOfFirstFormat: Bool { firstFormat != nil }

  package init() {}

  /// - Parameter outline: the lesson's, whose ids `progress` uses.
  package init(_ progress: Progress, in outline: LessonOutline) {
    pageIndex = progress.page
    device = progress.device
    if outline.pages.indices.contains(pageIndex) { page = outline.pages[pageIndex] }
    for part in outline.questions {
      let identity = part.identity
      let answer: Answer
      switch progress.predictions[part.id] {
      case .chosen(let index)? where identity.options.indices.contains(index):
        answer = .chosen(identity.options[index], index)
      case .skipped?: answer = .skipped
      case .chosen?, nil: continue
      }
      entries.questions.append(Question(identity: identity, answer: answer))
    }
    for part in outline.cells {
      var cell = Cell(part.identity)
      cell.widgets = progress.widgets[part.id] ?? [:]
      cell.edit = progress.edits[part.id]?.source
      cell.isDone = progress.doneTasks.contains(part.id)
      if !cell.isEmpty { entries.cells.append(cell) }
    }
    aside = progress.aside
    parts = outline.fingerprints
  }
}
