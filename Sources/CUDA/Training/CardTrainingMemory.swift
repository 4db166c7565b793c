import CCUDAKernels
import Compute
import NeuralNetworks

/// The memory of a training on a card that is taken once, and what is copied to and from it.
final class CardTrainingMemory {
  let plan: TrainingPlan
  private let stream: Stream
  let layers: CardLayers
  /// Samples that are computed at a time.
  let slots: Int

  private let layerList: DeviceMemory
  private let parameters, gradients, first, second, statistics: DeviceMemory
  private let values, slopes, published, norms: DeviceMemory
  private let inputs, labels: DeviceMemory
  private let own, shared, sums: DeviceMemory
  private let probabilities, losses: DeviceMemory
  private let testInputs, testLabels, testLosses, testCorrect: DeviceMemory?
  private let barrier: DeviceMemory

  init(_ plan: TrainingPlan, _ card: Card, _ stream: Stream) throws(CUDAFailure) {
    self.plan = plan
    self.stream = stream
    let (network, targets) = (plan.network, plan.targets)
    layers = CardLayers(network)
    slots = max(plan.batchSize, min(plan.test?.count ?? 0, network.testBatchSize))
    func floats(_ count: Int) throws(CUDAFailure) -> DeviceMemory { try card.allocate(4 * count) }

    layerList = try card.allocate(layers.layers, on: stream)
    parameters = try floats(network.parameterCount)
    gradients = try floats(network.parameterCount)
    first = try floats(network.parameterCount)
    second = try floats(network.parameterCount)
    statistics = try floats(network.statisticCount)
    values = try floats(slots * layers.sampleSize)
    slopes = try floats(slots * layers.sampleSize)
    let width = Int(etude_cuda_chunk_width)
    published = try floats((slots + width - 1) / width * width * layers.publishedSize)
    norms = try floats(layers.normCount)
    inputs = try card.allocate(plan.data.inputs, on: stream)
    labels = try card.allocate(plan.data.labels.map { Int32($0) }, on: stream)
    own = try card.allocate(targets.own, on: stream)
    shared = try card.allocate(targets.shared, on: stream)
    sums = try card.allocate(targets.sums, on: stream)
    probabilities = try card.allocate(8 * slots * targets.classCount)
    losses = try card.allocate(8 * slots)
    if let test = plan.test {
      testInputs = try card.allocate(test.inputs, on: stream)
      testLabels = try card.allocate(test.labels.map { Int32($0) }, on: stream)
      testLosses = try card.allocate(8 * test.count)
      testCorrect = try card.allocate(4 * test.count)
    } else {
      (testInputs, testLabels, testLosses, testCorrect) = (nil, nil, nil, nil)
    }
    barrier = try card.allocate(8)
  }

  /// Copies the numbers at the end of an epoch to the card.
  func upload(_ state: TrainingState) throws(CUDAFailure) {
    func copy(_ values: [Float], to memory: DeviceMemory) throws(CUDAFailure) {
      // What the optimiser does not remember yet is 0.
      guard !values.isEmpty else { return try stream.clear(memory) }
      try values.withUnsafeBufferPointer { (values) throws(CUDAFailure) in
        try stream.copy(UnsafeRawBufferPointer(values), to: memory)
      }
    }
    try copy(state.weights.parameters, to: parameters)
    try copy(state.weights.statistics, to: statistics)
    try copy(state.optimizer.first, to: first)
    try copy(state.optimizer.second, to: second)
  }

  /// Copies the numbers at the end of an epoch from the card.
  func download(
    into state: inout TrainingState, _ end: PreparedEpochs.End
  ) throws(CUDAFailure) {
    func copy(_ memory: DeviceMemory, to values: inout [Float]) throws(CUDAFailure) {
      try values.withUnsafeMutableBufferPointer { (values) throws(CUDAFailure) in
        try stream.copy(memory, to: UnsafeMutableRawBufferPointer(values))
      }
    }
    try copy(parameters, to: &state.weights.parameters)
    try copy(statistics, to: &state.weights.statistics)
    state.optimizer = end.memory
    try copy(first, to: &state.optimizer.first)
    try copy(second, to: &state.optimizer.second)
  }

  /// A launch's argument, but for what it brings along. Clears what the kernel wants cleared.
  func argument() throws(CUDAFailure) -> etude_cuda_training {
    try stream.clear(barrier)
    var argument = etude_cuda_training()
    argument.layers = layerList.address
    argument.parameters = parameters.address
    argument.gradients = gradients.address
    argument.first = first.address
    argument.second = second.address
    argument.statistics = statistics.address
    argument.values = values.address
    argument.slopes = slopes.address
    argument.published = published.address
    argument.norms = norms.address
    argument.inputs = inputs.address
    argument.labels = labels.address
    argument.own = own.address
    argument.shared = shared.address
    argument.sums = sums.address
    argument.probabilities = probabilities.address
    argument.losses = losses.address
    argument.test_inputs = testInputs?.address ?? 0
    argument.test_labels = testLabels?.address ?? 0
    argument.test_losses = testLosses?.address ?? 0
    argument.test_correct = testCorrect?.address ?? 0
    argument.barrier = barrier.address
    argument.layer_count = Int32(layers.layers.count)
    argument.first_layer = Int32(layers.firstLayer)
    argument.sample_size = Int32(layers.sampleSize)
    argument.published_size = Int32(layers.publishedSize)
    argument.input_size = Int32(plan.network.input.channels * plan.network.input.length)
    argument.output = Int32(layers.output)
    argument.classes = Int32(plan.targets.classCount)
    argument.is_smoothed = plan.targets.isSmoothed ? 1 : 0
    argument.parameter_count = Int32(plan.network.parameterCount)
    argument.slots = Int32(slots)
    argument.test_count = Int32(plan.test?.count ?? 0)
    argument.test_part = Int32(plan.network.testBatchSize)
    return argument
  }
}
