import Messages

extension Budget {
  /// How many elementary steps, of about a nanosecond, a loop takes between two looks at the clock.
  @inlinable package static var stepsPerCheck: Int { 1 << 16 }

  /// Calls `body` with consecutive ranges that cover 0 ..< count, and ``check()`` between them. So
  /// the loop within a range can be as tight as without a budget.
  ///
  /// - Parameters:
  ///   - steps: how many elementary steps one element takes.
  ///   - first: how many elements the first range has, at least 1 and at most as many as the others; nil for
  ///     as many.
  // Inlined, so that loops in other modules are compiled together with their bodies.
  @inlinable @inline(__always)
  package static func forEachChunk(
    of count: Int, steps: Int = 1, first: Int? = nil,
    _ body: (Range<Int>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    guard count > 0 else { return }
    let size = max(1, stepsPerCheck / max(1, steps))
    var start = 0
    var length = first ?? size
    while true {
      let end = count - start > length ? start + length : count
      try body(start..<end)
      if end == count { return }
      start = end
      length = size
      try check()
    }
  }

  /// For loops whose pieces are of different lengths: looks at the clock when there were enough
  /// steps.
  @usableFromInline
  package struct Pace {
    @usableFromInline var stepsUntilCheck = Budget.stepsPerCheck

    @inlinable package init() {}

    /// - Throws: as ``Budget/check()``.
    @inlinable
    package mutating func advance(by steps: Int) throws(Diagnostic) {
      stepsUntilCheck &-= steps
      guard stepsUntilCheck <= 0 else { return }
      stepsUntilCheck = Budget.stepsPerCheck
      try Budget.check()
    }
  }

  /// Does work that needs temporaries: what it has reserved is released when it ends, apart from
  /// the memory of its result.
  package static func releasingTemporaries<Result>(
    resultBytes: (Result) -> Int, _ work: () throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let before = reservedBytes
    let result = try work()
    let reserved = reservedBytes - before
    // A result that is one of the operands was not reserved here.
    release(Double(max(0, reserved - resultBytes(result))))
    return result
  }
}
