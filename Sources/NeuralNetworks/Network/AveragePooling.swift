import Compute

extension PoolingGeometry {
  /// The mean of each window.
  func mean(
    rows: Int, input: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      for index in 0..<outputLength {
        let start = row * length + index * stride
        var sum = SampleLanes.zero
        for position in start..<start + kernelSize { sum += input[lanes: position] }
        output[lanes: row * outputLength + index] = sum / Float(kernelSize)
      }
    }
  }

  /// An equal share for each sample of a window.
  func meanGradient(
    rows: Int, gradient: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>
  ) {
    inputGradient.update(repeating: 0, count: rows * length * chunkWidth)
    for row in 0..<rows {
      for index in 0..<outputLength {
        let start = row * length + index * stride
        let share = gradient[lanes: row * outputLength + index] / Float(kernelSize)
        for position in start..<start + kernelSize { inputGradient[lanes: position] += share }
      }
    }
  }
}
