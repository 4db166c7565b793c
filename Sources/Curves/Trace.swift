/// Numbers in order. The extremes of any stretch are found without looking at all of it, so that a
/// million values are drawn as fast as a hundred.
///
/// Cheap to copy and to append to, even while copies are in use: the curves of a training grow
/// thousands of times a second while they are drawn.
package struct Trace: Sendable {
  /// What is known of a stretch of values.
  package struct Extremes: Hashable, Sendable {
    /// Of the finite values; infinity and minus infinity without any.
    package private(set) var low = Double.infinity
    package private(set) var high = -Double.infinity
    /// The least value above 0, for logarithmic axes; infinity without any.
    package private(set) var lowPositive = Double.infinity

    /// Nil without finite values.
    package var range: ClosedRange<Double>? { low <= high ? low...high : nil }

    fileprivate mutating func include(_ value: Double) {
      guard value.isFinite else { return }
      low = Swift.min(low, value)
      high = Swift.max(high, value)
      if value > 0 { lowPositive = Swift.min(lowPositive, value) }
    }

    fileprivate mutating func include(_ other: Extremes) {
      low = Swift.min(low, other.low)
      high = Swift.max(high, other.high)
      lowPositive = Swift.min(lowPositive, other.lowPositive)
    }
  }

  /// A full stretch that no longer changes: copies of a trace share it.
  private struct Chunk: Sendable {
    let values: ArraySlice<Double>
    /// Of each `blockLength` values.
    let blocks: [Extremes]
    let extremes: Extremes

    init(_ values: ArraySlice<Double>) {
      self.values = values
      var all = Extremes()
      blocks = values.withUnsafeBufferPointer { values in
        stride(from: 0, to: values.count, by: blockLength).map { start in
          var block = Extremes()
          for index in start..<Swift.min(start + blockLength, values.count) {
            block.include(values[index])
          }
          all.include(block)
          return block
        }
      }
      extremes = all
    }
  }

  private static let blockLength = 32
  private static let chunkLength = 1024

  private var chunks: [Chunk] = []
  /// Fewer values than a chunk has.
  private var tail: [Double] = []
  /// Of all values.
  package private(set) var extremes = Extremes()
  /// The values that are nan or infinite.
  package private(set) var notFiniteCount = 0
  /// The finite values that are not above 0.
  package private(set) var notPositiveCount = 0

  package init() {}

  /// O(values); the array is not copied.
  package init(_ values: [Double]) {
    let fullCount = values.count / Self.chunkLength
    chunks = (0..<fullCount).map { chunk in
      Chunk(values[chunk * Self.chunkLength..<(chunk + 1) * Self.chunkLength])
    }
    for chunk in chunks { extremes.include(chunk.extremes) }
    tail = Array(values[(fullCount * Self.chunkLength)...])
    for value in tail { extremes.include(value) }
    values.withUnsafeBufferPointer { values in
      for value in values { note(value) }
    }
  }

  /// O(1), amortised and whether or not there are copies.
  package mutating func append(_ value: Double) {
    extremes.include(value)
    note(value)
    tail.append(value)
    guard tail.count == Self.chunkLength else { return }
    chunks.append(Chunk(tail[...]))
    tail = []
  }

  private mutating func note(_ value: Double) {
    if !value.isFinite {
      notFiniteCount += 1
    } else if value <= 0 {
      notPositiveCount += 1
    }
  }

  /// The extremes of a part: O(1) for up to a thousand values, then a thousandth of their number.
  package func extremes(in range: Range<Int>) -> Extremes {
    var result = Extremes()
    var index = range.lowerBound
    while index < range.upperBound {
      let chunk = index / Self.chunkLength
      let inside = index % Self.chunkLength
      let left = range.upperBound - index
      if chunk == chunks.count {
        for value in tail[inside..<inside + left] { result.include(value) }
        break
      }
      if inside == 0, left >= Self.chunkLength {
        result.include(chunks[chunk].extremes)
        index += Self.chunkLength
      } else if inside % Self.blockLength == 0, left >= Self.blockLength {
        result.include(chunks[chunk].blocks[inside / Self.blockLength])
        index += Self.blockLength
      } else {
        result.include(self[index])
        index += 1
      }
    }
    return result
  }

  /// Whether both hold the same bits. Parts that copies share are not compared.
  package func isIdentical(to other: Trace) -> Bool {
    guard count == other.count else { return false }
    func isSame(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Bool {
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          a.baseAddress == b.baseAddress
            || a.elementsEqual(b) { $0.bitPattern == $1.bitPattern }
        }
      }
    }
    return zip(chunks, other.chunks).allSatisfy { isSame($0.values, $1.values) }
      && isSame(tail[...], other.tail[...])
  }

  /// All values in one array; O(values).
  package var values: [Double] {
    var result: [Double] = []
    result.reserveCapacity(count)
    for chunk in chunks { result += chunk.values }
    return result + tail
  }
}

extension Trace: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { chunks.count * Self.chunkLength + tail.count }

  package subscript(index: Int) -> Double {
    let chunk = index / Self.chunkLength
    guard chunk < chunks.count else { return tail[index % Self.chunkLength] }
    let values = chunks[chunk].values
    return values[values.startIndex + index % Self.chunkLength]
  }
}

extension Trace: Equatable, ExpressibleByArrayLiteral {
  package static func == (a: Self, b: Self) -> Bool { a.elementsEqual(b) }

  package init(arrayLiteral elements: Double...) { self.init(elements) }
}
