import Compute
import Interpreter
import Messages

/// PyTorch's functions and methods that rearrange or reshape elements.
extension Builtins {
  private static let input = Parameter("input")

  static let tensorShaping: [Builtin] =
    [
      Builtin(
        "torch.cat",
        [Parameter("tensors", note: "a list of tensors"), Parameter("dim", default: .int(0))],
        "Joins tensors along an axis."
      ) { call in
        let (tensors, device) = try promoted(call.arguments.tensors("tensors"))
        let array = try NDArray.concatenated(tensors, axis: call.arguments.int("dim"))
        return .tensor(try Tensor(array, device: device))
      },
      Builtin(
        "torch.stack",
        [Parameter("tensors", note: "tensors of one shape"), Parameter("dim", default: .int(0))],
        "Joins tensors along a new axis: samples become a batch."
      ) { call in
        let (tensors, device) = try promoted(call.arguments.tensors("tensors"))
        let array = try NDArray.stacked(tensors, axis: call.arguments.int("dim"))
        return .tensor(try Tensor(array, device: device))
      },
      Builtin(
        "torch.flip", [input, Parameter("dims", note: "the axes to reverse, as a list")],
        "The elements in reverse order along axes: tensors have no [::-1]."
      ) { call in
        .tensor(try flipped(call.arguments.tensor("input"), call.arguments.ints("dims")))
      },
      Builtin(
        "tensor.flip", [input, Parameter("dims", kind: .variadic, note: "the axes to reverse")],
        "The elements in reverse order along axes, as in kernel.flip(0): tensors have no [::-1]."
      ) { call in
        .tensor(
          try flipped(call.arguments.tensor("input"), lengths("dims", call.arguments)))
      },
      Builtin(
        "torch.reshape", [input, Parameter("shape", note: "one length may be -1: it is inferred")],
        "The same elements, row by row, in another shape."
      ) { call in
        let shape = try call.arguments.ints("shape")
        return .tensor(try call.arguments.tensor("input").map { try $0.reshaped(shape) })
      },
      reshaping("reshape"), reshaping("view"),
      Builtin(
        "torch.permute", [input, Parameter("dims", note: "the new order")],
        "The axes in another order."
      ) { call in
        let axes = try call.arguments.ints("dims")
        return .tensor(try call.arguments.tensor("input").map { try $0.transposed(axes: axes) })
      },
      Builtin(
        "tensor.permute", [input, Parameter("dims", kind: .variadic, note: "the new order")],
        "The axes in another order."
      ) { call in
        let axes = try lengths("dims", call.arguments)
        return .tensor(try call.arguments.tensor("input").map { try $0.transposed(axes: axes) })
      },
    ]
    + torchAndTensor(
      "unsqueeze", [input, Parameter("dim", note: "the position of the new axis")],
      """
      The tensor with a new axis of length 1: x.unsqueeze(0).unsqueeze(0) is a batch of one \
      channel.
      """
    ) { call in
      let axis = try call.arguments.int("dim")
      return .tensor(try call.arguments.tensor("input").map { try $0.expanded(axis: axis) })
    }
    + torchAndTensor(
      "squeeze", [input, .optional("dim", note: "all of length 1 by default")],
      "The tensor without axes of length 1; other axes stay."
    ) { call in
      let axes = try call.arguments.optionalInts("dim")
      return .tensor(
        try call.arguments.tensor("input").map { array in
          guard let axes else { return try array.squeezed() }
          let squeezed = try axes.map { try array.resolvedAxis($0) }
          return array.withShape(
            array.shape.enumerated().filter { $0.element != 1 || !squeezed.contains($0.offset) }
              .map(\.element))
        })
    }
    + torchAndTensor(
      "flatten",
      [input, Parameter("start_dim", default: .int(0)), Parameter("end_dim", default: .int(-1))],
      "Merges several axes into one: x.flatten(1) makes one row of each sample of a batch."
    ) { call in
      let bounds = try (call.arguments.int("start_dim"), call.arguments.int("end_dim"))
      return .tensor(
        try call.arguments.tensor("input").map { array in
          if array.isScalar { return array.flattened }
          let (start, end) = try (array.resolvedAxis(bounds.0), array.resolvedAxis(bounds.1))
          guard start <= end else {
            throw call.arguments.error("start_dim", "must not come after end_dim")
          }
          let merged = array.shape[start...end].reduce(1, *)
          return array.withShape(array.shape[..<start] + [merged] + array.shape[(end + 1)...])
        })
    }
    + torchAndTensor(
      "transpose", [input, Parameter("dim0"), Parameter("dim1")],
      "The tensor with two axes exchanged."
    ) { call in
      let names = try (call.arguments.int("dim0"), call.arguments.int("dim1"))
      return .tensor(
        try call.arguments.tensor("input").map { array in
          var order = Array(0..<array.axisCount)
          order.swapAt(try array.resolvedAxis(names.0), try array.resolvedAxis(names.1))
          return try array.transposed(axes: order)
        })
    }

  /// Two rows: PyTorch's function, and the method of tensors with the same parameters.
  static func torchAndTensor(
    _ name: String, _ parameters: [Parameter], _ summary: String,
    call: @escaping @Sendable (inout Call) throws -> Value
  ) -> [Builtin] {
    ["torch", "tensor"].map { Builtin("\($0).\(name)", parameters, summary, call: call) }
  }

  private static func reshaping(_ name: String) -> Builtin {
    Builtin(
      "tensor.\(name)",
      [input, Parameter("shape", kind: .variadic, note: "one length may be -1: it is inferred")],
      "The same elements, row by row, in another shape: x.\(name)(1, 1, -1)."
    ) { call in
      let shape = try lengths("shape", call.arguments)
      return .tensor(try call.arguments.tensor("input").map { try $0.reshaped(shape) })
    }
  }

  private static func flipped(_ tensor: Tensor, _ dims: [Int]) throws -> Tensor {
    try tensor.map { array in
      let axes = try dims.map { try array.resolvedAxis($0) }
      guard Set(axes).count == axes.count else {
        throw Diagnostic("flip: an axis is given more than once", hint: "name each axis once")
      }
      return try axes.reduce(array) { try $0.flipped(axis: $1) }
    }
  }

  /// The arrays, promoted to a common type, and the device that all are on.
  private static func promoted(_ tensors: [Tensor]) throws -> ([NDArray], DeviceKind) {
    guard let first = tensors.first else { throw Diagnostic("there are no tensors to join") }
    try Tensor.checkDevices(tensors)
    let type = tensors.reduce(first.array.type) { $0.promotedByPyTorch(with: $1.array.type) }
    return (try tensors.map { try $0.array.asType(type) }, first.device)
  }
}
