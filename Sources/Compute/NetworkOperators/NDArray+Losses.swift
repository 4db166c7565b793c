import Concurrency
import Messages

extension NDArray {
  /// As `F.cross_entropy`: the mean of -log softmax(logits)[class] over the samples.
  ///
  /// - Parameters:
  ///   - logits: [N, classes], floating point.
  ///   - classes: of each sample, from 0.
  /// - Returns: an array without axes. Guessing gives log(classes).
  package static func crossEntropy(
    logits: NDArray, classes: [Int]
  ) throws(Diagnostic) -> NDArray {
    let probabilities = try logLikelihoods(logits, classes)
    let width = logits.shape[1]
    var sum = 0.0
    try Budget.forEachChunk(of: classes.count) { range in
      for sample in range { sum -= probabilities[sample * width + classes[sample]] }
    }
    return try NDArray(scalar: sum / Double(classes.count)).asType(logits.type)
  }

  /// The gradient of ``crossEntropy(logits:classes:)``: the probabilities, less 1 at the class,
  /// divided by the number of samples.
  package static func crossEntropyGradient(
    logits: NDArray, classes: [Int]
  ) throws(Diagnostic) -> NDArray {
    _ = try logLikelihoods(logits, classes)
    var values = try softmax(logits.asType(.float64), axis: 1).doubles
    for (row, label) in classes.enumerated() { values[row * logits.shape[1] + label] -= 1 }
    return try NDArray(
      shape: logits.shape, values: values.mapInChunks { $0 / Double(classes.count) }
    ).asType(logits.type)
  }

  /// As `F.mse_loss`: the mean of the squared differences.
  ///
  /// - Parameters: two arrays of one shape, floating point.
  /// - Returns: an array without axes.
  package static func meanSquaredError(
    _ input: NDArray, _ target: NDArray
  ) throws(Diagnostic) -> NDArray {
    try checkLoss(input, target)
    let (x, y) = (try input.doubles, try target.doubles)
    var sum = 0.0
    try Budget.forEachChunk(of: x.count) { range in
      for index in range { sum += (x[index] - y[index]) * (x[index] - y[index]) }
    }
    return try NDArray(scalar: sum / Double(input.count))
      .asType(input.type.promoted(with: target.type))
  }

  /// The gradient of ``meanSquaredError(_:_:)`` with respect to its first argument.
  package static func meanSquaredErrorGradient(
    _ input: NDArray, _ target: NDArray
  ) throws(Diagnostic) -> NDArray {
    try checkLoss(input, target)
    let (x, y) = (try input.doubles, try target.doubles)
    return try NDArray(
      shape: input.shape,
      values: [Double](computing: x.count) { 2 * (x[$0] - y[$0]) / Double(input.count) }
    ).asType(input.type)
  }

  private static func checkLoss(_ input: NDArray, _ target: NDArray) throws(Diagnostic) {
    guard input.shape == target.shape else {
      throw Diagnostic(
        "the input has shape \(describe(shape: input.shape)), and the target "
          + describe(shape: target.shape), hint: "make the shapes equal")
    }
    guard input.type.isFloat, target.type.isFloat else {
      throw Diagnostic("input and target must be floating point", hint: "use x.float()")
    }
  }

  /// log softmax of each row, in float64, once the classes are known to fit.
  private static func logLikelihoods(
    _ logits: NDArray, _ classes: [Int]
  ) throws(Diagnostic) -> [Double] {
    guard logits.axisCount == 2 else {
      throw Diagnostic(
        "the logits must have two axes, (samples, classes), and their shape is "
          + describe(shape: logits.shape))
    }
    guard logits.shape[0] == classes.count else {
      throw Diagnostic(
        "there are logits for \(logits.shape[0]) samples, and \(classes.count) classes",
        hint: "give one class for each sample")
    }
    if let label = classes.first(where: { $0 < 0 || $0 >= logits.shape[1] }) {
      throw Diagnostic(
        logits.shape[1] == 0
          ? "the logits have no classes"
          : "the class \(label) is outside of 0 to \(logits.shape[1] - 1)",
        hint: "there is one logit for each class")
    }
    guard logits.type.isFloat else {
      throw Diagnostic("the logits must be floating point", hint: "use x.float()")
    }
    return try logSoftmax(logits.asType(.float64), axis: 1).doubles
  }
}
