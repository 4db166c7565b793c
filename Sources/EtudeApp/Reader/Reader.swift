import Compute
import Interpreter
import Lessons
import Notebook
import Pages
import Progress
import Sounds
import Terminal

/// The reader's state and how keys change it. Pure: it performs no I/O and never blocks; `handle`
/// returns the side effects as actions, and `draw` renders the state.
package struct Reader {
  /// With the student's edits.
  package internal(set) var lesson: Lesson {
    didSet {
      lessonVersion += 1
      dependencies = PageDependencies(of: lesson)
    }
  }
  package private(set) var lessonAsRead: Lesson
  /// What the parts of the lesson are and say, by which progress is kept.
  private(set) var outline: LessonOutline
  /// The page on the screen, from 0.
  package internal(set) var pageIndex: Int {
    get { state.progress.page }
    set { state.progress.page = newValue }
  }
  /// The first visible row of the page.
  package internal(set) var scroll = 0
  package private(set) var width: Int
  package private(set) var height: Int
  package internal(set) var snapshot = Snapshot()
  package internal(set) var state = PageState()
  package internal(set) var overlay: Overlay?
  package internal(set) var appearance: Appearance
  /// A message to the student, shown until the next key.
  package internal(set) var notice: String?
  /// A task was done just now; said until the student turns to something else.
  var isCelebrating = false
  /// The place to take up again as the page's cells get their results; until the next key.
  var returning: Place?
  /// In dB, at most 0; for all players.
  package internal(set) var volume = 0.0
  /// The digits of a pending page number, and when the last one was typed.
  package internal(set) var pageDigits = ""
  var lastDigitTime = 0.0
  /// How long an ambiguous number has been pending, in seconds.
  var ambiguousNumberAge = 0.0
  /// Where the student was before each jump, the last one at the end.
  var places: [Place] = []
  /// The help on names and the list of devices.
  let reference: Reference
  /// The session's, for the header.
  package internal(set) var device: DeviceKind
  /// The remark on the session's device that was shown last: each is shown once.
  var shownDeviceRemark: String?
  /// The revision of the cell whose tracks are loaded.
  var loadedRevision = 0
  /// The track of the loaded player that was selected before the present one.
  var earlierTrack: Int?
  /// The player's settings before the blind test.
  var settingsBeforeTest: (selected: Int, isLooping: Bool) = (0, false)
  /// Draws what X is.
  package var generator: any RandomNumberGenerator = SystemRandomNumberGenerator()
  /// The block of the current match.
  var searchBlock: (page: Int, block: Int)?
  /// Keeps the match in view until the next key, while the page grows as its cells run.
  var isFollowingMatch = false
  /// The sound output that was reported last: each is reported once.
  var reportedSoundOutput = SoundDestination.notOpened
  /// What the mouse drags: a thing, and the row of it that was clicked on.
  var dragged: (target: FocusTarget, row: Int)?
  private var secondsToNextStep = 0.0
  private let arrangementCache = ArrangementCache()
  /// Incremented whenever the lesson's text changes.
  private var lessonVersion = 0
  /// Between the lesson's cells, edits included.
  private(set) var dependencies: PageDependencies
  /// Texts of an earlier session that have not been opened in the editor, by cell.
  var waitingDrafts: [String: CellDraft] = [:]
  /// The same for cells that the lesson does not have any more.
  var strayDrafts: [CellDraft] = []
  /// Whether what the student does is saved, for the questions that say so.
  package var isSaving = false
  /// The scroll position to restore when the editor closes.
  var scrollBeforeEditing = 0

  /// Reference information that the executable provides.
  package struct Reference: Sendable {
    /// The devices, asked for when their list opens. May take long, or never return.
    package var devices: @Sendable () -> DeviceList
    /// Says on which machine sound is played, when it is not this one.
    package var soundRemark: String?
    /// The built-ins that cells call, completion offers and `i` explains.
    package var vocabulary: Vocabulary

    package init(
      devices: @escaping @Sendable () -> DeviceList,
      vocabulary: Vocabulary, soundRemark: String? = nil
    ) {
      self.devices = devices
      self.soundRemark = soundRemark
      self.vocabulary = vocabulary
    }
  }

  /// - Parameters:
  ///   - device: where the session computes; nil for the device that was chosen last time.
  ///   - progress: the student's saved progress.
  package init(
    lesson: Lesson, width: Int, height: Int, appearance: Appearance, reference: Reference,
    device: DeviceKind? = nil, progress: SavedProgress = SavedProgress()
  ) {
    self.lesson = lesson
    lessonAsRead = lesson
    dependencies = PageDependencies(of: lesson)
    outline = LessonOutline(of: lesson)
    self.width = width
    self.height = height
    self.appearance = appearance
    self.reference = reference
    self.device = device ?? progress.device ?? .cpu
    notice = resume(progress)
  }

  // MARK: What it shows

  /// The current page; an empty one in a lesson without pages.
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

  /// The layout of the current page, cached until one of its inputs changes.
  package var arrangement: PageArrangement {
    var state = state
    // The editor shares the screen with the page.
    state.hasStage = !isEditing
    if isEditing { state.isZoomed = false }
    let inputs = ArrangementCache.Inputs(
      page: pageIndex, lessonVersion: lessonVersion, revision: snapshot.revision,
      isBusy: snapshot.isBusy, layout: state.layout, look: look)
    return arrangementCache.arrangement(for: inputs) {
      PageArrangement(
        page: page, snapshot: snapshot, state: state, look: look, dependencies: dependencies)
    }
  }

  /// From the innermost on. An overlay takes all keys; else the focused item, the search, the page.
  package var contexts: [KeyContext] {
    switch overlay {
    case .contents: [.contents]
    case .names: [.list]
    case .devices: [.devices]
    case .text: [.text]
    case .options: [.options]
    case .confirmReset: [.reset]
    case .confirmEnd: [.confirm]
    case .prompt: [.prompt]
    case .editor(let editor): [editor.isAsking ? .unreadable : .editor]
    case nil:
      blindTestContexts
        ?? [
          focusContext, state.search == nil ? nil : .search, state.focus == nil ? .unfocused : nil,
          .page, .everywhere,
        ].compactMap { $0 }
    }
  }

  private var focusContext: KeyContext? { state.focus.flatMap(context) }

  func context(of focus: FocusTarget) -> KeyContext? {
    if case .code = focus { return .code }
    if case .prediction = focus { return .prediction }
    if case .table = focus { return .table }
    if case .wait = focus { return .wait }
    switch snapshot.output(for: focus) {
    case .widget(let widget):
      switch widget.kind {
      case .slider: return .slider
      case .choice: return .choice
      case .toggle: return .toggle
      }
    case .figure: return state.windows[focus]?.cursor == nil ? .plot : .plotCursor
    case .stepper: return .stepper
    case .table: return .table
    case .player: return .player
    case .trainer: return .trainer
    case .permission: return .permission
    case nil: return nil
    }
  }

  // MARK: What happens to it

  /// - Parameter time: in seconds, from any monotonic clock.
  package mutating func handle(_ event: Event, at time: Double = 0) -> [Action] {
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
      returning = nil
      if case .prompt(let prompt) = overlay { return handle(key, in: prompt) }
      if case .editor(let editor) = overlay { return handle(key, in: editor) }
      // A pending page number overrides the focused item's Enter.
      if key == .enter, hasPageNumber { return perform(.jump) }
      guard let command = digit(key) ?? KeyBindings.command(for: key, in: contexts) else {
        pageDigits = ""
        explainUnusedKey(key)
        return []
      }
      if case .selectTrack = command { return selectTrack(key, command, at: time) }
      return perform(command)
    case .paste(let text):
      notice = nil
      return paste(text)
    case .mouse(let mouse):
      return handle(mouse)
    case .background(let background):
      if !appearance.isBackgroundChosen { appearance.background = background }
      return []
    }
  }

  /// Replaces the lesson after a reload, and everything else with it except for the progress and the text
  /// in the editor.
  ///
  /// - Parameters:
  ///   - progress: that of the new lesson; nil if it is the same one, in another version.
  ///   - drafts: likewise.
  package mutating func replace(
    lesson new: Lesson, progress: SavedProgress? = nil, drafts: [CellDraft]? = nil
  ) -> [Action] {
    var told: [String] = []
    if progress != nil {
      told.append(
        "the lesson's id is now '\(new.id)': you see what you did under this id; what you did under "
          + "'\(lessonAsRead.id)' is kept there")
    }
    let progress = progress ?? savedProgress
    let drafts = drafts ?? self.drafts
    lessonAsRead = new
    outline = LessonOutline(of: new)
    overlay = nil
    places = []
    snapshot = Snapshot()
    let wasTesting = interruptBlindTest(because: "the lesson has changed")
    if wasTesting, let notice { told.append(notice) }
    if let changes = resume(progress) ?? restore(drafts).first { told.append(changes) }
    resetPageState()
    keepScrollInside()
    notice = told.isEmpty ? "the lesson was reloaded" : told.joined(separator: "; ")
    return [.sound(.stop), .session(.show(page: pageIndex))]
  }

  /// Resets the lesson to its initial state.
  package mutating func startOver() -> [Action] {
    snapshot = Snapshot()
    let chosen = state.progress.device
    state.progress = Progress()
    state.progress.device = chosen
    (waitingDrafts, strayDrafts) = ([:], [])
    applyEdits()
    resetPageState()
    return [.sound(.stop), .session(.show(page: pageIndex))]
  }

  /// The progress, to be kept for the next reading.
  package var savedProgress: SavedProgress { SavedProgress(state.progress, in: outline) }

  /// Runs that say which cells of the lesson they belong to.
  func identified(_ runs: [SavedRun]) -> [SavedRun] {
    runs.map { run in
      var run = run
      if run.isPlaced {
        run.cell = outline.cells.first { $0.id == run.id.cell }?.identity ?? run.cell
      }
      return run
    }
  }

  /// Takes up what was done in this version of the lesson or in an earlier one.
  ///
  /// - Returns: a notice to the student when the lesson's changes concern something that she did.
  private mutating func resume(_ progress: SavedProgress) -> String? {
    var changes = LessonChanges()
    state.progress = Progress(progress, in: outline, changes: &changes)
    applyEdits()
    return changes.notice
  }

  package mutating func say(_ text: String) { notice = text }

  /// The overall progress of all running trainers, 0 to 1; nil while none runs.
  var trainingProgress: Double? {
    let running = snapshot.trainers.values.filter { $0.activity == .running }
    guard !running.isEmpty else { return nil }
    let all = running.reduce(0) { $0 + $1.epochs - $1.startEpoch }
    return Double(running.reduce(0) { $0 + $1.epoch - $1.startEpoch }) / Double(max(1, all))
  }

  /// Whether the focused trainer is stepping through a batch, which takes extra rows.
  var hasBatchInFocus: Bool {
    guard case .trainer(let cell, let call)? = state.focus else { return false }
    return snapshot.trainers[TrainerID(cell: cell, call: call)]?.batch != nil
  }

  // MARK: Time

  /// Whether something moves by itself, so that the loop must call `advance`.
  package var isAnimating: Bool {
    state.player?.state?.isPlaying == true || isOpeningSound || hasAmbiguousNumber
      || state.steppers.values.contains(where: \.isAnimating)
  }

  /// Whether a blind test has begun before it is known that it can be heard.
  var isOpeningSound: Bool {
    state.blindTest?.test.isComplete == false && reportedSoundOutput == .notOpened
  }

  /// Advances animated steppers by one step every 0.6 s; they stop at the end.
  package mutating func advance(seconds: Double) {
    forgetAmbiguousNumber(after: seconds)
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

  package mutating func show(page index: Int) -> [Action] {
    let index = min(max(0, index), max(0, lesson.pages.count - 1))
    guard index != pageIndex else {
      scroll = 0
      return []
    }
    interruptBlindTest(because: "you left its page")
    pageIndex = index
    resetPageState()
    return [.sound(.stop), .session(.show(page: index))]
  }

  private mutating func resetPageState() {
    let (search, progress) = (state.search, state.progress)
    let describesPictures = state.describesPictures
    state = PageState()
    state.describesPictures = describesPictures
    state.search = search
    state.progress = progress
    scroll = 0
    isCelebrating = false
  }

  var lastScroll: Int { max(0, arrangement.height - pageRows) }

  mutating func keepScrollInside() { scroll = min(max(0, scroll), lastScroll) }

  /// - Parameter preferringEnd: shows the end, not the start, of a target taller than the screen.
  mutating func scrollToFocus(preferringEnd: Bool = false) {
    let arrangement = arrangement
    guard let target = arrangement.targets.first(where: { $0.target == state.focus }) else {
      return
    }
    let rows = preferringEnd ? target.rows : arrangement.focusSpan ?? target.rows
    if rows.upperBound > scroll + bodyHeight { scroll = rows.upperBound - bodyHeight }
    if rows.lowerBound < scroll, !preferringEnd || rows.count <= bodyHeight {
      scroll = rows.lowerBound
    }
    keepScrollInside()
  }
}
