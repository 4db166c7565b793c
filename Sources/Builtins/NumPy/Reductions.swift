import Compute
import Interpreter

/// NumPy's reductions, over the whole array or along axes. Each is a function, np.sum(a), and a
/// method, a.sum().
extension Builtins {
  static let reductions: [Builtin] =
    overAxes("sum", "The sum; 0 for no elements.") {
      try $0.sum(over: $1, keepingAxes: $2)
    }
    + overAxes("prod", "The product; 1 for no elements.") {
      try $0.product(over: $1, keepingAxes: $2)
    }
    + overAxes("mean", "The mean: the sum divided by the number of elements.") {
      try $0.mean(over: $1, keepingAxes: $2)
    }
    + overAxes("max", "The largest element; nan if any is.", largest)
    + overAxes("min", "The smallest element; nan if any is.", smallest)
    + overAxes("all", "Whether all elements are true.") {
      try $0.all(over: $1, keepingAxes: $2)
    }
    + overAxes("any", "Whether at least one element is true.") {
      try $0.any(over: $1, keepingAxes: $2)
    }
    + [
      overAxes(named: "np.amax", "The largest element: another name for np.max.", largest),
      overAxes(named: "np.amin", "The smallest element: another name for np.min.", smallest),
    ]
    + functionAndMethod(
      "std", [Parameter("a"), axes, ddof, keepdims],
      "The standard deviation: the square root of the mean squared distance from the mean."
    ) { call in
      .array(
        try call.arguments.array("a").standardDeviation(
          over: call.arguments.optionalInts("axis"), lessDegrees: call.arguments.int("ddof"),
          keepingAxes: call.arguments.bool("keepdims")))
    }
    + functionAndMethod(
      "var", [Parameter("a"), axes, ddof, keepdims],
      "The variance: the mean squared distance from the mean."
    ) { call in
      .array(
        try call.arguments.array("a").variance(
          over: call.arguments.optionalInts("axis"), lessDegrees: call.arguments.int("ddof"),
          keepingAxes: call.arguments.bool("keepdims")))
    }
    + functionAndMethod(
      "argmax", [Parameter("a"), axis, keepdims],
      "The index of the largest element, the first of equal ones; nan counts as largest."
    ) { call in
      .array(
        try call.arguments.array("a").indexOfMaximum(
          axis: call.arguments.optionalInt("axis"), keepingAxes: call.arguments.bool("keepdims")))
    }
    + functionAndMethod(
      "argmin", [Parameter("a"), axis, keepdims],
      "The index of the smallest element, the first of equal ones; nan counts as smallest."
    ) { call in
      .array(
        try call.arguments.array("a").indexOfMinimum(
          axis: call.arguments.optionalInt("axis"), keepingAxes: call.arguments.bool("keepdims")))
    }
    + functionAndMethod(
      "cumsum", [Parameter("a"), axis],
      "The running sum: element n is the sum of elements 0 to n."
    ) { call in
      .array(
        try call.arguments.array("a").cumulativeSum(axis: call.arguments.optionalInt("axis")))
    }

  private static let axis = Parameter.optional("axis", note: "all elements in a row by default")
  private static let axes = Parameter.optional("axis", note: "one or several; all by default")
  private static let ddof = Parameter(
    "ddof", kind: .keywordOnly, default: .int(0), note: "the sum is divided by n - ddof")
  private static let keepdims = Parameter(
    "keepdims", kind: .keywordOnly, default: .bool(false), note: "keep the axes, with length 1")

  /// Reduces an array over these axes, all if nil, keeping them or not.
  private typealias Reduction = @Sendable (NDArray, [Int]?, Bool) throws -> NDArray

  private static let largest: Reduction = { try $0.maximum(over: $1, keepingAxes: $2) }
  private static let smallest: Reduction = { try $0.minimum(over: $1, keepingAxes: $2) }

  private static func overAxes(
    _ name: String, _ summary: String, _ reduce: @escaping Reduction
  ) -> [Builtin] {
    ["np", "array"].map { overAxes(named: "\($0).\(name)", summary, reduce) }
  }

  private static func overAxes(
    named name: String, _ summary: String, _ reduce: @escaping Reduction
  ) -> Builtin {
    Builtin(name, [Parameter("a"), axes, keepdims], summary) { call in
      .array(
        try reduce(
          call.arguments.array("a"), call.arguments.optionalInts("axis"),
          call.arguments.bool("keepdims")))
    }
  }
}
