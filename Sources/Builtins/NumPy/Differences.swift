import Compute
import Concurrency
import Interpreter

/// NumPy's `np.diff`.
extension Builtins {
  static let differences: [Builtin] = [
    Builtin(
      "np.diff",
      [
        Parameter("a"), Parameter("n", default: .int(1), note: "how many times"),
        Parameter("axis", default: .int(-1)),
      ],
      "The differences between neighbours, a[1] - a[0], a[2] - a[1], …: one element fewer."
    ) { call in
      let count = try call.arguments.int("n")
      guard count >= 0 else { throw call.arguments.error("n", "must not be negative") }
      var array = try call.arguments.array("a")
      let axis = try array.resolvedAxis(call.arguments.int("axis"))
      for _ in 0..<min(count, array.shape[axis]) {
        try Budget.check()
        array = try Budget.releasing { try array.differences(axis: axis) }
      }
      return .array(array)
    }
  ]
}
