import Messages

extension NDArray {
  /// The most bytes that one array may take: 1 GiB.
  package static let byteLimit = 1 << 30

  /// The most axes that an array has, as in NumPy.
  package static let axisLimit = 64

  /// Everything that may give an array more axes than its arguments have checks here or in
  /// ``checkedCount(shape:type:)``.
  ///
  /// - Throws: when there are more than ``axisLimit``.
  package static func checkAxisCount(_ count: Int) throws(Diagnostic) {
    guard count <= axisLimit else {
      throw Diagnostic("an array has at most \(axisLimit) axes, not \(count)")
    }
  }

  /// The number of elements of a shape. Everything that may make an array larger than its
  /// arguments checks here first, so that memory does not run out and no size overflows.
  ///
  /// - Throws: when a size is negative, when there are more than ``axisLimit`` axes, or when the
  ///   array would take more than ``byteLimit``.
  package static func checkedCount(
    shape: [Int], type: ElementType
  ) throws(Diagnostic) -> Int {
    if let negative = shape.first(where: { $0 < 0 }) {
      throw Diagnostic("the size of an axis must not be negative, but one is \(negative)")
    }
    try checkAxisCount(shape.count)
    // In floating point, where overflow gives infinity. An axis of size 0 counts as 1: selecting from
    // the other axes could otherwise overflow.
    let bytes = shape.reduce(Double(type.byteCount)) { $0 * Double(max(1, $1)) }
    guard bytes <= Double(byteLimit) else {
      guard !shape.contains(0) else {
        throw Diagnostic(
          "an array of shape \(describe(shape: shape)) has no elements, and its other axes are too long",
          hint: "make them shorter")
      }
      let amount = Quantity(bytes: bytes).description
      throw Diagnostic(
        "an array of shape \(describe(shape: shape)) and type \(type.rawValue) takes "
          + "\(amount == "1 GiB" ? "more than 1 GiB" : amount); 1 GiB is allowed")
    }
    return shape.reduce(1, *)
  }
}
