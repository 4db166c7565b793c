extension NDArray {
  /// The most bytes that one array may take: 1 GiB.
  package static let byteLimit = 1 << 30

  /// The most axes that an array has, as in NumPy.
  package static let axisLimit = 64

  /// The number of elements of a shape. Everything that makes an array larger than what it was
  /// given asks here first, so that nobody runs out of memory and no size overflows.
  ///
  /// - Throws: when a size is negative, when there are more than ``axisLimit`` axes, or when the array would take more than ``byteLimit``.
  package static func checkedCount(
    shape: [Int], type: ElementType
  ) throws(ArrayError) -> Int {
    if let negative = shape.first(where: { $0 < 0 }) {
      throw ArrayError("the size of an axis must not be negative, but one is \(negative)")
    }
    guard shape.count <= axisLimit else {
      throw ArrayError("an array has at most \(axisLimit) axes, not \(shape.count)")
    }
    // In floating point, where what overflows is infinite and so too much. An array without elements
    // may not be as large otherwise either: without that axis it would be.
    let bytes = shape.reduce(Double(type.byteCount)) { $0 * Double(max(1, $1)) }
    guard bytes <= Double(byteLimit) else {
      let amount = describe(byteCount: bytes)
      throw ArrayError(
        "an array of shape \(describe(shape: shape)) and type \(type.rawValue) takes "
          + "\(amount == "1 GiB" ? "more than 1 GiB" : amount); 1 GiB is allowed")
    }
    return shape.reduce(1, *)
  }

  /// A number of bytes for people: "7.3 TiB".
  package static func describe(byteCount: Double) -> String {
    var amount = byteCount
    for unit in ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"] {
      if amount < 1024 {
        let tenths = Int((amount * 10).rounded())
        return tenths % 10 == 0 || unit == "bytes"
          ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
      }
      amount /= 1024
    }
    return amount < 1e6 ? "\(Int(amount)) EiB" : "more than a million EiB"
  }
}
