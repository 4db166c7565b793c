import Interpreter
import Messages
import Notebook

extension Wait {
  /// "waits for fit, page 3: Enter trains, about 2 s"
  package var text: String {
    switch self {
    case .ownWork(let work): work.text
    case .work(let work, let name, let page):
      "waits for \(name)\(page.map { ", page \($0 + 1)" } ?? ""): \(work.textElsewhere)"
    case .failedCell(let name): "waits for \(name), whose cell failed"
    case .waitingCell(let name): "waits for \(name), whose cell is itself waiting"
    case .undefined(let name): "waits for \(name), which its cell has not defined"
    case .unreturned: "the program ended while it computed this; F5 computes it again"
    }
  }
}

extension PendingWork {
  /// Where another cell waits for it.
  fileprivate var textElsewhere: String {
    self == .permission(.rerun) ? "Enter runs its cell again" : text
  }

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
    case .rerun: "the program ended while this cell ran; Enter runs it again"
    }
  }

  /// What the cell does after Enter.
  var activity: String {
    switch self {
    case .measure: "measuring"
    case .save: "saving"
    case .rerun: "running"
    }
  }
}
