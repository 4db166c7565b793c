import Interpreter
import Notebook
import RunningCells
import Testing

@Suite("Titles of runs")
struct TrainerTitleTests {
  @Test("Networks of one kind in a list of runs are told apart by a layer")
  func distinctTitles() {
    func state(_ title: String, _ layers: [String]) -> TrainerState {
      var state = TrainerState(
        activity: .waiting, title: title, epochs: 1, classCount: 2, testCount: 0)
      state.layers = layers
      return state
    }
    let title = "CNN, Adam, rate 0.001"
    let (flat, mean) = (
      ["Conv1d(1, 2, 3)", "Linear(8, 2)"], ["Conv1d(1, 2, 3)", "Mean()", "Linear(2, 2)"]
    )
    #expect(
      [state(title, flat), state("MLP, Adam", ["Linear(9, 2)"]), state(title, mean)].distinctTitles
        == [
          "CNN with Linear(8, 2), Adam, rate 0.001", "MLP, Adam",
          "CNN with Mean(), Adam, rate 0.001",
        ])
    #expect(
      [state(title, flat), state(title, flat + ["Dropout(0.5)"])].distinctTitles
        == [
          "CNN without Dropout(0.5), Adam, rate 0.001", "CNN with Dropout(0.5), Adam, rate 0.001",
        ])
    // Several seeds of one network.
    #expect([state(title, flat), state(title, flat)].distinctTitles == [title, title])
  }

  @Test("What waits for a run calls it what the page of the run does")
  func waits() throws {
    let networks =
      "\(tinyNetwork)\nother = nn.Sequential(nn.Conv1d(1, 2, 3), nn.Flatten(), nn.Linear(12, 2))"
    let call = tinyCall.replacing("net", with: "model")
    let wakes = Wakes()
    let worker = SessionWorker(
      lesson: lesson(
        cell("net", networks) + cell("fit", "fits = [\(call) for model in [net, other]]")
          + cell("after", "fits[1].epochs")),
      files: FileAccess(.folders([]))
    ) { wakes.wake() }
    worker.request(.show(page: 0))
    let first = TrainerID(cell: "fit", call: 0)
    _ = try wakes.wait(for: worker) { $0.trainers[first] != nil }
    // With one epoch of the first run the cell goes on to the second one, and stops there.
    worker.request(.train(first, .oneEpoch))
    let snapshot = try wakes.wait(for: worker) {
      $0.reasonToWait("after")?.contains("run 2") == true
    }
    #expect(snapshot.reasonToWait("after")?.contains("\"CNN without ReLU(), SGD") == true)
  }
}
