import Notebook
import Pages
import Sounds

/// What cells, trainings and the player report.
extension Reader {
  /// Takes over new results. A sound that is playing continues with its new samples.
  package mutating func update(snapshot new: Snapshot) -> [Action] {
    guard new.revision != snapshot.revision || new.isBusy != snapshot.isBusy else { return [] }
    let hadBatch = hasBatchInFocus
    snapshot = new
    if let remark = new.deviceRemark, remark != shownDeviceRemark {
      device = new.device
      notice = remark
    }
    shownDeviceRemark = new.deviceRemark
    if hasBatchInFocus, !hadBatch { scrollToFocus(preferringEnd: true) }
    if !new.isBusy { state.movedWidgets = [:] }
    state.movedWidgets = state.movedWidgets.filter { target, value in
      if case .widget(let widget)? = new.output(for: target) {
        widget.value != value
      } else {
        false
      }
    }
    noteOldRuns()
    noteDoneTasks()
    state.holdAxes(of: new, cells: page.cells.map(\.id))
    state.inspectTraining(in: new)
    if isFollowingMatch { scrollToMatch() }
    takeUpPlace()
    if !new.isBusy { returning = nil }
    keepScrollInside()
    guard let target = state.player?.target, let cell = new.cells[target.cell],
      case .succeeded = cell.state, !cell.isStale, cell.revision != loadedRevision
    else { return [] }
    let settings = interruptBlindTest(because: "its sounds have changed") ? settingsActions : []
    guard case .player(let tracks)? = new.output(for: target) else {
      state.player = nil
      return [.sound(.stop)]
    }
    loadedRevision = cell.revision
    return [.sound(.load(tracks, keepingPosition: true))] + settings
  }

  private mutating func noteOldRuns() {
    state.tasksOfOldRuns = [:]
    let cells = Set(snapshot.trainers.filter { $0.value.isStale }.map(\.key.cell))
    guard !cells.isEmpty else { return }
    for task in page.tasks {
      guard let cell = dependencies.needs(of: task).intersection(cells).min() else { continue }
      let index = lesson.pages.firstIndex { $0.cells.contains { $0.id == cell } }
      state.tasksOfOldRuns[task] = index.flatMap { $0 == pageIndex ? nil : .page($0) } ?? .here
    }
  }

  private mutating func noteDoneTasks() {
    for task in page.tasks
    where !state.progress.doneTasks.contains(task) && state.tasksOfOldRuns[task] == nil {
      guard let cell = snapshot.cells[task], !cell.isStale, cell.isDoneTask else { continue }
      state.progress.doneTasks.insert(task)
      isCelebrating = true
    }
  }

  @discardableResult
  package mutating func update(player: PlayerState) -> [Action] {
    guard state.player != nil else { return [] }
    state.player?.state = player
    guard player.isPlaying || state.blindTest != nil, player.output != reportedSoundOutput else {
      return []
    }
    defer { reportedSoundOutput = player.output }
    switch player.output {
    case .notOpened: break
    // Only before the first sound: the device stays the same.
    case .device: if reportedSoundOutput == .notOpened { notice = reference.soundRemark }
    case .silent(let reason):
      if let ending = endBlindTest(becauseSilent: reason) { return ending }
      notice = "no sound, but w on the player writes a WAV file: \(reason)"
    }
    return []
  }

  /// The player was replaced: tracks are loaded into the new one on demand.
  mutating func forgetPlayer() {
    state.player = nil
    reportedSoundOutput = .notOpened
  }
}
