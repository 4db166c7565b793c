import Compute
import Interpreter
import Messages

/// NumPy's elementwise functions that take more than one number, or keep the type.
extension Builtins {
  static let elementOperations: [Builtin] =
    [
      unary("abs", .absolute, "The magnitude; for a complex number, its distance from 0."),
      unary("absolute", .absolute, "The magnitude: another name for np.abs."),
      unary("negative", .negative, "-x."),

      binary(
        "minimum", .minimum, "The smaller of two numbers, element by element; nan if either is."),
      binary(
        "maximum", .maximum, "The larger of two numbers, element by element; nan if either is."),
      binary("arctan2", .arcTangent, "The angle in radians of the point (x2, x1)."),
      binary("hypot", .hypotenuse, "sqrt(x1**2 + x2**2): the distance of the point from 0."),

      mapping("floor", "The number rounded down to a whole one, as a float.") { try $0.floor() },
      mapping("ceil", "The number rounded up to a whole one, as a float.") { try $0.ceiling() },
      mapping("trunc", "The whole part, as a float.") { try $0.truncated() },
      mapping("sign", "The sign: -1, 0 or 1.") { try $0.signs() },
      mapping("isnan", "True where a number is nan (not a number).") { try $0.isNaN() },
      mapping("isinf", "True where a number is infinite.") { try $0.isInfinite() },
      mapping("isfinite", "True where a number is neither infinite nor nan.") { try $0.isFinite() },

      mapping("real", parameter: "val", "The real part of complex numbers.") { try $0.realPart() },
      mapping("imag", parameter: "val", "The imaginary part of complex numbers.") {
        try $0.imaginaryPart()
      },
      mapping("conj", "The complex conjugate: the imaginary part is negated.") {
        try $0.conjugate()
      },
      Builtin(
        "np.angle", [Parameter("z"), Parameter("deg", default: .bool(false))],
        "The angle of complex numbers in radians, from -pi to pi, or in degrees: the phase."
      ) { call in
        .array(
          try call.arguments.array("z").angles(inDegrees: call.arguments.bool("deg")))
      },
      Builtin(
        "np.where",
        [Parameter("condition"), .optional("x"), .optional("y")],
        """
        Elements of x where the condition is true, else of y. With the condition alone, the \
        indices where it is true: a tuple of one array per axis.
        """
      ) { call in
        let condition = try call.arguments.array("condition")
        switch (call.arguments["x"].isNone, call.arguments["y"].isNone) {
        case (true, true):
          return .tuple(try condition.nonzero().map(Value.array))
        case (false, false):
          return .array(
            try NDArray.choosing(
              where: condition, call.arguments.operand("x"), call.arguments.operand("y")))
        default:
          throw Diagnostic("np.where needs both x and y, or neither")
        }
      },
    ]
    + functionAndMethod(
      "round",
      [Parameter("a"), Parameter("decimals", default: .int(0), note: "negative: tens, hundreds")],
      "Rounds to the given number of decimals; halves go to the even neighbour."
    ) { call in
      let decimals = try call.arguments.int("decimals")
      guard Int32(exactly: decimals) != nil else {
        throw call.arguments.error("decimals", "is \(decimals), but must fit into 32 bits")
      }
      return .array(try call.arguments.array("a").rounded(decimals: decimals))
    }
    + [
      Builtin(
        "np.clip", [Parameter("a"), .optional("a_min"), .optional("a_max")],
        "Values below a_min become a_min, values above a_max become a_max. None means no limit."
      ) { call in
        // NumPy's function, unlike the method, wants both or none.
        let missing = ["a_min", "a_max"].filter { !call.arguments.isGiven($0) }
        guard missing.count != 1 else {
          throw Diagnostic(
            "np.clip needs an argument for \(missing[0])", hint: "None means no limit")
        }
        return try clip(call.arguments, minimum: "a_min", maximum: "a_max")
      },
      Builtin(
        "array.clip", [Parameter("a"), .optional("min"), .optional("max")],
        "Values below min become min, values above max become max. None means no limit."
      ) { call in try clip(call.arguments, minimum: "min", maximum: "max") },
    ]

  private static func clip(
    _ arguments: Arguments, minimum: String, maximum: String
  ) throws -> Value {
    .array(
      try arguments.array("a").clipped(
        minimum: arguments.optionalOperand(minimum), maximum: arguments.optionalOperand(maximum)))
  }

  private static func unary(
    _ name: String, _ operation: UnaryOperation, _ summary: String
  ) -> Builtin {
    Builtin("np.\(name)", [Parameter("x")], summary) { call in
      .array(try NDArray.unary(operation, call.arguments.array("x")))
    }
  }

  private static func binary(
    _ name: String, _ operation: BinaryOperation, _ summary: String
  ) -> Builtin {
    Builtin("np.\(name)", [Parameter("x1"), Parameter("x2")], summary) { call in
      .array(
        try NDArray.binary(operation, call.arguments.operand("x1"), call.arguments.operand("x2")))
    }
  }

  private static func mapping(
    _ name: String, parameter: String = "x", _ summary: String,
    _ map: @escaping @Sendable (NDArray) throws -> NDArray
  ) -> Builtin {
    Builtin("np.\(name)", [Parameter(parameter)], summary) { call in
      .array(try map(call.arguments.array(parameter)))
    }
  }
}

extension Arguments {
  /// An operand of an element-by-element operation: Python's numbers stay plain, so that their
  /// type yields to that of an array.
  func operand(_ name: String) throws -> Operand {
    guard let operand = try self[name].operand() else {
      throw error(name, "must be an array or a number, not '\(self[name].typeName)'")
    }
    return operand
  }

  func optionalOperand(_ name: String) throws -> Operand? {
    self[name].isNone ? nil : try operand(name)
  }
}
