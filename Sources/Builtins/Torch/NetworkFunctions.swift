import Compute
import Interpreter

/// The rest of PyTorch's `torch.nn.functional`: the other layers, with their weights as arguments.
extension Builtins {
  static let networkFunctions: [Builtin] =
    [
      Builtin(
        "F.linear",
        [
          Parameter("input", note: "(…, in features)"),
          Parameter("weight", note: "(out features, in features)"),
          .optional("bias", note: "(out features)"),
        ],
        "Each output is a weighted sum of all inputs: input times weight.T, plus bias."
      ) { call in
        let weight = try call.arguments.tensor("weight")
        let bias = try call.arguments.optionalTensor("bias")
        return .tensor(try call.arguments.tensor("input").performing(.linear, [weight, bias]))
      },
      Builtin(
        "F.group_norm",
        [
          Parameter("input", note: "(batch, channels, …)"),
          Parameter("num_groups", note: "divides the channels"),
          .optional("weight", note: "one factor for each channel"),
          .optional("bias", note: "one offset for each channel"),
          Parameter("eps", default: .float(1e-5), note: "added to the variance"),
        ],
        """
        Normalises each group of channels of each sample to mean 0 and variance 1, then multiplies \
        each channel by its weight, and adds its bias.
        """
      ) { call in
        let weight = try call.arguments.optionalTensor("weight")
        let bias = try call.arguments.optionalTensor("bias")
        let operation = TensorOperation.groupNorm(
          groups: try call.arguments.int("num_groups"),
          epsilon: try call.arguments.double("eps"), hasWeight: weight != nil)
        return .tensor(
          try call.arguments.tensor("input").performing(operation, [weight, bias]))
      },
      Builtin(
        "F.pad",
        [
          Parameter("input"),
          Parameter("pad", note: "(left, right) of the last axis, then of the one before, …"),
          Parameter("mode", default: .string("constant")),
          .optional("value", note: "what is added; 0 by default"),
        ],
        """
        Adds elements at the ends: zeros or value; with mode "reflect", "replicate" or "circular", \
        the tensor mirrored, its end values, or the tensor repeated.
        """
      ) { call in .tensor(try pad(call.arguments)) },
    ]
    + Activation.allCases.map { activation in
      Builtin(
        "F.\(activation.functionName)", [Parameter("input")] + activation.functionParameters,
        activation.summary
      ) { call in
        let activation = try activation.with(call.arguments)
        return .tensor(try call.arguments.tensor("input").performing(.activation(activation)))
      }
    }
    + ["F", "torch", "tensor"].flatMap { module in
      [
        Builtin(
          "\(module).softmax", [Parameter("input"), Parameter("dim", note: "-1: the last axis")],
          "Logits as probabilities: all positive, summing to 1 along dim."
        ) { call in
          let axis = try call.arguments.int("dim")
          return .tensor(try call.arguments.tensor("input").performing(.softmax(axis: axis)))
        },
        Builtin(
          "\(module).log_softmax",
          [Parameter("input"), Parameter("dim", note: "-1: the last axis")],
          "The logarithms of the probabilities from softmax."
        ) { call in
          let axis = try call.arguments.int("dim")
          return .tensor(try call.arguments.tensor("input").performing(.logSoftmax(axis: axis)))
        },
      ]
    }

  private enum PaddingMode: String, CaseIterable {
    case constant, reflect, replicate, circular

    /// The widest padding at an end of an axis of this size.
    func widest(of size: Int) -> Int {
      switch self {
      case .constant, .replicate: .max
      // The edge is not repeated.
      case .reflect: max(0, size - 1)
      case .circular: size
      }
    }
  }

  private static func pad(_ arguments: Arguments) throws -> Tensor {
    let widths = try arguments.ints("pad")
    let mode = try arguments.option("mode", PaddingMode.self)
    let value = try arguments.optionalDouble("value") ?? 0
    guard mode == .constant || arguments["value"].isNone || value == 0 else {
      throw arguments.error("value", "has no meaning with mode '\(mode.rawValue)'")
    }
    return try arguments.tensor("input").map { array in
      guard widths.count % 2 == 0, widths.count <= 2 * array.axisCount else {
        throw arguments.error("pad", "must be pairs of widths, for no more axes than there are")
      }
      guard mode == .constant || (1...2).contains(array.axisCount - widths.count / 2) else {
        throw arguments.error(
          "pad",
          "must leave one or two axes unpadded with mode '\(mode.rawValue)', but leaves "
            + "\(array.axisCount - widths.count / 2)",
          hint: array.axisCount == 1 ? "use x.unsqueeze(0)" : nil)
      }
      var pairs = [(before: Int, after: Int)](repeating: (0, 0), count: array.axisCount)
      var cuts = [(before: UInt, after: UInt)](repeating: (0, 0), count: array.axisCount)
      for index in widths.indices where index % 2 == 0 {
        let axis = array.axisCount - 1 - index / 2
        let (before, after) = (widths[index], widths[index + 1])
        guard max(before, after) <= mode.widest(of: array.shape[axis]) else {
          throw arguments.error(
            "pad",
            "is \(max(before, after)) with mode '\(mode.rawValue)', but may be at most "
              + "\(mode.widest(of: array.shape[axis])) on an axis of \(array.shape[axis])")
        }
        pairs[axis] = (max(0, before), max(0, after))
        // Negative widths cut off.
        cuts[axis] = (before < 0 ? before.magnitude : 0, after < 0 ? after.magnitude : 0)
        let size = array.shape[axis].magnitude
        guard cuts[axis].before <= size, cuts[axis].after <= size - cuts[axis].before else {
          throw arguments.error("pad", "cuts off more than there is")
        }
      }
      for axis in array.shape.indices where mode == .reflect || mode == .replicate {
        let size = array.shape[axis] - Int(cuts[axis].before) - Int(cuts[axis].after)
        guard size + pairs[axis].before + pairs[axis].after > 0 || cuts[axis] == (0, 0) else {
          throw arguments.error(
            "pad", "leaves nothing, which mode '\(mode.rawValue)' cannot extend")
        }
      }
      let padding: Padding =
        switch mode {
        case .constant: .constant(.array(try NDArray(scalar: value).asType(array.type)))
        case .reflect: .reflect
        case .replicate: .edge
        case .circular: .wrap
        }
      let padded = try array.padded(pairs, padding)
      return try padded.selecting(
        zip(cuts, padded.shape).map { cut, size in
          .slice(start: Int(cut.before), stop: size - Int(cut.after), step: nil)
        })
    }
  }
}
