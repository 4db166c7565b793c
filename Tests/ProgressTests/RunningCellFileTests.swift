import Notebook
import Progress
import TemporaryState
import Testing

/// Which cells did not come back in an earlier session.
@Suite("Running cells")
struct RunningCellFileTests {
  private let state = StateFolder()
  private let cell = CellMark(id: "slow", source: "b = a * 2")
  private let other = CellMark(id: "other", source: "c = 1")

  /// Does something in a session that ends without a word, as a process that is killed.
  private func crash(_ work: ((any RunningCellRecord)?) -> Void) {
    let store = state.store()
    work(store.runningCells)
  }

  private var unreturned: Set<CellMark>? {
    let store = state.store()
    return store.runningCells?.unreturned
  }

  @Test("A cell that was running when the program was killed did not come back")
  func killed() {
    crash { $0?.willRun(cell) }
    #expect(unreturned == [cell])
    #expect(unreturned == [cell], "until it has come back")
    crash {
      $0?.willRun(cell)
      $0?.didReturn(cell)
    }
    #expect(unreturned == [])
  }

  @Test("A cell that comes back leaves nothing, and the newest one counts")
  func returned() {
    crash { record in
      for mark in [cell, other] {
        record?.willRun(mark)
        record?.didReturn(mark)
      }
    }
    #expect(unreturned == [])
    crash { record in
      record?.willRun(other)
      record?.didReturn(other)
      record?.willRun(cell)
    }
    #expect(unreturned == [cell])
  }

  @Test("Cells that crash in turn are all remembered")
  func several() {
    crash { $0?.willRun(cell) }
    crash { $0?.willRun(other) }
    #expect(unreturned == [cell, other])
    crash {
      $0?.willRun(cell)
      $0?.didReturn(cell)
    }
    #expect(unreturned == [other])
  }

  @Test("A session that stays behind does not clear the mark of the next one")
  func leftBehind() {
    crash { record in
      record?.willRun(other)
      record?.willRun(cell)
      record?.didReturn(other)
    }
    #expect(unreturned == [cell])
  }

  @Test("Results that end the program when they are drawn count as not returned")
  func drawing() {
    crash { record in
      record?.willShow([cell, other])
      record?.didShow()
    }
    #expect(unreturned == [])
    crash { record in
      record?.willShow([cell])
      record?.didShow()
      record?.willShow([other])
    }
    #expect(unreturned == [other])
    crash { record in
      record?.willEstimate(other)
      record?.didEstimate()
      record?.willEstimate(cell)
    }
    #expect(unreturned == [cell, other])
    crash { record in
      record?.willRun(cell)
      record?.didReturn(cell)
    }
    let store = state.store()
    store.runningCells?.willShow([cell])
    store.finish()
    #expect(unreturned == [other])
  }

  @Test("Quitting in the middle of a cell is no crash")
  func quitting() {
    let store = state.store()
    store.runningCells?.willRun(cell)
    store.finish()
    store.runningCells?.willRun(other)
    #expect(unreturned == [])
  }

  @Test("Another text makes another cell")
  func texts() {
    #expect(CellMark(id: "slow", source: "b = a * 3") != cell)
    #expect(CellMark(id: "slower", source: "b = a * 2") != cell)
    #expect(CellMark(id: "slow", source: "b = a * 2") == cell)
  }

  @Test("A second reader records nothing, and takes nothing for a crash")
  func twoReaders() {
    let first = state.store()
    first.runningCells?.willRun(cell)
    let second = state.store()
    #expect(second.runningCells == nil)
    second.finish()
    first.finish()
  }

  @Test(
    "A damaged file is ignored",
    arguments: ["x", String(repeating: "z", count: 5000), "\u{0}\n\n", "0 0\n"])
  func damaged(text: String) {
    state.store().finish()
    state.put(text.utf8, at: "\(state.lesson)/lock")
    #expect(unreturned == [])
    crash { $0?.willRun(cell) }
    #expect(unreturned == [cell])
  }
}
