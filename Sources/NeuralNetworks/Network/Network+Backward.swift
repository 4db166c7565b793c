import Compute
import Concurrency

extension Network {
  /// Sets to 0 what ``backward(_:_:kernels:synchronize:finish:)`` adds to: one thread's share.
  func clearGradients(_ pass: Pass, _ share: Share) {
    for operation in operations {
      for parameter in operation.parameters {
        let isWritten =
          !pass.addsGradients && operation.isLinear && parameter.start == operation.weight
        guard !isWritten else { continue }
        let own = parameter.range(of: share)
        (pass.gradients + own.lowerBound).update(repeating: 0, count: own.count)
      }
    }
  }

  /// Adds to the gradient of each parameter, from the gradient of the output, which the batch
  /// holds; after ``forward(_:_:kernels:synchronize:)`` in training. One thread's share.
  ///
  /// - Parameters:
  ///   - synchronize: waits for the other threads.
  ///   - finish: called with each operation's parameters when the gradients of this thread's rows are
  ///     complete, and nobody will read those rows any more: the optimiser's step can follow at once.
  func backward(
    _ pass: Pass, _ share: Share, kernels: any BatchKernels, synchronize: () -> Void,
    finish: (Parameter) -> Void = { _ in }
  ) {
    // Gradients before the first layer with parameters are not needed.
    guard let first = operations.firstIndex(where: { $0.weight != nil }) else { return }
    let part = pass.part(of: share)
    for index in operations.indices.reversed() where index >= first {
      let operation = operations[index]
      let clears = clearsReLU(after: index)
      if clears, !operation.kind.isMaxPool {
        operation.clearReLU(part ?? pass, part == nil ? share : .all, kernels)
        if part == nil { synchronize() }
      }
      let needsInput = index > first
      if let part, !operation.kind.isNorm {
        if needsInput {
          operation.inputGradient(
            part, .all, kernels, relu: clears, claims: sharedSlopes(part, before: index))
        }
        operation.fillChunkGradients(part, kernels)
        continue
      }
      if part != nil { synchronize() }
      operation.parameterGradients(pass, share, kernels)
      if operation.kind.isNorm {
        operation.normGradient(pass, share, kernels, needsInput: needsInput)
      } else if needsInput {
        operation.inputGradient(pass, share, kernels, relu: clears)
      }
      synchronize()
      operation.parameters.forEach(finish)
    }
    guard let part else { return }
    // Sums over all samples, so they wait for every thread, once.
    synchronize()
    for operation in operations[first...] where !operation.kind.isNorm {
      operation.fetchGradients(pass, part, share)
      if operation.chunkGradients == nil {
        operation.parameterGradients(pass, share, kernels, claimsWeights: true)
      } else {
        operation.addChunkGradients(pass, share, kernels)
      }
      operation.parameters.forEach(finish)
    }
  }

  /// Whether the gradient of an operation's output is to be cleared where a ReLU gave 0: of its own
  /// ReLU, or of the one in front of a max pool. There the output has fewer values, and where the
  /// largest one is 0, all are.
  package func clearsReLU(after index: Int) -> Bool {
    switch operations[index].kind {
    case .maxPool: index > 0 && operations[index - 1].kind.hasReLU
    case let kind where kind.hasReLU:
      if index + 1 < operations.count, case .maxPool = operations[index + 1].kind {
        false
      } else {
        true
      }
    default: false
    }
  }
}

extension Network.Operation.Kind {
  fileprivate var isMaxPool: Bool {
    if case .maxPool = self { true } else { false }
  }

  /// Its gradients come from one loop, and some are sums over samples.
  fileprivate var isNorm: Bool {
    switch self {
    case .batchNorm, .groupNorm: true
    default: false
    }
  }

  fileprivate var hasReLU: Bool {
    switch self {
    case .convolution(_, _, let relu), .linear(_, _, let relu): relu
    default: false
    }
  }
}

extension Network.Operation {
  /// Clears the gradient of the output where the output is not positive.
  fileprivate func clearReLU(
    _ pass: Network.Pass, _ share: Share, _ kernels: any BatchKernels
  ) {
    kernels.reluGradient(
      share, positions: output.channels * output.length * pass.chunks,
      output: pass.values(output), gradient: pass.slopes(output))
  }

  /// Adds to the gradients of weights and biases, which are sums over all samples; but for norms.
  ///
  /// - Parameter claimsWeights: whether no other thread reads this share's weights in this batch any more.
  fileprivate func parameterGradients(
    _ pass: Network.Pass, _ share: Share, _ kernels: any BatchKernels, claimsWeights: Bool = false
  ) {
    parameterGradients(
      pass, share, kernels, weight: weight.map { pass.gradients + $0 },
      bias: bias.map { pass.gradients + $0 }, chunkStride: 0, claimsWeights: claimsWeights)
  }

  /// The same from each chunk by itself, for ``addChunkGradients(_:_:_:)``.
  fileprivate func fillChunkGradients(_ pass: Network.Pass, _ kernels: any BatchKernels) {
    guard let chunkGradients else { return }
    let sums = pass.values(chunkGradients)
    sums.update(repeating: 0, count: pass.chunks * chunkGradients.count)
    parameterGradients(
      pass, .all, kernels, weight: sums, bias: bias.map { _ in sums + parameters[0].count },
      chunkStride: chunkGradients.count)
  }

  fileprivate func addChunkGradients(
    _ pass: Network.Pass, _ share: Share, _ kernels: any BatchKernels
  ) {
    guard let chunkGradients, let start = parameters.first?.start else { return }
    for parameter in parameters {
      let own = parameter.range(of: share)
      kernels.addChunks(
        pass.chunks, count: own.count,
        sums: pass.values(chunkGradients) + (own.lowerBound - start),
        chunkStride: chunkGradients.count, gradient: pass.gradients + own.lowerBound)
    }
  }

  private func parameterGradients(
    _ pass: Network.Pass, _ share: Share, _ kernels: any BatchKernels,
    weight: UnsafeMutablePointer<Float>?, bias: UnsafeMutablePointer<Float>?, chunkStride: Int,
    claimsWeights: Bool = false
  ) {
    let (from, gradient) = (pass.values(input), pass.slopes(output))
    switch kind {
    case .convolution(let convolution, let isTransposed, _):
      kernels.weightGradient(
        share, convolution.weightGradient, chunks: pass.chunks,
        outputs: isTransposed ? from : gradient, signal: isTransposed ? gradient : from,
        gradient: weight!, chunkStride: chunkStride)
    case .linear(_, let transposed, _):
      kernels.linearGradient(
        share, linearShape(pass.count), outputs: gradient, transposed: pass.values(transposed),
        gradient: weight!, adds: pass.addsGradients,
        parameters: claimsWeights ? pass.parameters + self.weight! : nil)
    case .batchNorm, .groupNorm, .maxPool, .averagePool, .activation, .dropout: return
    }
    guard let bias else { return }
    kernels.biasGradient(
      share, channels: output.channels, length: output.length, chunks: pass.chunks,
      values: gradient, gradient: bias, chunkStride: chunkStride)
  }

  /// Computes the gradient of the input from that of the output; but for norms.
  ///
  /// - Parameters:
  ///   - relu: whether a max pool clears the gradient of the ReLU in front of it, too.
  ///   - claims: see ``BatchKernels``.
  fileprivate func inputGradient(
    _ pass: Network.Pass, _ share: Share, _ kernels: any BatchKernels, relu: Bool,
    claims: UnsafeMutableBufferPointer<Float>? = nil
  ) {
    let chunks = pass.chunks
    let (from, to, gradient) = (pass.values(input), pass.values(output), pass.slopes(output))
    let inputGradient = pass.slopes(input)
    let rows = input.channels * chunks
    let positions = output.channels * output.length * chunks
    switch kind {
    case .convolution(let convolution, let isTransposed, _):
      kernels.convForward(
        share, isTransposed ? convolution.forward : convolution.transposed, chunks: chunks,
        weights: pass.parameters + weight!, bias: nil, relu: false, input: gradient,
        output: inputGradient, claims: claims)
    case .linear(let convolution, _, _):
      kernels.convForward(
        share, convolution.transposed, chunks: chunks, weights: pass.parameters + weight!,
        bias: nil, relu: false, input: gradient, output: inputGradient, claims: claims)
    case .maxPool(let geometry):
      kernels.maxPoolGradient(
        share, geometry, rows: rows, input: from, output: to, gradient: gradient, relu: relu,
        inputGradient: inputGradient)
    case .averagePool(let geometry):
      kernels.averagePoolGradient(
        share, geometry, rows: rows, gradient: gradient, inputGradient: inputGradient)
    case .activation(let activation):
      kernels.activationGradient(
        share, activation, positions: positions, gradient: gradient, input: from, output: to,
        inputGradient: inputGradient)
    case .dropout(let probability, let mask):
      guard probability > 0 else {
        let own = share.range(of: positions * chunkWidth)
        (inputGradient + own.lowerBound).update(from: gradient + own.lowerBound, count: own.count)
        return
      }
      kernels.multiply(
        share, positions: positions, values: gradient, factors: pass.values(mask),
        products: inputGradient)
    case .batchNorm, .groupNorm: return
    }
  }

  /// Both of the above, of a norm.
  fileprivate func normGradient(
    _ pass: Network.Pass, _ share: Share, _ kernels: any BatchKernels, needsInput: Bool
  ) {
    let (from, gradient) = (pass.values(input), pass.slopes(output))
    let inputGradient = needsInput ? pass.slopes(input) : nil
    switch kind {
    case .batchNorm(let normalization):
      kernels.batchNormGradient(
        share, normalization.shape(input, samples: pass.count),
        weight: pass.parameters + weight!, input: from, gradient: gradient,
        weightGradient: pass.gradients + weight!, biasGradient: pass.gradients + bias!,
        inputGradient: inputGradient)
    case .groupNorm(let groups, let epsilon, let statistics):
      kernels.groupNormGradient(
        share, groupNormShape(pass.count, groups, epsilon),
        weight: weight.map { UnsafePointer(pass.parameters + $0) },
        statistics: pass.values(statistics), input: from, gradient: gradient,
        weightGradient: weight.map { pass.gradients + $0 },
        biasGradient: bias.map { pass.gradients + $0 }, inputGradient: inputGradient)
    default: return
    }
  }
}
