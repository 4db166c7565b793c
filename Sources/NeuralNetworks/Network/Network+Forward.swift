import Compute

extension Network {
  /// The pointers of a pass over a batch, shared by the threads that compute it.
  ///
  /// Unchecked, because it holds pointers: in each step every thread writes other outputs, and
  /// nobody reads them before the next one.
  struct Pass: @unchecked Sendable {
    /// Of the batch, or of a part of it.
    private(set) var signals: Batch.Pointers
    var parameters: UnsafeMutablePointer<Float>
    /// The gradients of ``parameters``.
    var gradients: UnsafeMutablePointer<Float>
    var statistics: UnsafeMutablePointer<Float>
    /// BatchNorm takes the batch's statistics, and Dropout drops.
    var isTraining: Bool
    /// Whether linear layers add to the gradients of their weights. Otherwise they need not be cleared.
    var addsGradients = true
    /// The first of the chunks that this pass is about, and how many; see ``part(of:)``.
    private(set) var firstChunk = 0
    private(set) var chunks: Int
    /// Of the whole batch.
    private let allChunks: Int

    init(
      _ signals: Batch.Pointers, parameters: UnsafeMutablePointer<Float>,
      gradients: UnsafeMutablePointer<Float>, statistics: UnsafeMutablePointer<Float>,
      isTraining: Bool
    ) {
      self.signals = signals
      self.parameters = parameters
      self.gradients = gradients
      self.statistics = statistics
      self.isTraining = isTraining
      chunks = chunkCount(ofBatch: signals.labels.count)
      allChunks = chunks
    }

    /// Samples.
    var count: Int { signals.labels.count }

    /// One thread's chunks alone, where the threads get about equally many: it can take them through all
    /// layers without waiting for the others, and they stay in its cache. Otherwise nil.
    func part(of share: Share) -> Pass? {
      // With fewer chunks than threads, or where more than a quarter of the threads' time would be lost, they
      // divide each layer instead.
      let most = (chunks + share.count - 1) / share.count
      guard share.count > 1, chunks >= share.count, 4 * chunks >= 3 * most * share.count else {
        return nil
      }
      let own = share.range(of: chunks)
      var part = self
      part.chunks = own.count
      part.firstChunk = own.lowerBound
      let first = part.firstChunk * chunkWidth
      let samples = first..<min(count, own.upperBound * chunkWidth)
      part.signals.labels = UnsafeBufferPointer(rebasing: signals.labels[samples])
      part.signals.losses += first
      return part
    }

    /// Whether it is about this chunk of the batch.
    func contains(_ chunk: Int) -> Bool { (firstChunk..<firstChunk + chunks).contains(chunk) }

    func values(_ region: Region) -> UnsafeMutablePointer<Float> {
      signals.values + region.offset * allChunks + firstChunk * region.count
    }

    func slopes(_ region: Region) -> UnsafeMutablePointer<Float> {
      signals.slopes + region.offset * allChunks + firstChunk * region.count
    }
  }

  /// Lays out samples of a data set, and the masks of Dropout: one thread's share.
  func load(
    _ samples: [Int], of data: DataSet, masks: [[Bool]]?, _ pass: Pass, _ share: Share,
    kernels: any BatchKernels
  ) {
    samples.withUnsafeBufferPointer { samples in
      data.inputs.withUnsafeBufferPointer { inputs in
        kernels.loadSamples(
          share, samples, size: input.channels * input.length, of: inputs.baseAddress!,
          into: pass.values(input))
      }
    }
    if let masks { fillMasks(masks, pass, share) }
  }

  /// Fills the regions of a loaded batch, the first to the last: one thread's share.
  ///
  /// - Parameter synchronize: waits for the other threads between two operations.
  func forward(
    _ pass: Pass, _ share: Share, kernels: any BatchKernels, synchronize: () -> Void
  ) {
    let part = pass.part(of: share)
    for operation in operations {
      if let part, !operation.joinsSamples(isTraining: pass.isTraining) {
        operation.forward(part, .all, kernels: kernels, claims: operation.sharedInputs(part))
        continue
      }
      if part != nil { synchronize() }
      operation.forward(pass, share, kernels: kernels)
      synchronize()
    }
  }
}

extension Network.Operation {
  /// - Parameter claims: of a linear layer; see ``BatchKernels``.
  fileprivate func forward(
    _ pass: Network.Pass, _ share: Share, kernels: any BatchKernels,
    claims: UnsafeMutableBufferPointer<Float>? = nil
  ) {
    let (from, to) = (pass.values(input), pass.values(output))
    let rows = input.channels * pass.chunks
    let positions = rows * input.length
    switch kind {
    case .convolution(let convolution, let isTransposed, let relu):
      kernels.convForward(
        share, isTransposed ? convolution.transposed : convolution.forward, chunks: pass.chunks,
        weights: pass.parameters + weight!, bias: bias.map { pass.parameters + $0 }, relu: relu,
        input: from, output: to, claims: nil)
    case .linear(let convolution, let transposed, let relu):
      kernels.convForward(
        share, convolution.forward, chunks: pass.chunks, weights: pass.parameters + weight!,
        bias: bias.map { pass.parameters + $0 }, relu: relu, input: from, output: to,
        claims: claims)
      if pass.isTraining {
        kernels.transpose(
          share, linearShape(pass.count), input: from, transposed: pass.values(transposed))
      }
    case .activation(let activation):
      kernels.activate(share, activation, positions: positions, input: from, output: to)
    case .maxPool(let geometry):
      kernels.maxPool(share, geometry, rows: rows, input: from, output: to)
    case .averagePool(let geometry):
      kernels.averagePool(share, geometry, rows: rows, input: from, output: to)
    case .dropout(let probability, let mask):
      guard pass.isTraining, probability > 0 else {
        let own = share.range(of: positions * chunkWidth)
        (to + own.lowerBound).update(from: from + own.lowerBound, count: own.count)
        return
      }
      kernels.multiply(
        share, positions: positions, values: from, factors: pass.values(mask), products: to)
    case .batchNorm(let normalization):
      let means = pass.statistics + normalization.statistics
      kernels.batchNorm(
        share, normalization.shape(input, samples: pass.count),
        BatchNormParameters(
          weight: pass.parameters + weight!, bias: pass.parameters + bias!, runningMean: means,
          runningVariance: means + input.channels),
        isTraining: pass.isTraining, input: from, output: to)
    case .groupNorm(let groups, let epsilon, let statistics):
      kernels.groupNorm(
        share, groupNormShape(pass.count, groups, epsilon),
        weight.map {
          GroupNormParameters(weight: pass.parameters + $0, bias: pass.parameters + bias!)
        },
        input: from, output: to, statistics: pass.values(statistics))
    }
  }

  /// Whether outputs depend on several samples of a batch.
  fileprivate func joinsSamples(isTraining: Bool) -> Bool {
    if case .batchNorm = kind { isTraining } else { false }
  }

  func groupNormShape(_ count: Int, _ groups: Int, _ epsilon: Double) -> GroupNormShape {
    GroupNormShape(
      channels: input.channels, groups: groups, length: input.length, samples: count,
      epsilon: epsilon)
  }

  func linearShape(_ count: Int) -> LinearShape {
    LinearShape(inputs: input.channels, outputs: output.channels, samples: count)
  }
}
