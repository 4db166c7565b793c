import Interpreter
import Messages
import Notebook
import Pages

extension TrainerState {
  /// "Training: CNN, ASGD, rate 0.01, batches of 64; 1,000 epochs. Not started, about 2 s."
  func description(of id: TrainerID, in reader: Reader) -> String {
    "\(runName(id)): \(reader.snapshot.title(of: id)); \(ownEpochs). \(stateSentence)"
      + (remark.map { " " + $0.asSentence } ?? "")
      + (isStale ? " Its settings have changed since; r starts it again with the new ones." : "")
  }

  /// "Run 2 of 5", or "Training" where there is only one.
  func runName(_ id: TrainerID) -> String {
    callCount > 1 ? "Run \(id.call + 1) of \(callCount)" : "Training"
  }

  /// "1,000 epochs": without those of the runs that it continues.
  var ownEpochs: String { withUnit("\(Quantity(epochs - startEpoch))", "epochs") }

  private var stateSentence: String {
    switch activity {
    case .waiting:
      "Not started"
        + (estimatedSeconds.map { ", about \(Quantity(seconds: $0, isRough: true)) at full speed" }
          ?? "")
        + "."
    case .running: "Running. \(progressSentence)"
    case .paused: "Paused. \(progressSentence)"
    case .finished: "Finished. \(progressSentence)"
    case .failed(let reason): "Stopped: \(reason.asSentence)"
    }
  }

  /// "Epoch 640 of 1,000, loss 0.108, test loss 0.141, right 93 % ± 2."
  var progressSentence: String { progress.asSentence }

  var progress: String {
    var parts = ["epoch \(Quantity(epoch)) of \(Quantity(epochs))"]
    if let loss = curves.loss.last { parts.append("loss \(readable(loss, digits: 3))") }
    if let loss = curves.testLoss.last { parts.append("test loss \(readable(loss, digits: 3))") }
    if let share = curves.testAccuracy.last, testCount > 0 {
      parts.append("right " + Percentage(part: share, of: testCount).withStandardError())
    }
    return parts.joined(separator: ", ")
  }

  /// The curves, at some epochs.
  var curveLines: [SpokenLine] {
    guard epoch > 0 else { return [.sentence("There is no curve yet.")] }
    let count = min(epoch, SpokenThing.manyRows)
    let rows = (0..<count).map { row -> [String] in
      let index = count == 1 ? 0 : row * (epoch - 1) / (count - 1)
      func text(_ value: Double?) -> String { value.map { readable($0, digits: 3) } ?? "" }
      var cells = ["Epoch \(index + 1)", text(curves.loss[index])]
      if index < curves.testLoss.count { cells.append(text(curves.testLoss[index])) }
      if index < curves.testAccuracy.count {
        cells.append("\(Percentage(part: curves.testAccuracy[index], of: max(1, testCount)))")
      }
      return cells
    }
    let headers = ["epoch", "loss"] + (testCount > 0 ? ["test loss", "right"] : [])
    return tableLines(headers: headers, rows: rows, limit: nil)
      + earlier.map { run in
        .sentence(
          "An earlier run, \(run.title): loss "
            + "\(run.curves.loss.last.map { readable($0, digits: 3) } ?? "unknown")"
            + (run.curves.testAccuracy.last.map {
              ", right \(Percentage(part: $0, of: max(1, testCount)))"
            } ?? "") + ".")
      }
  }

  /// The stage of a batch that was computed last.
  var batchSentence: String? {
    guard let batch else { return nil }
    var parts = [
      "batch \(batch.batch + 1) of \(batch.batchCount), \(batch.stage.name): \(batch.stage.remark)"
    ]
    // Each stage says only what is new.
    if batch.stage == .forward, let probabilities = batch.probabilities {
      let texts = probabilities.enumerated().map { "class \($0): \(fixed($1, decimals: 2))" }
      parts.append(
        "the first signal is of class \(batch.label), and the network says "
          + texts.joined(separator: ", "))
    }
    if let losses = batch.stepLosses {
      let (before, after) = toldApart(losses.before, losses.after, digits: 3...7)
      parts.append("the loss of this batch goes from \(before) to \(after)")
    }
    if batch.stage == .loss, let loss = batch.loss {
      parts.append("loss \(readable(loss, digits: 3))")
    }
    if batch.stage == .backward, let norm = batch.gradientNorm {
      parts.append("gradient norm \(readable(norm, digits: 3))")
    }
    return parts.map(\.asSentence).joined(separator: " ")
  }
}
