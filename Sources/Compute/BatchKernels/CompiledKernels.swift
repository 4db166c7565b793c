import CKernels

/// The kernels of CKernels, compiled for one instruction set.
package struct CompiledKernels: BatchKernels {
  package let name: String
  package var isFused: Bool { functions.is_fused != 0 }
  private let functions: etude_kernels

  private init?(_ name: String, _ functions: UnsafePointer<etude_kernels>?) {
    guard let functions else { return nil }
    self.name = name
    self.functions = functions.pointee
  }

  private init(_ name: String, _ functions: etude_kernels) {
    self.name = name
    self.functions = functions
  }

  static let baseline = CompiledKernels("baseline", etude_kernels_baseline)
  static let avx2 = CompiledKernels("avx2", etude_kernels_avx2())
  static let avx512 = CompiledKernels("avx512", etude_kernels_avx512())

  package func loadSamples(
    _ share: Share, _ indices: UnsafeBufferPointer<Int>, size: Int, of data: UnsafePointer<Float>,
    into chunks: UnsafeMutablePointer<Float>
  ) {
    functions.load_samples(
      share.shape, indices.count, indices.baseAddress, size, data, chunks)
  }

  // MARK: Convolutions and linear layers

  package func convForward(
    _ share: Share, _ plan: ConvolutionPlan, chunks: Int, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, relu: Bool, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>, claims: UnsafeMutableBufferPointer<Float>?
  ) {
    var shape = plan.shape
    shape.chunks = chunks
    plan.taps.withUnsafeBufferPointer { taps in
      plan.columns.withUnsafeBufferPointer { columns in
        for run in plan.runs {
          functions.conv_forward(
            share.shape, &shape, UnsafeBufferPointer(rebasing: taps[run.taps]).baseAddress,
            run.taps.count, UnsafeBufferPointer(rebasing: columns[run.columns]).baseAddress,
            run.columns.count, weights, bias, relu ? 1 : 0, input, output, claims?.baseAddress,
            claims?.count ?? 0)
        }
      }
    }
  }

  package func weightGradient(
    _ share: Share, _ plan: WeightGradientPlan, chunks: Int, outputs: UnsafePointer<Float>,
    signal: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, chunkStride: Int
  ) {
    var shape = plan.shape
    shape.chunks = chunks
    functions.weight_gradient(
      share.shape, &shape, plan.spans, outputs, signal, gradient, chunkStride)
  }

  package func transpose(
    _ share: Share, _ shape: LinearShape, input: UnsafePointer<Float>,
    transposed: UnsafeMutablePointer<Float>
  ) {
    var shape = etude_linear_gradient(shape)
    functions.transpose(share.shape, &shape, input, transposed)
  }

  package func linearGradient(
    _ share: Share, _ shape: LinearShape, outputs: UnsafePointer<Float>,
    transposed: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, adds: Bool,
    parameters: UnsafeMutablePointer<Float>?
  ) {
    var shape = etude_linear_gradient(shape)
    functions.linear_gradient(
      share.shape, &shape, outputs, transposed, gradient, adds ? 1 : 0, parameters)
  }

  package func biasGradient(
    _ share: Share, channels: Int, length: Int, chunks: Int, values: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>, chunkStride: Int
  ) {
    functions.bias_gradient(
      share.shape, channels, chunks, length * chunkWidth, values, gradient, chunkStride)
  }

  package func addChunks(
    _ chunks: Int, count: Int, sums: UnsafePointer<Float>, chunkStride: Int,
    gradient: UnsafeMutablePointer<Float>
  ) {
    functions.add_chunks(count, chunks, sums, chunkStride, gradient)
  }

  // MARK: Pooling

  package func maxPool(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    var shape = etude_pooling(geometry, rows: rows)
    functions.max_pool(share.shape, &shape, input, output)
  }

  package func maxPoolGradient(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafePointer<Float>, gradient: UnsafePointer<Float>, relu: Bool,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    var shape = etude_pooling(geometry, rows: rows)
    functions.max_pool_gradient(
      share.shape, &shape, input, output, gradient, relu ? 1 : 0, inputGradient)
  }

  package func averagePool(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    var shape = etude_pooling(geometry, rows: rows)
    functions.average_pool(share.shape, &shape, input, output)
  }

  package func averagePoolGradient(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, gradient: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    var shape = etude_pooling(geometry, rows: rows)
    functions.average_pool_gradient(share.shape, &shape, gradient, inputGradient)
  }

  // MARK: One value at a time

  package func reluGradient(
    _ share: Share, positions: Int, output: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>
  ) {
    functions.relu_gradient(share.shape, positions * chunkWidth, output, gradient)
  }

  package func multiply(
    _ share: Share, positions: Int, values: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    products: UnsafeMutablePointer<Float>
  ) {
    functions.multiply(share.shape, positions * chunkWidth, values, factors, products)
  }

  package func activate(
    _ share: Share, _ activation: Activation, positions: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    let (function, parameter) = activation.compiled
    functions.activate(
      share.shape, function, parameter, positions * chunkWidth, input, output)
  }

  package func activationGradient(
    _ share: Share, _ activation: Activation, positions: Int, gradient: UnsafePointer<Float>,
    input: UnsafePointer<Float>, output: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    let (function, parameter) = activation.compiled
    functions.activation_gradient(
      share.shape, function, parameter, positions * chunkWidth, gradient, input, output,
      inputGradient)
  }

  // MARK: BatchNorm

  package func batchNorm(
    _ share: Share, _ shape: BatchNormShape, _ parameters: BatchNormParameters, isTraining: Bool,
    input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    var shape = etude_batch_norm(shape)
    functions.batch_norm(
      share.shape, &shape, parameters.weight, parameters.bias, parameters.runningMean,
      parameters.runningVariance, isTraining ? 1 : 0, input, output)
  }

  package func batchNormGradient(
    _ share: Share, _ shape: BatchNormShape, weight: UnsafePointer<Float>,
    input: UnsafePointer<Float>, gradient: UnsafePointer<Float>,
    weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>?
  ) {
    var shape = etude_batch_norm(shape)
    functions.batch_norm_gradient(
      share.shape, &shape, weight, input, gradient, weightGradient, biasGradient, inputGradient)
  }

  // MARK: GroupNorm

  package func groupNorm(
    _ share: Share, _ shape: GroupNormShape, _ parameters: GroupNormParameters?,
    input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
    statistics: UnsafeMutablePointer<Float>
  ) {
    var shape = etude_group_norm(shape)
    functions.group_norm(
      share.shape, &shape, parameters?.weight, parameters?.bias, input, output, statistics)
  }

  package func groupNormGradient(
    _ share: Share, _ shape: GroupNormShape, weight: UnsafePointer<Float>?,
    statistics: UnsafePointer<Float>, input: UnsafePointer<Float>,
    gradient: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>?,
    biasGradient: UnsafeMutablePointer<Float>?, inputGradient: UnsafeMutablePointer<Float>?
  ) {
    var shape = etude_group_norm(shape)
    functions.group_norm_gradient(
      share.shape, &shape, weight, statistics, input, gradient, weightGradient, biasGradient,
      inputGradient)
  }

  // MARK: Loss and optimisers

  package func crossEntropy(
    _ targets: CrossEntropyTargets, labels: UnsafeBufferPointer<Int32>,
    logits: UnsafePointer<Float>, probabilities: UnsafeMutablePointer<Double>,
    losses: UnsafeMutablePointer<Double>
  ) {
    targets.withShape(samples: labels.count) { shape in
      functions.cross_entropy(&shape, logits, labels.baseAddress, probabilities, losses)
    }
  }

  package func crossEntropyGradient(
    _ targets: CrossEntropyTargets, labels: UnsafeBufferPointer<Int32>,
    probabilities: UnsafePointer<Double>, divisor: Double, gradient: UnsafeMutablePointer<Float>
  ) {
    targets.withShape(samples: labels.count) { shape in
      functions.cross_entropy_gradient(
        &shape, labels.baseAddress, probabilities, divisor, gradient)
    }
  }

  package func step(
    _ share: Share, _ step: OptimizerStep, count: Int, gradients: UnsafePointer<Float>,
    first: UnsafeMutablePointer<Float>?, second: UnsafeMutablePointer<Float>?,
    parameters: UnsafeMutablePointer<Float>
  ) {
    switch step {
    case .sgd(let rate, let momentum, let velocityShare, let nesterov, let weightDecay):
      var settings = etude_sgd(
        rate: rate, momentum: momentum, share: velocityShare, weight_decay: weightDecay,
        nesterov: nesterov ? 1 : 0)
      functions.sgd(share.shape, &settings, count, gradients, first, parameters)
    case .asgd(let rate, let decay, let average, let weightDecay):
      var settings = etude_asgd(
        rate: rate, decay: decay, average: average, weight_decay: weightDecay)
      functions.asgd(share.shape, &settings, count, gradients, first, parameters)
    case .adam(
      let step, let correction, let share1, let share2, let keep2, let epsilon, let keep,
      let weightDecay):
      var settings = etude_adam(
        step: step, correction: correction, share1: share1, share2: share2, keep2: keep2,
        epsilon: epsilon, keep: keep, weight_decay: weightDecay)
      functions.adam(share.shape, &settings, count, gradients, first, second, parameters)
    }
  }
}

extension etude_pooling {
  fileprivate init(_ geometry: PoolingGeometry, rows: Int) {
    self.init(
      rows: rows, length: geometry.length, outputs: geometry.outputLength,
      size: geometry.kernelSize, stride: geometry.parameters.stride,
      padding: geometry.parameters.padding, dilation: geometry.parameters.dilation,
      counts_padding: geometry.parameters.countsPadding ? 1 : 0)
  }
}

extension etude_linear_gradient {
  fileprivate init(_ shape: LinearShape) {
    self.init(
      outputs: shape.outputs, inputs: shape.inputs, samples: shape.samples, row: shape.row)
  }
}

extension etude_batch_norm {
  fileprivate init(_ shape: BatchNormShape) {
    self.init(
      channels: shape.channels, length: shape.length, samples: shape.samples,
      epsilon: shape.epsilon, momentum: shape.momentum)
  }
}

extension etude_group_norm {
  fileprivate init(_ shape: GroupNormShape) {
    self.init(
      channels: shape.channels, groups: shape.groups, length: shape.length,
      samples: shape.samples, epsilon: shape.epsilon)
  }
}

extension CrossEntropyTargets {
  fileprivate func withShape(samples: Int, _ body: (inout etude_cross_entropy) -> Void) {
    own.withUnsafeBufferPointer { own in
      shared.withUnsafeBufferPointer { shared in
        sums.withUnsafeBufferPointer { sums in
          var shape = etude_cross_entropy(
            classes: classCount, samples: samples, own: own.baseAddress,
            shared: shared.baseAddress, sums: sums.baseAddress, is_smoothed: isSmoothed ? 1 : 0)
          body(&shape)
        }
      }
    }
  }
}

extension Activation {
  /// With the parameter of those that have one.
  fileprivate var compiled: (etude_activation, Float) {
    switch self {
    case .relu: (etude_relu, 0)
    case .tanh: (etude_tanh, 0)
    case .sigmoid: (etude_sigmoid, 0)
    case .gelu(.none): (etude_gelu, 0)
    case .gelu(.tanh): (etude_gelu_tanh, 0)
    case .leakyReLU(let slope): (etude_leaky_relu, Float(slope))
    case .elu(let alpha): (etude_elu, Float(alpha))
    case .silu: (etude_silu, 0)
    }
  }
}
