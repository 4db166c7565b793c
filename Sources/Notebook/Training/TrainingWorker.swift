import Concurrency
import Glibc
import Interpreter
import Messages
import NeuralNetworks

/// The thread that trains networks, so that neither keys nor cells wait for it. It checks for
/// commands every few milliseconds.
final class TrainingWorker: TrainingHost {
  /// How long it computes without checking for commands, unless one batch takes longer; on a device
  /// that runs whole epochs, one launch.
  private static func secondsOfWork(_ training: Training) -> Double {
    training.device.runsWholeEpochs ? 0.05 : 0.02
  }

  private let trainers = Monitor(Trainers())
  private let recording = Monitor(Recording())
  private let thread: WorkerThread?

  /// Both functions are called on the thread.
  /// - Parameters:
  ///   - wake: called when there are changes to draw, at most 30 times a second.
  ///   - follow: called when cells that depend on a run are out of date, at most ten times a
  ///     second.
  init(wake: @escaping @Sendable () -> Void, follow: @escaping @Sendable () -> Void) {
    // The thread captures the state only: a reference to self would keep it running forever.
    thread = WorkerThread { [trainers, recording] in
      // Sound, cells and keys have priority. On Linux, 0 is the calling thread.
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
      Self.work(trainers, recording, wake: wake, follow: follow)
    }
  }

  func progress(
    of request: TrainingRequest, for id: TrainerID, after previous: Int?, callCount: Int
  ) -> TrainingProgress {
    change { $0.ask(for: request, id, after: previous, callCount: callCount) }
  }

  /// Reads the trainers under the lock.
  func read<Result>(_ work: (Trainers) -> sending Result) -> sending Result {
    trainers.withLock { work($0) }
  }

  /// Changes the trainers and wakes the thread.
  func change<Result>(_ work: (inout Trainers) -> sending Result) -> sending Result {
    trainers.change(work)
  }

  /// Stops the thread between two batches and waits for it, but not for a long batch. Call at most
  /// once.
  func stop() {
    change { $0.stop() }
    thread?.join(within: SessionWorker.secondsToStop)
  }

  /// What is recorded of cells whose training is measured.
  private struct Recording: Sendable {
    var record: (any RunningCellRecord)?
    var marks: [String: CellMark] = [:]
  }

  /// Call before the session's first cell runs.
  func record(in record: (any RunningCellRecord)?) { recording.withLock { $0.record = record } }

  /// The cell is about to run with this text, and may ask for training.
  func note(_ mark: CellMark, ofCell cell: String) { recording.withLock { $0.marks[cell] = mark } }

  private static func work(
    _ trainers: Monitor<Trainers>, _ recording: Monitor<Recording>, wake: () -> Void,
    follow: () -> Void
  ) {
    while true {
      switch trainers.wait(for: { $0.nextTask(at: Clock.now()) }) {
      case .stop: return
      case .announce(let needsRerun):
        if needsRerun { follow() }
        wake()
      case .estimate(let id, let request):
        let (record, mark) = recording.withLock { ($0.record, $0.marks[id.cell]) }
        if let mark { record?.willEstimate(mark) }
        let seconds = (try? request.training())?.estimatedSeconds()
        record?.didEstimate()
        trainers.withLock { $0.finishWork(estimate: seconds, for: id) }
      case .run(let id): run(id, trainers)
      }
    }
  }

  private static func run(_ id: TrainerID, _ trainers: Monitor<Trainers>) {
    guard var work = trainers.withLock({ $0.beginWork(id) }) else { return }
    let start = Clock.now()
    var batch: BatchView?
    var failure: Diagnostic?
    do {
      if work.goal == .stage {
        batch = try work.training.runStage()
      } else {
        let end = start + secondsOfWork(work.training)
        try work.training.runEpochs(atMost: work.epochLimit) { Clock.now() < end }
      }
    } catch {
      failure = error
    }
    let now = Clock.now()
    trainers.withLock {
      $0.finishWork(
        work, of: id, seconds: now - start, batch: batch, failure: failure, now: now)
    }
  }
}
