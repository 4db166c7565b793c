import Concurrency
import Synchronization
import Testing

struct ThreadTeamTests {
  @Test("Every thread does its part of every step, one step after the other", arguments: [1, 2, 5])
  func steps(threadCount: Int) {
    let team = ThreadTeam(threadCount: threadCount)
    #expect(team.count == threadCount)
    let total = Atomic(0)
    for _ in 0..<20 {
      team.run { index in
        for step in 0..<50 {
          total.add(index + 1, ordering: .relaxed)
          team.synchronize()
          // Nobody is in the next step before all are through with this one.
          let sum = total.load(ordering: .relaxed)
          let share = threadCount * (threadCount + 1) / 2
          #expect(sum % share == 0, "step \(step)")
          team.synchronize()
        }
      }
    }
    #expect(total.load(ordering: .relaxed) == 20 * 50 * threadCount * (threadCount + 1) / 2)
  }

  @Test("A team that rests for a while works again, and ends with its owner")
  func rests() {
    let count = Atomic(0)
    do {
      let team = ThreadTeam(threadCount: 3)
      team.run { _ in count.add(1, ordering: .relaxed) }
      Clock.sleep(seconds: 0.002)
      team.run { _ in count.add(1, ordering: .relaxed) }
    }
    #expect(count.load(ordering: .relaxed) == 6)
  }

  @Test("A team ends with its owner even when its work has captured it")
  func captured() {
    weak var rest: ThreadTeam?
    for _ in 0..<20 {
      let team = ThreadTeam(threadCount: 3)
      team.run { _ in team.synchronize() }
      rest = team
    }
    #expect(rest == nil)
  }

  @Test("Each thread is prepared once, but for the caller's")
  func prepares() {
    let prepared = Monitor(0)
    let team = ThreadTeam(threadCount: 3) { prepared.change { $0 += 1 } }
    team.run { _ in }
    team.run { _ in }
    #expect(prepared.withLock { $0 } == 2)
  }
}
