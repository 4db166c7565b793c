import Compute

/// PyTorch's functions that draw many elements together: over the whole tensor, or along axes.
/// Each is a function, torch.sum(x), and a method, x.sum().
extension Builtins {
  private static let input = Parameter("input")
  private static let dim = Parameter.optional("dim", note: "all elements if left out")
  private static let keepdim = Parameter(
    "keepdim", default: .bool(false), note: "keep the axes, with length 1")

  static let tensorReductions: [Builtin] =
    overAxes("sum", "The sum; of whole numbers int64.") {
      try $0.sum(over: $1, keepingAxes: $2)
    }
    + overAxes("mean", "The mean, of floating-point numbers only.", needsFloats: true) {
      try $0.mean(over: $1, keepingAxes: $2)
    }
    + overAxes("prod", "The product; of whole numbers int64.") {
      try $0.product(over: $1, keepingAxes: $2)
    }
    + overAxes("all", "Whether all elements are true.") { try $0.all(over: $1, keepingAxes: $2) }
    + overAxes("any", "Whether at least one element is true.") {
      try $0.any(over: $1, keepingAxes: $2)
    }
    + spread(
      "std", "The standard deviation: the square root of the variance, so by n - 1, not n."
    ) { try $0.standardDeviation(over: $1, lessDegrees: $2, keepingAxes: $3) }
    + spread(
      "var", "The variance: the squared distances from the mean, added up and divided by n - 1."
    ) { try $0.variance(over: $1, lessDegrees: $2, keepingAxes: $3) }
    + extreme("max", "The largest element", .maximum) {
      try $0.maximum(over: $1, keepingAxes: $2)
    } places: {
      try $0.indexOfMaximum(axis: $1, keepingAxes: $2)
    }
    + extreme("min", "The smallest element", .minimum) {
      try $0.minimum(over: $1, keepingAxes: $2)
    } places: {
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
        try call.arguments.tensor("input").map {
          try $0.inFloat64 { try $0.cumulativeSum(axis: axis) }
        })
    }

  /// What reduces an array: over these axes, all when nil; keeping them or not.
  private typealias Reduction = @Sendable (NDArray, [Int]?, Bool) throws -> NDArray

  private static func overAxes(
    _ name: String, _ summary: String, needsFloats: Bool = false, _ reduce: @escaping Reduction
  ) -> [Builtin] {
    torchAndTensor(name, [input, dim, keepdim], summary) { call in
      let arguments = call.arguments
      return .tensor(
        try arguments.tensor("input").map { array in
          if needsFloats { try array.checkFloats(for: arguments.function) }
          return try array.inFloat64 {
            try reduce($0, arguments.optionalInts("dim"), arguments.bool("keepdim"))
          }
        })
    }
  }

  private static func spread(
    _ name: String, _ summary: String,
    _ reduce: @escaping @Sendable (NDArray, [Int]?, Int, Bool) throws -> NDArray
  ) -> [Builtin] {
    let parameters = [
      input, dim,
      Parameter(
        "correction", kind: .keywordOnly, default: .int(1),
        note: "the sum is divided by n - correction; np.\(name) has 0"),
      Parameter("keepdim", kind: .keywordOnly, default: .bool(false)),
    ]
    return torchAndTensor(name, parameters, summary) { call in
      let arguments = call.arguments
      return .tensor(
        try arguments.tensor("input").map { array in
          try array.checkFloats(for: arguments.function)
          return try array.inFloat64 {
            try reduce(
              $0, arguments.optionalInts("dim"), arguments.int("correction"),
              arguments.bool("keepdim"))
          }
        })
    }
  }

  private static func extreme(
    _ name: String, _ summary: String, _ operation: BinaryOperation, _ reduce: @escaping Reduction,
    places: @escaping @Sendable (NDArray, Int?, Bool) throws -> NDArray
  ) -> [Builtin] {
    torchAndTensor(
      name,
      [
        input, .optional("dim", note: "an axis, or another tensor to compare with"), keepdim,
      ],
      """
      \(summary); with dim a tuple (values, indices) along it; of two tensors element by element. \
      nan where one is.
      """
    ) { call in
      let tensor = try call.arguments.tensor("input")
      if call.arguments["dim"].isTensor {
        let (a, b) = try TensorArithmetic.operands(
          call.builtin.name, .tensor(tensor), call.arguments["dim"])
        return .tensor(try TensorArithmetic.apply(operation, a, b))
      }
      guard let axis = try call.arguments.optionalInt("dim") else {
        return .tensor(try tensor.map { try reduce($0, nil, false) })
      }
      let keepsAxis = try call.arguments.bool("keepdim")
      return .tuple([
        .tensor(try tensor.map { try reduce($0, [axis], keepsAxis) }),
        .tensor(try tensor.map { try places($0, axis, keepsAxis) }),
      ])
    }
  }
}

extension NDArray {
  /// float32 in, float32 out, but added up in float64: PyTorch adds in another order, and closer
  /// than this to the true sum nobody gets.
  fileprivate func inFloat64(_ body: (NDArray) throws -> NDArray) throws -> NDArray {
    guard type == .float32 else { return try body(self) }
    let result = try body(asType(.float64))
    return result.type == .float64 ? result.asType(.float32) : result
  }

  fileprivate func checkFloats(for function: String) throws {
    guard type.isFloat else {
      throw CellError(
        "\(function) works on floating-point numbers, not on \(type.rawValue)",
        mend: "use x.float()")
    }
  }
}
