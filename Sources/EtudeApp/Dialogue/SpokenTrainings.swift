import Interpreter
import Lessons
import Messages
import Notebook

/// What has been said of the trainings.
struct SpokenTrainings {
  private struct Said {
    var activity: TrainerState.Activity
    var epoch: Int
    var batch: String?
    var isStale: Bool
    var time: Double
  }

  private var said: [TrainerID: Said] = [:]
  /// Runs that were asked for one epoch or one stage only: its result is said, not its start.
  private var steps: Set<TrainerID> = []

  /// How often a running training is told, in seconds.
  private static let interval = 1.0

  /// Notes what the student told a run to do.
  mutating func expect(_ command: TrainerCommand, of id: TrainerID) {
    switch command {
    case .oneEpoch, .oneStage: steps.insert(id)
    // The cell's further runs start by themselves after this one.
    case .startOrPause, .startAgain: steps = steps.filter { $0.cell != id.cell }
    case .changePace, .runFree: break
    }
  }

  /// What is new of them.
  ///
  /// - Parameter isQuiet: leaves out how far they are.
  mutating func news(
    of reader: Reader, isQuiet: Bool, at time: Double
  ) -> (sentences: [String], hasEnded: Bool) {
    var sentences: [String] = []
    var hasEnded = false
    let trainers = reader.snapshot.trainers.sorted {
      ($0.key.cell, $0.key.call) < ($1.key.cell, $1.key.call)
    }
    let cells = Set(reader.page.cells.map(\.id))
    var staleCells: Set<String> = []
    for (id, trainer) in trainers {
      var known =
        said[id]
        ?? Said(
          activity: trainer.activity, epoch: trainer.epoch, batch: trainer.batchSentence,
          isStale: trainer.isStale, time: time)
      let place = cells.contains(id.cell) ? "" : place(of: id, in: reader)
      let run = trainer.runName(id)
      if let sentence = trainer.batchSentence, sentence != known.batch {
        sentences.append(sentence)
      } else if trainer.activity != known.activity {
        switch trainer.activity {
        case .running where steps.contains(id): break
        case .running:
          sentences.append(
            known.activity == .paused && trainer.epoch >= known.epoch && !known.isStale
              ? "\(run)\(place) continues with epoch \(Quantity(known.epoch + 1)) of \(Quantity(trainer.epochs))."
              : "\(run)\(place) starts: \(reader.snapshot.title(of: id)), "
                + "\(trainer.ownEpochs).")
        case .paused: sentences.append("\(run)\(place) is paused. \(trainer.progressSentence)")
        case .finished:
          sentences.append(
            "\(run)\(place) has finished in \(Quantity(seconds: max(0.1, trainer.seconds))). "
              + trainer.progressSentence)
        case .failed(let reason): sentences.append("\(run)\(place) stopped: \(reason.asSentence)")
        case .waiting: break
        }
        if trainer.activity == .running { known.time = time } else { hasEnded = true }
      } else if trainer.activity == .paused, trainer.epoch != known.epoch {
        // The one epoch that was asked for ended between two looks. The epoch in which a run was
        // paused needs no sentence.
        if steps.contains(id) { sentences.append(trainer.progressSentence) }
        hasEnded = true
      } else if trainer.activity == .running, place.isEmpty, !isQuiet,
        time - known.time >= Self.interval
      {
        known.time = time
        // Which run it is, where the cell has several.
        sentences.append(
          trainer.callCount > 1 ? "\(run): \(trainer.progress)." : trainer.progressSentence)
      }
      if trainer.isStale, !known.isStale, place.isEmpty, staleCells.insert(id.cell).inserted {
        sentences.append(
          "The settings of the training have changed; r starts it again with the new ones.")
      }
      (known.activity, known.epoch, known.batch, known.isStale) = (
        trainer.activity, trainer.epoch, trainer.batchSentence, trainer.isStale
      )
      said[id] = known
    }
    return (sentences, hasEnded)
  }

  private func place(of id: TrainerID, in reader: Reader) -> String {
    let page = reader.lesson.pages.firstIndex { $0.cells.contains { $0.id == id.cell } }
    return page.map { " on page \($0 + 1)" } ?? ""
  }
}
