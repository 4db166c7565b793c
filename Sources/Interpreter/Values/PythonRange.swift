/// Python's `range`: `start`, `start + step`, … up to but not including `stop`.
package struct PythonRange: Sendable, Equatable {
  package let start: Int
  package let stop: Int
  package let step: Int
  package let count: Int

  /// - Precondition: the step is not 0.
  package init(start: Int, stop: Int, step: Int) {
    precondition(step != 0, "a range's step is 0")
    self.start = start
    self.stop = stop
    self.step = step
    let isEmpty = step > 0 ? start >= stop : start <= stop
    // The distance between any two integers fits in an unsigned one.
    let distance =
      isEmpty
      ? 0 : step > 0 ? UInt(bitPattern: stop &- start) : UInt(bitPattern: start &- stop)
    count = isEmpty ? 0 : Int(clamping: (distance - 1) / step.magnitude + 1)
  }

  /// The way to an item may be longer than an integer, where the item itself is not.
  package subscript(index: Int) -> Int { start &+ index &* step }
}
