extension NDArray {
  /// As `np.sort`: ascending along an axis, nan last; the flattened array when the axis is nil.
  package func sorted(axis: Int? = -1) throws(ArrayError) -> NDArray {
    guard let axis else { return try flattened.sorted(axis: 0) }
    return try mappingLanes(along: axis) { $0.sorted }
  }

  /// As `np.argsort(…, stable=True)`: the indices that would sort; equal elements keep their
  /// order, nan comes last. int64.
  package func sortingIndices(axis: Int? = -1) throws(ArrayError) -> NDArray {
    guard let axis else { return try flattened.sortingIndices(axis: 0) }
    return try mappingLanes(along: axis) { .int64($0.order) }
  }

  /// As `np.unique`: the different elements of the flattened array, ascending.
  package func unique() throws(ArrayError) -> NDArray {
    let sorted = try sorted(axis: nil)
    guard sorted.count > 1 else { return sorted }
    let next = try sorted.taking(Array(1..<sorted.count), axis: 0)
    let previous = try sorted.taking(Array(0..<sorted.count - 1), axis: 0)
    let differs = try NDArray.binary(.notEqual, .array(next), .array(previous))
    let isNew: [Bool] = [true] + differs.values(as: Bool.self)
    return try sorted.taking(isNew.indices.filter { isNew[$0] }, axis: 0)
  }
}

extension Lanes {
  /// The elements with each lane in ascending order, nan last.
  fileprivate var sorted: NDArray.Elements {
    switch elements {
    case .bool(let values): .bool(sorted(values))
    case .uint8(let values): .uint8(sorted(values))
    case .int16(let values): .int16(sorted(values))
    case .int32(let values): .int32(sorted(values))
    case .int64(let values): .int64(sorted(values))
    case .float32(let values): .float32(sorted(values))
    case .float64(let values): .float64(sorted(values))
    case .complex128(let values): .complex128(sorted(values))
    }
  }

  private func sorted<T: ArrayElement>(_ values: [T]) -> [T] {
    map(values) { lane in
      // Apart from nan, which precedes nothing, the order is total.
      lane.filter { !$0.isNotANumber }.sorted { $0.precedes($1) } + lane.filter(\.isNotANumber)
    }.flatMap { $0 }
  }

  /// For each lane the indices into it that would sort it, one lane after the other.
  fileprivate var order: [Int] {
    switch elements {
    case .bool(let values): order(values)
    case .uint8(let values): order(values)
    case .int16(let values): order(values)
    case .int32(let values): order(values)
    case .int64(let values): order(values)
    case .float32(let values): order(values)
    case .float64(let values): order(values)
    case .complex128(let values): order(values)
    }
  }

  private func order<T: ArrayElement>(_ values: [T]) -> [Int] {
    map(values) { lane in
      lane.indices.sorted { first, second in
        let (a, b) = (lane[first], lane[second])
        if a.isNotANumber || b.isNotANumber {
          return a.isNotANumber == b.isNotANumber ? first < second : b.isNotANumber
        }
        return a.precedes(b) || (!b.precedes(a) && first < second)
      }
    }.flatMap { $0 }
  }
}
