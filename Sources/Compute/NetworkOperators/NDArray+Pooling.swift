import Messages

extension NDArray {
  /// As `F.max_pool1d`: the largest sample of each window; nan counts as largest.
  ///
  /// - Parameter input: [N, C, L], floating point.
  /// - Returns: [N, C, P]; see ``PoolingGeometry``.
  package static func maxPool1d(
    _ input: NDArray, kernelSize: Int, stride: Int? = nil, padding: Int = 0
  ) throws(Diagnostic) -> NDArray {
    let geometry = try PoolingGeometry(
      pooling: input.shape, kernelSize: kernelSize, stride: stride, padding: padding)
    try checkTypes(input, input)
    let offsets = geometry.offsetsOfMaxima(input.doubles)
    return NDArray(
      shape: [input.shape[0], input.shape[1], geometry.outputLength],
      elements: input.elements.gathered(at: offsets))
  }

  /// The gradient of ``maxPool1d(_:kernelSize:stride:padding:)``: the gradient of each maximum goes to
  /// the sample that it was, the first one of equals.
  package static func maxPool1dGradient(
    _ gradient: NDArray, input: NDArray, kernelSize: Int, stride: Int? = nil, padding: Int = 0
  ) throws(Diagnostic) -> NDArray {
    let geometry = try PoolingGeometry(
      pooling: input.shape, kernelSize: kernelSize, stride: stride, padding: padding)
    try check(gradient, is: [input.shape[0], input.shape[1], geometry.outputLength])
    var result = [Double](repeating: 0, count: input.count)
    let offsets = geometry.offsetsOfMaxima(input.doubles)
    for (offset, value) in zip(offsets, gradient.doubles) { result[offset] += value }
    return NDArray(shape: input.shape, values: result).asType(input.type)
  }

  /// As `F.avg_pool1d`: the mean of each window. Samples that padding adds are zeros, and count.
  ///
  /// - Parameter input: [N, C, L], floating point.
  /// - Returns: [N, C, P]; see ``PoolingGeometry``.
  package static func avgPool1d(
    _ input: NDArray, kernelSize: Int, stride: Int? = nil, padding: Int = 0
  ) throws(Diagnostic) -> NDArray {
    let geometry = try PoolingGeometry(
      pooling: input.shape, kernelSize: kernelSize, stride: stride, padding: padding)
    try checkTypes(input, input)
    let x = input.doubles
    var result: [Double] = []
    result.reserveCapacity(geometry.rows * geometry.outputLength)
    for row in 0..<geometry.rows {
      for index in 0..<geometry.outputLength {
        let sum = geometry.window(index).reduce(0) { $0 + x[row * geometry.length + $1] }
        result.append(sum / Double(kernelSize))
      }
    }
    let shape = [input.shape[0], input.shape[1], geometry.outputLength]
    return NDArray(shape: shape, values: result).asType(input.type)
  }

  /// The gradient of ``avgPool1d(_:kernelSize:stride:padding:)``: an equal share for each sample.
  package static func avgPool1dGradient(
    _ gradient: NDArray, input: NDArray, kernelSize: Int, stride: Int? = nil, padding: Int = 0
  ) throws(Diagnostic) -> NDArray {
    let geometry = try PoolingGeometry(
      pooling: input.shape, kernelSize: kernelSize, stride: stride, padding: padding)
    try check(gradient, is: [input.shape[0], input.shape[1], geometry.outputLength])
    let dy = gradient.doubles
    var result = [Double](repeating: 0, count: input.count)
    for row in 0..<geometry.rows {
      for index in 0..<geometry.outputLength {
        let share = dy[row * geometry.outputLength + index] / Double(kernelSize)
        for index in geometry.window(index) { result[row * geometry.length + index] += share }
      }
    }
    return NDArray(shape: input.shape, values: result).asType(input.type)
  }

  /// As `F.adaptive_avg_pool1d(input, 1)`: the mean over the length. [N, C, L] becomes [N, C, 1].
  package static func adaptiveAvgPool1d(_ input: NDArray) throws(Diagnostic) -> NDArray {
    try avgPool1d(input, kernelSize: input.shape.last ?? 0)
  }

  /// The gradient of ``adaptiveAvgPool1d(_:)``.
  package static func adaptiveAvgPool1dGradient(
    _ gradient: NDArray, input: NDArray
  ) throws(Diagnostic) -> NDArray {
    try avgPool1dGradient(gradient, input: input, kernelSize: input.shape.last ?? 0)
  }
}

extension PoolingGeometry {
  /// Where the maximum of each window stands among all samples.
  fileprivate func offsetsOfMaxima(_ x: [Double]) -> [Int] {
    var offsets: [Int] = []
    offsets.reserveCapacity(rows * outputLength)
    for row in 0..<rows {
      for index in 0..<outputLength {
        let window = window(index)
        var best = row * length + window.lowerBound
        for index in window {
          let offset = row * length + index
          if x[offset] > x[best] || (x[offset].isNaN && !x[best].isNaN) { best = offset }
        }
        offsets.append(best)
      }
    }
    return offsets
  }
}
