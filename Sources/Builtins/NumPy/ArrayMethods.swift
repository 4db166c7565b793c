import Compute
import Concurrency
import Interpreter
import Messages

/// The methods of arrays other than reductions. The first parameter is the array.
extension Builtins {
  private static let array = Parameter("a")

  static let arrayMethods: [Builtin] = [
    Builtin(
      "array.astype", [array, Parameter("dtype", note: "np.float64, 'int16', float …")],
      """
      The elements as another type. Floats lose their fraction when they become whole numbers, and \
      values that do not fit wrap around.
      """
    ) { call in
      .array(try call.arguments.array("a").asType(call.arguments.elementType("dtype")))
    },
    Builtin(
      "array.copy", [array], "A copy, which may be changed with copy[i] = … in its cell."
    ) { call in call.arguments["a"] },
    Builtin(
      "array.reshape",
      [array, Parameter("shape", kind: .variadic, note: "one length may be -1: it is inferred")],
      "The same elements, row by row, in another shape: a.reshape(2, -1)."
    ) { call in
      .array(try call.arguments.array("a").reshaped(lengths("shape", call.arguments)))
    },
    Builtin(
      "array.flatten", [array], "All elements in a row."
    ) { call in .array(try call.arguments.array("a").flattened) },
    Builtin(
      "array.ravel", [array], "All elements in a row."
    ) { call in .array(try call.arguments.array("a").flattened) },
    Builtin(
      "array.transpose",
      [array, Parameter("axes", kind: .variadic, note: "the new order; reversed by default")],
      "The axes in another order: rows become columns."
    ) { call in
      let axes = try lengths("axes", call.arguments)
      return .array(try call.arguments.array("a").transposed(axes: axes.isEmpty ? nil : axes))
    },
    Builtin(
      "array.squeeze", [array, .optional("axis")], "The array without its axes of length 1."
    ) { call in
      .array(try call.arguments.array("a").squeezed(axis: call.arguments.optionalInt("axis")))
    },
    Builtin(
      "array.repeat", [array, Parameter("repeats"), .optional("axis")],
      "Each element repeated, one after the other."
    ) { call in
      .array(
        try call.arguments.array("a").repeated(
          call.arguments.int("repeats"), axis: call.arguments.optionalInt("axis")))
    },
    Builtin(
      "array.conj", [array], "The complex conjugate: the imaginary part is negated."
    ) { call in .array(try call.arguments.array("a").conjugate()) },
    Builtin(
      "array.nonzero", [array],
      "The indices of the elements that are not 0: a tuple of one array per axis."
    ) { call in .tuple(try call.arguments.array("a").nonzero().map(Value.array)) },

    Builtin(
      "array.tolist", [array], "The elements as nested lists of Python numbers."
    ) { call in
      try list(call.arguments.array("a"), call.context)
    },
    Builtin(
      "array.item", [array, .optional("index", note: "in the flattened array")],
      "One element as a Python number; without an index, the only one."
    ) { call in
      let array = try call.arguments.array("a")
      guard let index = try call.arguments.optionalInt("index") else {
        guard array.count == 1 else {
          throw Diagnostic(
            "array.item: the array has \(array.count) elements, not one", hint: "give an index")
        }
        return array.item()
      }
      guard index >= -array.count, index < array.count else {
        throw call.arguments.error("index", "is \(index), but there are \(array.count) elements")
      }
      return array.pythonNumber(at: index < 0 ? index + array.count : index)
    },
  ]

  /// `a.reshape(2, 3)` and `a.reshape((2, 3))` are the same.
  static func lengths(_ name: String, _ arguments: Arguments) throws -> [Int] {
    let values = try arguments.list(name)
    let items = values.count == 1 && values[0].wholeNumber == nil ? try values[0].items() : values
    return try items.map { item in
      guard let length = item.wholeNumber else {
        throw arguments.error(name, "must be whole numbers")
      }
      return length
    }
  }

  /// As nested lists.
  static func list(_ array: NDArray, _ context: CellContext) throws -> Value {
    // The items of all lists: an array without elements can still be many empty lists.
    var (rows, items) = (1.0, 0.0)
    for length in array.shape {
      rows *= Double(length)
      items += rows
    }
    try Budget.reserve(items: items, ofBytes: Double(rows == items ? 0 : Value.blockOverhead))
    return try list(array)
  }

  private static func list(_ array: NDArray) throws -> Value {
    if array.isScalar { return array.item() }
    var items: [Value] = []
    items.reserveCapacity(array.shape[0])
    for index in 0..<array.shape[0] {
      try Budget.check(step: index)
      items.append(
        array.axisCount == 1 ? array.pythonNumber(at: index) : try list(array.row(index)))
    }
    return .list(items)
  }
}
