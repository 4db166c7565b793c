import Interpreter
import Messages
import Notebook

extension Wait {
  /// "waits for the run "CNN, ASGD, rate 0.01, batches of 64", page 3: not started, about 2 s"
  package var text: String {
    switch self {
    case .ownWork(let work): work.text
    case .work(let work, let place): work.text(at: place)
    case .failedCell(let name, let place):
      "waits for \(name), whose cell\(place.pageText(" on page")) failed"
    case .undefined(let name, let place):
      "waits for \(name), which its cell\(place.pageText(" on page")) has not defined"
    case .unreturned: "the program ended while it computed this; F5 computes it again"
    }
  }
}

extension WaitingPlace {
  /// Nothing for the page that is read.
  fileprivate func pageText(_ preposition: String) -> String {
    page.map { "\(preposition) \($0 + 1)" } ?? ""
  }
}

extension PendingWork {
  /// Where another cell waits for it. What it is called is what the student sees there.
  fileprivate func text(at place: WaitingPlace) -> String {
    let page = place.pageText(", page")
    let number = place.run.map { "run \($0)" } ?? "the run"
    let run = "waits for \(number) \"\(place.title ?? place.cell)\"\(page)"
    return switch self {
    case .permission(.measure): "waits for a measurement\(page)"
    case .permission(.save(let file)): "waits until \(file) is saved\(page)"
    case .permission(.rerun): "waits for the cell \(place.cell)\(page), which is to be run again"
    case .training(let seconds):
      "\(run): not started"
        + (seconds.map { ", about \(Quantity(seconds: $0, isRough: true))" } ?? "")
    case .pausedTraining: "\(run): paused"
    case .firstEpoch: "\(run): training its first epoch"
    case .earlierRun(let number, let isPaused):
      "\(run): after run \(number) of its cell, which is \(isPaused ? "paused" : "training")"
    }
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
