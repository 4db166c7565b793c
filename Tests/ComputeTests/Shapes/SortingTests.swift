import Compute
import Messages
import Testing

/// Long rows are sorted by digits, short ones are merged: the order is the same.
struct SortingTests {
  private static func words(_ count: Int) -> [UInt64] {
    var state: UInt64 = 7
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  private func expectSorted<T: ArrayElement & Comparable>(_ values: [T]) throws {
    let order = values.indices.sorted { a, b in
      let (x, y) = (values[a], values[b])
      if x.isNotANumber || y.isNotANumber {
        return x.isNotANumber == y.isNotANumber ? a < b : y.isNotANumber
      }
      return x == y ? a < b : x < y
    }
    let array = NDArray(values)
    #expect(try array.sortingIndices().elements == .int64(order))
    let sorted: [T] = try array.sorted().values()
    #expect(
      zip(sorted, order).allSatisfy {
        $0 == values[$1] || $0.isNotANumber && values[$1].isNotANumber
      })
  }

  @Test func floats() throws {
    let words = Self.words(5000)
    try expectSorted(words.map { Double(bitPattern: $0) })
    try expectSorted(words.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) })
    try expectSorted(words.map { Double($0 % 1000) / 7 - 60 })
    try expectSorted(words.map { [0.0, -0.0, 1, -1, .nan, .infinity][Int($0 % 6)] })
  }

  @Test("where only the last digits differ")
  func lowDigits() throws {
    let words = Self.words(5000)
    try expectSorted(words.map { 1 + Double($0 % 4000) * 0x1p-52 })
    try expectSorted(words.map { ($0 % 2 == 0 ? 1 : -1e300) + Double($0 >> 32 % 4000) * 0x1p-52 })
    try expectSorted(words.map { $0 % 2 == 0 ? Int.min + Int($0 >> 40) : Int($0 >> 40) })
  }

  @Test func integers() throws {
    let words = Self.words(3000)
    try expectSorted(words.map { Int(bitPattern: UInt($0)) })
    try expectSorted(words.map { Int32(truncatingIfNeeded: $0) })
    try expectSorted(words.map { Int16(truncatingIfNeeded: $0) })
    try expectSorted(words.map { UInt8(truncatingIfNeeded: $0) })
    try expectSorted([Int](repeating: 3, count: 3000))
  }

  @Test func uniqueCountsNaNAsOne() throws {
    #expect(try NDArray([Double]()).unique().doubles == [])
    #expect(try NDArray([3, 1, 3, 2, 1]).unique().elements == .int64([1, 2, 3]))
    let unique = try NDArray([.nan, 1, .nan, 0, -0.0, 1]).unique().doubles
    #expect(unique.dropLast() == [0, 1])
    #expect(unique.last?.isNaN == true)
  }

  @Test func rowsAreSortedOneByOne() throws {
    let values = Self.words(4 * 700).map { Double($0 % 977) }
    let sorted: [Double] = try NDArray(shape: [4, 700], values: values).sorted().values()
    let expected = (0..<4).flatMap { values[$0 * 700..<($0 + 1) * 700].sorted() }
    #expect(sorted == expected)
  }
}
