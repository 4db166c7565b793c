import Builtins
import CellLanguage
import Compute
import Concurrency
import Interpreter
import Lessons
import Messages

/// A running lesson: the graph of its cells, the values of their names, and their results.
///
/// Not thread-safe; the reader drives it through `SessionWorker`, `etude render` and the tests
/// directly. A cell runs when a page that shows or needs it is requested, and again when one of its
/// inputs has changed.
package final class Session {
  /// How often cells have run, inline values included.
  package private(set) var runCount = 0

  private let files: FileAccess
  private let vocabulary: Vocabulary
  private let interrupt: Interrupt
  private let trainingObserver: AwaitedTraining.Observer?
  private(set) var device: DeviceKind
  private(set) var deviceRemark: String?
  /// Trains networks on Enter; nil where they are trained at once.
  let trainingWorker: TrainingWorker?
  private(set) var programs: LessonPrograms
  /// The ids of the cells and inline values that each page shows.
  let pages: [[String]]
  /// The page of each cell and inline value.
  let pageOfCell: [String: Int]
  let inlineValues: Set<String>
  private(set) var records: [String: CellRecord]
  /// The values that the student set, by cell and name.
  private var widgetValues: [String: [String: WidgetValue]] = [:]
  /// Granted permissions, for the next run of each cell.
  private var permitted: [String: Set<Permission>] = [:]
  private var score = Score()
  private var runningCells: (any RunningCellRecord)?
  /// The finished runs of an earlier session, where networks are trained at once.
  private var finishedRuns: [SavedRun] = []
  /// Cells that did not come back: they wait for Enter.
  private var unreturned: Set<CellMark> = []
  private var shownPage: Int?
  private var newestVersion = 0
  /// Of all values that cells have defined.
  private var byteCount = 0
  private(set) var revision = 0

  /// A session that trains networks at once, to the end.
  package convenience init(
    lesson: Lesson, files: FileAccess, vocabulary: Vocabulary = .standard,
    device: DeviceKind = .cpu, interrupt: Interrupt = Interrupt(),
    trainingObserver: AwaitedTraining.Observer? = nil
  ) {
    self.init(
      lesson: lesson, files: files, vocabulary: vocabulary, device: device, interrupt: interrupt,
      trainingWorker: nil, trainingObserver: trainingObserver)
  }

  init(
    lesson: Lesson, files: FileAccess, vocabulary: Vocabulary, device: DeviceKind,
    interrupt: Interrupt, trainingWorker: TrainingWorker?,
    trainingObserver: AwaitedTraining.Observer? = nil
  ) {
    self.trainingObserver = trainingObserver
    self.trainingWorker = trainingWorker
    self.files = files
    self.vocabulary = vocabulary
    self.device = device
    self.interrupt = interrupt
    pages = lesson.pages.map { page in
      page.cells.filter { !$0.isStatic }.map(\.id) + page.inlineValues.map(\.id)
    }
    pageOfCell = Dictionary(
      pages.enumerated().flatMap { page, ids in ids.map { ($0, page) } },
      uniquingKeysWith: { first, _ in first })
    inlineValues = Set(lesson.inlineValues.map(\.id))
    score.tasksTotal = lesson.pages.reduce(0) { $0 + $1.tasks.count }
    programs = LessonPrograms(lesson, builtins: vocabulary.knownNames)
    records = programs.work.mapValues { CellRecord(work: $0) }
    for (id, faults) in programs.faults { records[id]?.faults = faults }
  }

  var graph: CellGraph { programs.graph }

  /// Includes inline values.
  var cellCount: Int { records.count }

  // MARK: Requests

  /// Runs the out-of-date cells that page `index` (from 0) shows or needs.
  ///
  /// - Parameter progress: called after each cell that ran.
  /// - Returns: false when the run was interrupted.
  @discardableResult
  package func run(page index: Int, progress: () -> Void = {}) -> Bool {
    guard pages.indices.contains(index) else { return true }
    leaveFailedDevice()
    defer { leaveFailedDevice() }
    // Turning the page withdraws permissions that were not used yet.
    if index != shownPage { permitted = [:] }
    shownPage = index
    let shown = Set(pages[index])
    for id in graph.order(for: shown) {
      guard isOutOfDate(id) || shown.contains(id) && records[id]?.lacksOutputs == true else {
        records[id]?.result.isStale = false
        continue
      }
      do {
        try run(id)
      } catch {
        return false
      }
      revision += 1
      progress()
    }
    revision += 1
    return true
  }

  /// Gives up outputs of the other pages that take much memory: they are made again when their page is
  /// shown.
  func giveUpOutputs(exceptOnPage index: Int) {
    guard pages.indices.contains(index) else { return }
    let shown = Set(pages[index])
    for id in records.keys where !shown.contains(id) {
      byteCount -= records[id]?.giveUpOutputs() ?? 0
    }
  }

  /// Performs a request; a requested page runs at once.
  package func perform(_ request: SessionRequest) {
    switch request {
    case .show(let page): run(page: page)
    case .setWidget(let cell, let name, let value): set(widget: name, inCell: cell, to: value)
    case .edit(let cell, let source): edit(cell: cell, source: source)
    case .reset(let page): reset(page: page)
    case .permit(let cell): permit(cell: cell)
    case .setScore(let score): set(score: score)
    case .setDevice(let device): set(device: device)
    case .train(let id, let command): trainingWorker?.change { $0.perform(command, id) }
    }
  }

  /// Sets a widget's value; cells that depend on it become out of date.
  private func set(widget name: String, inCell cellID: String, to value: WidgetValue) {
    guard records[cellID] != nil, widgetValues[cellID]?[name] != value else { return }
    widgetValues[cellID, default: [:]][name] = value
    markOutOfDate(cellID)
  }

  /// Sets the student's score; cells that read it become out of date.
  private func set(score new: Score) {
    var new = new
    new.tasksTotal = score.tasksTotal
    guard new != score else { return }
    score = new
    for (id, record) in records where record.usesScore { markOutOfDate(id) }
  }

  /// Computes on another device from then on. Every cell may use it; those whose values are the same
  /// there do not make others run.
  private func set(device new: DeviceKind) {
    deviceRemark = nil
    guard new != device else { return }
    device = new
    for id in records.keys { markOutOfDate(id) }
  }

  /// Goes over to the CPU when the device has failed, and says so.
  private func leaveFailedDevice() {
    guard device != .cpu, let reason = Devices[device].reason else { return }
    set(device: .cpu)
    deviceRemark = "\(reason) From now on the CPU computes."
  }

  /// Grants the permission that a cell asks for, for its next run; it runs even if nothing has
  /// changed. Has no effect on cells that do not ask for one.
  private func permit(cell id: String) {
    guard let record = records[id] else { return }
    for case .permission(let permission, _) in record.result.outputs {
      permitted[id] = record.earlierPermissions.union([permission])
      markOutOfDate(id)
    }
  }

  /// Restores the student's saved state; call before any cell runs.
  package func resume(_ saved: SavedState) {
    widgetValues = saved.widgets
    set(score: saved.score)
    runningCells = saved.runningCells
    trainingWorker?.record(in: saved.runningCells)
    unreturned = saved.unreturned
    if trainingWorker == nil { finishedRuns = saved.runs().filter { !$0.isUnfinished } }
    for (id, source) in saved.edits { edit(cell: id, source: source) }
  }

  /// Replaces a cell's text; nil restores the lesson's. Its results stay until it runs again; cells
  /// that do not depend on it stay up to date. Has no effect on static cells.
  private func edit(cell id: String, source: String?) {
    let before = programs
    guard programs.edit(cell: id, source: source) else { return }
    for (id, work) in programs.work {
      guard let record = records[id] else { continue }
      records[id]?.work = work
      let faults = programs.faults[id] ?? []
      records[id]?.faults = faults
      if record.faults != faults { markOutOfDate(id) }
    }
    // Users of a name that the cell no longer defines depended on it, too.
    markStale(before.graph.dependents(of: id))
    markOutOfDate(id)
  }

  /// Restores the lesson's values and texts of all cells of a page.
  private func reset(page index: Int) {
    guard pages.indices.contains(index) else { return }
    for id in pages[index] {
      edit(cell: id, source: nil)
      if widgetValues.removeValue(forKey: id) != nil {
        // With another value it may come back.
        if let mark = programs.mark(of: id) { unreturned.remove(mark) }
        markOutOfDate(id)
      }
    }
  }

  // MARK: Running a cell

  private func longWork(of id: String) -> LongWork {
    inlineValues.contains(id) ? .refused : trainingWorker.map { .onEnter($0) } ?? .atOnce
  }

  private func markOutOfDate(_ id: String) {
    records[id]?.needsRun = true
    markStale([id] + graph.dependents(of: id))
  }

  private func markStale(_ ids: [String]) {
    for id in ids where records[id]?.result.isPending == false {
      records[id]?.result.isStale = true
    }
    revision += 1
  }

  private func isOutOfDate(_ id: String) -> Bool {
    guard let record = records[id] else { return false }
    if record.needsRun { return true }
    if let trainingWorker, !record.fitVersions.isEmpty {
      let versions = trainingWorker.read {
        $0.versions(ofCell: id, calls: record.fitVersions.count)
      }
      if versions != record.fitVersions { return true }
    }
    return inputs(of: id).versions != record.inputVersions
  }

  /// The current values of the names that a cell uses but doesn't define.
  private func inputs(of id: String) -> (values: [String: Value], versions: [String: Int]) {
    var values: [String: Value] = [:]
    var versions: [String: Int] = [:]
    for name in programs.uses[id] ?? [] {
      guard let definer = graph.definer[name] else { continue }
      let definition = records[definer]?.definitions[name]
      values[name] = definition?.value
      versions[name] = definition?.version ?? 0
    }
    return (values, versions)
  }

  /// - Throws: `Interrupted`; the cell is then unchanged.
  private func run(_ id: String) throws {
    guard let record = records[id] else { return }
    let inputs = inputs(of: id)
    var finished = CellRecord(work: record.work)
    finished.faults = record.faults
    finished.inputVersions = inputs.versions
    finished.needsRun = false
    if let fault = record.faults.first {
      finished.result.state = .failed(fault)
      finished.result.furtherErrors = Array(record.faults.dropFirst())
    } else if let (wait, name) = wait(of: id) {
      finished.result.state = .waiting(wait)
      finished.awaitedName = name
    } else if isHeldBack(id) {
      finished.holdBack()
    } else {
      runCount += 1
      let start = Clock.now()
      defer { finished.seconds = Clock.now() - start }
      var evaluator = Evaluator(
        context: CellContext(
          cellID: id, files: files, vocabulary: vocabulary,
          budget: Budget(liveBytes: byteCount - record.byteCount, interrupt: interrupt),
          device: device, widgetValues: widgetValues[id] ?? [:], score: score),
        inputs: inputs.values)
      evaluator.context.permissions = permitted[id] ?? []
      evaluator.context.longWork = longWork(of: id)
      evaluator.context.trainingObserver = trainingObserver
      if !finishedRuns.isEmpty {
        evaluator.context.finishedFit = { [finishedRuns] request in
          finishedRuns.first { $0.request.isIdentical(to: request) }?.fit
            .supplied(data: request.plan.data, test: request.plan.test)
        }
      }
      let mark = programs.mark(of: id)
      if let mark {
        trainingWorker?.note(mark, ofCell: id)
        runningCells?.willRun(mark)
      }
      defer {
        if let mark {
          runningCells?.didReturn(mark)
          unreturned.remove(mark)
        }
      }
      do {
        if case .cell(let program) = record.work { try evaluator.run(program) }
        if case .inlineValue(let expression) = record.work {
          finished.inlineText = inProse(try evaluator.value(of: expression).printedText())
            .shortened(to: OutputLimits.sentenceBytes)
        }
        finished.result.state = .succeeded
        let callCount = evaluator.context.fitVersions.count
        if let trainingWorker {
          trainingWorker.change { $0.keep(calls: callCount, ofCell: id) }
        }
      } catch let error as Diagnostic {
        finished.result.state = .failed(error)
      } catch let wait as WaitsForTraining {
        finished.result.state = .waiting(.ownWork(.training(estimatedSeconds: nil)))
        finished.awaitedTrainer = wait.id
      } catch let wait as WaitsForPermission {
        finished.result.state = .waiting(.ownWork(.permission(wait.permission)))
        finished.awaitedPermission = wait.permission
        finished.earlierPermissions = evaluator.context.permissions
      }
      permitted[id] = nil
      // A cell that waits for a run defines what does not depend on it.
      if finished.awaitedTrainer != nil || finished.result.state.isSuccess {
        finished.definitions = evaluator.context.budget.limit {
          definitions(
            evaluator.definitions.filter { !evaluator.withheldNames.contains($0.key) },
            before: record.definitions)
        }
        finished.byteCount = finished.definitions.values.reduce(0) { $0 + $1.value.byteCount }
      }
      finished.fitVersions = evaluator.context.fitVersions
      if finished.awaitedTrainer == nil, let trainingWorker {
        trainingWorker.change { [versions = finished.fitVersions] in
          $0.endSequence(ofCell: id, versions: versions)
        }
      }
      finished.usesScore = evaluator.context.usesScore
      finished.unwatchedRuns = evaluator.context.unwatchedRuns
      // A failed cell still shows its widgets: moving one back may fix it.
      finished.result.outputs = evaluator.context.outputs.limited()
      finished.byteCount += finished.result.outputs.reduce(0) { $0 + $1.byteCount }
    }
    finished.result.revision = record.result.revision + 1
    byteCount += finished.byteCount - record.byteCount
    records[id] = finished
  }

  /// Whether the cell did not come back in an earlier session, and Enter has not been pressed since.
  private func isHeldBack(_ id: String) -> Bool {
    guard let mark = programs.mark(of: id), unreturned.contains(mark) else { return false }
    return permitted[id]?.contains(.rerun) != true
  }

  /// The names that a cell defined for other cells; unchanged values keep their version.
  private func definitions(
    _ values: [String: Value], before: [String: CellRecord.Definition]
  ) -> [String: CellRecord.Definition] {
    newestVersion += 1
    var definitions: [String: CellRecord.Definition] = [:]
    for (name, value) in values where !name.hasPrefix("_") {
      if let old = before[name], old.value.isIdentical(to: value) {
        definitions[name] = old
      } else {
        definitions[name] = CellRecord.Definition(value: value, version: newestVersion)
      }
    }
    return definitions
  }
}

extension CellResult.State {
  fileprivate var isSuccess: Bool {
    if case .succeeded = self { true } else { false }
  }
}
