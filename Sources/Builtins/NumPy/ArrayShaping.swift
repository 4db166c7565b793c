import Compute
import Interpreter

/// NumPy's functions that rearrange or reshape elements.
extension Builtins {
  static let arrayShaping: [Builtin] = joining + rearranging

  private static let optionalAxis = Parameter.optional("axis", note: "all elements by default")

  private static let joining: [Builtin] = [
    Builtin(
      "np.concatenate",
      [Parameter("arrays", note: "a list of arrays"), Parameter("axis", default: .int(0))],
      "Joins arrays along an axis: np.concatenate([np.zeros(10), x])."
    ) { call in
      .array(
        try NDArray.concatenated(
          call.arguments.arrays("arrays"), axis: call.arguments.optionalInt("axis")))
    },
    Builtin(
      "np.stack",
      [Parameter("arrays", note: "arrays of one shape"), Parameter("axis", default: .int(0))],
      "Joins arrays along a new axis: with axis=1, two channels become columns."
    ) { call in
      .array(
        try NDArray.stacked(call.arguments.arrays("arrays"), axis: call.arguments.int("axis")))
    },
    Builtin(
      "np.repeat", [Parameter("a"), Parameter("repeats"), optionalAxis],
      "Each element repeated, one after the other."
    ) { call in
      .array(
        try call.arguments.array("a").repeated(
          call.arguments.int("repeats"), axis: call.arguments.optionalInt("axis")))
    },
    Builtin(
      "np.tile",
      [Parameter("A"), Parameter("reps", note: "how many times; or how often along each axis")],
      "The array repeated."
    ) { call in
      .array(try call.arguments.array("A").tiled(call.arguments.ints("reps")))
    },
  ]

  private static let rearranging: [Builtin] = [
    Builtin(
      "np.reshape",
      [Parameter("a"), Parameter("shape", note: "one length may be -1: it is inferred")],
      "The same elements, row by row, in another shape."
    ) { call in
      .array(try call.arguments.array("a").reshaped(call.arguments.ints("shape")))
    },
    Builtin(
      "np.ravel", [Parameter("a")], "All elements in a row."
    ) { call in .array(try call.arguments.array("a").flattened) },
    Builtin(
      "np.transpose",
      [Parameter("a"), .optional("axes", note: "the new order; reversed by default")],
      "The axes in another order: rows become columns."
    ) { call in
      .array(try call.arguments.array("a").transposed(axes: call.arguments.optionalInts("axes")))
    },
    Builtin(
      "np.squeeze", [Parameter("a"), optionalAxis], "The array without its axes of length 1."
    ) { call in
      .array(try call.arguments.array("a").squeezed(axis: call.arguments.optionalInt("axis")))
    },
    Builtin(
      "np.expand_dims", [Parameter("a"), Parameter("axis")],
      "The array with a new axis of length 1, as a[:, np.newaxis]."
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
      "The elements shifted; those pushed off one end reappear at the other."
    ) { call in
      .array(
        try call.arguments.array("a").rolled(
          by: call.arguments.int("shift"), axis: call.arguments.optionalInt("axis")))
    },
  ]
}
