import Compute
import Interpreter
import NeuralNetworks

/// PyTorch's losses: functions of `torch.nn.functional`, and the one of `torch.nn` that `train` takes.
extension Builtins {
  static let losses: [Builtin] = [
    Builtin(
      "F.cross_entropy",
      [
        Parameter("input", note: "logits: (samples, classes)"),
        Parameter("target", note: "the class of each sample, from 0"),
        weight, labelSmoothing,
      ],
      """
      How surprised the network is by the correct classes: the mean of -log of the probability \
      that softmax gives them. Guessing among three classes costs log(3) = 1.10.
      """
    ) { call in
      let arguments = call.arguments
      let (_, target) = try pair(arguments, "input", "target")
      guard [.int64, .uint8].contains(target.type) else {
        throw arguments.error(
          "target", "must be the classes as int64, not \(target.type.rawValue)",
          hint: "use target.long()")
      }
      let inputAxes = try arguments.tensor("input").array.axisCount
      guard target.axisCount == 1 || target.axisCount == 0 && inputAxes == 1 else {
        throw arguments.error(
          "target",
          "must have one axis, with one class for each sample, but its shape is "
            + NDArray.describe(shape: target.shape), hint: "use target.flatten()")
      }
      let weight = try arguments.optionalTensor("weight")?.array
      let smoothing = try arguments.double("label_smoothing")
      return .tensor(
        try arguments.tensor("input").map { logits in
          let rows = logits.axisCount == 1 ? logits.withShape([1, logits.count]) : logits
          return try NDArray.crossEntropy(
            logits: rows, classes: target.values(), weight: weight, labelSmoothing: smoothing)
        })
    },
    Builtin(
      "F.mse_loss", [Parameter("input"), Parameter("target")],
      "The mean squared error: the mean of (input - target)**2."
    ) { call in
      let (_, target) = try pair(call.arguments, "input", "target")
      return .tensor(
        try call.arguments.tensor("input").map { input in
          // One of the two may be integers.
          let type = input.type.promotedByPyTorch(with: target.type)
          guard type.isFloat else { return try NDArray.meanSquaredError(input, target) }
          return try NDArray.meanSquaredError(input.asType(type), target.asType(type))
        })
    },
    Builtin(
      "nn.CrossEntropyLoss", [weight, labelSmoothing],
      "The loss that train minimises, as in train(…, criterion=nn.CrossEntropyLoss(weight=w))."
    ) { call in
      let weight = try call.arguments.optionalTensor("weight")?.array
      guard weight == nil || weight?.type == .float32 && weight?.axisCount == 1 else {
        throw call.arguments.error(
          "weight", "must be one row of float32, a number for each class",
          hint: "write torch.tensor([1.0, 2.0, 0.5])")
      }
      let loss = CrossEntropyLoss(
        weight: try weight?.values(), labelSmoothing: try call.arguments.double("label_smoothing"))
      try loss.check()
      return .criterion(loss)
    },
  ]

  private static let weight = Parameter.optional(
    "weight", note: "how much each class counts, (classes); the mean is then weighted, too")
  private static let labelSmoothing = Parameter(
    "label_smoothing", kind: .keywordOnly, default: .float(0),
    note: "the part of each target that is spread over all classes")
}
