import Messages
import Synchronization

/// The memory and time that a running cell may still use, and whether it should stop.
///
/// Every loop whose length a student chooses calls ``check()``, and everything that makes something
/// large calls ``reserve(_:for:)`` first: on the budget of the work that this thread is doing, so
/// that no operation on arrays needs a parameter for it. Without one, nothing is limited.
@usableFromInline
package final class Budget: Sendable {
  /// The limit for all values together.
  package static let byteLimit = 1 << 30
  /// The limit for the run of a cell.
  package static let secondLimit = 10.0

  @TaskLocal private static var current: Budget?

  /// Asks the work to stop soon.
  package let interrupt: Interrupt
  private let live: Atomic<Int>
  private let held = Atomic(0)
  /// On ``Clock``, as the bits of a Double.
  private let deadline: Atomic<UInt64>
  /// Why the work cannot go on.
  private let failure = Monitor<Diagnostic?>(nil)
  private let isFailed = Atomic(false)

  package init(
    liveBytes: Int = 0, seconds: Double = Budget.secondLimit, interrupt: Interrupt = Interrupt()
  ) {
    live = Atomic(liveBytes)
    deadline = Atomic((Clock.now() + seconds).bitPattern)
    self.interrupt = interrupt
  }

  /// The values of all names, this cell's and other cells'.
  package var liveBytes: Int {
    get { live.load(ordering: .relaxed) }
    set { live.store(newValue, ordering: .relaxed) }
  }

  /// What the current expression holds: operands, items of a list, and all that the running call
  /// has reserved. Whoever evaluates a call restores the number when the call returns.
  package var heldBytes: Int {
    get { held.load(ordering: .relaxed) }
    set { held.store(newValue, ordering: .relaxed) }
  }

  // MARK: What the running work asks

  /// Makes this the budget of all that `work` does on this thread.
  package func limit<Result>(_ work: () throws -> Result) rethrows -> Result {
    try Self.$current.withValue(self, operation: work)
  }

  /// Call at least ten times a second in a loop whose length a student chooses; it takes some tens
  /// of nanoseconds, so once in about 10,000 steps of arithmetic.
  ///
  /// - Throws: when the cell has run too long, or should stop. An evaluator replaces the latter by
  ///   ``Interrupted``.
  @usableFromInline
  package static func check() throws(Diagnostic) { try current?.check() }

  /// Makes the work fail at its next ``check()``, and at its end at the latest: for what cannot throw,
  /// such as reading an array that a device has lost. The first reason counts. Without a budget,
  /// nobody is told.
  package static func fail(_ reason: Diagnostic) {
    guard let current else { return }
    current.failure.withLock { $0 = $0 ?? reason }
    current.isFailed.store(true, ordering: .releasing)
  }

  /// As ``check()``, at every 4,096th step of a loop over short steps.
  package static func check(step: Int) throws(Diagnostic) {
    if step & 0xfff == 0 { try check() }
  }

  /// Call before making anything large, temporaries too: an operation's memory counts until the
  /// call that it is a part of returns, or until it is released.
  ///
  /// - Parameters:
  ///   - bytes: as a float, so that no product of sizes overflows.
  ///   - item: what the memory is for, as a noun: "a list of 1000000000000 items".
  @usableFromInline
  package static func reserve(
    _ bytes: Double, for item: @autoclosure () -> String
  ) throws(Diagnostic) {
    guard let current else {
      // What no machine has is refused in any case.
      guard bytes <= Double(byteLimit) else { throw refusal(of: bytes, for: item(), used: 0) }
      return
    }
    try current.reserve(bytes, for: item())
    current.held.add(Int(bytes), ordering: .relaxed)
  }

  /// Gives back what ``reserve(_:for:)`` has counted, for a temporary that ends within a loop.
  package static func release(_ bytes: Double) {
    current?.held.subtract(Int(bytes), ordering: .relaxed)
  }

  /// Gives back at its end what `step` has reserved, for loops in which each result replaces the
  /// one before.
  package static func releasing<Result, Failure: Error>(
    _ step: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let current else { return try step() }
    let before = current.heldBytes
    defer { current.heldBytes = before }
    return try step()
  }

  /// What the running call, and the operands of the expression that it is in, hold.
  static var reservedBytes: Int { current?.heldBytes ?? 0 }

  // MARK: What the evaluator asks

  /// Whether so many bytes more fit; does not count them.
  package func reserve(_ bytes: Double, for item: @autoclosure () -> String) throws(Diagnostic) {
    let used = Double(liveBytes + heldBytes)
    guard used + bytes > Double(Self.byteLimit) else { return }
    throw Self.refusal(of: bytes, for: item(), used: used)
  }

  /// Gives the cell more time, for work that is exempt from the limit.
  package func extend(by seconds: Double) {
    let time = Double(bitPattern: deadline.load(ordering: .relaxed))
    deadline.store((time + seconds).bitPattern, ordering: .relaxed)
  }

  /// Whether ``fail(_:)`` was called.
  package var hasFailed: Bool { isFailed.load(ordering: .acquiring) }

  /// - Throws: why the work has failed, if it has.
  package func checkFailure() throws(Diagnostic) {
    guard hasFailed else { return }
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  /// - Throws: when the cell has failed, has run too long, or should stop.
  package func check() throws(Diagnostic) {
    try checkFailure()
    guard !interrupt.isRequested else { throw Diagnostic("the cell was interrupted") }
    guard Clock.now() < Double(bitPattern: deadline.load(ordering: .relaxed)) else {
      throw Diagnostic(
        "the cell ran for more than \(Int(Self.secondLimit)) seconds and was stopped",
        hint: "reduce its work, or use NumPy's functions instead of a long comprehension")
    }
  }

  private static func refusal(of bytes: Double, for item: String, used: Double) -> Diagnostic {
    let size = Quantity(bytes: bytes)
    // The value already exists and is included in `used`.
    if bytes == 0 {
      return Diagnostic(
        "with \(item), \(Quantity(bytes: used)) would be in use; 1 GiB is allowed",
        hint: "make it smaller")
    }
    return Diagnostic(
      bytes > Double(byteLimit)
        ? "\(item) would take \(size); 1 GiB is allowed"
        : "\(item) would take \(size), and \(Quantity(bytes: used)) of the 1 GiB "
          + "allowed is in use",
      hint: "make it smaller")
  }
}
