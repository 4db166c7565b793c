import Concurrency
import Messages

// How every loop over elements makes its result: its memory is asked for first, and the clock is
// looked at between pieces that are short for a clock and long for a vector.

/// How many elements of a long array lie before the first one that starts a cache line; nil where there
/// is nothing to gain. A loop from there on is faster, by up to an eighth: no vector that it
/// stores lies in two lines.
@inlinable
package func elementsBeforeLine<T>(_ elements: UnsafePointer<T>, count: Int) -> Int? {
  let (line, size) = (64, MemoryLayout<T>.stride)
  let bytes = -Int(bitPattern: elements) & (line - 1)
  return bytes > 0 && bytes % size == 0 && count * size >= 256 * line ? bytes / size : nil
}

extension Array {
  /// `count` elements, each computed from its index.
  ///
  /// - Parameter steps: how many elementary steps one element takes.
  /// - Throws: when there is not enough memory or time.
  @inlinable @inline(__always)
  package init(
    computing count: Int, steps: Int = 1, _ element: (Int) -> Element
  ) throws(Diagnostic) {
    try self.init(filling: count, steps: steps) { target, range in
      for index in range { (target + index).initialize(to: element(index)) }
    }
  }

  /// `count` elements that `fill` writes, range by range.
  ///
  /// - Precondition: the elements own no memory, and `fill` initialises all of its range.
  @inlinable @inline(__always)
  package init(
    filling count: Int, steps: Int = 1,
    _ fill: (UnsafeMutablePointer<Element>, Range<Int>) -> Void
  ) throws(Diagnostic) {
    try self.init(initializing: count) { (target) throws(Diagnostic) in
      // Pieces of elements that take long may be shorter than a line.
      let first = steps <= 16 ? elementsBeforeLine(target, count: count) : nil
      try Budget.forEachChunk(of: count, steps: steps, first: first) { range in
        fill(target, range)
      }
    }
  }

  /// `count` elements that `initialize` makes in an order of its own.
  ///
  /// - Precondition: the elements own no memory, and `initialize` makes all of them, or throws.
  @inlinable @inline(__always)
  package init(
    initializing count: Int,
    _ initialize: (UnsafeMutablePointer<Element>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    // The initializer would write to the storage that all empty arrays share, on every thread.
    guard count > 0 else {
      self = []
      return
    }
    try Self.reserve(count)
    var failure: Diagnostic?
    self.init(unsafeUninitializedCapacity: count) { target, initialized in
      preferLargePages(target.baseAddress!, byteCount: count * MemoryLayout<Element>.stride)
      do throws(Diagnostic) {
        try initialize(target.baseAddress!)
        initialized = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Equal elements.
  @inlinable
  package init(filled value: Element, count: Int) throws(Diagnostic) {
    try self.init(computing: count) { _ in value }
  }

  /// Asks for the memory of `count` elements.
  @inlinable
  package static func reserve(_ count: Int) throws(Diagnostic) {
    try Budget.reserve(
      Double(count) * Double(MemoryLayout<Element>.stride), for: "an array of \(count) elements")
  }

  /// `body` of every element.
  ///
  /// - Parameter steps: how many elementary steps one element takes.
  @inlinable @inline(__always)
  package func mapInChunks<Result>(
    steps: Int = 1, _ body: (Element) -> Result
  ) throws(Diagnostic) -> [Result] {
    try withUnsafeBufferPointer { (source) throws(Diagnostic) in
      try [Result](computing: source.count, steps: steps) { body(source[$0]) }
    }
  }
}

extension UnsafeBufferPointer {
  /// As `reduce`, for rows of any length.
  @inline(__always)
  func reduceInChunks<Result>(
    _ initial: Result, _ next: (Result, Element) -> Result
  ) throws(Diagnostic) -> Result {
    var result = initial
    try Budget.forEachChunk(of: count) { range in
      var partial = result
      for index in range { partial = next(partial, self[index]) }
      result = partial
    }
    return result
  }
}

extension NDArray {
  /// Does work that needs temporaries, whose memory is given back when it ends.
  static func releasingTemporaries(
    _ work: () throws(Diagnostic) -> NDArray
  ) throws(Diagnostic) -> NDArray {
    try Budget.releasingTemporaries(resultBytes: \.byteCount, work)
  }
}
