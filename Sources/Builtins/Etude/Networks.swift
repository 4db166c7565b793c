import Compute
import Concurrency
import Interpreter
import Messages
import NeuralNetworks

/// What a network consists of, and what a trained one predicts.
extension Builtins {
  private static let network = Parameter("fit", note: "a fit, or a model with weights")
  private static let examined = Parameter(
    "data", note: "a data set, or an array (count, length) or (count, channels, length)")

  private static let input = Parameter(
    "input", note: "a data set, or the shape of a signal, as in (1, 128)")

  static let networks: [Builtin] = [
    Builtin(
      "summary", [Parameter("model"), input],
      "A table of the layers with their output shapes and numbers of parameters."
    ) { call in
      let layer = try layer(call)
      let input = try inputShape(call)
      var rows = [["signal", NDArray.describe(shape: input), ""]]
      for row in try layer.summary(input: input) {
        rows.append([
          row.layer.code, NDArray.describe(shape: row.outputShape),
          row.parameterCount == 0 ? "" : "\(Quantity(row.parameterCount))",
        ])
      }
      rows.append(["total", "", "\(Quantity(try layer.parameterCount()))"])
      call.context.show(.table(headers: ["layer", "output shape", "parameters"], rows: rows))
      return .none
    },

    Builtin(
      "parameters", [Parameter("model")],
      "The number of parameters that a network learns: weights and biases."
    ) { call in .int(try layer(call).parameterCount()) },

    Builtin(
      "shapes", [Parameter("model"), input],
      "The output shape of each layer, without the batch axis: a list of tuples."
    ) { call in
      let rows = try layer(call).summary(input: inputShape(call))
      return .list(rows.map { .tuple($0.outputShape.map(Value.int)) })
    },

    Builtin(
      "receptive_field", [Parameter("model"), input],
      """
      How many samples of the signal one value depends on after each layer, and how many samples \
      apart adjacent values are: a list of (size, stride), up to the first layer whose values \
      depend on the whole signal.
      """
    ) { call in
      let rows = try layer(call).summary(input: inputShape(call))
      return .list(
        rows.compactMap(\.receptiveField).map { .tuple([.int($0.size), .int($0.jump)]) })
    },

    Builtin(
      "predict", [network, examined],
      "The class that the network predicts for each signal: an array of whole numbers."
    ) { call in .array(NDArray(try predictedClasses(call, of: inputs("data", call)))) },

    Builtin(
      "probabilities", [network, examined],
      "The probability of each class for each signal: an array (count, classes), by softmax."
    ) { call in
      let logits = try logits(call, of: inputs("data", call))
      try Budget.reserve(8 * Double(logits.count), for: "the probabilities")
      var values: [Double] = []
      values.reserveCapacity(logits.count)
      for (index, row) in try logits.rows().enumerated() {
        try Budget.check(step: index)
        values += CrossEntropy.probabilities(row)
      }
      return .array(NDArray(shape: logits.shape, values: values))
    },

    Builtin(
      "accuracy", [network, Parameter("data", note: "a data set")],
      "The fraction of signals whose class is predicted correctly, from 0 to 1."
    ) { call in
      let data = try dataSet("data", call)
      let labels = data.labels
      let rightCount = zip(labels, try predictedClasses(call, of: data)).count { $0 == $1 }
      return .float(Double(rightCount) / Double(labels.count))
    },

    Builtin(
      "confusion",
      [
        network, Parameter("data", note: "a data set"),
        .optional("labels", note: "a name for each class; else the data set's"),
      ],
      "A table of how many signals of each class are predicted as which class."
    ) { call in
      let data = try dataSet("data", call)
      let logits = try logits(call, of: data)
      let classCount = max(logits.shape[1], data.classCount)
      guard classCount <= 50 else {
        throw call.arguments.error(
          "data",
          "has \(classCount) classes with those of the network, but a table shows at most 50")
      }
      let names = try classNames(call, of: data, count: classCount)
      var counts = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: classCount)
      for (index, (label, row)) in zip(data.labels, try logits.rows()).enumerated() {
        try Budget.check(step: index)
        counts[label][CrossEntropy.predictedClass(row)] += 1
      }
      let rows = counts.enumerated().map { label, row in
        let total = row.reduce(0, +)
        let part = total == 0 ? "" : Percentage(row[label], of: total).description
        return [names[label]] + row.map(String.init) + [part]
      }
      call.context.show(
        .table(headers: ["true \\ predicted"] + names + ["right"], rows: rows))
      return .none
    },
  ]

  // MARK: Arguments

  /// The layers of a model or of a fit's model.
  private static func layer(_ call: Call) throws -> Layer {
    switch call.arguments["model"] {
    case .model(let model): return model.layer
    case .fit(let fit): return fit.layer
    default: throw call.arguments.wrongType("model", "a network")
    }
  }

  private static func inputShape(_ call: Call) throws -> [Int] {
    if case .dataSet(let data) = call.arguments["input"] { return data.sampleShape }
    let shape = try call.arguments.shape("input")
    guard (1...2).contains(shape.count), shape.allSatisfy({ (1...1 << 30).contains($0) }) else {
      throw call.arguments.error(
        "input", "must be (channels, length), both at least 1", hint: "write (1, 128)")
    }
    return shape
  }

  /// The network's outputs for each signal, one for each class: `[count, classes]`.
  static func logits(_ call: Call, of data: DataSet) throws -> NDArray {
    guard data.inputs.allSatisfy(\.isFinite) else {
      throw call.arguments.error(
        "data", "has values that are nan or inf", hint: "the network cannot classify them")
    }
    // A fit checks the shape against the one that it was trained with.
    if case .fit(let fit) = call.arguments["fit"] {
      try reserveLogits(
        fit.layer, count: data.count, sampleShape: fit.data.sampleShape, call.context)
      return try fit.logits(of: data) { try Budget.check() }
    }
    let model = try trainedModel(call)
    try reserveLogits(
      model.layer, count: data.count, sampleShape: data.sampleShape, call.context)
    return try model.logits(of: data) { try Budget.check() }
  }

  private static func reserveLogits(
    _ layer: Layer, count: Int, sampleShape: [Int], _ context: CellContext
  ) throws {
    let outputShape = try layer.summary(input: sampleShape).last?.outputShape ?? []
    try context.reserve(shape: [count] + outputShape, type: .float32)
  }

  private static func predictedClasses(_ call: Call, of data: DataSet) throws -> [Int] {
    let rows = try logits(call, of: data).rows()
    try Budget.reserve(8 * Double(data.count), for: "the classes of \(data.count) signals")
    return try rows.enumerated().map { index, row in
      try Budget.check(step: index)
      return CrossEntropy.predictedClass(row)
    }
  }

  static func trainedModel(_ call: Call) throws -> Model {
    switch call.arguments["fit"] {
    case .fit(let fit): return fit.model
    case .model(let model) where model.state != nil: return model
    case .model:
      throw call.arguments.error("fit", "has no weights yet", hint: "train it first")
    default: throw call.arguments.wrongType("fit", "a fit or a model with weights")
    }
  }

  /// Those of the call, else the data set's, else numbers.
  static func classNames(_ call: Call, of data: DataSet, count: Int) throws -> [String] {
    guard let names = try call.arguments.optionalStrings("labels") else {
      if let names = data.classNames, names.count == count { return names }
      return (0..<count).map(String.init)
    }
    guard names.count == count else {
      throw call.arguments.error(
        "labels", "must be \(count), one for each class, but there are \(names.count)")
    }
    return names
  }
}

extension NDArray {
  /// The rows of an array with two axes, as floats.
  func rows() throws(Diagnostic) -> some Sequence<[Float]> {
    let (values, size) = (try values(as: Float.self), shape[1])
    return (0..<shape[0]).lazy.map { Array(values[($0 * size)..<(($0 + 1) * size)]) }
  }
}
