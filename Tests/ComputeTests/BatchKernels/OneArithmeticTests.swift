import Compute
import Testing

/// docs/arithmetic.md: every set of kernels that can fuse products and sums gives the bits of the plain
/// loops, with any number of threads.
@Suite("One arithmetic")
struct OneArithmeticTests {
  private static let fused = AvailableKernels.all.filter(\.isFused).map(\.name)
  private static let reference = ReferenceKernels()

  private func kernels(_ name: String) throws -> any BatchKernels {
    try #require(AvailableKernels.all.first { $0.name == name })
  }

  /// Runs the work as several threads would, one after the other, and as one thread; with the
  /// reference, too.
  private func expectSameBits(
    _ name: String, _ what: String, outputs count: Int,
    _ work: (any BatchKernels, Share, UnsafeMutablePointer<Float>) -> Void
  ) throws {
    var expected = [Float](repeating: 0.25, count: count)
    work(Self.reference, .all, &expected)
    for threads in [1, 2, 3, 7] {
      var values = [Float](repeating: 0.25, count: count)
      for index in 0..<threads { work(try kernels(name), Share(index, of: threads), &values) }
      let differs = values.indices.first {
        // The sign and payload of a nan are not fixed.
        values[$0].bitPattern != expected[$0].bitPattern
          && !(values[$0].isNaN && expected[$0].isNaN)
      }
      #expect(differs == nil, "\(what), \(threads) threads")
    }
  }

  /// Shapes around the sizes of tiles, drawn from a fixed seed.
  private static let convolutions: [ConvolutionGeometry] = {
    var random = PyTorchGenerator(seed: 3)
    func pick(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(random.uniform(0, Float(range.count)))
    }
    return (0..<40).compactMap { _ in
      let groups = pick(1...3)
      let (inputs, outputs) = (groups * pick(1...9), groups * pick(1...14))
      var parameters = ConvolutionParameters(
        stride: pick(1...3), padding: pick(0...4), dilation: pick(1...2), groups: groups)
      parameters.rightPadding += pick(0...2)
      return try? ConvolutionGeometry(
        convolving: [pick(1...40), inputs, pick(1...50)],
        weight: [outputs, inputs / groups, pick(1...9)], parameters)
    }
  }()

  @Test("Convolutions", arguments: fused)
  func convolutions(name: String) throws {
    #expect(Self.convolutions.count > 15)
    for geometry in Self.convolutions {
      let convolution = BatchConvolution(geometry)
      let chunks = chunkCount(ofBatch: geometry.batchSize)
      let inputs = chunks * geometry.inputChannels * geometry.length * chunkWidth
      let outputs = chunks * geometry.outputChannels * geometry.outputLength * chunkWidth
      let weightCount =
        geometry.outputChannels * geometry.inputChannelsPerGroup * geometry.kernelSize
      let (x, dy) = (numbers(inputs, seed: 1), numbers(outputs, seed: 2))
      let weights = numbers(weightCount, seed: 3)
      let bias = numbers(geometry.outputChannels, seed: 4)
      for relu in [false, true] {
        try expectSameBits(name, "forward of \(geometry)", outputs: outputs) {
          $0.convForward(
            $1, convolution.forward, chunks: chunks, weights: weights, bias: bias, relu: relu,
            input: x, output: $2, claims: nil)
        }
      }
      try expectSameBits(name, "input gradient of \(geometry)", outputs: inputs) {
        $0.convForward(
          $1, convolution.transposed, chunks: chunks, weights: weights, bias: nil, relu: false,
          input: dy, output: $2, claims: nil)
      }
      try expectSameBits(name, "weight gradient of \(geometry)", outputs: weightCount) {
        $0.weightGradient(
          $1, convolution.weightGradient, chunks: chunks, outputs: dy, signal: x, gradient: $2,
          chunkStride: 0)
      }
      try expectSameBits(
        name, "bias gradient of \(geometry)", outputs: geometry.outputChannels
      ) {
        $0.biasGradient(
          $1, channels: geometry.outputChannels, length: geometry.outputLength, chunks: chunks,
          values: dy, gradient: $2, chunkStride: 0)
      }
    }
  }

  @Test("Samples side by side", arguments: fused)
  func loadedSamples(name: String) throws {
    for (size, count) in [(1, 1), (16, 16), (128, 64), (17, 33), (40, 7), (3, 50)] {
      let data = numbers(60 * size, seed: 4)
      let indices = (0..<count).map { ($0 * 37 + 5) % 60 }
      let outputs = chunkCount(ofBatch: count) * size * chunkWidth
      try expectSameBits(name, "\(count) samples of \(size)", outputs: outputs) {
        kernels, share, chunks in
        indices.withUnsafeBufferPointer {
          kernels.loadSamples(share, $0, size: size, of: data, into: chunks)
        }
      }
    }
  }

  @Test("Linear layers", arguments: fused)
  func linearLayers(name: String) throws {
    for (inputs, outputs, samples) in [
      (1, 1, 1), (16, 3, 16), (17, 5, 33), (224, 64, 64), (100, 13, 40), (700, 3, 20),
    ] {
      let shape = LinearShape(inputs: inputs, outputs: outputs, samples: samples)
      let chunks = chunkCount(ofBatch: samples)
      let x = numbers(chunks * inputs * chunkWidth, seed: 5)
      let dy = numbers(chunks * outputs * chunkWidth, seed: 6)
      let size = chunks * chunkWidth * shape.row
      try expectSameBits(name, "transpose of \(shape)", outputs: size) {
        $0.transpose($1, shape, input: x, transposed: $2)
      }
      var transposed = [Float](repeating: 0, count: size)
      Self.reference.transpose(.all, shape, input: x, transposed: &transposed)
      for adds in [true, false] {
        try expectSameBits(name, "gradient of \(shape), \(adds)", outputs: inputs * outputs) {
          [transposed] in
          $0.linearGradient(
            $1, shape, outputs: dy, transposed: transposed, gradient: $2, adds: adds,
            parameters: nil)
        }
      }
    }
  }

  @Test("Pooling", arguments: fused)
  func pooling(name: String) throws {
    let windows: [(length: Int, PoolingParameters)] = [
      (12, .init(kernelSize: 2)), (13, .init(kernelSize: 3, stride: 2)),
      (9, .init(kernelSize: 3, stride: 1)), (10, .init(kernelSize: 2, stride: 4)),
      (11, .init(kernelSize: 4, stride: 5, padding: 2, ceilMode: true)),
      (11, .init(kernelSize: 3, padding: 1, ceilMode: true, countsPadding: false)),
      (10, .init(kernelSize: 5, stride: 2, padding: 2, ceilMode: true)),
      (2, .init(kernelSize: 4, stride: 3, padding: 2, ceilMode: true, countsPadding: false)),
    ]
    // Means take no dilation.
    let dilated: [(length: Int, PoolingParameters)] = [
      (11, .init(kernelSize: 3, stride: 7, padding: 1, dilation: 2, ceilMode: true)),
      (1, .init(kernelSize: 2, stride: 1, padding: 1, dilation: 2)),
    ]
    for (length, parameters) in windows + dilated {
      let geometry = try PoolingGeometry(pooling: [1, 1, length], parameters)
      let (rows, outputs) = (5, 5 * geometry.outputLength * chunkWidth)
      let x = numbers(rows * length * chunkWidth, seed: 7).map { ($0 * 4).rounded() }
      // -0 must not come out of a gradient in one of them only.
      let dy = numbers(outputs, seed: 8).map { abs($0) < 0.2 ? -0.0 : $0 }
      var y = [Float](repeating: 0, count: outputs)
      Self.reference.maxPool(.all, geometry, rows: rows, input: x, output: &y)
      try expectSameBits(name, "maxima", outputs: outputs) {
        $0.maxPool($1, geometry, rows: rows, input: x, output: $2)
      }
      for relu in [false, true] {
        try expectSameBits(name, "gradient of maxima, \(relu)", outputs: x.count) { [y] in
          $0.maxPoolGradient(
            $1, geometry, rows: rows, input: x, output: y, gradient: dy, relu: relu,
            inputGradient: $2)
        }
      }
      guard parameters.dilation == 1 else { continue }
      try expectSameBits(name, "means", outputs: outputs) {
        $0.averagePool($1, geometry, rows: rows, input: x, output: $2)
      }
      try expectSameBits(name, "gradient of means", outputs: x.count) {
        $0.averagePoolGradient($1, geometry, rows: rows, gradient: dy, inputGradient: $2)
      }
    }
  }

  @Test("Activations", arguments: fused)
  func activations(name: String) throws {
    let special: [Float] = [
      0, -0.0, .nan, .infinity, -.infinity, 88.7, 88.73, 89, 1e9, -87.3, -87.34, -88, -104, -1e9,
      .greatestFiniteMagnitude, 0.625, -0.625, 0.5, 1, 4, 5, -4, -5, .leastNormalMagnitude,
    ]
    let x = special + numbers(16 * 64 - special.count, seed: 9).map { $0 * 12 }
    let dy = numbers(x.count, seed: 10)
    var all = Activation.allCases
    all += [.gelu(approximation: .tanh), .leakyReLU(negativeSlope: 0.3), .elu(alpha: 0.7)]
    for activation in all {
      let y = x.map { activation($0) }
      try expectSameBits(name, "\(activation)", outputs: x.count) {
        $0.activate($1, activation, positions: x.count / chunkWidth, input: x, output: $2)
      }
      try expectSameBits(name, "gradient of \(activation)", outputs: x.count) {
        $0.activationGradient(
          $1, activation, positions: x.count / chunkWidth, gradient: dy, input: x, output: y,
          inputGradient: $2)
      }
    }
    try expectSameBits(name, "gradient of a fused relu", outputs: x.count) {
      kernels, share, values in
      kernels.reluGradient(share, positions: x.count / chunkWidth, output: x, gradient: values)
    }
    try expectSameBits(name, "products", outputs: x.count) {
      $0.multiply($1, positions: x.count / chunkWidth, values: x, factors: dy, products: $2)
    }
  }

  @Test("BatchNorm", arguments: fused)
  func batchNorm(name: String) throws {
    for (channels, length, samples) in [(1, 1, 2), (3, 7, 16), (8, 5, 37)] {
      let shape = BatchNormShape(
        channels: channels, length: length, samples: samples, epsilon: 1e-5, momentum: 0.1)
      let size = chunkCount(ofBatch: samples) * channels * length * chunkWidth
      let (x, dy) = (numbers(size, seed: 11), numbers(size, seed: 12))
      let (weight, bias) = (numbers(channels, seed: 13), numbers(channels, seed: 14))
      for isTraining in [true, false] {
        // Outputs, then running means and variances.
        try expectSameBits(name, "\(shape)", outputs: size + 2 * channels) {
          let parameters = BatchNormParameters(
            weight: weight, bias: bias, runningMean: $2 + size,
            runningVariance: $2 + size + channels)
          $0.batchNorm($1, shape, parameters, isTraining: isTraining, input: x, output: $2)
        }
      }
      try expectSameBits(name, "gradient of \(shape)", outputs: size + 2 * channels) {
        $0.batchNormGradient(
          $1, shape, weight: weight, input: x, gradient: dy, weightGradient: $2 + size,
          biasGradient: $2 + size + channels, inputGradient: $2)
      }
    }
  }

  @Test("GroupNorm", arguments: fused)
  func groupNorm(name: String) throws {
    for (channels, groups, length, samples) in [
      (1, 1, 3, 1), (6, 3, 7, 16), (8, 2, 5, 37), (4, 4, 1, 20),
    ] {
      let shape = GroupNormShape(
        channels: channels, groups: groups, length: length, samples: samples,
        epsilon: length == 1 ? 0.1 : 0)
      let size = shape.chunks * channels * length * chunkWidth
      let (x, dy) = (numbers(size, seed: 17), numbers(size, seed: 18))
      let (weight, bias) = (numbers(channels, seed: 19), numbers(channels, seed: 20))
      let statisticsSize = 2 * shape.chunks * groups * chunkWidth
      for isAffine in [true, false] {
        try weight.withUnsafeBufferPointer { weight in
          try bias.withUnsafeBufferPointer { bias in
            let parameters =
              isAffine
              ? GroupNormParameters(weight: weight.baseAddress!, bias: bias.baseAddress!) : nil
            // Outputs, then statistics.
            try expectSameBits(name, "\(shape)", outputs: size + statisticsSize) {
              $0.groupNorm($1, shape, parameters, input: x, output: $2, statistics: $2 + size)
            }
            var output = [Float](repeating: 0, count: size)
            var statistics = [Float](repeating: 0, count: statisticsSize)
            Self.reference.groupNorm(
              .all, shape, parameters, input: x, output: &output, statistics: &statistics)
            // Gradients of the input, then of weight and bias.
            try expectSameBits(name, "gradient of \(shape)", outputs: size + 2 * channels) {
              [statistics] in
              $0.groupNormGradient(
                $1, shape, weight: parameters?.weight, statistics: statistics, input: x,
                gradient: dy, weightGradient: isAffine ? $2 + size : nil,
                biasGradient: isAffine ? $2 + size + channels : nil, inputGradient: $2)
            }
          }
        }
      }
    }
  }

  @Test("Cross-entropy", arguments: fused)
  func crossEntropy(name: String) throws {
    for (classes, samples, smoothing, isWeighted) in [
      (1, 1, 0, false), (3, 64, 0, false), (10, 37, 0, true), (3, 64, 0.1, false),
      (7, 40, 0.3, true), (2, 5, 1, true),
    ] {
      let weights = numbers(classes, seed: 21).map { Double(abs($0)) }
      let targets = CrossEntropyTargets(
        classes: classes, weights: isWeighted ? weights : nil, labelSmoothing: smoothing)
      let size = chunkCount(ofBatch: samples) * classes * chunkWidth
      let logits = numbers(size, seed: 15).map { $0 * 40 }
      let labels = (0..<samples).map { Int32($0 * 7 % classes) }
      var results: [[UInt64]] = []
      for kernels in [Self.reference, try kernels(name)] as [any BatchKernels] {
        var probabilities = [Double](repeating: 0, count: size)
        var losses = [Double](repeating: 0, count: samples)
        var gradient = [Float](repeating: 7, count: size)
        labels.withUnsafeBufferPointer { labels in
          kernels.crossEntropy(
            targets, labels: labels, logits: logits, probabilities: &probabilities,
            losses: &losses)
          kernels.crossEntropyGradient(
            targets, labels: labels, probabilities: probabilities,
            divisor: targets.weightSum(of: labels), gradient: &gradient)
        }
        results.append(losses.map(\.bitPattern) + gradient.map { UInt64($0.bitPattern) })
      }
      #expect(results[0] == results[1], "\(classes) classes, \(samples) samples")
    }
  }

  @Test("Optimisers", arguments: fused)
  func optimizers(name: String) throws {
    let steps: [OptimizerStep] = [
      .sgd(rate: 0.1, momentum: 0.9, share: 0.5, nesterov: true, weightDecay: 0.01),
      .sgd(rate: 0.1, momentum: 0.9, share: 1, nesterov: false, weightDecay: 0),
      .asgd(rate: 0.01, decay: 0.999, average: 0.3, weightDecay: 0.1),
      .adam(
        step: 0.001, correction: 0.03, share1: 0.1, share2: 0.001, keep2: 0.999, epsilon: 1e-8,
        keep: 1, weightDecay: 0.02),
      .adam(
        step: 0.001, correction: 0.03, share1: 0.1, share2: 0.001, keep2: 0.999, epsilon: 1e-8,
        keep: 0.99, weightDecay: 0),
    ]
    for step in steps {
      for count in [1, 16, 100] {
        let gradients = numbers(count, seed: 16)
        try expectSameBits(name, "\(step)", outputs: 3 * count) {
          $0.step(
            $1, step, count: count, gradients: gradients, first: $2 + count,
            second: $2 + 2 * count, parameters: $2)
        }
      }
    }
  }
}

/// From -1 to 1.
private func numbers(_ count: Int, seed: UInt64) -> [Float] {
  var random = PyTorchGenerator(seed: seed)
  return (0..<count).map { _ in random.uniform(-1, 1) }
}
