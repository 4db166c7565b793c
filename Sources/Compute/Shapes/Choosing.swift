import Messages

extension NDArray {
  /// As `np.where(condition, a, b)`: from `a` where the condition is not zero, else from `b`; all
  /// three broadcast, and the types of `a` and `b` are promoted.
  package static func choosing(
    where condition: NDArray, _ a: Operand, _ b: Operand
  ) throws(Diagnostic) -> NDArray {
    let type = ElementType.promoting([a, b])
    let shape = try broadcastShape([condition.shape, a.shape, b.shape])
    _ = try checkedCount(shape: shape, type: type)
    let mask: [Bool] = try condition.broadcast(to: shape).values()
    let indices = mask.indices.filter { mask[$0] }
    let chosen = try a.array.asType(type).broadcast(to: shape)
    let other = try b.array.asType(type).broadcast(to: shape)
    return NDArray(
      shape: shape,
      elements: other.elements.scattering(chosen.elements.gathered(at: indices), at: indices))
  }

  /// As `np.nonzero`: for each axis the indices of the elements that are not zero, in row-major
  /// order. int64.
  package func nonzero() throws(Diagnostic) -> [NDArray] {
    guard !isScalar else {
      throw Diagnostic("a number without axes has no indices", hint: "put it into a list: [x]")
    }
    let truths: [Bool] = values()
    _ = try NDArray.checkedCount(shape: [truths.count { $0 }], type: .int64)
    let indices = truths.indices.filter { truths[$0] }
    let strides = StridedView.strides(of: shape)
    return zip(shape, strides).map { size, stride in
      NDArray(indices.map { $0 / stride % size })
    }
  }
}
