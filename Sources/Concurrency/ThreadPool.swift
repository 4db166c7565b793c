import Glibc

/// Threads that share the parts of a piece of work with its caller.
///
/// Which thread runs a part, and when, is left open. When each part writes its own outputs, results
/// are the same on any number of threads.
package final class ThreadPool: Sendable {
  private let queue: Monitor<Queue>
  private let threads: [WorkerThread]

  /// The number of processors that this process may use.
  package static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// - Parameter threadCount: the caller's thread included, at least 1. With 1, or when the system
  ///   cannot create more, the caller does all the work.
  package init(threadCount: Int = processorCount) {
    let queue = Monitor(Queue())
    self.queue = queue
    threads = (1..<max(1, threadCount)).compactMap { _ in
      // The threads hold the queue but not the pool, so that the pool can end them.
      WorkerThread {
        while let work = queue.wait(for: { $0.next() }) { work.run() }
      }
    }
  }

  deinit {
    queue.change { $0.isClosed = true }
    for thread in threads { thread.join() }
  }

  /// Calls `body` with each of the numbers 0..<partCount, once, and returns when all calls have.
  ///
  /// Several threads may call this at once, and so may a part.
  package func perform(partCount: Int, _ body: @escaping @Sendable (Int) -> Void) {
    guard partCount > 1, !threads.isEmpty else {
      for part in 0..<partCount { body(part) }
      return
    }
    let work = Work(partCount: partCount, body)
    queue.change { $0.works.append(work) }
    work.run()
    work.waitUntilDone()
  }

  private struct Queue {
    var works: [Work] = []
    var isClosed = false

    /// The oldest work with a part that no thread has taken; nil once the pool is closed.
    mutating func next() -> Monitor<Queue>.Attempt<Work?> {
      if isClosed { return .found(nil) }
      works.removeAll { !$0.hasPartsLeft }
      return works.first.map { .found($0) } ?? .retry()
    }
  }

  private final class Work: Sendable {
    private let partCount: Int
    private let body: @Sendable (Int) -> Void
    private let progress = Monitor((taken: 0, done: 0))

    init(partCount: Int, _ body: @escaping @Sendable (Int) -> Void) {
      self.partCount = partCount
      self.body = body
    }

    var hasPartsLeft: Bool { progress.withLock { $0.taken < partCount } }

    /// Runs parts until every part has been taken.
    func run() {
      while let part = take() {
        body(part)
        let isLast = progress.withLock { progress in
          progress.done += 1
          return progress.done == partCount
        }
        if isLast { progress.signal() }
      }
    }

    private func take() -> Int? {
      progress.withLock { progress in
        guard progress.taken < partCount else { return nil }
        progress.taken += 1
        return progress.taken - 1
      }
    }

    func waitUntilDone() {
      progress.wait { $0.done == partCount ? .found(()) : .retry() }
    }
  }
}
