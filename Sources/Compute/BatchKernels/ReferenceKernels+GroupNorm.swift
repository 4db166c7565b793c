extension ReferenceKernels {
  package func groupNorm(
    _ share: Share, _ shape: GroupNormShape, _ parameters: GroupNormParameters?,
    input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
    statistics: UnsafeMutablePointer<Float>
  ) {
    for unit in share.range(of: shape.chunks * shape.groups) {
      let positions = unit * shape.groupSize..<(unit + 1) * shape.groupSize
      var sum = SIMD16<Double>.zero
      for position in positions { sum += SIMD16<Double>(input[lanes: position]) }
      let mean = SampleLanes(sum / Double(shape.groupSize))
      var squares = SIMD16<Double>.zero
      for position in positions {
        let distance = SIMD16<Double>(input[lanes: position] - mean)
        squares.addProduct(distance, distance)
      }
      let variance = squares / Double(shape.groupSize)
      let inverse = SampleLanes(1 / (variance + shape.epsilon).squareRoot())
      statistics[lanes: 2 * unit] = mean
      statistics[lanes: 2 * unit + 1] = inverse
      let isEmpty = shape.emptyLanes(ofChunk: unit / shape.groups)
      for position in positions {
        let normalized = (input[lanes: position] - mean) * inverse
        let channel = position / shape.length % shape.channels
        let scaled =
          parameters.map {
            SampleLanes(repeating: $0.bias[channel])
              .addingProduct(normalized, SampleLanes(repeating: $0.weight[channel]))
          } ?? normalized
        // Without a sample and ε it is nan, and weight gradients would be, too.
        output[lanes: position] = scaled.replacing(with: 0, where: isEmpty)
      }
    }
  }

  package func groupNormGradient(
    _ share: Share, _ shape: GroupNormShape, weight: UnsafePointer<Float>?,
    statistics: UnsafePointer<Float>, input: UnsafePointer<Float>,
    gradient: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>?,
    biasGradient: UnsafeMutablePointer<Float>?, inputGradient: UnsafeMutablePointer<Float>?
  ) {
    func normalized(_ position: Int, _ unit: Int) -> SampleLanes {
      (input[lanes: position] - statistics[lanes: 2 * unit]) * statistics[lanes: 2 * unit + 1]
    }
    if let weightGradient, let biasGradient {
      for channel in share.range(of: shape.channels) {
        var sums = SIMD16<Double>.zero
        var projections = SIMD16<Double>.zero
        for chunk in 0..<shape.chunks {
          let isEmpty = shape.emptyLanes(ofChunk: chunk)
          let unit = chunk * shape.groups + channel * shape.groups / shape.channels
          let start = (chunk * shape.channels + channel) * shape.length
          for position in start..<start + shape.length {
            let slope = gradient[lanes: position].replacing(with: 0, where: isEmpty)
            let x = normalized(position, unit).replacing(with: 0, where: isEmpty)
            sums += SIMD16<Double>(slope)
            projections.addProduct(SIMD16<Double>(slope), SIMD16<Double>(x))
          }
        }
        weightGradient[channel] += Float(projections.sumByHalves)
        biasGradient[channel] += Float(sums.sumByHalves)
      }
    }
    guard let inputGradient else { return }
    for unit in share.range(of: shape.chunks * shape.groups) {
      let positions = unit * shape.groupSize..<(unit + 1) * shape.groupSize
      func slope(_ position: Int) -> SampleLanes {
        guard let weight else { return gradient[lanes: position] }
        return gradient[lanes: position] * weight[position / shape.length % shape.channels]
      }
      var sums = SIMD16<Double>.zero
      var projections = SIMD16<Double>.zero
      for position in positions {
        let slope = SIMD16<Double>(slope(position))
        sums += slope
        projections.addProduct(slope, SIMD16<Double>(normalized(position, unit)))
      }
      let meanSlope = SampleLanes(sums / Double(shape.groupSize))
      let meanProjection = SampleLanes(projections / Double(shape.groupSize))
      let isEmpty = shape.emptyLanes(ofChunk: unit / shape.groups)
      for position in positions {
        let difference = (slope(position) - meanSlope)
          .addingProduct(-normalized(position, unit), meanProjection)
        inputGradient[lanes: position] = (difference * statistics[lanes: 2 * unit + 1])
          .replacing(with: 0, where: isEmpty)
      }
    }
  }
}

extension GroupNormShape {
  /// Those without a sample.
  fileprivate func emptyLanes(ofChunk chunk: Int) -> SIMDMask<SIMD16<Int32>> {
    var isEmpty = SIMDMask<SIMD16<Int32>>(repeating: false)
    for lane in 0..<chunkWidth where chunk * chunkWidth + lane >= samples { isEmpty[lane] = true }
    return isEmpty
  }
}
