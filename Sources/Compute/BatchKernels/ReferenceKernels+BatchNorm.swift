extension ReferenceKernels {
  package func batchNorm(
    _ share: Share, _ shape: BatchNormShape, _ parameters: BatchNormParameters, isTraining: Bool,
    input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    for channel in share.range(of: shape.channels) {
      var mean = parameters.runningMean[channel]
      var variance = Double(parameters.runningVariance[channel])
      if isTraining {
        let batch = shape.moments(of: channel, input)
        mean = Float(batch.mean)
        variance = batch.variance
        let unbiased = Float(variance * (shape.size / (shape.size - 1)))
        parameters.runningMean[channel] +=
          shape.momentum * (mean - parameters.runningMean[channel])
        parameters.runningVariance[channel] +=
          shape.momentum * (unbiased - parameters.runningVariance[channel])
      }
      let scale = Float(
        Double(parameters.weight[channel]) / (variance + shape.epsilon).squareRoot())
      let bias = SampleLanes(repeating: parameters.bias[channel])
      shape.forEachPosition(of: channel) { position, _ in
        output[lanes: position] = bias.addingProduct(input[lanes: position] - mean, scale)
      }
    }
  }

  package func batchNormGradient(
    _ share: Share, _ shape: BatchNormShape, weight: UnsafePointer<Float>,
    input: UnsafePointer<Float>, gradient: UnsafePointer<Float>,
    weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>?
  ) {
    for channel in share.range(of: shape.channels) {
      let batch = shape.moments(of: channel, input)
      let mean = Float(batch.mean)
      let inverse = Float(1 / (batch.variance + shape.epsilon).squareRoot())
      var sums = SIMD16<Double>.zero
      var projections = SIMD16<Double>.zero
      shape.forEachPosition(of: channel) { position, isEmpty in
        let slope = SIMD16<Double>(gradient[lanes: position].replacing(with: 0, where: isEmpty))
        let normalized = ((input[lanes: position] - mean) * inverse)
          .replacing(with: 0, where: isEmpty)
        sums += slope
        projections.addProduct(slope, SIMD16<Double>(normalized))
      }
      let (sum, projection) = (sums.sumByHalves, projections.sumByHalves)
      weightGradient[channel] += Float(projection)
      biasGradient[channel] += Float(sum)
      guard let inputGradient else { continue }
      let meanGradient = Float(sum / shape.size)
      let meanProjection = Float(projection / shape.size)
      let scale = weight[channel] * inverse
      shape.forEachPosition(of: channel) { position, isEmpty in
        let normalized = (input[lanes: position] - mean) * inverse
        let slope = (gradient[lanes: position] - meanGradient)
          .addingProduct(-normalized, meanProjection)
        inputGradient[lanes: position] = (slope * scale).replacing(with: 0, where: isEmpty)
      }
    }
  }
}

extension BatchNormShape {
  /// Values of a channel.
  fileprivate var size: Double { Double(samples) * Double(length) }

  /// For each position of a channel: where it is, and which of its lanes hold no sample.
  fileprivate func forEachPosition(
    of channel: Int, _ body: (Int, SIMDMask<SampleLanes.MaskStorage>) -> Void
  ) {
    for chunk in 0..<chunkCount(ofBatch: samples) {
      var isEmpty = SIMDMask<SampleLanes.MaskStorage>(repeating: false)
      for lane in 0..<chunkWidth where chunk * chunkWidth + lane >= samples {
        isEmpty[lane] = true
      }
      let start = (chunk * channels + channel) * length
      for position in start..<start + length { body(position, isEmpty) }
    }
  }

  /// Mean and biased variance of a channel.
  fileprivate func moments(
    of channel: Int, _ values: UnsafePointer<Float>
  ) -> (mean: Double, variance: Double) {
    var sum = SIMD16<Double>.zero
    forEachPosition(of: channel) { position, isEmpty in
      sum += SIMD16<Double>(values[lanes: position].replacing(with: 0, where: isEmpty))
    }
    let mean = sum.sumByHalves / size
    var squares = SIMD16<Double>.zero
    forEachPosition(of: channel) { position, isEmpty in
      let distance = (values[lanes: position] - Float(mean)).replacing(with: 0, where: isEmpty)
      squares.addProduct(SIMD16<Double>(distance), SIMD16<Double>(distance))
    }
    return (mean, squares.sumByHalves / size)
  }
}

extension SIMD16<Double> {
  /// As that of ``SampleLanes``.
  var sumByHalves: Double {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}
