import Compute
import Concurrency
import Interpreter
import Messages

/// PyTorch's functions that make tensors. The default type is float32, or int64 for whole numbers.
extension Builtins {
  private static let dtype = Parameter.optionalKeyword("dtype", note: "torch.float32, torch.long …")
  private static let device = Parameter.optionalKeyword("device", note: "'cpu', torch.device(…)")
  private static let size = Parameter(
    "size", kind: .variadic, note: "lengths, or one tuple of lengths")

  static let tensorCreation: [Builtin] = [
    Builtin(
      "torch.tensor",
      [Parameter("data", note: "numbers, lists of numbers, a NumPy array"), dtype, device],
      """
      A PyTorch tensor. Python's floats become float32 and whole numbers int64; a NumPy array \
      keeps its type.
      """
    ) { call in
      var data = call.arguments["data"]
      if try data.contains(where: { $0.isTensor }) {
        try Budget.reserve(Double(data.byteCount), for: "a copy of the list")
        data = data.withArraysForTensors
      }
      let array: NDArray
      do {
        if let type = try call.arguments.tensorType("dtype") {
          array = try NDArray(nested: data, as: type)
        } else {
          let nested = try NDArray(nested: data)
          // Unless it contains a float64 array, float64 is just the type of Python's floats.
          let isPlain =
            try nested.type == .float64
            && !data.contains {
              if case .array(let array) = $0 { array.type == .float64 } else { false }
            }
          array = try isPlain ? nested.asType(.float32) : nested
        }
      } catch let error as Diagnostic {
        throw Diagnostic("torch.tensor: \(error.message)", hint: error.hint)
      }
      return .tensor(try Tensor(array, device: call.device("device")))
    },
    Builtin(
      "torch.from_numpy", [Parameter("ndarray")],
      "A NumPy array as a PyTorch tensor of the same type."
    ) { call in
      guard case .array(let array) = call.arguments["ndarray"] else {
        throw call.arguments.wrongType("ndarray", "a NumPy array")
      }
      return .tensor(try Tensor(array, device: call.context.device))
    },
    Builtin(
      "torch.zeros", [size, dtype, device], "Zeros, float32 unless a dtype is given."
    ) { call in try filled(with: false, shape: sizes(&call), &call) },
    Builtin(
      "torch.ones", [size, dtype, device], "Ones, float32 unless a dtype is given."
    ) { call in try filled(with: true, shape: sizes(&call), &call) },
    Builtin(
      "torch.full", [Parameter("size"), Parameter("fill_value"), dtype, device],
      "A tensor in which every element is fill_value."
    ) { call in
      guard let value = try call.arguments["fill_value"].operand(), value.shape.isEmpty else {
        throw call.arguments.wrongType("fill_value", "a number")
      }
      let shape = try call.arguments.shape("size")
      let type =
        try call.arguments.tensorType("dtype")
        ?? (value.type == .float64 ? .float32 : value.type)
      try call.context.reserve(shape: shape, type: type)
      return .tensor(
        try Tensor(
          value.array.asType(type).broadcast(to: shape), device: call.device("device")))
    },
    Builtin(
      "torch.zeros_like", [Parameter("input")], "Zeros in the shape and the type of a tensor."
    ) { call in .tensor(try filled(with: false, like: call.arguments.tensor("input"))) },
    Builtin(
      "torch.ones_like", [Parameter("input")], "Ones in the shape and the type of a tensor."
    ) { call in .tensor(try filled(with: true, like: call.arguments.tensor("input"))) },
    Builtin(
      "torch.arange",
      [
        Parameter("start", note: "the first value; a single argument is end, with start 0"),
        .optional("end", note: "the end, excluded"),
        Parameter("step", default: .int(1)), dtype, device,
      ],
      "Evenly spaced numbers with a given step: int64, or float32 if any argument is a float."
    ) { call in
      let arguments = call.arguments
      let hasEnd = !arguments["end"].isNone
      let end = hasEnd ? "end" : "start"
      let isWhole = [end, "start", "step"].allSatisfy { arguments[$0].wholeNumber != nil }
      let numbers = try (
        start: hasEnd ? arguments.double("start") : 0, end: arguments.double(end),
        step: arguments.double("step")
      )
      guard (numbers.end - numbers.start) * numbers.step >= 0 || numbers.step == 0 else {
        throw Diagnostic(
          "torch.arange: steps of \(arguments["step"].shortRepr) do not lead from "
            + "\(hasEnd ? arguments["start"].shortRepr : "0") to \(arguments[end].shortRepr)",
          hint: "give a step \(numbers.step > 0 ? "below" : "above") 0")
      }
      let array =
        isWhole
        ? try NDArray.arange(
          hasEnd ? arguments.int("start") : 0, arguments.int(end), step: arguments.int("step"))
        : try NDArray.arange(numbers.start, numbers.end, step: numbers.step)
      let type = try arguments.tensorType("dtype") ?? (isWhole ? .int64 : .float32)
      return .tensor(try Tensor(array.asType(type), device: call.device("device")))
    },
    Builtin(
      "torch.linspace",
      [Parameter("start"), Parameter("end"), Parameter("steps", note: "how many"), dtype, device],
      "A given number of evenly spaced values, end included; float32 unless a dtype is given."
    ) { call in
      let count = try call.arguments.int("steps")
      try call.context.reserve(shape: [max(count, 0)], type: .float64)
      let array = try NDArray.linspace(
        call.arguments.double("start"), call.arguments.double("end"), count: count)
      let type = try call.arguments.tensorType("dtype") ?? .float32
      return .tensor(try Tensor(array.asType(type), device: call.device("device")))
    },
  ]

  private static func sizes(_ call: inout Call) throws -> [Int] {
    try lengths("size", call.arguments)
  }

  private static func filled(
    with value: Bool, shape: [Int], _ call: inout Call
  ) throws -> Value {
    let type = try call.arguments.tensorType("dtype") ?? .float32
    try call.context.reserve(shape: shape, type: type)
    return .tensor(
      try Tensor(
        NDArray(filled: value, shape: shape, type: type), device: call.device("device")))
  }

  private static func filled(with value: Bool, like tensor: Tensor) throws -> Tensor {
    try tensor.map { try NDArray(filled: value, shape: $0.shape, type: $0.type) }
  }
}

extension Value {
  /// The value with its tensors, however deeply nested, as arrays.
  fileprivate var withArraysForTensors: Value {
    switch self {
    case .tensor(let tensor): .array(tensor.array)
    case .list(let items): .list(items.map(\.withArraysForTensors))
    case .tuple(let items): .tuple(items.map(\.withArraysForTensors))
    default: self
    }
  }

  /// Whether a condition holds for the value, or for one within its lists.
  fileprivate func contains(where condition: (Value) -> Bool) throws -> Bool {
    switch self {
    case .list(let items), .tuple(let items):
      for (index, item) in items.enumerated() {
        try Budget.check(step: index)
        if try item.contains(where: condition) { return true }
      }
      return false
    default: return condition(self)
    }
  }
}
