/// Padding is left out of every window, not read as zeros.
extension ReferenceKernels {
  package func maxPool(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    for row in share.range(of: rows) {
      for index in 0..<geometry.outputLength {
        var largest = SampleLanes(repeating: -.infinity)
        for tap in geometry.taps(ofWindow: index) {
          let position = geometry.position(ofTap: tap, inWindow: index)
          let value = input[lanes: row * geometry.length + position]
          largest.replace(with: value, where: (value .> largest) .| (value .!= value))
        }
        output[lanes: row * geometry.outputLength + index] = largest
      }
    }
  }

  package func maxPoolGradient(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafePointer<Float>, gradient: UnsafePointer<Float>, relu: Bool,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    for row in share.range(of: rows) {
      for position in 0..<geometry.length {
        inputGradient[lanes: row * geometry.length + position] = .zero
      }
      for index in 0..<geometry.outputLength {
        let largest = output[lanes: row * geometry.outputLength + index]
        var left = gradient[lanes: row * geometry.outputLength + index]
        if relu { left.replace(with: 0, where: .!(largest .> 0)) }
        for tap in geometry.taps(ofWindow: index) {
          let at = row * geometry.length + geometry.position(ofTap: tap, inWindow: index)
          let isLargest = input[lanes: at] .== largest
          inputGradient[lanes: at] += SampleLanes.zero.replacing(with: left, where: isLargest)
          left.replace(with: 0, where: isLargest)
        }
      }
    }
  }

  package func averagePool(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    for row in share.range(of: rows) {
      for index in 0..<geometry.outputLength {
        var sum = SampleLanes.zero
        for tap in geometry.taps(ofWindow: index) {
          let position = geometry.position(ofTap: tap, inWindow: index)
          sum += input[lanes: row * geometry.length + position]
        }
        output[lanes: row * geometry.outputLength + index] =
          sum / Float(geometry.divisor(ofWindow: index))
      }
    }
  }

  package func averagePoolGradient(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, gradient: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    for row in share.range(of: rows) {
      for position in 0..<geometry.length {
        inputGradient[lanes: row * geometry.length + position] = .zero
      }
      for index in 0..<geometry.outputLength {
        let part =
          gradient[lanes: row * geometry.outputLength + index]
          / Float(geometry.divisor(ofWindow: index))
        for tap in geometry.taps(ofWindow: index) {
          let position = geometry.position(ofTap: tap, inWindow: index)
          inputGradient[lanes: row * geometry.length + position] += part
        }
      }
    }
  }
}
