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
/// Draws when something has changed, at most 30 times a second, and blocks without a timeout while
/// nothing is animated. Main thread only.
package final class ReaderLoop {
  package struct Configuration {
    package var appearance: Appearance
    package var reference: Reader.Reference
    package var files: (Lesson) -> FileAccess
    /// Where networks train unless a cell names another device.
    package var device = DeviceKind.cpu
    /// Makes an audible player, or a silent one that only keeps time.
    package var makePlayer: (_ isAudible: Bool) -> any SoundPlayer
    /// From 0; nil opens the page that was shown last.
    package var startPage: Int?
    /// Where progress is kept; nil keeps none.
    package var store: ProgressStore?

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

  private static let frameMilliseconds = 33

  private let display: any Display
  private let configuration: Configuration
  package private(set) var reader: Reader
  private var worker: SessionWorker
  private var player: any SoundPlayer
  private var lastDrawn = 0
  private var lastTick = 0
  private var isRunning = true
  /// The progress that the store was given last.
  private var savedProgress: Progress
  /// The score that the worker was given last.
  private var sentScore: Score

  package init(lesson: Lesson, display: any Display, configuration: Configuration) {
    self.display = display
    self.configuration = configuration
    reader = Reader(
      lesson: lesson, width: display.width, height: display.height,
      appearance: configuration.appearance, reference: configuration.reference,
      device: configuration.device, progress: configuration.store?.saved ?? Progress())
    savedProgress = configuration.store?.saved ?? Progress()
    worker = Self.worker(reader, configuration, wake: display.wake) {
      [store = configuration.store] in
      store?.runs() ?? []
    }
    sentScore = reader.score
    player = configuration.makePlayer(true)
    configuration.store?.start(wake: display.wake)
  }

  /// Runs the reader's lesson from the student's saved state.
  private static func worker(
    _ reader: Reader, _ configuration: Configuration, wake: @escaping @Sendable () -> Void,
    runs: @escaping @Sendable () -> [FinishedRun]
  ) -> SessionWorker {
    var saved = SavedState()
    saved.widgets = reader.state.progress.widgets
    saved.edits = reader.editedSources
    saved.score = reader.score
    saved.runs = runs
    return SessionWorker(
      lesson: reader.lessonAsRead, files: configuration.files(reader.lessonAsRead),
      vocabulary: configuration.reference.vocabulary, device: configuration.device, resuming: saved,
      wake: wake)
  }

  /// Runs until the student quits.
  package func run() {
    if let page = configuration.startPage { perform(reader.show(page: page)) }
    worker.request(.show(page: reader.pageIndex))
    var needsDrawing = true
    lastTick = milliseconds()
    while isRunning {
      let now = milliseconds()
      let untilNextFrame = max(0, lastDrawn + Self.frameMilliseconds - now)
      if needsDrawing, untilNextFrame == 0 {
        display.draw(reader.draw())
        lastDrawn = milliseconds()
        needsDrawing = false
        continue
      }
      let wasAnimating = reader.isAnimating
      let events = display.nextEvents(
        timeoutMilliseconds: needsDrawing
          ? untilNextFrame : wasAnimating ? Self.frameMilliseconds : nil)
      for event in events {
        // Before each event, so that `savedProgress` is always the state before the key.
        save()
        handle(event)
      }
      if !events.isEmpty || takeResults() || wasAnimating { needsDrawing = true }
      tick()
      sendScore()
      save()
      if showNextNotice() { needsDrawing = true }
    }
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

  // MARK: Progress

  /// Writes everything that is not saved yet, including the text of a cell that is being edited.
  /// Also called when a signal is about to end the program.
  package func finish() {
    _ = reader.keepEditing()
    save()
    configuration.store?.finish()
  }

  private func save() {
    guard let store = configuration.store else { return }
    if reader.state.progress != savedProgress {
      savedProgress = reader.state.progress
      store.save(savedProgress)
    }
    store.save(worker.takeFinishedRuns())
  }

  /// Keeps a copy of the progress before the last key, which the reader has already discarded.
  private func keepCopy() {
    guard reader.state.progress != savedProgress else { return }
    configuration.store?.keep(savedProgress)
  }

  /// Shows the store's notices one at a time, each until the next key.
  private func showNextNotice() -> Bool {
    guard reader.notice == nil, let notice = configuration.store?.takeNotice() else { return false }
    reader.say(notice)
    return true
  }

  private func handle(_ event: Event) {
    perform(reader.handle(event))
    reader.update(player: player.state)
  }

  /// - Returns: whether there were new results.
  private func takeResults() -> Bool {
    let snapshot = worker.snapshot
    guard snapshot.revision != reader.snapshot.revision || snapshot.isBusy != reader.snapshot.isBusy
    else { return false }
    perform(reader.update(snapshot: snapshot))
    return true
  }

  private func tick() {
    let now = milliseconds()
    reader.update(player: player.state)
    reader.advance(seconds: Double(now - lastTick) / 1000)
    lastTick = now
  }

  // MARK: Actions

  private func perform(_ actions: [Action]) {
    for action in actions {
      switch action {
      case .session(let request):
        if request.discardsWork { keepCopy() }
        worker.request(request)
      case .sound(let action): perform(action)
      case .startOver: startOver()
      case .reload: reload()
      case .redraw: display.redraw()
      case .suspend:
        player.pause()
        save()
        configuration.store?.flush()
        display.suspend()
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
    case .select(let track): player.select(track)
    case .setLooping(let isLooping): player.setLooping(isLooping)
    case .setMatching(let isMatching): player.setMatchingLoudness(isMatching)
    case .write(let track): write(track)
    case .setEnabled(let isEnabled):
      player.stop()
      reader.forgetPlayer()
      player = configuration.makePlayer(isEnabled)
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
      try SoundFile.write(track.samples, to: path, sampleRate: track.sampleRate, as: .int16)
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

  private func reload() {
    do throws(Problem) {
      let lesson = try Lesson.read(file: reader.lesson.file)
      worker.stop()
      save()
      let actions = reader.replace(lesson: lesson)
      let runs = worker.finishedRuns
      worker = Self.worker(reader, configuration, wake: display.wake) { runs }
      perform(actions)
    } catch {
      reader.say("\(error.file): \(error.message)")
    }
  }

  private func startOver() {
    worker.stop()
    save()
    let hasNotice = configuration.store?.startOver() ?? false
    let actions = reader.startOver()
    worker = Self.worker(reader, configuration, wake: display.wake) { [] }
    perform(actions)
    if !hasNotice { reader.say("started over") }
  }

  private func milliseconds() -> Int { Int(Clock.now() * 1000) }
}

extension SessionRequest {
  /// Whether the request discards something that the student has done.
  fileprivate var discardsWork: Bool {
    switch self {
    case .edit(_, source: nil), .reset: true
    case .show, .setWidget, .edit, .permit, .setScore, .train: false
    }
  }
}
