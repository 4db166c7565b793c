import Compute
import Interpreter

/// NumPy's functions that put elements into another order or shape.
extension Builtins {
  static let arrayShaping: [Builtin] = joining + rearranging + sorting + convolution

  private static let axis = Parameter("axis", default: .int(-1))
  private static let optionalAxis = Parameter.optional("axis", note: "all elements if left out")

  private static let joining: [Builtin] = [
    Builtin(
      "np.concatenate",
      [Parameter("arrays", note: "a list of arrays"), Parameter("axis", default: .int(0))],
      "Arrays one after the other: np.concatenate([np.zeros(10), x])."
    ) { call in
      .array(
        try NDArray.concatenated(
          call.arguments.arrays("arrays"), axis: call.arguments.optionalInt("axis")))
    },
    Builtin(
      "np.stack",
      [Parameter("arrays", note: "arrays of one shape"), Parameter("axis", default: .int(0))],
      "Arrays side by side along a new axis: two channels as the columns of one array."
    ) { call in
      .array(
        try NDArray.stacked(call.arguments.arrays("arrays"), axis: call.arguments.int("axis")))
    },
    Builtin(
      "np.pad",
      [
        Parameter("array"),
        Parameter("pad_width", note: "n, (before, after), or such a pair for each axis"),
        Parameter("mode", default: .string("constant")),
        Parameter(
          "constant_values", kind: .keywordOnly, default: .int(0), note: "or (before, after)"),
      ],
      """
      Elements added at both ends: zeros or constant_values with mode "constant"; the end repeated \
      with "edge"; the array mirrored without its end with "reflect", with it with "symmetric"; \
      the array again with "wrap".
      """
    ) { call in .array(try pad(call.arguments)) },
    Builtin(
      "np.repeat", [Parameter("a"), Parameter("repeats"), optionalAxis],
      "Each element several times in a row."
    ) { call in
      .array(
        try call.arguments.array("a").repeated(
          call.arguments.int("repeats"), axis: call.arguments.optionalInt("axis")))
    },
    Builtin(
      "np.tile", [Parameter("A"), Parameter("reps", note: "how many times")],
      "The array several times over."
    ) { call in
      .array(try call.arguments.array("A").tiled(call.arguments.int("reps")))
    },
  ]

  private static let rearranging: [Builtin] = [
    Builtin(
      "np.reshape",
      [Parameter("a"), Parameter("shape", note: "one length may be -1: what is left")],
      "The same elements, row by row, in another shape."
    ) { call in
      .array(try call.arguments.array("a").reshaped(call.arguments.ints("shape")))
    },
    Builtin(
      "np.ravel", [Parameter("a")], "All elements in a row."
    ) { call in .array(try call.arguments.array("a").flattened) },
    Builtin(
      "np.transpose",
      [Parameter("a"), .optional("axes", note: "the new order; reversed if left out")],
      "The axes in another order: rows become columns."
    ) { call in
      .array(try call.arguments.array("a").transposed(axes: call.arguments.optionalInts("axes")))
    },
    Builtin(
      "np.squeeze", [Parameter("a"), optionalAxis], "Without the axes of length 1."
    ) { call in
      .array(try call.arguments.array("a").squeezed(axis: call.arguments.optionalInt("axis")))
    },
    Builtin(
      "np.expand_dims", [Parameter("a"), Parameter("axis")],
      "With a new axis of length 1, as a[:, np.newaxis] has."
    ) { call in
      .array(try call.arguments.array("a").expanded(axis: call.arguments.int("axis")))
    },
    Builtin(
      "np.flip", [Parameter("m"), optionalAxis], "The elements in reverse order, as m[::-1]."
    ) { call in
      .array(try call.arguments.array("m").flipped(axis: call.arguments.optionalInt("axis")))
    },
    Builtin(
      "np.roll", [Parameter("a"), Parameter("shift", note: "elements"), optionalAxis],
      "Elements moved along; those that leave at one end come in at the other."
    ) { call in
      .array(
        try call.arguments.array("a").rolled(
          by: call.arguments.int("shift"), axis: call.arguments.optionalInt("axis")))
    },
  ]

  private static let sorting: [Builtin] =
    [
      Builtin(
        "np.sort", [Parameter("a"), axis],
        "The elements from the smallest to the largest; nan last."
      ) { call in
        .array(try call.arguments.array("a").sorted(axis: call.arguments.optionalInt("axis")))
      },
      Builtin(
        "np.unique", [Parameter("ar")], "The different elements, from the smallest to the largest."
      ) { call in .array(try call.arguments.array("ar").unique()) },
    ]
    + functionAndMethod(
      "argsort", [Parameter("a"), axis],
      "The indices that would sort: a[np.argsort(a)] is sorted. Equal elements keep their order."
    ) { call in
      .array(try call.arguments.array("a").sortingIndices(axis: call.arguments.optionalInt("axis")))
    }

  private static let convolution: [Builtin] = [
    Builtin(
      "np.convolve",
      [
        Parameter("a", note: "N samples"), Parameter("v", note: "M samples"),
        Parameter("mode", default: .string("full"), note: "'full', 'same' or 'valid'"),
      ],
      """
      The convolution y[n] = sum of a[n - m] * v[m] over m. "full" gives all N + M - 1 samples, \
      "same" the middle max(N, M), "valid" those where both overlap completely: N - M + 1.
      """
    ) { call in
      .array(
        try NDArray.convolve(
          call.arguments.array("a"), call.arguments.array("v"),
          mode: call.arguments.option("mode", ConvolutionMode.self)))
    },
    Builtin(
      "np.diff", [Parameter("a"), Parameter("n", default: .int(1), note: "how often"), axis],
      "The differences of neighbours, a[1] - a[0], a[2] - a[1], …: one element less."
    ) { call in
      let count = try call.arguments.int("n")
      guard count >= 0 else { throw call.arguments.error("n", "must not be negative") }
      var array = try call.arguments.array("a")
      let axis = try array.resolvedAxis(call.arguments.int("axis"))
      for _ in 0..<min(count, array.shape[axis]) {
        try call.context.checkpoint(afterLongWork: true)
        array = try differences(array, axis: axis)
      }
      return .array(array)
    },
    Builtin(
      "np.dot", [Parameter("a"), Parameter("b")],
      "The sum of the products of two signals, or the product of matrices."
    ) { call in
      let (a, b) = try (call.arguments.array("a"), call.arguments.array("b"))
      return .array(try NDArray.dot(a, b))
    },
    Builtin(
      "np.outer", [Parameter("a"), Parameter("b")], "Every element of a times every element of b."
    ) { call in
      let (a, b) = try (call.arguments.array("a"), call.arguments.array("b"))
      return .array(
        try .binary(.multiply, .array(a.reshaped([-1, 1])), .array(b.reshaped([1, -1]))))
    },
  ]

  /// `a[1:] - a[:-1]` along an axis; of truth values where they change.
  private static func differences(_ array: NDArray, axis: Int) throws -> NDArray {
    let before = [Index](repeating: .slice(start: nil, stop: nil, step: nil), count: axis)
    let later = try array.selecting(before + [.slice(start: 1, stop: nil, step: nil)])
    let earlier = try array.selecting(before + [.slice(start: nil, stop: -1, step: nil)])
    return try .binary(
      array.type == .bool ? .notEqual : .subtract, .array(later), .array(earlier))
  }

  // MARK: pad

  private enum PadMode: String, CaseIterable { case constant, edge, reflect, symmetric, wrap }

  private static func pad(_ arguments: Arguments) throws -> NDArray {
    let array = try arguments.array("array")
    let widths = try pairs("pad_width", arguments).map { pair -> (before: Int, after: Int) in
      guard let before = pair.before.wholeNumber, let after = pair.after.wholeNumber else {
        throw arguments.error("pad_width", "must be whole numbers")
      }
      return (before, after)
    }
    let mode = try arguments.option("mode", PadMode.self)
    let axisCount = array.axisCount
    guard widths.count == 1 || widths.count == axisCount else {
      throw arguments.error(
        "pad_width", "must be one pair, or one for each of the \(axisCount) axes")
    }
    let allWidths =
      widths.count == axisCount ? widths : Array(repeating: widths[0], count: axisCount)
    switch mode {
    case .edge: return try array.padded(allWidths, .edge)
    case .reflect: return try array.padded(allWidths, .reflect)
    case .symmetric: return try array.padded(allWidths, .symmetric)
    case .wrap: return try array.padded(allWidths, .wrap)
    case .constant: break
    }

    let values = try pairs("constant_values", arguments)
    guard values.count == 1, let before = try values[0].before.operand(),
      let after = try values[0].after.operand()
    else {
      throw arguments.error("constant_values", "must be a number, or a pair (before, after)")
    }
    // Axis by axis, as each end may have its own value and later axes go over the corners.
    var result = array
    for (axis, width) in allWidths.enumerated() {
      var widths = [(before: Int, after: Int)](repeating: (0, 0), count: axisCount)
      widths[axis].before = width.before
      result = try result.padded(widths, .constant(before))
      widths[axis] = (0, width.after)
      result = try result.padded(widths, .constant(after))
    }
    return result
  }

  /// `n`, `(n,)`, `(before, after)` or `((before, after), …)`, as pairs.
  private static func pairs(
    _ name: String, _ arguments: Arguments
  ) throws -> [(before: Value, after: Value)] {
    let value = arguments[name]
    guard let items = try? value.items() else { return [(value, value)] }
    if items.allSatisfy({ $0.realNumber != nil }), (1...2).contains(items.count) {
      return [(items[0], items[items.count - 1])]
    }
    return try items.map { item in
      let pair = try item.items("\(arguments.function): \(name)")
      guard (1...2).contains(pair.count) else {
        throw arguments.error(name, "must be n, (before, after), or such a pair for each axis")
      }
      return (pair[0], pair[pair.count - 1])
    }
  }
}
