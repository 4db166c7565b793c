import CKernels

/// The inner loops of training.
///
/// Training keeps its signals in chunks of 16 samples of the batch that lie side by side,
/// [chunk][channel][position][16]: then every operator works on whole vectors, with any stride and
/// without copies. Two loops serve all layers with weights: `convForward` computes outputs, and with
/// the transposed plan the gradients of inputs; `weightGradient` those of weights. A transposed
/// convolution is a convolution's input gradient; a linear layer is a convolution of length 1.
///
/// docs/arithmetic.md fixes the order of every operation: all kernels give the same bits, but for those
/// of processors that cannot fuse a product and a sum. Each call computes one thread's ``Share``.
package protocol BatchKernels: Sendable {
  /// As `ETUDE_SIMD` names it.
  var name: String { get }
  /// Whether they round a product and its sum once, as docs/arithmetic.md says; x86 processors made
  /// before 2013 cannot.
  var isFused: Bool { get }

  /// Lays samples of a data set, of `size` numbers each, side by side: `[chunk][size][16]`. Lanes of
  /// the last chunk without a sample are 0. Shared by chunks.
  func loadSamples(
    _ share: Share, _ indices: UnsafeBufferPointer<Int>, size: Int, of data: UnsafePointer<Float>,
    into chunks: UnsafeMutablePointer<Float>)

  // MARK: Convolutions and linear layers

  /// For each chunk, group, row (a channel of the output) and column (a position of it):
  ///
  ///     output[row, column] = bias[row] + Σ weights[row, depth, tap] · input[depth, column + tap]
  ///
  /// over the channels of the group and the taps of the column's run.
  ///
  /// - Parameters:
  ///   - relu: whether negative outputs become 0.
  ///   - claims: memory that this thread writes next and other threads have read. Kernels may store to it
  ///     meanwhile, without changing it, so no other thread may use it.
  func convForward(
    _ share: Share, _ plan: ConvolutionPlan, chunks: Int, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, relu: Bool, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>, claims: UnsafeMutableBufferPointer<Float>?)

  /// Adds to each weight's gradient, over the samples and the outputs whose tap is inside the signal:
  ///
  ///     gradient[row, column, tap] += Σ outputs[row, p] · signal[column, p + tap]
  ///
  /// Each chunk has its own sum. Shared by rows, those of all groups: ``Share/range(of:step:)``; so are
  /// the gradients of linear layers and biases.
  ///
  /// - Parameter chunkStride: from one chunk's gradient to the next; 0 to add all chunks, in order.
  func weightGradient(
    _ share: Share, _ plan: WeightGradientPlan, chunks: Int, outputs: UnsafePointer<Float>,
    signal: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, chunkStride: Int)

  /// Lays the inputs of a linear layer out sample by sample: `[chunks · 16][shape.row]`.
  func transpose(
    _ share: Share, _ shape: LinearShape, input: UnsafePointer<Float>,
    transposed: UnsafeMutablePointer<Float>)

  /// Adds to the gradient of each weight of a linear layer, over the samples in order:
  ///
  ///     gradient[row, column] += Σ outputs[row] · input[column]
  ///
  /// - Parameters:
  ///   - transposed: the inputs, as ``transpose(_:_:input:transposed:)`` leaves them.
  ///   - adds: whether there is something to add to; otherwise the gradient counts as 0.
  ///   - parameters: the weights, if no other thread reads this share's rows in this batch any more; else
  ///     nil. Kernels may store to those rows, without changing them.
  func linearGradient(
    _ share: Share, _ shape: LinearShape, outputs: UnsafePointer<Float>,
    transposed: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, adds: Bool,
    parameters: UnsafeMutablePointer<Float>?)

  /// Adds to each bias's gradient: the sum of its channel over positions and samples.
  ///
  /// - Parameter chunkStride: as in
  ///   ``weightGradient(_:_:chunks:outputs:signal:gradient:chunkStride:)``.
  func biasGradient(
    _ share: Share, channels: Int, length: Int, chunks: Int, values: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>, chunkStride: Int)

  /// Adds the gradients of chunks, in order, to so many gradients. Not shared.
  func addChunks(
    _ chunks: Int, count: Int, sums: UnsafePointer<Float>, chunkStride: Int,
    gradient: UnsafeMutablePointer<Float>)

  // MARK: Pooling

  /// The largest sample of each window, in each of so many rows (chunks times channels); nan counts
  /// as largest. Padding is left out of every window.
  func maxPool(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>)

  /// The gradient of each maximum goes to the first sample of its window that equals it; with `relu`, only
  /// where the maximum is positive.
  func maxPoolGradient(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafePointer<Float>, gradient: UnsafePointer<Float>, relu: Bool,
    inputGradient: UnsafeMutablePointer<Float>)

  /// The mean of each window; what its sum is divided by is ``PoolingGeometry/divisor(ofWindow:)``.
  func averagePool(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>)

  /// An equal part for each sample of a window.
  func averagePoolGradient(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, gradient: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>)

  // MARK: One value at a time

  /// Clears the gradient where the output of a fused relu is not positive.
  func reluGradient(
    _ share: Share, positions: Int, output: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>)

  /// The products of values and factors, as Dropout needs them.
  func multiply(
    _ share: Share, positions: Int, values: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    products: UnsafeMutablePointer<Float>)

  func activate(
    _ share: Share, _ activation: Activation, positions: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>)

  /// As ``Activation/gradient(_:x:y:)`` of each value.
  func activationGradient(
    _ share: Share, _ activation: Activation, positions: Int, gradient: UnsafePointer<Float>,
    input: UnsafePointer<Float>, output: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>)

  // MARK: BatchNorm

  /// Each channel with mean 0 and variance 1 over the batch and its positions, then scaled and
  /// shifted. In training the statistics are the batch's, and the running ones follow, with the
  /// unbiased variance; otherwise the running ones are used.
  func batchNorm(
    _ share: Share, _ shape: BatchNormShape, _ parameters: BatchNormParameters, isTraining: Bool,
    input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>)

  /// Adds to the gradients of weight and bias. With x̂ the normalised input,
  /// dx = weight / σ · (dy - mean(dy) - x̂ · mean(dy · x̂)).
  func batchNormGradient(
    _ share: Share, _ shape: BatchNormShape, weight: UnsafePointer<Float>,
    input: UnsafePointer<Float>, gradient: UnsafePointer<Float>,
    weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>?)

  // MARK: GroupNorm

  /// Each group of channels with mean 0 and variance 1 for each sample, then scaled and shifted, if
  /// there are parameters.
  ///
  /// - Parameter statistics: `[chunk][group][2][16]`: is given the mean of each group and sample, then
  ///   1 / √(variance + ε).
  func groupNorm(
    _ share: Share, _ shape: GroupNormShape, _ parameters: GroupNormParameters?,
    input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
    statistics: UnsafeMutablePointer<Float>)

  /// Adds to the gradients of weight and bias, where there are such. With x̂ the normalised input,
  /// dx = (weight · dy - mean(weight · dy) - x̂ · mean(weight · dy · x̂)) / σ over each group.
  ///
  /// - Parameter statistics: as ``groupNorm(_:_:_:input:output:statistics:)`` leaves them.
  func groupNormGradient(
    _ share: Share, _ shape: GroupNormShape, weight: UnsafePointer<Float>?,
    statistics: UnsafePointer<Float>, input: UnsafePointer<Float>,
    gradient: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>?,
    biasGradient: UnsafeMutablePointer<Float>?, inputGradient: UnsafeMutablePointer<Float>?)

  // MARK: Loss and optimisers

  /// The softmax of each sample's logits, `[chunk][class][16]`, and its loss,
  /// Σ target · -log(probability). Not shared.
  func crossEntropy(
    _ targets: CrossEntropyTargets, labels: UnsafeBufferPointer<Int32>,
    logits: UnsafePointer<Float>, probabilities: UnsafeMutablePointer<Double>,
    losses: UnsafeMutablePointer<Double>)

  /// The gradient of the mean loss: (Σ target · probability - target) / divisor for each class; 0 in
  /// lanes without a sample. Not shared.
  ///
  /// - Parameter divisor: what the summed loss is divided by.
  func crossEntropyGradient(
    _ targets: CrossEntropyTargets, labels: UnsafeBufferPointer<Int32>,
    probabilities: UnsafePointer<Double>, divisor: Double, gradient: UnsafeMutablePointer<Float>)

  /// Updates parameters, and what the optimiser remembers of them, from their gradients.
  func step(
    _ share: Share, _ step: OptimizerStep, count: Int, gradients: UnsafePointer<Float>,
    first: UnsafeMutablePointer<Float>?, second: UnsafeMutablePointer<Float>?,
    parameters: UnsafeMutablePointer<Float>)
}

/// The sizes of a linear layer's gradient.
package struct LinearShape: Hashable, Sendable {
  package var inputs: Int
  package var outputs: Int
  package var samples: Int

  package init(inputs: Int, outputs: Int, samples: Int) {
    self.inputs = inputs
    self.outputs = outputs
    self.samples = samples
  }

  /// Floats from one sample of the transposed inputs to the next.
  package var row: Int { LinearShape.row(ofInputs: inputs) }

  package static func row(ofInputs inputs: Int) -> Int {
    (inputs + chunkWidth - 1) / chunkWidth * chunkWidth
  }
}

/// Samples of a chunk, which lie side by side.
package let chunkWidth = etude_chunk_width

/// Chunks that a batch of so many samples fills, the last one perhaps in part.
package func chunkCount(ofBatch count: Int) -> Int { (count + chunkWidth - 1) / chunkWidth }

/// The kernels that this processor can run, and those in use.
package enum AvailableKernels {
  /// The simplest first, the fastest last.
  package static let all: [any BatchKernels] = {
    let processor = Processor.current.instructionSet
    var kernels: [any BatchKernels] = [ReferenceKernels(), CompiledKernels.baseline]
    if processor != .baseline, let avx2 = CompiledKernels.avx2 { kernels.append(avx2) }
    if processor == .avx512, let avx512 = CompiledKernels.avx512 { kernels.append(avx512) }
    return kernels
  }()

  package static let chosen = Processor.chosenLoops(among: all) { $0.name }
}
