import Compute

/// One sample position of all lanes of a slice.
typealias Lanes = SIMD16<Float>

/// Rows of positions, each as wide as a slice: the channels of all slices, one after the other.
extension UnsafeMutablePointer<Float> {
  subscript(lanes position: Int) -> Lanes {
    get {
      UnsafeRawPointer(self).loadUnaligned(
        fromByteOffset: position * MemoryLayout<Lanes>.size, as: Lanes.self)
    }
    nonmutating set {
      UnsafeMutableRawPointer(self).storeBytes(
        of: newValue, toByteOffset: position * MemoryLayout<Lanes>.size, as: Lanes.self)
    }
  }
}

extension PoolingGeometry {
  /// The greatest sample of each window; nan counts as greatest.
  func greatest(
    rows: Int, input: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      for place in 0..<places {
        let start = row * length + place * stride
        var greatest = input[lanes: start]
        for position in start + 1..<start + kernelSize {
          let value = input[lanes: position]
          greatest.replace(with: value, where: (value .> greatest) .| (value .!= value))
        }
        output[lanes: row * places + place] = greatest
      }
    }
  }

  /// What each maximum gets goes to the first sample that equals it.
  func greatestGradient(
    rows: Int, input: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>,
    gradient: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>
  ) {
    inputGradient.update(repeating: 0, count: rows * length * sliceWidth)
    for row in 0..<rows {
      for place in 0..<places {
        let start = row * length + place * stride
        let greatest = output[lanes: row * places + place]
        var left = gradient[lanes: row * places + place]
        for position in start..<start + kernelSize {
          let isGreatest = input[lanes: position] .== greatest
          inputGradient[lanes: position] += Lanes.zero.replacing(with: left, where: isGreatest)
          left.replace(with: 0, where: isGreatest)
        }
      }
    }
  }

  /// The mean of each window.
  func mean(
    rows: Int, input: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      for place in 0..<places {
        let start = row * length + place * stride
        var sum = Lanes.zero
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
