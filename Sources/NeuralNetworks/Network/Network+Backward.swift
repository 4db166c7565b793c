import Compute

extension Network {
  /// Adds to the gradient of each parameter, from the gradient of the output, which the batch
  /// holds; after ``forward(_:parameters:statistics:masks:kernels:)`` in training.
  func backward(
    _ batch: inout Batch, parameters: [Float], gradients: inout [Float],
    kernels: any BatchKernels
  ) {
    // Gradients before the first layer with parameters are not needed.
    guard let first = operations.firstIndex(where: { $0.weight != nil }) else { return }
    let (count, chunks) = (batch.count, batch.chunks)
    batch.values.withMutablePointer { values in
      batch.gradients.withMutablePointer { signals in
        parameters.withUnsafeBufferPointer { parameters in
          gradients.withUnsafeMutableBufferPointer { gradients in
            for index in operations.indices.reversed() where index >= first {
              let operation = operations[index]
              let pointers = Pointers(
                input: values + operation.input.offset * chunks,
                output: values + operation.output.offset * chunks,
                gradient: signals + operation.output.offset * chunks,
                inputGradient: index == first ? nil : signals + operation.input.offset * chunks)
              operation.backward(
                pointers, count: count, parameters: parameters.baseAddress!,
                gradients: gradients.baseAddress!, values: values, kernels: kernels)
            }
          }
        }
      }
    }
  }

  /// Of one operation, at the first chunk.
  fileprivate struct Pointers {
    var input, output, gradient: UnsafeMutablePointer<Float>
    /// Nil where it is not needed.
    var inputGradient: UnsafeMutablePointer<Float>?
  }
}

extension Network.Operation {
  fileprivate func backward(
    _ pointers: Network.Pointers, count: Int, parameters: UnsafePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, values: UnsafeMutablePointer<Float>,
    kernels: any BatchKernels
  ) {
    let chunks = chunkCount(ofBatch: count)
    let (output, gradient) = (pointers.output, pointers.gradient)
    let rows = input.channels * chunks
    let outputs = self.output.channels * self.output.length * chunks
    switch kind {
    case .convolution(let convolution, let isTransposed, let relu):
      if relu {
        kernels.reluGradient(positions: outputs, output: output, gradient: gradient)
      }
      kernels.weightGradient(
        convolution.weightGradient, chunks: chunks,
        outputs: isTransposed ? pointers.input : gradient,
        signal: isTransposed ? gradient : pointers.input, gradient: gradients + weight!)
      if let bias {
        kernels.biasGradient(
          channels: self.output.channels, length: self.output.length, chunks: chunks,
          values: gradient, sums: gradients + bias)
      }
      if let inputGradient = pointers.inputGradient {
        kernels.convForward(
          isTransposed ? convolution.forward : convolution.transposed, chunks: chunks,
          weights: parameters + weight!, bias: nil, relu: false, input: gradient,
          output: inputGradient)
      }
    case .batchNorm(let normalization):
      normalization.backward(
        .init(region: input, count: count), weight: parameters + weight!, input: pointers.input,
        gradient: gradient, weightGradient: gradients + weight!,
        biasGradient: gradients + bias!, inputGradient: pointers.inputGradient)
    case .maxPool(let geometry):
      guard let inputGradient = pointers.inputGradient else { return }
      kernels.maxPoolGradient(
        geometry, rows: rows, input: pointers.input, output: output, gradient: gradient,
        inputGradient: inputGradient)
    case .averagePool(let geometry):
      guard let inputGradient = pointers.inputGradient else { return }
      geometry.meanGradient(rows: rows, gradient: gradient, inputGradient: inputGradient)
    case .activation(let activation):
      guard let inputGradient = pointers.inputGradient else { return }
      activation.applyGradient(
        count: outputs * chunkWidth, gradient, input: pointers.input, output: output,
        inputGradient: inputGradient)
    case .dropout(let probability, let region):
      guard let inputGradient = pointers.inputGradient else { return }
      guard probability > 0 else {
        inputGradient.update(from: gradient, count: outputs * chunkWidth)
        return
      }
      let mask = values + region.offset * chunks
      for position in 0..<outputs {
        inputGradient[lanes: position] = gradient[lanes: position] * mask[lanes: position]
      }
    }
  }
}
