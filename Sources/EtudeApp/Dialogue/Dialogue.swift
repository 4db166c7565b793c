import Interpreter
import Lessons
import Notebook
import Pages
import Terminal

/// The lesson as a dialogue: a line is an order, and what it changes is said. Pure: it changes a reader
/// and returns the side effects, as keys do; ``DialogueLoop`` performs them.
///
/// Nothing that was said is taken back, so the whole of it can be read by a voice, by fingers, or from a
/// file.
package struct Dialogue {
  /// What is to be written next.
  private(set) var speech: [Utterance] = []
  /// The things of the page.
  var numbers = ThingNumbers()
  /// Steppers whose first step has been said.
  var startedSteppers: Set<FocusTarget> = []
  /// The number of the player whose sounds were in the last blind test.
  var testedPlayer: Int?
  /// Whether a blind test has been asked for, and nothing was said of it yet.
  var isTestToBegin = false
  /// The thing that was used last, or gone to by "tab"; nil before the first.
  var current: FocusTarget?
  /// Whether only the ends of trainings are said.
  var isQuiet = false
  /// Whether lines wait until all trainings are done.
  private(set) var isWaiting = false
  /// Whether the editor is open from an earlier session, and nothing has been said of it yet.
  var hasUnannouncedEditor = false
  /// The device that is to be chosen when the list is there.
  var wantedDevice: String?

  /// The page that is being read or was; nil when one is to be read from its start.
  private var page: Int?
  /// The page whose things have the numbers.
  private var numbersPage: Int?
  private var isReading = false
  /// The page was not read: what is on it counts as said.
  private var isLeftOut = false
  /// The page's parts as they were said.
  private var said: [SpokenPart.Key: SpokenPart] = [:]
  /// Whether something may have changed that was not said yet.
  private var needsComparison = false
  var trainings = SpokenTrainings()
  /// When the work began that the student is waiting for, and whether it was said that it takes long.
  private var workStart: Double?
  private(set) var isOverdue = false

  /// How long a cell runs before that is said, in seconds.
  private static let patience = 1.0

  enum Utterance: Hashable {
    case line(SpokenLine)
    /// A blank line, unless there is one.
    case gap
  }

  package init() {}

  // MARK: Speaking

  mutating func say(_ text: String) { speech.append(.line(.sentence(text))) }

  mutating func say(_ lines: [SpokenLine]) { speech += lines.map(Utterance.line) }

  mutating func gap() { speech.append(.gap) }

  mutating func takeSpeech() -> [Utterance] {
    defer { speech = [] }
    return speech
  }

  // MARK: Reading

  /// Reads the page from its start.
  mutating func readAgain() { page = nil }

  /// The things of the page are others: it is another lesson.
  mutating func forgetPage() {
    page = nil
    numbersPage = nil
  }

  /// Says what there is to say now: the page as far as its cells have run, what has changed, how far
  /// the trainings are.
  ///
  /// - Parameters:
  ///   - isIdle: whether no cell is running or about to run.
  ///   - time: in seconds, from any monotonic clock.
  mutating func advance(_ reader: inout Reader, isIdle: Bool, at time: Double) {
    sayNotice(of: &reader)
    beginBlindTest(reader)
    if page != reader.pageIndex { beginPage(reader) }
    if isReading {
      readOn(reader, isIdle: isIdle)
    } else if needsComparison, isIdle, !(isWaiting && reader.isTraining) {
      compare(reader)
    }
    if hasUnannouncedEditor, !isReading { beginEditing(&reader) }
    if reader.isCelebrating, isIdle {
      reader.isCelebrating = false
      say(reader.praise)
    }
    let isQuiet = isQuiet || isReading
    let news = trainings.news(of: reader, isQuiet: isQuiet, at: time)
    for sentence in news.sentences { say(sentence) }
    if news.hasEnded { needsComparison = true }
    if isWaiting, isIdle, !needsComparison, !reader.isTraining { isWaiting = false }
    notePatience(reader, isIdle: isIdle, at: time)
  }

  /// Whether the answer to the last line is complete.
  var isSettled: Bool { !isReading && !needsComparison && !isWaiting && wantedDevice == nil }

  /// A line was typed while a cell ran or a network trained: it is not to wait any longer.
  mutating func stopWaiting(_ reader: Reader) {
    isWaiting = false
    if isReading {
      isReading = false
      isLeftOut = true
      // The line may name what was not read.
      _ = SpokenPage(of: reader, numbers: &numbers)
      say("The rest of the page is left out; again reads it from its start.")
    }
  }

  mutating func wait() { isWaiting = true }

  mutating func sayNotice(of reader: inout Reader) {
    guard let notice = reader.notice else { return }
    reader.notice = nil
    say(notice.asSentence)
  }

  private mutating func beginPage(_ reader: Reader, isAnnounced: Bool = true) {
    if numbersPage != reader.pageIndex {
      numbers = ThingNumbers()
      startedSteppers = []
      current = nil
    }
    page = reader.pageIndex
    numbersPage = reader.pageIndex
    isReading = true
    needsComparison = false
    isLeftOut = false
    said = [:]
    guard isAnnounced else { return }
    gap()
    say(
      "Page \(reader.pageIndex + 1) of \(reader.lesson.pages.count): \(reader.page.title)"
        .asSentence)
  }

  /// Goes to a page without reading it.
  mutating func leaveOutPage(_ reader: Reader) {
    beginPage(reader, isAnnounced: false)
    isReading = false
    isLeftOut = true
    gap()
  }

  private mutating func readOn(_ reader: Reader, isIdle: Bool) {
    // What is not said yet gets no number: those of what comes before it are to be lower.
    var all = numbers
    let spoken = SpokenPage(of: reader, numbers: &all)
    var previous: SpokenPart.Key?
    for part in spoken.parts {
      defer { if !part.lines.isEmpty { previous = part.key } }
      guard said[part.key] == nil else { continue }
      guard isIdle || !part.isComputed else { return }
      if case .thing(let target) = part.key { numbers.add(target, of: all) }
      if !part.lines.isEmpty, !part.sharesCell(with: previous) { gap() }
      say(part.lines)
      said[part.key] = part
    }
    guard isIdle else { return }
    isReading = false
    gap()
    let isLast = reader.pageIndex == reader.lesson.pages.count - 1
    say(isLast ? "This is the end of the last page." : "End of page \(reader.pageIndex + 1).")
  }

  // MARK: Changes

  /// Notes that the last line may have changed something.
  mutating func expectChanges() { needsComparison = !isReading }

  /// Takes a part as said, since the answer to a line has said it in other words.
  mutating func noteSaid(_ key: SpokenPart.Key, _ reader: Reader) {
    for part in SpokenPage(of: reader, numbers: &numbers).parts where part.key == key {
      said[key] = part
    }
  }

  private mutating func compare(_ reader: Reader) {
    needsComparison = false
    for part in SpokenPage(of: reader, numbers: &numbers).parts {
      let old = said[part.key]
      said[part.key] = part
      guard let old else {
        if !isLeftOut { say(part.lines) }
        continue
      }
      guard !part.isUnchanged(from: old) else { continue }
      switch part.change {
      case .silent: break
      case .instead(let lines):
        say(lines)
        // When that sentence has not changed, the lines below it have.
        if part.lines.first == old.lines.first { sayNew(part.lines, old.lines) }
      case .newSentences: sayNew(part.lines, old.lines)
      }
    }
    isLeftOut = false
  }

  private mutating func sayNew(_ new: [SpokenLine], _ old: [SpokenLine]) {
    let known = Set(old)
    let sentences = Set(old.flatMap { $0.text.sentences })
    for line in new where !known.contains(line) {
      guard case .sentence(let text) = line else {
        say([line])
        continue
      }
      let news = text.sentences.filter {
        !sentences.contains($0) && $0 != "This task is done."
      }
      if !news.isEmpty { say(news.joined(separator: " ")) }
    }
  }

  // MARK: Long work

  private mutating func notePatience(_ reader: Reader, isIdle: Bool, at time: Double) {
    guard !isIdle || isWaiting else {
      (workStart, isOverdue) = (nil, false)
      return
    }
    guard let start = workStart else {
      workStart = time
      return
    }
    guard !isOverdue, time - start >= Self.patience else { return }
    isOverdue = true
    guard !isIdle else { return }
    let cell = reader.page.cells.first { cell in
      guard !cell.isStatic else { return false }
      return reader.snapshot.cells[cell.id].map { $0.isPending || $0.isStale } ?? true
    }
    say(
      "\(cell.map { "Cell \($0.id)" } ?? "A cell") takes long. Wait, or type the next line: it need not wait."
    )
  }
}

extension Reader {
  var isTraining: Bool { snapshot.trainers.values.contains { $0.activity == .running } }
}
