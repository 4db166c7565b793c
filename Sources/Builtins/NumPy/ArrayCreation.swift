import Compute
import Interpreter

/// NumPy's functions that make arrays.
extension Builtins {
  private static let dtype = Parameter.optional("dtype", note: "np.float64, 'int16', float …")

  static let arrayCreation: [Builtin] = [
    Builtin(
      "np.array", [Parameter("object", note: "numbers, lists of numbers, arrays"), dtype],
      "An array from a list, or from lists of equal length: np.array([[1, 2], [3, 4]])."
    ) { call in try array(call.arguments) },
    Builtin(
      "np.asarray", [Parameter("a"), dtype],
      "An array from a list; an array is returned as it is."
    ) { call in try array(call.arguments, parameter: "a") },

    Builtin(
      "np.zeros", [Parameter("shape", note: "a length, or a tuple of lengths"), dtype],
      "An array of zeros, float64 unless a dtype is given."
    ) { call in try filled(with: .int(0), &call) },
    Builtin(
      "np.ones", [Parameter("shape", note: "a length, or a tuple of lengths"), dtype],
      "An array of ones, float64 unless a dtype is given."
    ) { call in try filled(with: .int(1), &call) },
    Builtin(
      "np.full",
      [
        Parameter("shape", note: "a length, or a tuple of lengths"), Parameter("fill_value"), dtype,
      ],
      "An array in which every element is fill_value."
    ) { call in
      let shape = try call.arguments.shape("shape")
      let value = try call.arguments.array(
        "fill_value", as: call.arguments.optionalElementType("dtype"))
      try call.context.reserve(shape: shape, type: value.type)
      return .array(try value.broadcast(to: shape))
    },
    Builtin(
      "np.zeros_like", [Parameter("a"), dtype],
      "Zeros in the shape and the type of another array."
    ) { call in try filled(with: .int(0), likeArrayOf: call.arguments) },
    Builtin(
      "np.ones_like", [Parameter("a"), dtype], "Ones in the shape and the type of another array."
    ) { call in try filled(with: .int(1), likeArrayOf: call.arguments) },
    Builtin(
      "np.full_like", [Parameter("a"), Parameter("fill_value"), dtype],
      "An array in the shape and the type of another one, in which every element is fill_value."
    ) { call in try filled(with: call.arguments["fill_value"], likeArrayOf: call.arguments) },

    Builtin(
      "np.arange",
      [
        Parameter("start", note: "the first value; a single argument is stop, with start 0"),
        .optional("stop", note: "the end, excluded"),
        .optional("step", note: "1 by default"), dtype,
      ],
      "Evenly spaced numbers with a given step: np.arange(5), np.arange(0, 1, 0.1)."
    ) { call in try arange(&call) },
    Builtin(
      "np.linspace",
      [
        Parameter("start"), Parameter("stop"),
        Parameter("num", default: .int(50), note: "how many"),
        Parameter("endpoint", default: .bool(true), note: "whether stop is the last value"),
        .optionalKeyword("dtype"),
      ],
      """
      A given number of evenly spaced values. For one period of a waveform use endpoint=False: the \
      end is the start of the next period.
      """
    ) { call in
      let count = try call.arguments.int("num")
      try call.context.reserve(shape: [max(count, 0)], type: .float64)
      let array = try NDArray.linspace(
        call.arguments.double("start"), call.arguments.double("stop"), count: count,
        endpoint: call.arguments.bool("endpoint"))
      // NumPy rounds down, even below 0, before converting to whole numbers.
      guard let type = try call.arguments.optionalElementType("dtype") else { return .array(array) }
      return .array(try (type.isInteger ? array.floor() : array).asType(type))
    },
  ]

  private static func array(_ arguments: Arguments, parameter: String = "object") throws -> Value {
    .array(try arguments.array(parameter, as: arguments.optionalElementType("dtype")))
  }

  private static func filled(with value: Value, _ call: inout Call) throws -> Value {
    let shape = try call.arguments.shape("shape")
    let type = try call.arguments.optionalElementType("dtype") ?? .float64
    try call.context.reserve(shape: shape, type: type)
    return .array(try NDArray(nested: value, as: type).broadcast(to: shape))
  }

  private static func filled(
    with value: Value, likeArrayOf arguments: Arguments
  ) throws -> Value {
    let like = try arguments.array("a")
    let type = try arguments.optionalElementType("dtype") ?? like.type
    return .array(try NDArray(nested: value, as: type).broadcast(to: like.shape))
  }

  private static func arange(_ call: inout Call) throws -> Value {
    let arguments = call.arguments
    let hasStop = !arguments["stop"].isNone
    let bounds = hasStop ? ["start", "stop"] : ["start"]
    let numbers = bounds + (arguments["step"].isNone ? [] : ["step"])
    let type = try arguments.optionalElementType("dtype")

    let array: NDArray
    // Whole numbers give exact whole numbers; any float makes all of them floats.
    if numbers.allSatisfy({ arguments[$0].wholeNumber != nil }) {
      array = try NDArray.arange(
        hasStop ? arguments.int("start") : 0, arguments.int(hasStop ? "stop" : "start"),
        step: arguments["step"].isNone ? 1 : arguments.int("step"))
    } else {
      array = try NDArray.arange(
        hasStop ? arguments.double("start") : 0, arguments.double(hasStop ? "stop" : "start"),
        step: arguments["step"].isNone ? 1 : arguments.double("step"), type: type ?? .float64)
    }
    return .array(try type.map(array.asType) ?? array)
  }
}
