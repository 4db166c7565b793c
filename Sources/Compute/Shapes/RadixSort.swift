import Concurrency
import Messages

/// Sorts numbers by whole-number keys, digit by digit, so that each pass only counts and copies.
///
/// The last digits rarely decide. So three passes sort by the leading bits, and insertion does the
/// rest; if that moves too much, all digits get a pass. O(n) either way.
struct RadixSort {
  private static let digitBits = 11
  private static let digitCount = 1 << digitBits
  /// Elements that insertion may move for each one there is.
  private static let movesPerElement = 4

  private let count: Int
  private var keys: UnsafeMutablePointer<UInt64>
  private var spareKeys: UnsafeMutablePointer<UInt64>
  /// What moves with the keys; nil when they sort alone.
  private var items: UnsafeMutablePointer<UInt32>?
  private var spareItems: UnsafeMutablePointer<UInt32>?

  /// What a sort of so many elements needs.
  static func reserve(_ count: Int, withItems: Bool) throws(Diagnostic) {
    try Budget.reserve(
      Double(count) * (withItems ? 24 : 16), for: "the sort of \(count) elements")
  }

  /// Sorts the keys of 0 ..< count, and hands them to `read`, with the indices they had.
  @inline(__always)
  static func sort(
    count: Int, withItems: Bool, key: (Int) -> UInt64,
    read: (UnsafePointer<UInt64>, UnsafePointer<UInt32>?) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * count)
    defer { keys.deallocate() }
    let items = withItems ? UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * count) : nil
    defer { items?.deallocate() }
    var (all, some) = (UInt64.max, UInt64.min)
    try Budget.forEachChunk(of: count) { range in
      var (inAll, inSome) = (all, some)
      for index in range {
        let value = key(index)
        (keys + index).initialize(to: value)
        inAll &= value
        inSome |= value
      }
      (all, some) = (inAll, inSome)
      guard let items else { return }
      for index in range { (items + index).initialize(to: UInt32(truncatingIfNeeded: index)) }
    }
    var sort = RadixSort(
      count: count, keys: keys, spareKeys: keys + count, items: items,
      spareItems: items.map { $0 + count })
    // Above this bit, all keys are equal.
    try sort.run(bits: 64 - (all ^ some).leadingZeroBitCount)
    try read(sort.keys, sort.items)
  }

  private mutating func run(bits: Int) throws(Diagnostic) {
    let leading = max(0, bits - 3 * Self.digitBits)
    try passes(from: leading, to: bits)
    guard leading > 0, try !insert() else { return }
    // The passes start over: each keeps the order of equal keys, so nothing is lost.
    try passes(from: 0, to: bits)
  }

  /// A pass for each digit, the last one first.
  private mutating func passes(from low: Int, to high: Int) throws(Diagnostic) {
    for shift in stride(from: low, to: high, by: 3 * Self.digitBits) {
      let passes = min(3, (high - shift + Self.digitBits - 1) / Self.digitBits)
      let capacity = 3 * Self.digitCount
      let starts = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
      defer { starts.deallocate() }
      starts.initialize(repeating: 0, count: capacity)
      try count(shift: shift, in: starts)
      for pass in 0..<passes {
        try place(
          shift: shift + pass * Self.digitBits, from: starts + pass * Self.digitCount)
      }
    }
  }

  /// Where the keys with each value of three digits start, in one sweep: no pass changes that.
  private func count(shift: Int, in starts: UnsafeMutablePointer<UInt32>) throws(Diagnostic) {
    let (mask, digits) = (UInt64(Self.digitCount - 1), Self.digitCount)
    let (second, third) = (starts + digits, starts + 2 * digits)
    let keys = keys
    try Budget.forEachChunk(of: count, steps: 2) { range in
      for index in range {
        let key = keys[index] &>> shift
        starts[Int(truncatingIfNeeded: key & mask)] &+= 1
        second[Int(truncatingIfNeeded: key &>> Self.digitBits & mask)] &+= 1
        third[Int(truncatingIfNeeded: key &>> (2 * Self.digitBits) & mask)] &+= 1
      }
    }
    for digit in 0..<3 {
      var next: UInt32 = 0
      for index in digit * digits..<(digit + 1) * digits {
        (starts[index], next) = (next, next + starts[index])
      }
    }
  }

  /// Moves each key to where its digit says.
  private mutating func place(
    shift: Int, from starts: UnsafeMutablePointer<UInt32>
  ) throws(Diagnostic) {
    let mask = UInt64(Self.digitCount - 1)
    // Copies, which no store can change: else they would be loaded again and again.
    let (from, to) = (keys, spareKeys)
    let (itemsFrom, itemsTo) = (items, spareItems)
    try Budget.forEachChunk(of: count, steps: 2) { range in
      for index in range {
        let key = from[index]
        let digit = Int(truncatingIfNeeded: key &>> shift & mask)
        let target = Int(starts[digit])
        starts[digit] &+= 1
        to[target] = key
        if let itemsFrom, let itemsTo { itemsTo[target] = itemsFrom[index] }
      }
    }
    swap(&keys, &spareKeys)
    swap(&items, &spareItems)
  }

  /// Whether it could sort the rest with few moves.
  private func insert() throws(Diagnostic) -> Bool {
    var moves = Self.movesPerElement * count
    try Budget.forEachChunk(of: count, steps: 2) { range in
      for index in range.dropFirst(range.lowerBound == 0 ? 1 : 0) {
        let key = keys[index]
        guard key < keys[index - 1], moves > 0 else { continue }
        let item = items?[index]
        var position = index
        repeat {
          keys[position] = keys[position - 1]
          if let items { items[position] = items[position - 1] }
          position -= 1
          moves -= 1
        } while position > 0 && key < keys[position - 1]
        keys[position] = key
        if let items, let item { items[position] = item }
      }
    }
    return moves > 0
  }
}

extension Rows {
  /// Shorter rows are merged: a pass would count more digits than there are elements.
  private var areLong: Bool { length >= 512 && count > 0 }

  /// Each row sorted, nan last; nil where merging is better.
  func sortedByDigits() throws(Diagnostic) -> NDArray.Elements? {
    guard areLong else { return nil }
    switch elements {
    case .uint8(let values): return .uint8(try sorted(values))
    case .int16(let values): return .int16(try sorted(values))
    case .int32(let values): return .int32(try sorted(values))
    case .int64(let values): return .int64(try sorted(values))
    case .float32(let values): return .float32(try sorted(values))
    case .float64(let values): return .float64(try sorted(values))
    case .bool, .complex128: return nil
    }
  }

  /// The indices that sort each row, equal elements in their order; nil where merging is better.
  func orderByDigits() throws(Diagnostic) -> [Int]? {
    guard areLong else { return nil }
    switch elements {
    case .uint8(let values): return try order(values)
    case .int16(let values): return try order(values)
    case .int32(let values): return try order(values)
    case .int64(let values): return try order(values)
    case .float32(let values): return try order(values)
    case .float64(let values): return try order(values)
    case .bool, .complex128: return nil
    }
  }

  @inline(__always)
  private func sorted<T: RadixSortable>(_ values: [T]) throws(Diagnostic) -> [T] {
    try RadixSort.reserve(length, withItems: false)
    return try mapRows(values) { (row, target) throws(Diagnostic) in
      try RadixSort.sort(count: row.count, withItems: false, key: { row[$0].distinctKey }) {
        (keys, _) throws(Diagnostic) in
        try Budget.forEachChunk(of: row.count) { range in
          for index in range { (target + index).initialize(to: T(distinctKey: keys[index])) }
        }
      }
    }
  }

  @inline(__always)
  private func order<T: RadixSortable>(_ values: [T]) throws(Diagnostic) -> [Int] {
    try RadixSort.reserve(length, withItems: true)
    return try mapRows(values) { (row, target) throws(Diagnostic) in
      try RadixSort.sort(count: row.count, withItems: true, key: { row[$0].sortingKey }) {
        (_, indices) throws(Diagnostic) in
        try Budget.forEachChunk(of: row.count) { range in
          for index in range { (target + index).initialize(to: Int(indices![index])) }
        }
      }
    }
  }
}

/// A number whose order is that of a whole number.
protocol RadixSortable: ArrayElement {
  /// Equal numbers have equal keys; all nan have the last one.
  var sortingKey: UInt64 { get }
  /// As ``sortingKey``, but of 0 and -0 each has its own.
  var distinctKey: UInt64 { get }
  init(distinctKey: UInt64)
}

extension RadixSortable where Self: FixedWidthInteger {
  @inline(__always) var sortingKey: UInt64 { UInt64(bitPattern: Int64(self)) ^ 1 << 63 }
  @inline(__always) var distinctKey: UInt64 { sortingKey }
  @inline(__always) init(distinctKey: UInt64) {
    self.init(truncatingIfNeeded: Int64(bitPattern: distinctKey ^ 1 << 63))
  }
}

extension UInt8: RadixSortable {}
extension Int16: RadixSortable {}
extension Int32: RadixSortable {}
extension Int: RadixSortable {}

extension Double: RadixSortable {
  // Adding 0 turns -0 into 0.
  @inline(__always) var sortingKey: UInt64 { (self + 0).distinctKey }
  @inline(__always) var distinctKey: UInt64 {
    if isNaN { return .max }
    // Negative numbers upside down, below the positive ones.
    let sign = UInt64(bitPattern: Int64(bitPattern: bitPattern) >> 63)
    return bitPattern ^ (sign | 1 << 63)
  }
  @inline(__always) init(distinctKey key: UInt64) {
    let sign = UInt64(bitPattern: Int64(bitPattern: ~key) >> 63)
    self = key == .max ? .nan : Double(bitPattern: key ^ (sign | 1 << 63))
  }
}

extension Float: RadixSortable {
  // Every float is a double, in the same order.
  @inline(__always) var sortingKey: UInt64 { Double(self).sortingKey }
  @inline(__always) var distinctKey: UInt64 { Double(self).distinctKey }
  @inline(__always) init(distinctKey: UInt64) { self.init(Double(distinctKey: distinctKey)) }
}
