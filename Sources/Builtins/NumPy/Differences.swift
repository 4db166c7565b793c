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
        array = try Budget.releasing { try differences(array, axis: axis) }
      }
      return .array(array)
    }
  ]

  /// `a[1:] - a[:-1]` along an axis; for bools, where they change.
  private static func differences(_ array: NDArray, axis: Int) throws -> NDArray {
    let before = [Index](repeating: .slice(start: nil, stop: nil, step: nil), count: axis)
    let later = try array.selecting(before + [.slice(start: 1, stop: nil, step: nil)])
    let earlier = try array.selecting(before + [.slice(start: nil, stop: -1, step: nil)])
    return try .binary(
      array.type == .bool ? .notEqual : .subtract, .array(later), .array(earlier))
  }
}
