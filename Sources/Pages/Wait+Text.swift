import Interpreter
import Messages
import Notebook

extension Wait {
  /// "waits for fit, page 3: Enter trains, about 2 s"
  package var text: String {
    switch self {
    case .ownWork(let work): work.text
    case .work(let work, let name, let page):
      "waits for \(name)\(page.map { ", page \($0 + 1)" } ?? ""): \(work.text)"
    case .failedCell(let name): "waits for \(name), whose cell failed"
    case .waitingCell(let name): "waits for \(name), whose cell is itself waiting"
    case .undefined(let name): "waits for \(name), which its cell has not defined"
    }
  }
}

extension PendingWork {
  fileprivate var text: String {
    switch self {
    case .permission(let permission): permission.offer
    case .training(let seconds):
      "Enter trains" + (seconds.map { ", about \(Quantity(seconds: $0, isRough: true))" } ?? "")
    case .pausedTraining: "Enter resumes the training"
    case .firstEpoch(let run):
      run.map { "run \($0) of the cell is training" } ?? "the first epoch is training"
    case .earlierRun(let run, let isPaused):
      "run \(run) of the cell is \(isPaused ? "paused" : "training")"
    }
  }
}

extension Permission {
  /// "Enter measures": the key and what it does.
  package var offer: String {
    switch self {
    case .measure: "Enter measures"
    case .save(let file): "Enter saves \(file)"
    }
  }
}
