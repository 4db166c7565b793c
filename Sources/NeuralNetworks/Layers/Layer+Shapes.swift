import Compute
import Messages

extension Layer {
  /// The shape that a leaf makes of one sample.
  ///
  /// - Parameters:
  ///   - source: what gives the shape, for the message: "Flatten()", "the input".
  ///   - name: of the leaf.
  /// - Throws: when it does not take the shape, or makes more of it than an array may hold.
  func outputShape(
    of shape: [Int], from source: String, name: String
  ) throws(Diagnostic) -> [Int] {
    let result = try uncheckedOutputShape(of: shape, from: source, name: name)
    do {
      _ = try NDArray.checkedCount(shape: result, type: .float32)
    } catch {
      throw Diagnostic("\(label(name)): \(error.message)", hint: error.hint)
    }
    return result
  }

  private func uncheckedOutputShape(
    of shape: [Int], from source: String, name: String
  ) throws(Diagnostic) -> [Int] {
    switch self {
    case .conv1d, .convTranspose1d:
      let geometry = try convolutionGeometry(of: shape, from: source, name: name)
      return isTransposed
        ? [geometry.inputChannels, geometry.length]
        : [geometry.outputChannels, geometry.outputLength]
    case .linear(let inputs, let outputs, _):
      guard shape.count == 1 else {
        throw Diagnostic(
          "\(subject(name)) takes \(inputs) \(inputs == 1 ? "feature" : "features"), and "
            + "\(source) gives channels × length, "
            + text(shape), hint: "put nn.Flatten() in front of it")
      }
      guard shape[0] == inputs else {
        throw Diagnostic(
          "\(subject(name)) takes \(inputs) \(inputs == 1 ? "feature" : "features"), and "
            + "\(source) gives \(shape[0])",
          hint: "in_features must be \(shape[0])")
      }
      return [outputs]
    case .maxPool1d, .avgPool1d:
      let geometry = try poolingGeometry(of: shape, from: source, name: name)
      return [shape[0], geometry.outputLength]
    case .adaptiveAvgPool1d:
      try checkAxes(shape, from: source, name: name)
      return [shape[0], 1]
    case .flatten: return [shape.reduce(1, *)]
    case .batchNorm1d(let features, _, _):
      try check(channels: features, "num_features", of: shape, from: source, name: name)
      return shape
    case .groupNorm(_, let channels, _, _):
      try check(channels: channels, "num_channels", of: shape, from: source, name: name)
      return shape
    case .activation, .dropout, .sequential: return shape
    }
  }

  /// Of a convolution, a transposed one, or a linear layer; of one sample.
  func convolutionGeometry(
    of shape: [Int], from source: String, name: String
  ) throws(Diagnostic) -> ConvolutionGeometry {
    var signal = [1] + shape
    let weight: [Int]
    var parameters = ConvolutionParameters()
    switch self {
    case .conv1d(let sizes), .convTranspose1d(let sizes):
      try checkAxes(shape, from: source, name: name)
      guard shape[0] == sizes.inputChannels else {
        throw Diagnostic(
          "\(subject(name)) takes \(sizes.inputChannels) "
            + "\(sizes.inputChannels == 1 ? "channel" : "channels"), and \(source) gives "
            + "\(shape[0])", hint: "in_channels must be \(shape[0])")
      }
      weight = sizes.weightShape(isTransposed: isTransposed)
      parameters = try sizes.parameters()
    case .linear(let inputs, let outputs, _):
      signal = [1, inputs, 1]
      weight = [outputs, inputs, 1]
    default: preconditionFailure("\(code) has no convolution")
    }
    do {
      return isTransposed
        ? try ConvolutionGeometry(transposing: signal, weight: weight, parameters)
        : try ConvolutionGeometry(convolving: signal, weight: weight, parameters)
    } catch {
      throw Diagnostic("\(label(name)): \(error.message)", hint: error.hint)
    }
  }

  private var isTransposed: Bool {
    if case .convTranspose1d = self { true } else { false }
  }

  /// Of a pooling; of one sample.
  func poolingGeometry(
    of shape: [Int], from source: String, name: String
  ) throws(Diagnostic) -> PoolingGeometry {
    let parameters: PoolingParameters
    switch self {
    case .maxPool1d(let windows), .avgPool1d(let windows): parameters = windows
    default: preconditionFailure("\(code) is not a pooling")
    }
    try checkAxes(shape, from: source, name: name)
    do {
      return try PoolingGeometry(pooling: [1] + shape, parameters)
    } catch {
      throw Diagnostic("\(label(name)): \(error.message)", hint: error.hint)
    }
  }

  /// - Parameter parameter: what gives the number of channels that the layer takes.
  private func check(
    channels: Int, _ parameter: String, of shape: [Int], from source: String, name: String
  ) throws(Diagnostic) {
    guard shape.first == channels else {
      throw Diagnostic(
        "\(subject(name)) takes \(channels) \(channels == 1 ? "channel" : "channels"), "
          + "and \(source) gives \(shape.first ?? 0)",
        hint: "\(parameter) must be \(shape.first ?? 0)")
    }
  }

  private func checkAxes(
    _ shape: [Int], from source: String, name: String
  ) throws(Diagnostic) {
    guard shape.count == 2 else {
      throw Diagnostic(
        "\(subject(name)) takes channels × length, and \(source) gives \(text(shape)), a shape "
          + "without channels", hint: "put it in front of nn.Flatten()")
    }
  }

  /// A shape in messages.
  private func text(_ shape: [Int]) -> String {
    "[" + shape.map { "\($0)" }.joined(separator: ", ") + "]"
  }

  /// - Throws: when it is not that of a sample.
  static func check(sampleShape: [Int]) throws(Diagnostic) {
    let rule = "a sample is [channels, length] or [features], each at least 1"
    guard 1...2 ~= sampleShape.count, sampleShape.allSatisfy({ $0 > 0 }) else {
      throw Diagnostic("\(rule), and not \(NDArray.describe(shape: sampleShape))")
    }
    do {
      _ = try NDArray.checkedCount(shape: sampleShape, type: .float32)
    } catch {
      throw Diagnostic(error.message, hint: error.hint)
    }
  }
}
