import Messages

extension NDArray {
  /// Whether any element along the axes is not zero. Of nothing: false.
  package func any(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    let rows = try rows(over: axes, keepingAxes: keepingAxes)
    let truths: [Bool] = rows.elements.values()
    return NDArray(shape: rows.resultShape, values: rows.map(truths) { $0.contains(true) })
  }

  /// Whether every element along the axes is not zero. Of nothing: true.
  package func all(
    over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws(Diagnostic) -> NDArray {
    let rows = try rows(over: axes, keepingAxes: keepingAxes)
    let truths: [Bool] = rows.elements.values()
    return NDArray(shape: rows.resultShape, values: rows.map(truths) { !$0.contains(false) })
  }
}
