import Concurrency
import Messages

/// The numbers that a sum adds up: a row's elements, or something made of each.
protocol Summands {
  associatedtype Number: BinaryFloatingPoint
  var count: Int { get }
  subscript(index: Int) -> Number { get }

  /// The sum of `count` numbers by halves, as ``sumInPairs()``; nil where there is no loop of vectors for it.
  func sumInVectors(from start: Int, count: Int) -> Number?
}

extension Summands {
  @inline(__always)
  func sumInVectors(from start: Int, count: Int) -> Number? { nil }
}

/// The elements themselves.
struct CastElements<T: ArrayElement, Number: ArrayElement & BinaryFloatingPoint>: Summands {
  var row: UnsafeBufferPointer<T>

  var count: Int { row.count }
  subscript(index: Int) -> Number { Number(casting: row[index]) }

  @inline(__always)
  func sumInVectors(from start: Int, count: Int) -> Number? {
    guard Number.self == Double.self, let doubles = row.unchanged(as: Double.self) else {
      return nil
    }
    let part = UnsafeBufferPointer(rebasing: doubles[start..<start + count])
    return ArrayKernels.chosen.sum(part) as? Number
  }
}

/// (x - mean)².
struct SquaredDistances<T: ArrayElement, Number: ArrayElement & BinaryFloatingPoint>: Summands {
  var row: UnsafeBufferPointer<T>
  var mean: Number

  var count: Int { row.count }
  subscript(index: Int) -> Number {
    let distance = Number(casting: row[index]) - mean
    return distance * distance
  }
}

/// |x - mean|².
struct SquaredMagnitudes: Summands {
  var row: UnsafeBufferPointer<Complex>
  var mean: Complex

  var count: Int { row.count }
  subscript(index: Int) -> Double {
    let distance = (row[index] - mean).magnitude
    return distance * distance
  }
}

struct RealParts: Summands {
  var row: UnsafeBufferPointer<Complex>

  var count: Int { row.count }
  subscript(index: Int) -> Double { row[index].real }
}

struct ImaginaryParts: Summands {
  var row: UnsafeBufferPointer<Complex>

  var count: Int { row.count }
  subscript(index: Int) -> Double { row[index].imaginary }
}

extension Summands {
  /// The sum from the first number to the last.
  func sumInOrder() throws(Diagnostic) -> Number {
    var result: Number = 0
    try Budget.forEachChunk(of: count) { range in
      var partial = result
      for index in range { partial += self[index] }
      result = partial
    }
    return result
  }

  /// The sum by halves, down to blocks of 128 that are added in eight interleaved rows: the order
  /// in which NumPy adds, so that the bits agree. The error grows with log n instead of n.
  func sumInPairs() throws(Diagnostic) -> Number { try sumInPairs(from: 0, count: count) }

  private func sumInPairs(from start: Int, count: Int) throws(Diagnostic) -> Number {
    if count > Budget.stepsPerCheck {
      try Budget.check()
    } else if let sum = sumInVectors(from: start, count: count) {
      return sum
    }
    if count <= 128 { return sumOfBlock(from: start, count: count) }
    let half = count / 2 - (count / 2) % 8
    return try sumInPairs(from: start, count: half)
      + sumInPairs(from: start + half, count: count - half)
  }

  private func sumOfBlock(from start: Int, count: Int) -> Number {
    let end = start + count
    if count < 8 {
      var sum: Number = 0
      for index in start..<end { sum += self[index] }
      return sum
    }
    var (r0, r1, r2, r3) = (self[start], self[start + 1], self[start + 2], self[start + 3])
    var (r4, r5, r6, r7) = (self[start + 4], self[start + 5], self[start + 6], self[start + 7])
    var index = start + 8
    while index + 8 <= end {
      r0 += self[index]
      r1 += self[index + 1]
      r2 += self[index + 2]
      r3 += self[index + 3]
      r4 += self[index + 4]
      r5 += self[index + 5]
      r6 += self[index + 6]
      r7 += self[index + 7]
      index += 8
    }
    var sum = ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7))
    while index < end {
      sum += self[index]
      index += 1
    }
    return sum
  }
}
