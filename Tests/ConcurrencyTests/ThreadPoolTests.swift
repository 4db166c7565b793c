import Concurrency
import Testing

struct ThreadPoolTests {
  @Test("Every part runs once, on any number of threads", arguments: [1, 2, 7])
  func runsEveryPartOnce(threadCount: Int) {
    let pool = ThreadPool(threadCount: threadCount)
    for partCount in [0, 1, 2, 100] {
      let runs = Monitor([Int](repeating: 0, count: partCount))
      pool.perform(partCount: partCount) { part in runs.withLock { $0[part] += 1 } }
      #expect(runs.withLock { $0.allSatisfy { $0 == 1 } })
    }
  }

  @Test("Another thread takes parts while the caller is in one")
  func sharesTheWork() {
    let pool = ThreadPool(threadCount: 2)
    let entered = Monitor(0)
    // Each part waits for the other, so one thread alone would never finish.
    pool.perform(partCount: 2) { _ in
      entered.change { $0 += 1 }
      entered.wait { $0 == 2 ? .found(()) : .retry() }
    }
    #expect(entered.withLock { $0 } == 2)
  }

  @Test("A part may perform work of its own, and threads may share the pool")
  func nests() {
    let pool = ThreadPool(threadCount: 3)
    let count = Monitor(0)
    let work: @Sendable () -> Void = {
      pool.perform(partCount: 4) { _ in
        pool.perform(partCount: 5) { _ in count.withLock { $0 += 1 } }
      }
    }
    let other = WorkerThread(work)
    work()
    other?.join()
    #expect(count.withLock { $0 } == 40)
  }
}
