import CThreads
import Synchronization

/// Threads that go through the steps of one computation together, and wait for each other between two
/// of them: steps may be as short as a few microseconds.
///
/// Waiting threads spin for about 100 microseconds, and then sleep; where there are more threads than
/// processors, they sleep at once. A team works for one caller at a time.
package final class ThreadTeam: Sendable {
  /// The logical processors that this process may use: fewer than there are in some containers.
  package static var processorCount: Int { max(1, etude_allowed_processor_count()) }

  /// Threads, the caller's included.
  package let count: Int
  private let shared: Shared
  private let threads: [WorkerThread]

  /// - Parameters:
  ///   - threadCount: the caller's thread included, at least 1; fewer where the system cannot create
  ///     as many.
  ///   - prepare: called once on each new thread.
  package init(threadCount: Int, prepare: @escaping @Sendable () -> Void = {}) {
    let shared = Shared()
    var threads: [WorkerThread] = []
    for index in 1..<max(1, threadCount) {
      let thread = WorkerThread {
        prepare()
        shared.serve(index)
      }
      guard let thread else { break }
      threads.append(thread)
    }
    self.shared = shared
    self.threads = threads
    count = threads.count + 1
    shared.barrier.begin(count)
  }

  deinit {
    guard !threads.isEmpty else { return }
    shared.start(nil)
    for thread in threads { thread.join() }
  }

  /// Calls `body` on every thread, with its index in `0..<count`; returns when all have returned.
  package func run(_ body: @escaping (Int) -> Void) {
    guard count > 1 else { return body(0) }
    shared.start(Work(body: body))
    body(0)
    shared.barrier.wait()
    shared.forgetWork()
  }

  /// From within ``run(_:)``: returns when every thread has called it.
  package func synchronize() {
    if count > 1 { shared.barrier.wait() }
  }

  // Unchecked: the body is called by all threads of the team at once, as run(_:) says, and `run` does
  // not return before they are done with it.
  private struct Work: @unchecked Sendable {
    let body: (Int) -> Void
  }

  private final class Shared: Sendable {
    let barrier = Barrier()
    /// The number of pieces of work so far, and the newest one; nil ends the threads.
    private let assignment = Monitor<(number: Int, work: Work?)>((0, nil))
    private let number = Atomic(0)

    func start(_ work: Work?) {
      assignment.change { assignment in
        assignment.number += 1
        assignment.work = work
        number.store(assignment.number, ordering: .releasing)
      }
    }

    /// Call when every thread is done with it. Work may have captured the team, and would keep it
    /// and its threads alive.
    func forgetWork() { assignment.withLock { $0.work = nil } }

    func serve(_ index: Int) {
      var done = 0
      while takePart(index, after: done) {
        done += 1
        barrier.wait()
      }
    }

    /// Waits for the next piece of work and does the thread's part of it.
    ///
    /// Not inlined, so that the thread releases the work before the barrier. Work that has captured
    /// the team could otherwise be the last to release it, and `deinit` would join the thread that
    /// it runs on.
    ///
    /// - Returns: false when there is no more work.
    @inline(never)
    private func takePart(_ index: Int, after done: Int) -> Bool {
      // In training the next batch follows at once: not worth a sleep.
      spin(barrier.patience) { number.load(ordering: .acquiring) != done }
      guard let work = assignment.wait(for: { $0.number > done ? .found($0.work) : .retry() })
      else { return false }
      work.body(index)
      return true
    }
  }

  /// Threads that arrive spin for a while, since the others are seldom far behind, and then sleep: a
  /// processor may be taken from one of them by other work.
  private final class Barrier: Sendable {
    // Both written once, before the first piece of work starts.
    private let size = Atomic(1)
    private let looks = Atomic(0)
    private let arrived = Atomic(0)
    private let generation = Atomic(0)
    private let sleepers = Monitor(0)
    private let sleeperCount = Atomic(0)

    func begin(_ count: Int) {
      size.store(count, ordering: .relaxed)
      looks.store(count > ThreadTeam.processorCount ? 0 : 2000, ordering: .relaxed)
    }

    /// How often a thread looks before it sleeps: for about 100 microseconds, which is longer than most
    /// steps of a computation take, and about as long as going to sleep and being woken.
    var patience: Int { looks.load(ordering: .relaxed) }

    func wait() {
      let current = generation.load(ordering: .acquiring)
      if arrived.add(1, ordering: .acquiringAndReleasing).newValue == size.load(ordering: .relaxed)
      {
        arrived.store(0, ordering: .relaxed)
        // In one order with the sleepers' steps below: either they see the new generation, or we see
        // them.
        generation.store(current + 1, ordering: .sequentiallyConsistent)
        if sleeperCount.load(ordering: .sequentiallyConsistent) > 0 { sleepers.change { $0 += 1 } }
        return
      }
      if spin(patience, until: { generation.load(ordering: .acquiring) != current }) { return }
      sleeperCount.add(1, ordering: .sequentiallyConsistent)
      sleepers.wait { _ in
        generation.load(ordering: .sequentiallyConsistent) != current ? .found(()) : .retry()
      }
      sleeperCount.subtract(1, ordering: .relaxed)
    }
  }
}

/// Looks at a condition so many times.
///
/// - Returns: whether it has become true.
@discardableResult
@inline(__always)
private func spin(_ looks: Int, until isTrue: () -> Bool) -> Bool {
  for _ in 0..<looks {
    if isTrue() { return true }
    etude_pause()
  }
  return false
}
