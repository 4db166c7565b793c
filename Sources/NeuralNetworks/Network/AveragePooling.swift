import Compute

extension PoolingGeometry {
  /// The mean of each window.
  func mean(
    rows: Int, input: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      for place in 0..<places {
        let start = row * length + place * stride
        var sum = SampleLanes.zero
        for position in start..<start + kernelSize { sum += input[lanes: position] }
        output[lanes: row * places + place] = sum / Float(kernelSize)
      }
    }
  }

  /// An equal share for each sample of a window.
  func meanGradient(
    rows: Int, gradient: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>
  ) {
    inputGradient.update(repeating: 0, count: rows * length * sliceWidth)
    for row in 0..<rows {
      for place in 0..<places {
        let start = row * length + place * stride
        let share = gradient[lanes: row * places + place] / Float(kernelSize)
        for position in start..<start + kernelSize { inputGradient[lanes: position] += share }
      }
    }
  }
}
