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
    + spread(
      "std", "The standard deviation: the square root of the mean squared distance from the mean."
    ) { try $0.standardDeviation(over: $1, lessDegrees: $2, keepingAxes: $3) }
    + spread("var", "The variance: the mean squared distance from the mean.") {
      try $0.variance(over: $1, lessDegrees: $2, keepingAxes: $3)
    }
    + index(
      "argmax", "The index of the largest element, the first of equal ones; nan counts as largest."
    ) { try $0.indexOfMaximum(axis: $1, keepingAxes: $2) }
    + index(
      "argmin",
      "The index of the smallest element, the first of equal ones; nan counts as smallest."
    ) { try $0.indexOfMinimum(axis: $1, keepingAxes: $2) }
    + functionAndMethod(
      "cumsum", [Parameter("a"), anyAxis],
      "The running sum: element n is the sum of elements 0 to n."
    ) { call in
      .array(
        try call.arguments.array("a").cumulativeSum(axis: call.arguments.optionalInt("axis")))
    }

  static let anyAxis = Parameter.optional("axis", note: "all elements in a row by default")
  private static let axes = Parameter.optional("axis", note: "one or several; all by default")
  private static let ddof = Parameter(
    "ddof", kind: .keywordOnly, default: .int(0), note: "the sum is divided by n - ddof")
  static let keepdims = Parameter(
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

  /// - Parameter measure: of an array along some axes, given the ddof.
  private static func spread(
    _ name: String, _ summary: String,
    _ measure: @escaping @Sendable (NDArray, [Int]?, Int, Bool) throws -> NDArray
  ) -> [Builtin] {
    functionAndMethod(name, [Parameter("a"), axes, ddof, keepdims], summary) { call in
      .array(
        try measure(
          call.arguments.array("a"), call.arguments.optionalInts("axis"),
          call.arguments.int("ddof"), call.arguments.bool("keepdims")))
    }
  }

  /// - Parameter find: the index in an array along one axis, or in all of it.
  private static func index(
    _ name: String, _ summary: String,
    _ find: @escaping @Sendable (NDArray, Int?, Bool) throws -> NDArray
  ) -> [Builtin] {
    functionAndMethod(name, [Parameter("a"), anyAxis, keepdims], summary) { call in
      .array(
        try find(
          call.arguments.array("a"), call.arguments.optionalInt("axis"),
          call.arguments.bool("keepdims")))
    }
  }
}
