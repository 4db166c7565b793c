import Compute

extension Network {
  /// Adds to the gradient of each parameter, from the gradient of the output, which the batch
  /// holds; after ``forward(_:_:kernels:synchronize:)`` in training. One thread's share.
  func backward(
    _ pass: Pass, _ share: Share, kernels: any BatchKernels, synchronize: () -> Void
  ) {
    // Gradients before the first layer with parameters are not needed.
    guard let first = operations.firstIndex(where: { $0.weight != nil }) else { return }
    for index in operations.indices.reversed() where index >= first {
      let operation = operations[index]
      if clearsReLU(after: index) {
        let output = operation.output
        kernels.reluGradient(
          share, positions: output.channels * output.length * pass.chunks,
          output: pass.values(output), gradient: pass.slopes(output))
        synchronize()
      }
      operation.backward(
        pass, share, inputGradient: index == first ? nil : pass.slopes(operation.input),
        kernels: kernels)
      synchronize()
    }
  }

  /// Whether the gradient of an operation's output is to be cleared where a ReLU gave 0: of its own
  /// ReLU, or of the one in front of a max pool. There the output has fewer values, and where the
  /// largest one is 0, all are.
  private func clearsReLU(after index: Int) -> Bool {
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
  fileprivate var hasReLU: Bool {
    switch self {
    case .convolution(_, _, let relu), .linear(_, _, let relu): relu
    default: false
    }
  }
}

extension Network.Operation {
  /// - Parameter inputGradient: nil where it is not needed.
  fileprivate func backward(
    _ pass: Network.Pass, _ share: Share, inputGradient: UnsafeMutablePointer<Float>?,
    kernels: any BatchKernels
  ) {
    let chunks = pass.chunks
    let (from, to, gradient) = (pass.values(input), pass.values(output), pass.slopes(output))
    let rows = input.channels * chunks
    let positions = output.channels * output.length * chunks
    switch kind {
    case .convolution(let convolution, let isTransposed, _):
      kernels.weightGradient(
        share, convolution.weightGradient, chunks: chunks,
        outputs: isTransposed ? from : gradient, signal: isTransposed ? gradient : from,
        gradient: pass.gradients + weight!)
      biasGradient(pass, share, kernels)
      if let inputGradient {
        kernels.convForward(
          share, isTransposed ? convolution.forward : convolution.transposed, chunks: chunks,
          weights: pass.parameters + weight!, bias: nil, relu: false, input: gradient,
          output: inputGradient)
      }
    case .linear(let convolution, let transposed, _):
      kernels.linearGradient(
        share, linearShape(pass.count), outputs: gradient, transposed: pass.values(transposed),
        gradient: pass.gradients + weight!)
      biasGradient(pass, share, kernels)
      if let inputGradient {
        kernels.convForward(
          share, convolution.transposed, chunks: chunks, weights: pass.parameters + weight!,
          bias: nil, relu: false, input: gradient, output: inputGradient)
      }
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
    case .maxPool(let geometry):
      guard let inputGradient else { return }
      kernels.maxPoolGradient(
        share, geometry, rows: rows, input: from, output: to, gradient: gradient,
        inputGradient: inputGradient)
    case .averagePool(let geometry):
      guard let inputGradient else { return }
      kernels.averagePoolGradient(
        share, geometry, rows: rows, gradient: gradient, inputGradient: inputGradient)
    case .activation(let activation):
      guard let inputGradient else { return }
      kernels.activationGradient(
        share, activation, positions: positions, gradient: gradient, input: from, output: to,
        inputGradient: inputGradient)
    case .dropout(let probability, let mask):
      guard let inputGradient else { return }
      guard probability > 0 else {
        let own = share.range(of: positions * chunkWidth)
        (inputGradient + own.lowerBound).update(from: gradient + own.lowerBound, count: own.count)
        return
      }
      kernels.multiply(
        share, positions: positions, values: gradient, factors: pass.values(mask),
        products: inputGradient)
    }
  }

  private func biasGradient(_ pass: Network.Pass, _ share: Share, _ kernels: any BatchKernels) {
    guard let bias else { return }
    kernels.biasGradient(
      share, channels: output.channels, length: output.length, chunks: pass.chunks,
      values: pass.slopes(output), sums: pass.gradients + bias)
  }
}
