import Compute
import Interpreter
import Messages

/// PyTorch's reductions, over the whole tensor or along axes. Each is a function, torch.sum(x), and
/// a method, x.sum().
extension Builtins {
  private static let input = Parameter("input")
  private static let dim = Parameter.optional("dim", note: "all elements by default")
  private static let keepdim = Parameter(
    "keepdim", default: .bool(false), note: "keep the axes, with length 1")

  static let tensorReductions: [Builtin] =
    overAxes("sum", .sum, "The sum; int64 for whole numbers.")
    + overAxes("mean", .mean, "The mean; for floating-point numbers only.", needsFloats: true)
    + overAxes("prod", .product, "The product; int64 for whole numbers.")
    + overAxes("all", .all, "Whether all elements are true.")
    + overAxes("any", .any, "Whether at least one element is true.")
    + spread(
      "std",
      "The standard deviation: the square root of the variance, which divides by n - 1, not n."
    ) { .standardDeviation(lessDegrees: $0) }
    + spread(
      "var", "The variance: the sum of the squared distances from the mean, divided by n - 1."
    ) { .variance(lessDegrees: $0) }
    + extreme("max", .maximum, "The largest element", .maximum) {
      try $0.indexOfMaximum(axis: $1, keepingAxes: $2)
    }
    + extreme("min", .minimum, "The smallest element", .minimum) {
      try $0.indexOfMinimum(axis: $1, keepingAxes: $2)
    }
    + torchAndTensor(
      "argmax", [input, dim, keepdim],
      "The index of the largest element: logits.argmax(1) is the class of each sample."
    ) { call in
      .tensor(
        try call.arguments.tensor("input").map {
          try $0.indexOfMaximum(
            axis: call.arguments.optionalInt("dim"), keepingAxes: call.arguments.bool("keepdim"))
        })
    }
    + torchAndTensor(
      "argmin", [input, dim, keepdim], "The index of the smallest element."
    ) { call in
      .tensor(
        try call.arguments.tensor("input").map {
          try $0.indexOfMinimum(
            axis: call.arguments.optionalInt("dim"), keepingAxes: call.arguments.bool("keepdim"))
        })
    }
    + torchAndTensor(
      "cumsum", [input, Parameter("dim")], "The running sum along an axis."
    ) { call in
      let axis = try call.arguments.int("dim")
      return .tensor(
        try call.arguments.tensor("input").map { array in
          // As close to the true sums as float32 gets; PyTorch adds in another order.
          guard array.type == .float32 else { return try array.cumulativeSum(axis: axis) }
          return try array.asType(.float64).cumulativeSum(axis: axis).asType(.float32)
        })
    }

  private typealias Reduction = TensorOperation.Reduction

  private static func overAxes(
    _ name: String, _ reduction: Reduction, _ summary: String, needsFloats: Bool = false
  ) -> [Builtin] {
    torchAndTensor(name, [input, dim, keepdim], summary) { call in
      let tensor = try call.arguments.tensor("input")
      if needsFloats { try tensor.array.checkFloats(for: call.arguments.function) }
      return .tensor(try reduced(tensor, reduction, call.arguments))
    }
  }

  private static func reduced(
    _ tensor: Tensor, _ reduction: Reduction, _ arguments: Arguments
  ) throws -> Tensor {
    try tensor.performing(
      .reduction(
        reduction, axes: arguments.optionalInts("dim"), keepingAxes: arguments.bool("keepdim")))
  }

  private static func spread(
    _ name: String, _ summary: String,
    _ reduction: @escaping @Sendable (_ correction: Int) -> Reduction
  ) -> [Builtin] {
    let parameters = [
      input, dim,
      Parameter(
        "correction", kind: .keywordOnly, default: .int(1),
        note: "the sum is divided by n - correction; np.\(name) uses 0"),
      Parameter("keepdim", kind: .keywordOnly, default: .bool(false)),
    ]
    return torchAndTensor(name, parameters, summary) { call in
      let tensor = try call.arguments.tensor("input")
      try tensor.array.checkFloats(for: call.arguments.function)
      return .tensor(
        try reduced(tensor, reduction(call.arguments.int("correction")), call.arguments))
    }
  }

  private static func extreme(
    _ name: String, _ reduction: Reduction, _ summary: String, _ operation: BinaryOperation,
    indices: @escaping @Sendable (NDArray, Int?, Bool) throws -> NDArray
  ) -> [Builtin] {
    torchAndTensor(
      name,
      [
        input, .optional("dim", note: "an axis, or another tensor to compare with"), keepdim,
      ],
      """
      \(summary); with dim, a tuple (values, indices) along it; with another tensor, element by \
      element. nan if any is.
      """
    ) { call in
      let tensor = try call.arguments.tensor("input")
      if call.arguments["dim"].isTensor {
        let (a, b) = try TensorArithmetic.operands(
          call.builtin.name, .tensor(tensor), call.arguments["dim"])
        return .tensor(try TensorArithmetic.apply(operation, a, b))
      }
      guard let axis = try call.arguments.optionalInt("dim") else {
        return .tensor(
          try tensor.performing(.reduction(reduction, axes: nil, keepingAxes: false)))
      }
      let keepsAxis = try call.arguments.bool("keepdim")
      return .tuple([
        .tensor(
          try tensor.performing(.reduction(reduction, axes: [axis], keepingAxes: keepsAxis))),
        .tensor(try tensor.map { try indices($0, axis, keepsAxis) }),
      ])
    }
  }
}

extension NDArray {
  fileprivate func checkFloats(for function: String) throws {
    guard type.isFloat else {
      throw Diagnostic(
        "\(function) works on floating-point numbers, not on \(type.rawValue)",
        hint: "use x.float()")
    }
  }
}
