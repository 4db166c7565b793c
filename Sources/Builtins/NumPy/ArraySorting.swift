import Compute
import Interpreter

/// NumPy's functions that sort.
extension Builtins {
  private static let axis = Parameter("axis", default: .int(-1))

  static let arraySorting: [Builtin] =
    [
      Builtin(
        "np.sort", [Parameter("a"), axis],
        "The elements in ascending order; nan last."
      ) { call in
        .array(try call.arguments.array("a").sorted(axis: call.arguments.optionalInt("axis")))
      },
      Builtin(
        "np.unique", [Parameter("ar")], "The distinct elements in ascending order."
      ) { call in .array(try call.arguments.array("ar").unique()) },
    ]
    + functionAndMethod(
      "argsort", [Parameter("a"), axis],
      "The indices that sort the array: a[np.argsort(a)]. Equal elements keep their order."
    ) { call in
      .array(try call.arguments.array("a").sortingIndices(axis: call.arguments.optionalInt("axis")))
    }
}
