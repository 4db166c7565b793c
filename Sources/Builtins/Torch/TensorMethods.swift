import Compute
import Interpreter
import Messages

/// The methods of tensors: conversions, sizes, NumPy arrays and Python numbers. The first parameter
/// is the tensor.
extension Builtins {
  private static let input = Parameter("input")

  static let tensorMethods: [Builtin] =
    [
      Builtin(
        "tensor.numpy", [input],
        """
        The elements as a NumPy array of the same type; of a tensor on the CPU, or on the session's \
        device.
        """
      ) { call in
        let tensor = try call.arguments.tensor("input")
        // A lesson that names no device is the same on each.
        guard tensor.device == .cpu || tensor.device == call.context.device else {
          throw Diagnostic(
            "can't convert a tensor on \(tensor.device.pythonName) to numpy",
            hint: "copy it to the CPU first, as in x.cpu().numpy()")
        }
        return .array(tensor.array)
      },
      Builtin("tensor.cpu", [input], "The tensor on the CPU, as .numpy() requires.") { call in
        .tensor(try call.arguments.tensor("input").moved(to: .cpu))
      },
      Builtin("tensor.item", [input], "The only element, as a Python number.") { call in
        let array = try call.arguments.tensor("input").array
        guard array.count == 1 else {
          throw Diagnostic("tensor.item: the tensor has \(array.count) elements, not one")
        }
        return array.item()
      },
      Builtin("tensor.tolist", [input], "The elements as nested lists of Python numbers.") { call in
        try list(call.arguments.tensor("input").array, call.context)
      },
      Builtin(
        "tensor.to",
        [
          input, Parameter("args", kind: .variadic, note: "a device, a dtype, or both"),
          .optionalKeyword("device"), .optionalKeyword("dtype"),
        ],
        """
        The tensor on a device, or with elements of another type: x.to(device), \
        x.to(torch.float64).
        """
      ) { call in .tensor(try converted(call.arguments)) },
      Builtin(
        "tensor.size", [input, .optional("dim", note: "one axis only")],
        "The shape: x.size(0) is the length of the first axis."
      ) { call in
        let array = try call.arguments.tensor("input").array
        guard let axis = try call.arguments.optionalInt("dim") else {
          return .tensorShape(array.shape)
        }
        return .int(array.shape[try array.resolvedAxis(axis)])
      },
      Builtin("tensor.dim", [input], "The number of axes.") { call in
        .int(try call.arguments.tensor("input").array.axisCount)
      },
      Builtin("tensor.cuda", [input], "The tensor on an NVIDIA GPU, if there is one.") {
        call in
        .tensor(try call.arguments.tensor("input").moved(to: call.arguments.usable(.cuda)))
      },
      Builtin("torch.is_tensor", [Parameter("obj")], "Whether a value is a PyTorch tensor.") {
        call in .bool(call.arguments["obj"].isTensor)
      },
    ]
    + torchAndTensor("numel", [input], "The number of elements.") { call in
      .int(try call.arguments.tensor("input").array.count)
    }
    + [
      ("detach", "The tensor without its history of gradients; tensors have none here."),
      ("clone", "A copy, which may be changed with copy[i] = … in its cell."),
      ("contiguous", "The tensor as one block of memory, as all tensors are here."),
    ].map { name, summary in
      Builtin("tensor.\(name)", [input], summary) { call in
        .tensor(try call.arguments.tensor("input"))
      }
    }
    + [
      ("float", ElementType.float32), ("double", .float64), ("long", .int64), ("int", .int32),
      ("short", .int16), ("bool", .bool),
    ].map { name, type in
      Builtin("tensor.\(name)", [input], "The elements as torch.\(type.rawValue).") { call in
        .tensor(try call.arguments.tensor("input").map { try $0.asType(type) })
      }
    }

  private static func converted(_ arguments: Arguments) throws -> Tensor {
    var tensor = try arguments.tensor("input")
    if let type = try arguments.tensorType("dtype") {
      tensor = try tensor.map { try $0.asType(type) }
    }
    if !arguments["device"].isNone { tensor = try tensor.moved(to: arguments.device("device")) }
    for value in try arguments.list("args") {
      switch value {
      case .tensorType(let type): tensor = try tensor.map { try $0.asType(type) }
      case .tensor(let other):
        tensor = try Tensor(tensor.array.asType(other.array.type), device: other.device)
      case .device, .string:
        tensor = try tensor.moved(
          to: arguments.usable(try arguments.deviceKind(value, of: "args")))
      default:
        throw Diagnostic(
          "tensor.to takes a device or a torch.dtype, not '\(value.typeName)'",
          hint: value.asElementType.map { "use torch.\($0.rawValue)" })
      }
    }
    return tensor
  }
}
