import Concurrency
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
    return try releasingTemporaries { () throws(Diagnostic) in
      let offsets = try geometry.offsetsOfMaxima(try input.doubles)
      return NDArray(
        shape: [input.shape[0], input.shape[1], geometry.outputLength],
        elements: try input.elements.gathered(at: offsets))
    }
  }

  /// The gradient of ``maxPool1d(_:kernelSize:stride:padding:)``: the gradient of each maximum goes to
  /// the sample that it was, the first one of equals.
  package static func maxPool1dGradient(
    _ gradient: NDArray, input: NDArray, kernelSize: Int, stride: Int? = nil, padding: Int = 0
  ) throws(Diagnostic) -> NDArray {
    let geometry = try PoolingGeometry(
      pooling: input.shape, kernelSize: kernelSize, stride: stride, padding: padding)
    try check(gradient, is: [input.shape[0], input.shape[1], geometry.outputLength])
    var result = try [Double](filled: 0, count: input.count)
    let offsets = try geometry.offsetsOfMaxima(try input.doubles)
    let values = try gradient.doubles
    try Budget.forEachChunk(of: offsets.count) { range in
      for index in range { result[offsets[index]] += values[index] }
    }
    return try NDArray(shape: input.shape, values: result).asType(input.type)
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
    let shape = [input.shape[0], input.shape[1], geometry.outputLength]
    return try releasingTemporaries { () throws(Diagnostic) in
      let x = try input.doubles
      let means = try geometry.mapWindows(x) { (x, window) throws(Diagnostic) in
        let samples = UnsafeBufferPointer(rebasing: x[window])
        return try samples.reduceInChunks(0, +) / Double(kernelSize)
      }
      return try NDArray(shape: shape, values: means).asType(input.type)
    }
  }

  /// The gradient of ``avgPool1d(_:kernelSize:stride:padding:)``: an equal share for each sample.
  package static func avgPool1dGradient(
    _ gradient: NDArray, input: NDArray, kernelSize: Int, stride: Int? = nil, padding: Int = 0
  ) throws(Diagnostic) -> NDArray {
    let geometry = try PoolingGeometry(
      pooling: input.shape, kernelSize: kernelSize, stride: stride, padding: padding)
    try check(gradient, is: [input.shape[0], input.shape[1], geometry.outputLength])
    let dy = try gradient.doubles
    var result = try [Double](filled: 0, count: input.count)
    let windows = geometry.rows * geometry.outputLength
    try Budget.forEachChunk(of: windows, steps: kernelSize) { range in
      for index in range {
        let start = index / geometry.outputLength * geometry.length
        let share = dy[index] / Double(kernelSize)
        for offset in geometry.window(index % geometry.outputLength) {
          result[start + offset] += share
        }
      }
    }
    return try NDArray(shape: input.shape, values: result).asType(input.type)
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
  fileprivate func offsetsOfMaxima(_ x: [Double]) throws(Diagnostic) -> [Int] {
    try mapWindows(x) { (x, window) throws(Diagnostic) in
      var best = window.lowerBound
      try Budget.forEachChunk(of: window.count) { range in
        for offset in range.lazy.map({ window.lowerBound + $0 }) {
          if x[offset] > x[best] || (x[offset].isNaN && !x[best].isNaN) { best = offset }
        }
      }
      return best
    }
  }

  /// One value for each window of each row; `body` gets all samples, and the window's.
  @inline(__always)
  fileprivate func mapWindows<Result>(
    _ x: [Double],
    _ body: (UnsafeBufferPointer<Double>, Range<Int>) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> [Result] {
    let count = rows * outputLength
    return try x.withUnsafeBufferPointer { (x) throws(Diagnostic) in
      try [Result](initializing: count) { (target) throws(Diagnostic) in
        try Budget.forEachChunk(of: count, steps: kernelSize + 8) { (range) throws(Diagnostic) in
          for index in range {
            let start = index / outputLength * length
            let window = window(index % outputLength)
            let value = try body(x, start + window.lowerBound..<start + window.upperBound)
            (target + index).initialize(to: value)
          }
        }
      }
    }
  }
}
