import CCUDAKernels
import Compute
import NeuralNetworks

/// A network as the training kernel reads it: its operations, and where each finds its signals in a
/// sample.
struct CardLayers {
  private(set) var layers: [etude_cuda_layer] = []
  /// Numbers of one sample in all layers.
  private(set) var sampleSize: Int
  /// Numbers of a sample that are kept lane by lane, for the gradients of weights.
  private(set) var publishedSize = 0
  /// Numbers that BatchNorms keep of a batch.
  private(set) var normCount = 0
  /// Bytes of the masks of one sample.
  private(set) var maskSize = 0
  let firstLayer: Int
  /// Where the network's outputs start in a sample.
  private(set) var output: Int

  init(_ network: Network) {
    sampleSize = network.input.size
    firstLayer =
      network.operations.firstIndex { $0.weight != nil } ?? network.operations.count
    // By their offsets in a chunk: several operations may read one region.
    var starts = [network.input.offset: 0]
    output = 0
    for (index, operation) in network.operations.enumerated() {
      output = take(operation.output.size)
      starts[operation.output.offset] = output
      append(
        operation, input: starts[operation.input.offset]!,
        clearsReLU: network.clearsReLU(after: index))
    }
  }

  private mutating func take(_ size: Int) -> Int {
    defer { sampleSize += size }
    return sampleSize
  }

  private mutating func append(
    _ operation: Network.Operation, input: Int, clearsReLU: Bool
  ) {
    var layer = etude_cuda_layer()
    layer.input = Int32(input)
    layer.output = Int32(output)
    layer.input_channels = Int32(operation.input.channels)
    layer.input_length = Int32(operation.input.length)
    layer.output_channels = Int32(operation.output.channels)
    layer.output_length = Int32(operation.output.length)
    layer.clears_relu = clearsReLU ? 1 : 0
    layer.weight = Int32(operation.weight ?? -1)
    layer.bias = Int32(operation.bias ?? -1)
    layer.groups = 1
    switch operation.kind {
    case .convolution(let convolution, let isTransposed, let relu):
      layer.set(
        isTransposed
          ? etude_cuda_transposed_convolution_layer : etude_cuda_convolution_layer)
      layer.set(convolution.geometry, hasReLU: relu)
      publish(&layer, operation)
    case .linear(let convolution, _, let relu):
      layer.set(etude_cuda_linear_layer)
      layer.set(convolution.geometry, hasReLU: relu)
    case .activation(let activation):
      layer.set(etude_cuda_activation_layer)
      layer.set(activation)
    case .maxPool(let geometry):
      layer.set(etude_cuda_max_pool_layer)
      layer.set(geometry.parameters)
      layer.scratch = Int32(take(operation.output.size))
    case .averagePool(let geometry):
      layer.set(etude_cuda_average_pool_layer)
      layer.set(geometry.parameters)
    case .dropout(let probability, let mask):
      layer.set(etude_cuda_dropout_layer)
      layer.mask = probability > 0 ? Int32(maskSize) : -1
      layer.scale = 1 / Float(1 - probability)
      if probability > 0 { maskSize += mask.size }
    case .batchNorm(let normalization):
      layer.set(etude_cuda_batch_norm_layer)
      layer.statistics = Int32(normalization.statistics)
      layer.epsilon = normalization.epsilon
      layer.momentum = Float(normalization.momentum)
      layer.norms = Int32(normCount)
      normCount += etude_cuda_batch_norm_size * operation.input.channels
    case .groupNorm(let groups, let epsilon, _):
      layer.set(etude_cuda_group_norm_layer)
      layer.groups = Int32(groups)
      layer.epsilon = epsilon
      layer.scratch = Int32(take(2 * groups))
    }
    layers.append(layer)
  }

  /// Finds room for the copies of a convolution's input and of its output's gradient.
  private mutating func publish(
    _ layer: inout etude_cuda_layer, _ operation: Network.Operation
  ) {
    layer.published_input = Int32(publishedSize)
    layer.published_slope = Int32(publishedSize + operation.input.size)
    publishedSize += operation.input.size + operation.output.size
  }
}

extension Network.Region {
  /// Numbers of one sample.
  fileprivate var size: Int { channels * length }
}

extension etude_cuda_layer {
  fileprivate mutating func set(_ kind: etude_cuda_layer_kind) { self.kind = Int32(kind.rawValue) }

  fileprivate mutating func set(_ geometry: ConvolutionGeometry, hasReLU: Bool) {
    has_relu = hasReLU ? 1 : 0
    groups = Int32(geometry.parameters.groups)
    kernel_size = Int64(geometry.kernelSize)
    stride = Int64(geometry.parameters.stride)
    padding = Int64(geometry.parameters.padding)
    dilation = Int64(geometry.parameters.dilation)
  }

  fileprivate mutating func set(_ parameters: PoolingParameters) {
    kernel_size = Int64(parameters.kernelSize)
    stride = Int64(parameters.stride)
    padding = Int64(parameters.padding)
    dilation = Int64(parameters.dilation)
    counts_padding = parameters.countsPadding ? 1 : 0
  }

  fileprivate mutating func set(_ activation: Activation) {
    let kind: etude_cuda_activation
    switch activation {
    case .relu: kind = etude_cuda_activation_relu
    case .tanh: kind = etude_cuda_activation_tanh
    case .sigmoid: kind = etude_cuda_activation_sigmoid
    case .gelu(.none): kind = etude_cuda_activation_gelu
    case .gelu(.tanh): kind = etude_cuda_activation_gelu_tanh
    case .leakyReLU(let slope):
      kind = etude_cuda_activation_leaky_relu
      parameter = Float(slope)
    case .elu(let alpha):
      kind = etude_cuda_activation_elu
      parameter = Float(alpha)
    case .silu: kind = etude_cuda_activation_silu
    }
    self.activation = Int32(kind.rawValue)
  }
}

extension etude_cuda_step {
  /// - Parameter memory: what becomes of what the optimiser remembers first.
  init(_ step: OptimizerStep, memory: etude_cuda_memory) {
    self.init()
    self.memory = Int32(memory.rawValue)
    switch step {
    case .sgd(let rate, let momentum, let share, let nesterov, let weightDecay):
      optimizer = Int32(etude_cuda_sgd.rawValue)
      self.rate = rate
      self.momentum = momentum
      self.share = share
      is_nesterov = nesterov ? 1 : 0
      weight_decay = weightDecay
    case .asgd(let rate, let decay, let average, let weightDecay):
      optimizer = Int32(etude_cuda_asgd.rawValue)
      self.rate = rate
      self.decay = decay
      self.average = average
      weight_decay = weightDecay
    case .adam(
      let step, let correction, let share1, let share2, let keep2, let epsilon, let keep,
      let weightDecay):
      optimizer = Int32(etude_cuda_adam.rawValue)
      rate = step
      self.correction = correction
      self.share1 = share1
      self.share2 = share2
      self.keep2 = keep2
      self.epsilon = epsilon
      self.keep = keep
      weight_decay = weightDecay
    }
  }
}
