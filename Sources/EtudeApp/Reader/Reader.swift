import Compute
import Interpreter
import Lessons
import Notebook
import Pages
import Progress
import Sounds
import Terminal

/// The reader's state and what keys do to it. Pure: it draws nothing, plays nothing and waits for
/// nothing; `handle` returns what is to be done outside, and `ReaderScreen` draws what it holds.
package struct Reader {
  /// With the student's edits.
  package internal(set) var lesson: Lesson { didSet { lessonVersion += 1 } }
  package private(set) var lessonAsRead: Lesson
  /// The page on the screen, from 0.
  package internal(set) var pageIndex: Int {
    get { state.progress.page }
    set { state.progress.page = newValue }
  }
  /// The first row of the page that is on the screen.
  package internal(set) var scroll = 0
  package private(set) var width: Int
  package private(set) var height: Int
  package private(set) var snapshot = Snapshot()
  package internal(set) var state = PageState()
  package internal(set) var overlay: Overlay?
  package internal(set) var appearance: Appearance
  /// A sentence for the student, until the next key.
  package internal(set) var notice: String?
  /// The digits of a page number so far.
  package internal(set) var pageDigits = ""
  /// What the help on names knows, and what `d` shows.
  let reference: Reference
  /// The session's, for the header.
  let device: DeviceKind
  /// The revision of the cell whose tracks the player holds.
  var loadedRevision = 0
  /// The block that the search found last.
  var searchBlock: (page: Int, block: Int)?
  /// The page grows as its cells run; until the next key the match that was found stays in sight.
  var isFollowingMatch = false
  /// Where the sound goes is said once.
  private var hasSpokenOfSound = false
  private var secondsToNextStep = 0.0
  private let arrangementCache = ArrangementCache()
  /// Grows with each change of the lesson's text.
  private var lessonVersion = 0
  /// Where the page goes back to when the editor is closed.
  var scrollBeforeEditing = 0

  /// What the reader tells when it is asked, found out by whoever starts it.
  package struct Reference: Sendable {
    /// The lines of the overlay on devices; looked up when it opens.
    package var devices: @Sendable () -> [OverlayLine]
    /// The help on a name as cells write it; nil for names that are not built in.
    package var help: @Sendable (String) -> NameHelp?
    /// On which machine the sound comes out, when it is not this one.
    package var soundRemark: String?
    /// What completion knows beside the lesson's names.
    package var vocabulary: Vocabulary

    package init(
      devices: @escaping @Sendable () -> [OverlayLine],
      help: @escaping @Sendable (String) -> NameHelp?, soundRemark: String? = nil,
      vocabulary: Vocabulary = .standard
    ) {
      self.devices = devices
      self.help = help
      self.soundRemark = soundRemark
      self.vocabulary = vocabulary
    }
  }

  /// - Parameter progress: what the student had done before.
  package init(
    lesson: Lesson, width: Int, height: Int, appearance: Appearance, reference: Reference,
    device: DeviceKind = .cpu, progress: Progress = Progress()
  ) {
    self.lesson = lesson
    lessonAsRead = lesson
    self.width = width
    self.height = height
    self.appearance = appearance
    self.reference = reference
    self.device = device
    state.progress = progress
    notice = adaptProgress()
  }

  // MARK: What it shows

  /// A lesson without pages shows an empty one.
  package var page: Page {
    lesson.pages.indices.contains(pageIndex)
      ? lesson.pages[pageIndex] : Page(title: lesson.title, blocks: [], line: 1)
  }

  package var look: PageLook {
    PageLook(
      width: width, height: bodyHeight, theme: appearance.theme, charset: appearance.charset)
  }

  package var score: Score { state.progress.score(in: lesson) }

  /// The rows between header and footer.
  package var bodyHeight: Int { max(1, height - 2) }

  /// The page on the screen with everything in its place; made once for each change of what it
  /// depends on.
  package var arrangement: PageArrangement {
    let inputs = ArrangementCache.Inputs(
      page: pageIndex, lessonVersion: lessonVersion, revision: snapshot.revision,
      isBusy: snapshot.isBusy, layout: state.layout, look: look)
    return arrangementCache.arrangement(for: inputs) {
      PageArrangement(page: page, snapshot: snapshot, state: state, look: look)
    }
  }

  /// From the innermost: an overlay has all keys; else the focus, the search, the page.
  package var contexts: [KeyContext] {
    switch overlay {
    case .contents: [.contents]
    case .names: [.list]
    case .text: [.text]
    case .options: [.options]
    case .confirmReset: [.reset]
    case .confirmEnd: [.confirm]
    case .prompt: [.prompt]
    case .editor: [.editor]
    case nil:
      [focusContext, state.search == nil ? nil : .search, .page, .everywhere].compactMap { $0 }
    }
  }

  private var focusContext: KeyContext? {
    guard let focus = state.focus else { return nil }
    if case .code = focus { return .code }
    if case .prediction = focus { return .prediction }
    switch snapshot.output(for: focus) {
    case .widget(let widget):
      switch widget.kind {
      case .slider: return .slider
      case .choice: return .choice
      case .toggle: return .toggle
      }
    case .figure: return state.windows[focus]?.cursor == nil ? .plot : .plotCursor
    case .stepper: return .stepper
    case .player: return .player
    case .trainer: return .trainer
    case .permission: return .permission
    case nil: return nil
    }
  }

  // MARK: What happens to it

  package mutating func handle(_ event: Event) -> [Action] {
    switch event {
    case .resize(let width, let height):
      self.width = width
      self.height = height
      keepScrollInside()
      if state.focus != nil { scrollToFocus() }
      return []
    case .key(let key):
      notice = nil
      isFollowingMatch = false
      if case .prompt(let prompt) = overlay { return handle(key, in: prompt) }
      if case .editor(let editor) = overlay { return handle(key, in: editor) }
      // Whoever has begun a page number means it, whatever Enter does to what has the focus.
      if key == .enter, !pageDigits.isEmpty { return perform(.jump) }
      guard let command = KeyBindings.command(for: key, in: contexts) else {
        pageDigits = ""
        return []
      }
      return perform(command)
    case .paste(let text):
      notice = nil
      return paste(text)
    case .mouse:
      return []
    }
  }

  /// New results. A sound that plays goes on with its new samples.
  package mutating func update(snapshot new: Snapshot) -> [Action] {
    guard new.revision != snapshot.revision || new.isBusy != snapshot.isBusy else { return [] }
    let hadBatch = hasBatchInFocus
    snapshot = new
    if hasBatchInFocus, !hadBatch { scrollToFocus(preferringEnd: true) }
    if !new.isBusy { state.movedWidgets = [:] }
    state.movedWidgets = state.movedWidgets.filter { target, value in
      if case .widget(let widget)? = new.output(for: target) {
        widget.value != value
      } else {
        false
      }
    }
    noteDoneTasks()
    if isFollowingMatch { scrollToMatch() }
    keepScrollInside()
    guard let target = state.player?.target, let cell = new.cells[target.cell],
      case .succeeded = cell.state, !cell.isStale, cell.revision != loadedRevision
    else { return [] }
    guard case .player(let tracks)? = new.output(for: target) else {
      state.player = nil
      return [.sound(.stop)]
    }
    loadedRevision = cell.revision
    return [.sound(.load(tracks, keepingPosition: true))]
  }

  private mutating func noteDoneTasks() {
    for task in page.tasks where !state.progress.doneTasks.contains(task) {
      guard let cell = snapshot.cells[task], !cell.isStale, cell.isDoneTask else { continue }
      state.progress.doneTasks.insert(task)
      notice = "task done"
    }
  }

  package mutating func update(player: PlayerState) {
    guard state.player != nil else { return }
    state.player?.state = player
    guard player.isPlaying, !hasSpokenOfSound else { return }
    switch player.output {
    case .notOpened: return
    case .device: notice = reference.soundRemark
    case .silent(let reason): notice = "silent; w writes a WAV file: \(reason)"
    }
    hasSpokenOfSound = true
  }

  /// There is another player now; its tracks are loaded when they are asked for.
  mutating func forgetPlayer() {
    state.player = nil
    hasSpokenOfSound = false
  }

  /// The lesson's file was read again: progress stays, everything else starts anew.
  package mutating func replace(lesson new: Lesson) -> [Action] {
    lessonAsRead = new
    overlay = nil
    snapshot = Snapshot()
    let changes = adaptProgress()
    resetPageState()
    keepScrollInside()
    notice = changes ?? "read again: \(lesson.file)"
    return [.sound(.stop), .session(.show(page: pageIndex))]
  }

  /// The lesson as if it had never been read.
  package mutating func startOver() -> [Action] {
    snapshot = Snapshot()
    state.progress = Progress()
    applyEdits()
    resetPageState()
    return [.sound(.stop), .session(.show(page: pageIndex))]
  }

  /// - Returns: what the student ought to know of it.
  private mutating func adaptProgress() -> String? {
    let changed = state.progress.adapt(to: lessonAsRead)
    applyEdits()
    guard let first = changed.first else { return nil }
    let cells = changed.count == 1 ? "cell \(first)" : "\(changed.count) cells"
    return "the lesson has changed \(cells) that you edited: your text stays, R takes the lesson's"
  }

  package mutating func say(_ text: String) { notice = text }

  /// What the trainers that run have done, from 0 to 1; nil while none runs.
  var trainingProgress: Double? {
    let running = snapshot.trainers.values.filter { $0.activity == .running }
    guard !running.isEmpty else { return nil }
    let all = running.reduce(0) { $0 + $1.epochs - $1.startEpoch }
    return Double(running.reduce(0) { $0 + $1.epoch - $1.startEpoch }) / Double(max(1, all))
  }

  /// The trainer in focus goes through a batch, which takes rows of its own.
  private var hasBatchInFocus: Bool {
    guard case .trainer(let cell, let call)? = state.focus else { return false }
    return snapshot.trainers[TrainerID(cell: cell, call: call)]?.batch != nil
  }

  // MARK: Time

  /// Something moves by itself: the loop is to call `advance`.
  package var isAnimating: Bool {
    state.player?.state?.isPlaying == true || state.steppers.values.contains(where: \.isAnimating)
  }

  /// Animated steppers go a step every 0.6 s, and stop at the end.
  package mutating func advance(seconds: Double) {
    guard state.steppers.values.contains(where: \.isAnimating) else {
      secondsToNextStep = 0.6
      return
    }
    secondsToNextStep -= seconds
    guard secondsToNextStep <= 0 else { return }
    secondsToNextStep = 0.6
    for (target, position) in state.steppers where position.isAnimating {
      guard case .stepper(let stepper)? = snapshot.output(for: target),
        position.step + 1 < stepper.outputCount
      else {
        state.steppers[target]?.isAnimating = false
        continue
      }
      state.steppers[target]?.step += 1
    }
  }

  // MARK: Pages

  mutating func show(page index: Int) -> [Action] {
    let index = min(max(0, index), max(0, lesson.pages.count - 1))
    guard index != pageIndex else {
      scroll = 0
      return []
    }
    pageIndex = index
    resetPageState()
    return [.sound(.stop), .session(.show(page: index))]
  }

  private mutating func resetPageState() {
    let (search, progress) = (state.search, state.progress)
    state = PageState()
    state.search = search
    state.progress = progress
    scroll = 0
  }

  var lastScroll: Int { max(0, arrangement.height - pageRows) }

  mutating func keepScrollInside() { scroll = min(max(0, scroll), lastScroll) }

  /// - Parameter preferringEnd: which part of something taller than the screen is to be seen.
  mutating func scrollToFocus(preferringEnd: Bool = false) {
    guard let rows = arrangement.targets.first(where: { $0.target == state.focus })?.rows else {
      return
    }
    if rows.upperBound > scroll + bodyHeight { scroll = rows.upperBound - bodyHeight }
    if rows.lowerBound < scroll, !preferringEnd || rows.count <= bodyHeight {
      scroll = rows.lowerBound
    }
    keepScrollInside()
  }
}
