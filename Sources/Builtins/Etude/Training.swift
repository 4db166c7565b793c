import Compute
import Concurrency
import Interpreter
import NeuralNetworks

/// The call that trains.
extension Builtins {
  static let training: [Builtin] = [
    Builtin(
      "train",
      [
        Parameter("model", note: "layers, or a fit to continue"),
        Parameter("data", note: "a data set"),
        Parameter(
          "optimizer", default: .optimizer(.asgd(learningRate: 0.01)),
          note: "how the weights are updated; a fit that goes on keeps its own"),
        Parameter(
          "epochs", default: .int(1000), note: "passes over the data; for a fit, further ones"),
        Parameter(
          "batch_size", default: .int(64),
          note: "signals per step; a fit that goes on keeps its own"
        ),
        .optional(
          "test",
          note: "a data set to evaluate, but not to learn from; a fit that goes on keeps its own"),
        .optional("device", note: "\"cpu\"; the session's by default"),
        .optionalKeyword(
          "criterion",
          note: "nn.CrossEntropyLoss(…) with class weights or label smoothing; a fit that goes on "
            + "keeps its own"),
      ],
      """
      Trains a network to classify signals, minimising the cross-entropy of its outputs, and \
      returns the fit: fit.history, fit.test_history and fit.test_accuracy (after each epoch), \
      fit.epochs, fit.signals (how many it learned from), fit.seconds (of computing, over all \
      epochs), fit.device and fit.model. In the reader it waits for Enter; cells that depend on it \
      are updated while it trains. Given a fit, it continues the training: \
      train(fit, data, epochs=500).
      """
    ) { call in
      .fit(try call.context.fit(of: TrainingRequest(call)))
    }
  ]
}

extension TrainingRequest {
  fileprivate init(_ call: Call) throws {
    let arguments = call.arguments
    let data = try Builtins.dataSet("data", call)
    let test = arguments["test"].isNone ? nil : try Builtins.dataSet("test", call)
    guard case .optimizer(let optimizer) = arguments["optimizer"] else {
      throw arguments.error("optimizer", "must be one of optim", hint: "write optim.ASGD(lr=0.01)")
    }
    let criterion: CrossEntropyLoss
    switch arguments["criterion"] {
    case .none: criterion = CrossEntropyLoss()
    case .criterion(let loss): criterion = loss
    default:
      throw arguments.error(
        "criterion", "must be a loss of nn", hint: "write nn.CrossEntropyLoss(…)")
    }
    let epochs = try Self.count("epochs", upTo: 1_000_000, call)
    let batchSize = try Self.count("batch_size", upTo: 1 << 20, call)

    switch arguments["model"] {
    case .model(let model):
      guard model.state == nil else {
        throw arguments.error(
          "model", "has been trained", hint: "give the fit itself to train it further")
      }
      try Budget.reserve(
        TrainingPlan.workingByteCount(layer: model.layer, data: data, batchSize: batchSize),
        for: "the training of this model")
      let plan = try TrainingPlan(
        layer: model.layer, data: data, test: test,
        settings: Training.Settings(
          optimizer: optimizer, epochs: epochs, batchSize: batchSize, criterion: criterion))
      self.init(plan, device: try call.device("device"))
    case .fit(let fit):
      guard data.isIdentical(to: fit.data) else {
        throw arguments.error("data", "must be the data that the fit was trained on")
      }
      if let test, fit.test.map(test.isIdentical) != true {
        throw arguments.error("test", "must be the test set of the fit")
      }
      guard !arguments.isGiven("batch_size") || batchSize == fit.settings.batchSize else {
        throw arguments.error(
          "batch_size", "must stay at \(fit.settings.batchSize)")
      }
      guard !arguments.isGiven("criterion") || criterion == fit.settings.criterion else {
        throw arguments.error(
          "criterion", "must stay that of the fit, whose curve would have a break")
      }
      let supplied = fit.supplied(data: data, test: test)
      guard supplied.plan.hasInputs else {
        throw arguments.error(
          "test", "must be given again: a saved run does not keep its test set",
          hint: "write test=…, the set that the fit has")
      }
      self.init(
        extending: supplied, epochs: epochs,
        optimizer: arguments.isGiven("optimizer") ? optimizer : nil,
        device: try call.device("device"))
    default:
      throw arguments.error(
        "model", "must be a network or a fit, not '\(arguments["model"].typeName)'",
        hint: "write nn.Sequential(…)")
    }
  }

  private static func count(_ name: String, upTo maximum: Int, _ call: Call) throws -> Int {
    let count = try call.arguments.int(name)
    guard (1...maximum).contains(count) else {
      throw call.arguments.error(name, "must be between 1 and \(maximum)")
    }
    return count
  }
}
