import Concurrency
import Messages

extension NDArray {
  /// As `F.group_norm`: each sample's channels in groups, of which each is shifted and scaled to mean
  /// 0 and variance 1; then each channel is multiplied by its weight, and its bias is added.
  ///
  /// - Parameters:
  ///   - input: [N, C, …], floating point.
  ///   - groups: divides C.
  ///   - weight: [C], of the same type; 1 when nil.
  ///   - bias: [C], of the same type; 0 when nil.
  ///   - epsilon: added to the variance.
  package static func groupNorm(
    _ input: NDArray, groups: Int, weight: NDArray? = nil, bias: NDArray? = nil,
    epsilon: Double = 1e-5
  ) throws(Diagnostic) -> NDArray {
    let layout = try GroupLayout(input, groups: groups)
    try checkTypes(input, weight ?? input, bias)
    for (name, array) in [("weight", weight), ("bias", bias)] {
      guard let array, array.shape != [layout.channels] else { continue }
      throw Diagnostic(
        "the \(name) has shape \(describe(shape: array.shape)), and there are "
          + "\(layout.channels) channels", hint: "give one number for each channel")
    }
    return try releasingTemporaries { () throws(Diagnostic) in
      let (factors, offsets) = (try weight?.doubles, try bias?.doubles)
      var values = try input.doubles
      try Budget.forEachChunk(of: layout.count, steps: 8 * layout.size) { range in
        for group in range {
          let (mean, inverse) = layout.moments(of: group, values, epsilon)
          for index in layout.indices(of: group) {
            let channel = layout.channel(of: index)
            values[index] =
              (values[index] - mean) * inverse * (factors?[channel] ?? 1)
              + (offsets?[channel] ?? 0)
          }
        }
      }
      return try NDArray(shape: input.shape, values: values).asType(input.type)
    }
  }

  /// The gradients of ``groupNorm(_:groups:weight:bias:epsilon:)``, given the one of its result.
  package static func groupNormGradients(
    _ gradient: NDArray, input: NDArray, groups: Int, weight: NDArray? = nil,
    epsilon: Double = 1e-5
  ) throws(Diagnostic) -> LayerGradients {
    let layout = try GroupLayout(input, groups: groups)
    try check(gradient, is: input.shape)
    let (dy, x, factors) = (try gradient.doubles, try input.doubles, try weight?.doubles)
    var dx = try [Double](filled: 0, count: x.count)
    var dw = try [Double](filled: 0, count: layout.channels)
    var db = dw
    try Budget.forEachChunk(of: layout.count, steps: 12 * layout.size) { range in
      for group in range {
        let (mean, inverse) = layout.moments(of: group, x, epsilon)
        var (sum, projection) = (0.0, 0.0)
        for index in layout.indices(of: group) {
          let channel = layout.channel(of: index)
          let normalized = (x[index] - mean) * inverse
          dw[channel] += dy[index] * normalized
          db[channel] += dy[index]
          sum += dy[index] * (factors?[channel] ?? 1)
          projection += dy[index] * (factors?[channel] ?? 1) * normalized
        }
        let size = Double(layout.size)
        for index in layout.indices(of: group) {
          let slope = dy[index] * (factors?[layout.channel(of: index)] ?? 1)
          let normalized = (x[index] - mean) * inverse
          dx[index] = inverse * (slope - sum / size - normalized * projection / size)
        }
      }
    }
    return LayerGradients(
      input: try NDArray(shape: input.shape, values: dx).asType(input.type),
      weight: try NDArray(dw).asType(input.type), bias: try NDArray(db).asType(input.type))
  }
}

/// Where the groups of channels of a batch are: side by side.
private struct GroupLayout {
  let channels: Int
  /// Values of one channel of a sample.
  let length: Int
  /// Of all samples.
  let count: Int
  /// Values of one group.
  let size: Int

  init(_ input: NDArray, groups: Int) throws(Diagnostic) {
    guard input.axisCount >= 2 else {
      throw Diagnostic(
        "the input must be (batch, channels, …), but its shape is "
          + NDArray.describe(shape: input.shape))
    }
    guard groups >= 1, input.shape[1] % groups == 0 else {
      throw Diagnostic(
        "\(input.shape[1]) channels cannot be divided into \(groups) groups",
        hint: "num_groups must divide the number of channels")
    }
    channels = input.shape[1]
    length = input.shape[2...].reduce(1, *)
    size = channels / groups * length
    count = size == 0 ? 0 : input.count / size
  }

  func indices(of group: Int) -> Range<Int> { group * size..<(group + 1) * size }

  func channel(of index: Int) -> Int { index / length % channels }

  /// The mean, and 1 / √(variance + ε).
  func moments(
    of group: Int, _ values: [Double], _ epsilon: Double
  ) -> (mean: Double, inverse: Double) {
    let indices = indices(of: group)
    let mean = indices.reduce(0) { $0 + values[$1] } / Double(size)
    let squares = indices.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) }
    return (mean, 1 / (squares / Double(size) + epsilon).squareRoot())
  }
}
