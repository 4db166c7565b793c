import Curves
import Interpreter
import Lessons
import Notebook
import Pages

/// A page with a slider, a run and its dependents, with the results that its cells would produce.
package enum SampleTraining {
  package static let lesson = Lesson(
    parsing: """
      ---
      title: Networks
      id: networks
      version: 1
      language: en
      ---
      # Networks
      ## Watch it learn
      Does the loss fall?

      ```python {#run}
      fit = train(net, data, epochs=100)
      ```

      ```python {#after}
      examples(fit, data)
      ```

      ## After it
      The end.
      """, file: "lesson.md", folder: "/")

  package static let id = TrainerID(cell: "run", call: 0)
  package static let focus = FocusTarget.trainer(cell: "run", call: 0)

  package static func trainer(_ activity: TrainerState.Activity, epoch: Int = 0) -> TrainerState {
    var trainer = TrainerState(
      activity: activity, title: "ASGD, rate 0.01, batches of 64", epochs: 100, classCount: 3,
      testCount: 120)
    trainer.curves.loss = Trace((0..<epoch).map { 1.1 / Double(1 + $0) })
    trainer.curves.testLoss = trainer.curves.loss
    trainer.curves.testAccuracy = Trace(trainer.curves.loss.map { 1 - 0.6 * $0 })
    trainer.seconds = Double(epoch) * 0.002
    trainer.estimatedSeconds = 0.2
    trainer.pace = 100
    return trainer
  }

  package static func snapshot(_ trainer: TrainerState, revision: Int = 1) -> Snapshot {
    var snapshot = Snapshot()
    snapshot.revision = revision
    snapshot.cells["run"] = CellResult(state: .succeeded, outputs: [.trainer(id)])
    snapshot.trainers[id] = trainer
    if trainer.epoch == 0 {
      snapshot.cells["after"] = CellResult(
        state:
          .waiting(
            .work(
              .training(estimatedSeconds: 2),
              at: WaitingPlace(cell: "run", call: 0, title: trainer.title))))
    } else {
      snapshot.cells["after"] = CellResult(state: .succeeded, outputs: [.grid(grid)])
    }
    return snapshot
  }

  private static var grid: FigureGrid {
    FigureGrid(
      items: (0..<6).map { number in
        var figure = Figure(kind: .line, summary: "a signal")
        figure.title = "sine? sine \(number)"
        figure.series = [
          Figure.Series(
            label: nil, x: (0..<32).map(Double.init), y: (0..<32).map { Double($0 % 8) - 4 })
        ]
        return FigureGrid.Item(figure: figure, verdict: number != 2)
      }, preferredColumns: 3, summary: "5 of 6 right")
  }
}
