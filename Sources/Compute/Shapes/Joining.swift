import Concurrency
import Messages

extension NDArray {
  /// As `np.concatenate`: arrays one after the other along an axis, flattened first when the axis
  /// is nil. Types are promoted.
  package static func concatenated(
    _ arrays: [NDArray], axis: Int? = 0
  ) throws(Diagnostic) -> NDArray {
    guard let first = arrays.first else {
      throw Diagnostic("there must be at least one array to concatenate")
    }
    guard let axis else { return try concatenated(arrays.map(\.flattened), axis: 0) }
    guard !first.isScalar else {
      throw Diagnostic(
        "numbers without axes cannot be concatenated", hint: "put them into lists: [x]")
    }
    let along = try first.resolvedAxis(axis)
    let type = arrays.dropFirst().reduce(first.type) { $0.promoted(with: $1.type) }
    var shape = first.shape
    shape[along] = 0
    for array in arrays {
      var others = array.shape
      if others.count == shape.count { others[along] = shape[along] }
      guard others == shape else {
        throw Diagnostic(
          "shapes \(describe(shape: first.shape)) and \(describe(shape: array.shape)) cannot be "
            + "concatenated along axis \(axis): all other sizes must be equal")
      }
      shape[along] += array.shape[along]
    }
    _ = try checkedCount(shape: shape, type: type)
    let outerCount = shape[..<along].reduce(1, *)
    let concatenation = Concatenation(arrays: arrays, outerCount: outerCount)
    return try releasingTemporaries { () throws(Diagnostic) in
      NDArray(shape: shape, elements: try type.accept(concatenation))
    }
  }

  /// As `np.stack`: arrays of one shape side by side along a new axis. Nested lists become arrays
  /// this way, from the inside out.
  package static func stacked(
    _ arrays: [NDArray], axis: Int = 0
  ) throws(Diagnostic) -> NDArray {
    guard let first = arrays.first else {
      throw Diagnostic("there must be at least one array to stack")
    }
    if let other = arrays.first(where: { $0.shape != first.shape }) {
      throw Diagnostic(
        "shapes \(describe(shape: first.shape)) and \(describe(shape: other.shape)) cannot be "
          + "stacked: all must be equal")
    }
    var expanded: [NDArray] = []
    for array in arrays { expanded.append(try array.expanded(axis: axis)) }
    let resolved = try resolve(axis: axis, axisCount: first.axisCount + 1)
    return try concatenated(expanded, axis: resolved)
  }
}

/// Linear in the number of elements, however many arrays there are.
private struct Concatenation: ElementTypeVisitor {
  var arrays: [NDArray]
  /// The product of the axis lengths before the axis that grows.
  var outerCount: Int

  func visit<T: ArrayElement>(_ type: T.Type) throws(Diagnostic) -> NDArray.Elements {
    var sources: [[T]] = []
    sources.reserveCapacity(arrays.count)
    var total = 0
    for array in arrays {
      sources.append(try array.elements.values())
      total += array.count
    }
    return T.elements(
      try [T](initializing: total) { (target) throws(Diagnostic) in
        var next = target
        var pace = Budget.Pace()
        for outer in 0..<outerCount {
          for source in sources {
            let length = source.count / outerCount
            try source.withUnsafeBufferPointer { (source) throws(Diagnostic) in
              try Budget.forEachChunk(of: length) { range in
                next.initialize(
                  from: source.baseAddress! + (outer * length + range.lowerBound),
                  count: range.count)
                next += range.count
              }
            }
            try pace.advance(by: length + 8)
          }
        }
      })
  }
}
