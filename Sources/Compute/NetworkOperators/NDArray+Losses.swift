import Concurrency
import Messages

extension NDArray {
  /// As `F.cross_entropy`: the mean of -log softmax(logits)[class] over the samples.
  ///
  /// - Parameters:
  ///   - logits: [N, classes], floating point.
  ///   - classes: of each sample, from 0.
  ///   - weight: how much each class counts, [classes], of the same type; the mean is then weighted.
  ///   - labelSmoothing: the part of each target that is spread over all classes, 0 … 1.
  /// - Returns: an array without axes. Guessing gives log(classes).
  package static func crossEntropy(
    logits: NDArray, classes: [Int], weight: NDArray? = nil, labelSmoothing: Double = 0
  ) throws(Diagnostic) -> NDArray {
    let likelihoods = try logLikelihoods(logits, classes)
    let width = logits.shape[1]
    let targets = try targets(for: logits, weight, labelSmoothing)
    var sum = 0.0
    try Budget.forEachChunk(of: classes.count, steps: targets.isSmoothed ? width : 1) { range in
      for sample in range {
        let label = classes[sample]
        sum -= targets.own[label] * likelihoods[sample * width + label]
        guard targets.isSmoothed else { continue }
        for index in 0..<width {
          sum -= targets.shared[index] * likelihoods[sample * width + index]
        }
      }
    }
    return try NDArray(scalar: sum / targets.weightSum(of: classes)).asType(logits.type)
  }

  /// The gradient of ``crossEntropy(logits:classes:weight:labelSmoothing:)``: the probabilities, less
  /// the targets, which are 1 at the class, divided by the number of samples; or in proportion to the
  /// weights.
  package static func crossEntropyGradient(
    logits: NDArray, classes: [Int], weight: NDArray? = nil, labelSmoothing: Double = 0
  ) throws(Diagnostic) -> NDArray {
    _ = try logLikelihoods(logits, classes)
    let width = logits.shape[1]
    let targets = try targets(for: logits, weight, labelSmoothing)
    let divisor = targets.weightSum(of: classes)
    var values = try softmax(logits.asType(.float64), axis: 1).doubles
    try Budget.forEachChunk(of: classes.count, steps: width) { range in
      for sample in range {
        let label = classes[sample]
        for index in 0..<width {
          let target = targets.shared[index] + (index == label ? targets.own[index] : 0)
          let at = sample * width + index
          values[at] = (targets.sums[label] * values[at] - target) / divisor
        }
      }
    }
    return try NDArray(shape: logits.shape, values: values).asType(logits.type)
  }

  /// - Throws: when the weights do not fit the classes, or the smoothing is not a fraction.
  private static func targets(
    for logits: NDArray, _ weight: NDArray?, _ labelSmoothing: Double
  ) throws(Diagnostic) -> CrossEntropyTargets {
    guard labelSmoothing >= 0, labelSmoothing <= 1 else {
      throw Diagnostic("label_smoothing is \(labelSmoothing), but must be between 0 and 1")
    }
    let classes = logits.shape[1]
    guard let weight else {
      return CrossEntropyTargets(classes: classes, labelSmoothing: labelSmoothing)
    }
    guard weight.shape == [classes] else {
      throw Diagnostic(
        "the weight has shape \(describe(shape: weight.shape)), and there "
          + (classes == 1 ? "is 1 class" : "are \(classes) classes"),
        hint: "give one weight for each class")
    }
    try checkTypes(logits, weight)
    return CrossEntropyTargets(
      classes: classes, weights: try weight.doubles, labelSmoothing: labelSmoothing)
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
