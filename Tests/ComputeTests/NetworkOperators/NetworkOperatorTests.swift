import Compute
import Messages
import Testing

@Suite("Operators of networks")
struct NetworkOperatorTests {
  private func result(_ call: OperatorCase, _ type: ElementType) throws -> NDArray {
    let x = try call["x"].asType(type)
    return switch call.name {
    case "max_pool1d": try NDArray.maxPool1d(x, call.pooling)
    case "avg_pool1d": try NDArray.avgPool1d(x, call.pooling)
    case "group_norm":
      try NDArray.groupNorm(
        x, groups: call.options["num_groups"] ?? 1, weight: call["w"].asType(type),
        bias: call["b"].asType(type))
    case "adaptive_avg_pool1d": try NDArray.adaptiveAvgPool1d(x)
    case "softmax": try NDArray.softmax(x, axis: call.options["dim"] ?? -1)
    case "linear":
      try NDArray.linear(x, weight: call["w"].asType(type), bias: call["b"].asType(type))
    case "mse_loss": try NDArray.meanSquaredError(x, call["w"].asType(type))
    case "cross_entropy":
      try NDArray.crossEntropy(
        logits: x, classes: call["target"].values(), weight: call.arrays["weight"]?.asType(type),
        labelSmoothing: Double(call.options["tenths"] ?? 0) / 10)
    default: try NDArray.applying(try activation(call.name), x)
    }
  }

  private func activation(_ name: String) throws -> Activation {
    try #require(Activation.allCases.first { $0.functionName == name })
  }

  /// The gradients that PyTorch gives, by its names.
  private func gradients(
    _ call: OperatorCase, _ type: ElementType
  ) throws -> [String: NDArray] {
    let x = try call["x"].asType(type)
    let y = try result(call, type)
    // Of a loss it is 1 unless the case says otherwise.
    let dy = try call.arrays["dy"]?.asType(type) ?? NDArray(scalar: 1.0)
    switch call.name {
    case "max_pool1d": return ["dx": try .maxPool1dGradient(dy, input: x, call.pooling)]
    case "avg_pool1d": return ["dx": try .avgPool1dGradient(dy, input: x, call.pooling)]
    case "group_norm":
      let gradients = try NDArray.groupNormGradients(
        dy, input: x, groups: call.options["num_groups"] ?? 1, weight: call["w"].asType(type))
      return ["dx": gradients.input, "dw": gradients.weight, "db": gradients.bias]
    case "adaptive_avg_pool1d": return ["dx": try .adaptiveAvgPool1dGradient(dy, input: x)]
    case "softmax": return ["dx": try .softmaxGradient(dy, output: y)]
    case "linear":
      let gradients = try NDArray.linearGradients(dy, input: x, weight: call["w"].asType(type))
      return ["dx": gradients.input, "dw": gradients.weight, "db": gradients.bias]
    case "mse_loss":
      let slope = try NDArray.meanSquaredErrorGradient(x, call["w"].asType(type))
      return ["dx": try .binary(.multiply, .array(slope), .array(dy))]
    case "cross_entropy":
      return [
        "dx": try .crossEntropyGradient(
          logits: x, classes: call["target"].values(),
          weight: call.arrays["weight"]?.asType(type),
          labelSmoothing: Double(call.options["tenths"] ?? 0) / 10)
      ]
    default:
      return ["dx": try .gradient(of: try activation(call.name), dy, input: x, output: y)]
    }
  }

  @Test("Forward and backward are PyTorch's")
  func agreeWithPyTorch() throws {
    let calls = try (OperatorCase.oddShapes() + OperatorCase.lessonSizes())
      .filter { !$0.name.hasPrefix("conv") }
    #expect(calls.count > 100)
    for call in calls {
      if call.isError {
        #expect(throws: Diagnostic.self, "\(call)") { try result(call, .float64) }
        continue
      }
      for (type, tolerance) in [(ElementType.float64, 1e-12), (.float32, 1e-5)] {
        let expected = try call["y"].asType(type)
        // The fixture writes a loss with one axis.
        let y = try result(call, type).withShape(expected.shape)
        #expect(
          agreesWithPeak(y, expected, relative: tolerance),
          "\(call.name) with \(call.options) in \(type)")
        for (name, array) in try gradients(call, type) {
          #expect(
            agreesWithPeak(array, try call[name].asType(type), relative: tolerance),
            "\(name) of \(call.name) with \(call.options) in \(type)")
        }
      }
    }
  }

  @Test("Gradients are slopes")
  func gradientsAreSlopes() throws {
    let x = noise([2, 3, 8])
    func check(
      _ name: String, _ f: (NDArray) throws -> NDArray,
      _ gradient: (_ dy: NDArray, _ y: NDArray) throws -> NDArray
    ) throws {
      let y = try f(x)
      let dy = noise(y.shape, seed: 2)
      let slope = try numericalGradient(at: x, times: dy, f)
      #expect(agreesWithPeak(try gradient(dy, y), slope, relative: 1e-8), "\(name)")
    }
    var windows = PoolingParameters(kernelSize: 3, stride: 2, padding: 1, ceilMode: true)
    windows.countsPadding = false
    try check("avg_pool1d", { try .avgPool1d($0, windows) }) { dy, _ in
      try .avgPool1dGradient(dy, input: x, windows)
    }
    windows.dilation = 2
    try check("max_pool1d", { try .maxPool1d($0, windows) }) { dy, _ in
      try .maxPool1dGradient(dy, input: x, windows)
    }
    try check("group_norm", { try .groupNorm($0, groups: 3) }) { dy, _ in
      try NDArray.groupNormGradients(dy, input: x, groups: 3).input
    }
    let w = noise([4, 8], seed: 5)
    try check("linear", { try .linear($0, weight: w) }) { dy, _ in
      try NDArray.linearGradients(dy, input: x, weight: w).input
    }
    try check("softmax", { try .softmax($0, axis: -1) }) { dy, y in
      try .softmaxGradient(dy, output: y)
    }
    for activation in Activation.allCases + [.gelu(approximation: .tanh), .elu(alpha: 0.5)] {
      try check("\(activation)", { try .applying(activation, $0) }) { dy, y in
        try .gradient(of: activation, dy, input: x, output: y)
      }
    }
    let logits = x.withShape([6, 8])
    let classes = [0, 7, 3, 3, 1, 2]
    let one = NDArray(scalar: 1.0)
    #expect(
      agreesWithPeak(
        try .crossEntropyGradient(logits: logits, classes: classes),
        try numericalGradient(at: logits, times: one) {
          try .crossEntropy(logits: $0, classes: classes)
        }, relative: 1e-8))
  }

  @Test("Closed forms")
  func closedForms() throws {
    // Guessing among three classes costs ln 3.
    let guess = try NDArray.crossEntropy(logits: NDArray.zeros([5, 3]), classes: [0, 1, 2, 0, 1])
    #expect(try abs(guess.doubles[0] - 1.0986122886681098) < 1e-15)
    // Logits so large that exp overflows.
    let sure = NDArray(shape: [1, 2], values: [1000.0, 0])
    #expect(try NDArray.softmax(sure, axis: 1).doubles == [1, 0])
    #expect(try NDArray.logSoftmax(sure, axis: 1).doubles == [0, -1000])
    // Along the first axis.
    let columns = try NDArray.softmax(NDArray(shape: [2, 1], values: [0.0, 0]), axis: 0)
    #expect(try columns.doubles == [0.5, 0.5])
    #expect(try NDArray.applying(.relu, NDArray([-1.0, .nan, 2])).doubles[1].isNaN)
  }

  @Test("What does not fit is said")
  func sentences() throws {
    #expect(
      throws: Diagnostic(
        "the signal's length is 3, and a window of 4 does not fit",
        hint: "pool fewer times, or in shorter windows")
    ) {
      try NDArray.maxPool1d(noise([1, 1, 3]), PoolingParameters(kernelSize: 4))
    }
    #expect(throws: Diagnostic.self) {
      try NDArray.maxPool1d(noise([1, 1, 3]), PoolingParameters(kernelSize: .max))
    }
    #expect(throws: Diagnostic.self) {
      try NDArray.maxPool1d(
        noise([1, 1, 3]), PoolingParameters(kernelSize: .max, padding: .max / 2))
    }
    #expect(throws: Diagnostic.self) {
      try NDArray.avgPool1d(
        NDArray.zeros([1, 1, 1 << 20]), PoolingParameters(kernelSize: 1 << 19, stride: 1))
    }
    #expect(throws: Diagnostic.self) {
      try NDArray.avgPool1d(noise([1, 1, 3]), PoolingParameters(kernelSize: 4, padding: 3))
    }
    #expect(
      throws: Diagnostic(
        "the class 3 is outside of 0 to 2", hint: "there is one logit for each class")
    ) {
      try NDArray.crossEntropy(logits: noise([1, 3]), classes: [3])
    }
    #expect(throws: Diagnostic.self) { try NDArray.linear(noise([2, 3]), weight: noise([4, 2])) }
    #expect(throws: Diagnostic.self) {
      try NDArray.linear(noise([2, 3]), weight: noise([4, 3]).asType(.float32))
    }
  }
}
