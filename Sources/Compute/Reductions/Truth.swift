extension NDArray {
  /// Whether any element along the axes is not zero. Of nothing: false.
  package func any(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(ArrayError) -> NDArray {
    let lanes = try lanes(over: axes, keepingAxes: keepingAxes)
    let truths: [Bool] = lanes.elements.values()
    return NDArray(shape: lanes.resultShape, values: lanes.map(truths) { $0.contains(true) })
  }

  /// Whether every element along the axes is not zero. Of nothing: true.
  package func all(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(ArrayError) -> NDArray {
    let lanes = try lanes(over: axes, keepingAxes: keepingAxes)
    let truths: [Bool] = lanes.elements.values()
    return NDArray(shape: lanes.resultShape, values: lanes.map(truths) { !$0.contains(false) })
  }
}
