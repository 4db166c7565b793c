import Concurrency
import Messages

extension NDArray {
  /// As `np.where(condition, a, b)`: from `a` where the condition is not zero, else from `b`; all
  /// three broadcast, and the types of `a` and `b` are promoted.
  package static func choosing(
    where condition: NDArray, _ a: Operand, _ b: Operand
  ) throws(Diagnostic) -> NDArray {
    let type = ElementType.promoting([a, b])
    let shape = try broadcastShape([condition.shape, a.shape, b.shape])
    let count = try checkedCount(shape: shape, type: type)
    return try releasingTemporaries { () throws(Diagnostic) in
      let mask = try condition.asType(.bool).broadcast(to: shape)
      let chosen = try a.array.asType(type).flattened(for: shape, count: count)
      let other = try b.array.asType(type).flattened(for: shape, count: count)
      let choice = Choice(
        mask: try mask.values(), chosen: chosen.elements, other: other.elements)
      return NDArray(shape: shape, elements: try type.accept(choice))
    }
  }

  /// As `np.nonzero`: for each axis the indices of the elements that are not zero, in row-major
  /// order. int64.
  package func nonzero() throws(Diagnostic) -> [NDArray] {
    guard !isScalar else {
      throw Diagnostic("a number without axes has no indices", hint: "put it into a list: [x]")
    }
    let truths: [Bool] = try values()
    let offsets = try truths.indicesOfTrue()
    if axisCount == 1 { return [NDArray(offsets)] }
    let strides = StridedView.strides(of: shape)
    var indices: [NDArray] = []
    for (size, stride) in zip(shape, strides) {
      indices.append(NDArray(try offsets.mapInChunks { $0 / stride % size }))
    }
    return indices
  }
}

/// Sides with one element are stretched.
private struct Choice: ElementTypeVisitor {
  var mask: [Bool]
  var chosen: NDArray.Elements
  var other: NDArray.Elements

  func visit<T: ArrayElement>(_ type: T.Type) throws(Diagnostic) -> NDArray.Elements {
    let chosen = try chosen.values(as: T.self)
    let other = try other.values(as: T.self)
    if T.self == Double.self || T.self == Int.self {
      return T.elements(try ArrayKernels.chosen.chosen(mask, chosen, other))
    }
    let advanceChosen = chosen.count == 1 ? 0 : 1
    let advanceOther = other.count == 1 ? 0 : 1
    return T.elements(
      try [T](computing: mask.count) { index in
        mask[index] ? chosen[index &* advanceChosen] : other[index &* advanceOther]
      })
  }
}

extension [Bool] {
  /// Where true stands.
  func indicesOfTrue() throws(Diagnostic) -> [Int] {
    try withUnsafeBufferPointer { (buffer) throws(Diagnostic) in
      let truths = UnsafeRawBufferPointer(buffer)
      var trueCount = 0
      try Budget.forEachChunk(of: truths.count) { range in
        var part = 0
        for index in range { part &+= Int(truths[index]) }
        trueCount += part
      }
      return try [Int](initializing: trueCount) { (target) throws(Diagnostic) in
        var next = target
        let end = target + trueCount
        try Budget.forEachChunk(of: truths.count) { range in
          for index in range {
            // Writing each one and moving on only after those that count needs no prediction.
            guard next < end else { return }
            next.initialize(to: index)
            next += Int(truths[index])
          }
        }
      }
    }
  }
}
