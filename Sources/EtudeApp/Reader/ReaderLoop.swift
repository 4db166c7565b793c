import Compute
import Concurrency
import Glibc
import Interpreter
import Lessons
import Messages
import Notebook
import Progress
import SoundFiles
import Sounds
import Terminal

/// Runs a reader: events in, screens out; cells and sound have threads of their own.
///
/// Draws when something has changed, at most 30 times a second; while nothing is animated it only looks
/// once a second whether the lesson's file has changed. Main thread only.
package final class ReaderLoop {
  package struct Configuration {
    package var appearance: Appearance
    package var reference: Reader.Reference
    package var files: (Lesson) -> FileAccess
    /// The session's device; nil for the one that was chosen last time.
    package var device: DeviceKind?
    /// Makes an audible player, or a silent one that only keeps time.
    package var makePlayer: (_ isAudible: Bool) -> any SoundPlayer
    /// From 0; nil opens the page that was shown last.
    package var startPage: Int?
    /// Where progress is kept; nil keeps none.
    package var store: ProgressStore?
    /// Opens the progress of a lesson by its id, when a reloaded file has another one.
    package var openStore: ((String) -> ProgressStore)?
    /// The volume of the last session, in dB, and where to keep another one.
    package var volume = 0.0
    package var keepVolume: (Double) -> Void = { _ in }
    /// Nil when the student has not named one.
    package var externalEditor: ExternalEditor?
    /// Sentences to show first, one at a time.
    package var notices: [String] = []

    package init(
      appearance: Appearance, reference: Reader.Reference,
      makePlayer: @escaping (_ isAudible: Bool) -> any SoundPlayer,
      files: @escaping (Lesson) -> FileAccess
    ) {
      self.appearance = appearance
      self.reference = reference
      self.makePlayer = makePlayer
      self.files = files
    }
  }

  let display: any Display
  let configuration: Configuration
  /// Where the progress of the lesson is kept; nil keeps none.
  var store: ProgressStore?
  /// What was not saved of a lesson that this one has replaced.
  var earlierClosingLine: String?
  package internal(set) var reader: Reader
  var worker: SessionWorker
  var player: any SoundPlayer
  private var frames = FramePacing()
  private var lastTick = 0
  private(set) var isRunning = true
  /// The progress that the store was given last, and what it was made of; likewise the drafts.
  var savedProgress: SavedProgress
  var lastProgress: Progress?
  var savedDrafts: Reader.DraftInputs
  var notices: [String]
  /// What the student should know after the end; sentences without a full stop.
  package internal(set) var remarks: [String] = []
  private let deviceLookup = DeviceLookup()
  var lessonFile: LessonFileWatch
  /// The cells whose results have been drawn in this session.
  private var shownCells: Set<String> = []
  /// The score that the worker was given last.
  private var sentScore: Score

  package init(lesson: Lesson, display: any Display, configuration: Configuration) {
    self.display = display
    self.configuration = configuration
    store = configuration.store
    reader = Reader(
      lesson: lesson, width: display.width, height: display.height,
      appearance: configuration.appearance, reference: configuration.reference,
      device: configuration.device, progress: configuration.store?.saved ?? SavedProgress())
    reader.isSaving = configuration.store?.isSaving ?? false
    savedProgress =
      configuration.store?.saved ?? SavedProgress(Progress(), in: LessonOutline(of: lesson))
    notices = configuration.notices
    notices += reader.restore(configuration.store?.savedDrafts ?? [])
    savedDrafts = reader.draftInputs
    let unreturned = configuration.store?.runningCells?.unreturned ?? []
    notices += Self.notices(of: unreturned, in: lesson)
    worker = Self.worker(
      reader, configuration, configuration.store, unreturned: unreturned, wake: display.wake
    ) { [store = configuration.store, outline = reader.outline] in
      store?.runs(in: outline) ?? []
    }
    sentScore = reader.score
    lessonFile = LessonFileWatch(lesson.file)
    player = configuration.makePlayer(true)
    reader.volume = configuration.volume
    player.setVolume(inDecibels: reader.volume)
    configuration.store?.start(wake: display.wake)
  }

  /// Runs the reader's lesson from the student's saved state.
  static func worker(
    _ reader: Reader, _ configuration: Configuration, _ store: ProgressStore?,
    unreturned: Set<CellMark>, wake: @escaping @Sendable () -> Void,
    runs: @escaping @Sendable () -> [SavedRun]
  ) -> SessionWorker {
    var saved = SavedState()
    saved.widgets = reader.state.progress.widgets
    saved.edits = reader.editedSources
    saved.score = reader.score
    saved.runs = runs
    saved.runningCells = store?.runningCells
    saved.unreturned = unreturned
    return SessionWorker(
      lesson: reader.lessonAsRead, files: configuration.files(reader.lessonAsRead),
      vocabulary: configuration.reference.vocabulary, device: reader.device, resuming: saved,
      wake: wake)
  }

  /// Runs until the student quits.
  package func run() {
    begin()
    var needsDrawing = true
    var hasKey = false
    while isRunning {
      let now = milliseconds()
      let untilNextFrame = max(0, frames.nextTime(hasKey: hasKey) - now)
      if needsDrawing, untilNextFrame == 0 {
        show { display.draw(reader.draw()) }
        frames.note(at: milliseconds(), hasKey: hasKey)
        needsDrawing = false
        hasKey = false
        continue
      }
      let wasAnimating = reader.isAnimating
      let events = display.nextEvents(
        timeoutMilliseconds: needsDrawing
          ? untilNextFrame : wasAnimating ? FramePacing.interval : LessonFileWatch.interval)
      for event in joiningTypedText(events) {
        // Before each event, so that `savedProgress` is always the state before the key.
        save()
        handle(event)
      }
      if !events.isEmpty { hasKey = true }
      let hasNews = catchUp()
      if !events.isEmpty || wasAnimating || hasNews { needsDrawing = true }
    }
    end()
  }

  // MARK: Parts of a run, which a dialogue has, too

  /// Opens the first page.
  func begin() {
    if let page = configuration.startPage { perform(reader.show(page: page)) }
    notices += reader.openWaitingDraft()
    worker.request(.show(page: reader.pageIndex))
    lastTick = milliseconds()
  }

  /// Shows the reader's state.
  func show(_ work: () -> Void) {
    noteShowing(reader.snapshot)
    work()
    store?.runningCells?.didShow()
  }

  /// Takes over what has happened meanwhile, and hands what the student has done to be saved.
  ///
  /// - Returns: whether there is something new to show.
  func catchUp() -> Bool {
    var hasNews = takeResults()
    if reloadChangedLesson() { hasNews = true }
    if let list = deviceLookup.takeList() {
      reader.show(devices: list)
      hasNews = true
    }
    tick()
    sendScore()
    save()
    saveDrafts()
    if showNextNotice() { hasNews = true }
    return hasNews
  }

  /// Stops everything and saves.
  func end() {
    player.stop()
    // Before saving, so that a run that ends at the last moment is saved, too.
    worker.stop()
    finish()
  }

  private func sendScore() {
    guard reader.score != sentScore else { return }
    sentScore = reader.score
    worker.request(.setScore(sentScore))
  }

  /// What the student reads when the screen is gone: what was not saved. Nil when everything was.
  package var closingLine: String? { store?.closingLine ?? earlierClosingLine }

  /// Shows the notices of the start and the store's, one at a time, each until the next key.
  private func showNextNotice() -> Bool {
    guard reader.notice == nil,
      let notice = notices.isEmpty ? store?.takeNotice() : notices.removeFirst()
    else { return false }
    reader.say(notice)
    return true
  }

  /// So many keys at once were not typed.
  private static let pastedKeys = 32

  /// The events one by one; characters that arrive together in the editor, as one piece of text.
  /// Text that is pasted into a terminal without bracketed paste comes as thousands of keys, and its
  /// lines have their indents already.
  private func joiningTypedText(_ events: [Event]) -> AnyIterator<Event> {
    var rest = events[...]
    return AnyIterator { [self] in
      guard let event = rest.popFirst() else { return nil }
      guard reader.isEditing, let first = event.typedCharacter else { return event }
      let run = rest.prefix { $0.typedCharacter != nil }
      guard run.count + 1 >= Self.pastedKeys else { return event }
      rest.removeFirst(run.count)
      return .paste(String([first] + run.compactMap(\.typedCharacter)))
    }
  }

  private func handle(_ event: Event) {
    perform(reader.handle(event, at: Clock.now()))
    perform(reader.update(player: player.state))
  }

  /// - Returns: whether there were new results.
  private func takeResults() -> Bool {
    let snapshot = worker.snapshot
    guard snapshot.revision != reader.snapshot.revision || snapshot.isBusy != reader.snapshot.isBusy
    else { return false }
    noteShowing(snapshot)
    perform(reader.update(snapshot: snapshot))
    return true
  }

  /// Records the cells of the page that have results for the first time in this session: if laying them
  /// out or drawing them ends the program, they wait for Enter the next time.
  private func noteShowing(_ snapshot: Snapshot) {
    guard let record = store?.runningCells else { return }
    let new = reader.page.cells.filter { cell in
      guard !shownCells.contains(cell.id), let result = snapshot.cells[cell.id] else {
        return false
      }
      return switch result.state {
      case .succeeded, .failed: true
      case .pending, .waiting: false
      }
    }
    guard !new.isEmpty else { return }
    shownCells.formUnion(new.map(\.id))
    record.willShow(new.map { CellMark(id: $0.id, source: $0.source) })
  }

  private func tick() {
    let now = milliseconds()
    perform(reader.update(player: player.state))
    reader.advance(seconds: Double(now - lastTick) / 1000)
    lastTick = now
  }

  // MARK: Actions

  func perform(_ actions: [Action]) {
    for action in actions {
      switch action {
      case .session(let request):
        if request.discardsWork { keepCopy() }
        worker.request(request)
      case .sound(let action): perform(action)
      case .startOver: startOver()
      case .reload: reload()
      case .copy(let text, let name): copy(text, name)
      case .lookUpDevices:
        deviceLookup.start(configuration.reference.devices, wake: display.wake)
      case .redraw: display.redraw()
      case .setMouse(let isOn): display.setMouse(isOn)
      case .suspend:
        player.pause()
        prepareToStop()
        display.suspend()
      case .editExternally(let cell, let source): editExternally(cell, source)
      case .quit: isRunning = false
      }
    }
  }

  private func perform(_ action: SoundAction) {
    switch action {
    case .load(let tracks, let keepingPosition):
      player.load(tracks, keepingPosition: keepingPosition)
      if !keepingPosition {
        // Settings of the previous player would come as a surprise in another one.
        player.setLooping(false)
        player.setMatchingLoudness(false)
      }
    case .play: player.play()
    case .pause: player.pause()
    case .seek(let seconds): player.seek(by: seconds)
    case .seekTo(let seconds): player.seek(to: seconds)
    case .select(let track, let throughSilence):
      player.select(track, throughSilence: throughSilence)
    case .setLooping(let isLooping): player.setLooping(isLooping)
    case .setMatching(let isMatching): player.setMatchingLoudness(isMatching)
    case .setVolume(let volume): player.setVolume(inDecibels: volume)
    case .open: player.open()
    case .write(let track): write(track)
    case .setEnabled(let isEnabled):
      player.stop()
      reader.forgetPlayer()
      player = configuration.makePlayer(isEnabled)
      player.setVolume(inDecibels: reader.volume)
    case .stop: player.stop()
    }
  }

  /// Writes into the working directory, without overwriting an existing file.
  private func write(_ track: Track) {
    let name = "\(reader.lesson.id)-\(track.label)".lowercased()
      .map { $0.isLetter || $0.isNumber ? $0 : "-" }
    var path = String(name) + ".wav"
    var number = 2
    while access(path, F_OK) == 0 {
      path = String(name) + "-\(number).wav"
      number += 1
    }
    do throws(SoundFileError) {
      try SoundFile.write(
        track.interleaved, to: path, channelCount: track.channelCount,
        sampleRate: track.sampleRate, as: .int16)
      let seconds = readable(track.duration, digits: 3)
      reader.say("wrote \(workingDirectory)/\(path), \(seconds) s")
    } catch {
      reader.say("the sound was not written: \(error)")
    }
  }

  private var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  func milliseconds() -> Int { Int(Clock.now() * 1000) }
}

extension Event {
  /// Enter breaks the line.
  fileprivate var typedCharacter: Character? {
    switch self {
    case .key(.character(let character)): character
    case .key(.enter): "\n"
    default: nil
    }
  }
}

extension SessionRequest {
  /// Whether the request discards something that the student has done.
  fileprivate var discardsWork: Bool {
    switch self {
    case .edit(_, source: nil), .reset: true
    case .show, .setWidget, .edit, .permit, .setScore, .setDevice, .train: false
    }
  }
}
