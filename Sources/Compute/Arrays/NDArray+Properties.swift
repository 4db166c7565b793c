import Messages

extension NDArray {
  package var type: ElementType {
    switch storage {
    case .memory(let elements): elements.type
    case .device(let elements): elements.type
    }
  }

  /// The number of elements.
  package var count: Int {
    switch storage {
    case .memory(let elements): elements.count
    case .device(let elements): elements.count
    }
  }

  package var byteCount: Int { count * type.byteCount }
  /// The number of axes: `ndim` in NumPy.
  package var axisCount: Int { shape.count }
  /// Whether there are no axes: what NumPy calls a scalar.
  package var isScalar: Bool { shape.isEmpty }

  /// The same elements under another shape of the same size.
  ///
  /// - Precondition: the shape asks for ``count`` elements.
  package func withShape(_ shape: [Int]) -> NDArray {
    NDArray(shape: shape, storage: storage)
  }

  /// An axis that may count from the end, as one that counts from the start.
  package func resolvedAxis(_ axis: Int) throws(Diagnostic) -> Int {
    try NDArray.resolve(axis: axis, axisCount: axisCount)
  }

  static func resolve(axis: Int, axisCount: Int) throws(Diagnostic) -> Int {
    guard axis >= -axisCount, axis < axisCount else {
      let axes = axisCount == 1 ? "1 axis" : "\(axisCount) axes"
      throw Diagnostic("axis \(axis) does not exist in an array of \(axes)")
    }
    return axis < 0 ? axis + axisCount : axis
  }

  /// A shape as Python writes it: "(3,)", "(2, 5)", "()".
  package static func describe(shape: [Int]) -> String {
    shape.count == 1
      ? "(\(shape[0]),)" : "(" + shape.map(String.init).joined(separator: ", ") + ")"
  }
}
