import Compute
import Concurrency
import Interpreter
import Messages

/// PyTorch's elementwise functions. Whole numbers become float32 if the result has a fraction.
extension Builtins {
  private static let input = Parameter("input")

  static let tensorFunctions: [Builtin] =
    ElementFunction.allCases.flatMap { function -> [Builtin] in
      guard let summary = summaries[function] else { return [] }
      return torchAndTensor(function.rawValue, [input], summary) { call in
        // The square of whole numbers is whole.
        let input = try call.arguments.tensor("input").map {
          try function == .square ? $0 : $0.floating()
        }
        return .tensor(try input.performing(.function(function)))
      }
    }
    + Activation.allCases.filter(\.isTensorMethod).flatMap { activation in
      torchAndTensor(activation.functionName, [input], activation.summary) { call in
        .tensor(try call.arguments.tensor("input").performing(.activation(activation)))
      }
    }
    + torchAndTensor("abs", [input], "The magnitude.") { call in
      .tensor(try call.arguments.tensor("input").performing(.unary(.absolute)))
    }
    + mapping("floor", "The number rounded down to a whole one.") { try $0.floor() }
    + mapping("ceil", "The number rounded up to a whole one.") { try $0.ceiling() }
    + mapping("sign", "The sign: -1, 0 or 1.") { try $0.signs() }
    + mapping("isnan", "True where a number is nan (not a number).") { try $0.isNaN() }
    + mapping("isfinite", "True where a number is neither infinite nor nan.") { try $0.isFinite() }
    + torchAndTensor(
      "round", [input, Parameter("decimals", kind: .keywordOnly, default: .int(0))],
      "Rounds to the given number of decimals; halves go to the even neighbour."
    ) { call in
      let decimals = try call.arguments.int("decimals")
      return .tensor(
        try call.arguments.tensor("input").map { array in
          guard array.type != .bool, decimals == 0 || !array.type.isInteger else {
            throw call.arguments.error(
              "input", "must be floating point, not \(array.type.rawValue)", hint: "use x.float()")
          }
          return try array.rounded(decimals: decimals)
        })
    }
    + torchAndTensor(
      "clamp", [input, .optional("min"), .optional("max")],
      "Values below min become min, values above max become max. None means no limit."
    ) { call in
      let (minimum, maximum) = try (limit("min", call.arguments), limit("max", call.arguments))
      guard minimum != nil || maximum != nil else {
        throw Diagnostic("\(call.builtin.name) needs min, max or both")
      }
      let hasFraction = [minimum, maximum].contains {
        if case .float? = $0 { true } else { false }
      }
      return .tensor(
        try call.arguments.tensor("input").map { array in
          let type = array.type == .bool ? .int64 : array.type
          return try (hasFraction ? array.floating() : array.asType(type))
            .clipped(minimum: minimum, maximum: maximum)
            .asType(hasFraction ? array.type.floating : type)
        })
    }
    + torchAndTensor(
      "maximum", [input, Parameter("other")],
      "The larger of two numbers, element by element; nan if either is."
    ) { call in .tensor(try combined(.maximum, call.arguments)) }
    + torchAndTensor(
      "minimum", [input, Parameter("other")],
      "The smaller of two numbers, element by element; nan if either is."
    ) { call in .tensor(try combined(.minimum, call.arguments)) }
    + torchAndTensor(
      "allclose",
      [
        input, Parameter("other"), Parameter("rtol", default: .float(1e-5)),
        Parameter("atol", default: .float(1e-8)),
      ],
      "Whether all differences are at most atol + rtol * abs(other): a bool."
    ) { call in
      let (a, b) = try pair(call.arguments, "input", "other")
      guard a.type == b.type else {
        throw Diagnostic(
          "torch.allclose: one tensor is \(a.type.rawValue), the other \(b.type.rawValue)",
          hint: "convert one of them, as in x.double()")
      }
      let shape = try NDArray.broadcastShape([a.shape, b.shape])
      let (x, y) = try (a.broadcast(to: shape).doubles, b.broadcast(to: shape).doubles)
      let relative = try call.arguments.double("rtol")
      let absolute = try call.arguments.double("atol")
      var areClose = true
      try Budget.forEachChunk(of: x.count) { range in
        areClose =
          areClose
          && range.allSatisfy {
            x[$0] == y[$0] || abs(x[$0] - y[$0]) <= absolute + relative * abs(y[$0])
          }
      }
      return .bool(areClose)
    }
    + torchAndTensor(
      "equal", [input, Parameter("other")],
      "Whether two tensors have the same shape and the same elements: a bool."
    ) { call in
      let (a, b) = try pair(call.arguments, "input", "other")
      guard a.shape == b.shape else { return .bool(false) }
      return .bool(try NDArray.binary(.equal, .array(a), .array(b)).all().item().isTrue())
    }
    + [
      Builtin(
        "torch.where", [Parameter("condition"), Parameter("input"), Parameter("other")],
        "Elements of input where the condition is true, else of other."
      ) { call in
        let condition = try call.arguments.tensor("condition")
        guard [.bool, .uint8].contains(condition.array.type) else {
          throw call.arguments.error(
            "condition", "must be bool, not \(condition.array.type.rawValue)",
            hint: "compare, as in x > 0, or use x.bool()")
        }
        let (a, b) = try TensorArithmetic.operands(
          "torch.where", call.arguments["input"], call.arguments["other"])
        let type = TensorArithmetic.type(of: [a, b])
        _ = try TensorArithmetic.device(of: [.tensor(condition), a, b])
        return .tensor(
          try condition.map { mask in
            try NDArray.choosing(where: mask, a.operand, b.operand).asType(type)
          })
      }
    ]

  /// Two tensors on one device, which the processor then compares.
  static func pair(
    _ arguments: Arguments, _ first: String, _ second: String
  ) throws -> (NDArray, NDArray) {
    let (a, b) = try (arguments.tensor(first), arguments.tensor(second))
    try Tensor.checkDevices([a, b])
    return (a.array, b.array)
  }

  private static let summaries: [ElementFunction: String] = [
    .sqrt: "The square root; nan for negative numbers.",
    .square: "The square: x * x.",
    .reciprocal: "1 / x.",
    .exp: "e to the power of x.",
    .log: "The natural logarithm; -inf at 0, nan below.",
    .log2: "The logarithm to base 2.",
    .log10: "The logarithm to base 10.",
    .sin: "The sine of an angle in radians.",
    .cos: "The cosine of an angle in radians.",
    .tan: "The tangent of an angle in radians.",
    .sinc: "sin(pi x) / (pi x), which is 1 at 0.",
  ]

  private static func mapping(
    _ name: String, _ summary: String, _ map: @escaping @Sendable (NDArray) throws -> NDArray
  ) -> [Builtin] {
    torchAndTensor(name, [input], summary) { call in
      .tensor(try call.arguments.tensor("input").map(map))
    }
  }

  /// Whole numbers stay whole: a float cannot represent all of them.
  private static func limit(_ name: String, _ arguments: Arguments) throws -> Operand? {
    if arguments[name].isNone { return nil }
    return try arguments[name].wholeNumber.map(Operand.int) ?? .float(arguments.double(name))
  }

  private static func combined(
    _ operation: BinaryOperation, _ arguments: Arguments
  ) throws -> Tensor {
    let (a, b) = try TensorArithmetic.operands(
      arguments.function, .tensor(arguments.tensor("input")), .tensor(arguments.tensor("other")))
    return try TensorArithmetic.apply(operation, a, b)
  }
}

extension NDArray {
  /// Floats and complex numbers as they are, everything else as float32.
  func floating() throws(Diagnostic) -> NDArray { try asType(type.floating) }
}

extension ElementType {
  /// The type of floats and complex numbers itself, float32 for everything else.
  var floating: ElementType { isFloat || self == .complex128 ? self : .float32 }
}
