import Concurrency
import Messages

extension NDArray {
  /// As `F.max_pool1d`: the largest sample of each window; nan counts as largest. Where dilation
  /// steps over the whole signal it is -inf.
  ///
  /// - Parameter input: [N, C, L], floating point.
  /// - Returns: [N, C, P]; see ``PoolingGeometry``.
  package static func maxPool1d(
    _ input: NDArray, _ parameters: PoolingParameters
  ) throws(Diagnostic) -> NDArray {
    let geometry = try PoolingGeometry(pooling: input, parameters)
    let shape = [input.shape[0], input.shape[1], geometry.outputLength]
    return try releasingTemporaries { () throws(Diagnostic) in
      let x = try input.doubles
      let maxima = try geometry.offsetsOfMaxima(x)
        .mapInChunks { $0.map { x[$0] } ?? -.infinity }
      return try NDArray(shape: shape, values: maxima).asType(input.type)
    }
  }

  /// The gradient of ``maxPool1d(_:_:)``: the gradient of each maximum goes to the sample that it was,
  /// the first one of equals.
  package static func maxPool1dGradient(
    _ gradient: NDArray, input: NDArray, _ parameters: PoolingParameters
  ) throws(Diagnostic) -> NDArray {
    let geometry = try PoolingGeometry(pooling: input.shape, parameters)
    try check(gradient, is: [input.shape[0], input.shape[1], geometry.outputLength])
    var result = try [Double](filled: 0, count: input.count)
    let offsets = try geometry.offsetsOfMaxima(try input.doubles)
    let values = try gradient.doubles
    try Budget.forEachChunk(of: offsets.count) { range in
      for index in range {
        if let offset = offsets[index] { result[offset] += values[index] }
      }
    }
    return try NDArray(shape: input.shape, values: result).asType(input.type)
  }

  /// As `F.avg_pool1d`: the mean of each window; see ``PoolingParameters/countsPadding``.
  ///
  /// - Parameter input: [N, C, L], floating point.
  /// - Returns: [N, C, P]; see ``PoolingGeometry``.
  package static func avgPool1d(
    _ input: NDArray, _ parameters: PoolingParameters
  ) throws(Diagnostic) -> NDArray {
    let geometry = try PoolingGeometry(pooling: input, parameters)
    precondition(parameters.dilation == 1, "the samples of a mean lie side by side")
    let shape = [input.shape[0], input.shape[1], geometry.outputLength]
    return try releasingTemporaries { () throws(Diagnostic) in
      let means = try geometry.mapWindows(try input.doubles) {
        (x, start, window) throws(Diagnostic) in
        let taps = geometry.taps(ofWindow: window)
        let samples = UnsafeBufferPointer(
          rebasing: x[start + taps.lowerBound..<start + taps.upperBound])
        return try samples.reduceInChunks(0, +) / Double(geometry.divisor(ofWindow: window))
      }
      return try NDArray(shape: shape, values: means).asType(input.type)
    }
  }

  /// The gradient of ``avgPool1d(_:_:)``: an equal share for each sample.
  package static func avgPool1dGradient(
    _ gradient: NDArray, input: NDArray, _ parameters: PoolingParameters
  ) throws(Diagnostic) -> NDArray {
    let geometry = try PoolingGeometry(pooling: input.shape, parameters)
    try check(gradient, is: [input.shape[0], input.shape[1], geometry.outputLength])
    let dy = try gradient.doubles
    var result = try [Double](filled: 0, count: input.count)
    let windows = geometry.rows * geometry.outputLength
    try Budget.forEachChunk(of: windows, steps: geometry.kernelSize) { range in
      for index in range {
        let (row, window) = index.quotientAndRemainder(dividingBy: geometry.outputLength)
        let share = dy[index] / Double(geometry.divisor(ofWindow: window))
        for tap in geometry.taps(ofWindow: window) {
          result[row * geometry.length + geometry.position(ofTap: tap, inWindow: window)] += share
        }
      }
    }
    return try NDArray(shape: input.shape, values: result).asType(input.type)
  }

  /// As `F.adaptive_avg_pool1d(input, 1)`: the mean over the length. [N, C, L] becomes [N, C, 1].
  package static func adaptiveAvgPool1d(_ input: NDArray) throws(Diagnostic) -> NDArray {
    try avgPool1d(input, PoolingParameters(kernelSize: input.shape.last ?? 0))
  }

  /// The gradient of ``adaptiveAvgPool1d(_:)``.
  package static func adaptiveAvgPool1dGradient(
    _ gradient: NDArray, input: NDArray
  ) throws(Diagnostic) -> NDArray {
    try avgPool1dGradient(
      gradient, input: input, PoolingParameters(kernelSize: input.shape.last ?? 0))
  }
}

extension PoolingGeometry {
  /// - Throws: when no window fits, or the elements are not floating point.
  package init(pooling input: NDArray, _ parameters: PoolingParameters) throws(Diagnostic) {
    try self.init(pooling: input.shape, parameters)
    try NDArray.checkTypes(input, input)
  }

  /// Where the maximum of each window stands among all samples; nil for a window without samples.
  fileprivate func offsetsOfMaxima(_ x: [Double]) throws(Diagnostic) -> [Int?] {
    let dilation = parameters.dilation
    return try mapWindows(x) { (x, start, window) throws(Diagnostic) in
      let taps = taps(ofWindow: window)
      guard !taps.isEmpty else { return nil }
      var best = start + taps.lowerBound * dilation
      try Budget.forEachChunk(of: taps.count) { range in
        for index in range {
          let offset = start + (taps.lowerBound + index) * dilation
          if x[offset] > x[best] || (x[offset].isNaN && !x[best].isNaN) { best = offset }
        }
      }
      return best
    }
  }

  /// One value for each window of each row; `body` gets all samples, where the window starts among
  /// them, and its number in the row.
  @inline(__always)
  fileprivate func mapWindows<Result>(
    _ x: [Double],
    _ body: (UnsafeBufferPointer<Double>, Int, Int) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> [Result] {
    let count = rows * outputLength
    return try x.withUnsafeBufferPointer { (x) throws(Diagnostic) in
      try [Result](initializing: count) { (target) throws(Diagnostic) in
        try Budget.forEachChunk(of: count, steps: kernelSize + 8) { (range) throws(Diagnostic) in
          for index in range {
            let (row, window) = index.quotientAndRemainder(dividingBy: outputLength)
            let start = row * length + position(ofTap: 0, inWindow: window)
            (target + index).initialize(to: try body(x, start, window))
          }
        }
      }
    }
  }
}
