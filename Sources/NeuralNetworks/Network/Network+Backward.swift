import Compute

extension Network {
  /// Adds to the gradient of each parameter, from the gradient of the output, which the batch holds;
  /// after ``forward(_:parameters:statistics:random:isTraining:kernels:)`` in training.
  func backward(
    _ batch: inout Batch, parameters: [Float], gradients: inout [Float],
    kernels: any BatchKernels
  ) {
    // No parameter is in front of the first layer that has some: nobody asks for its input's gradient.
    guard let first = operations.firstIndex(where: { $0.weight != nil }) else { return }
    let (count, slices) = (batch.count, batch.slices)
    batch.values.withMutablePointer { values in
      batch.gradients.withMutablePointer { signals in
        parameters.withUnsafeBufferPointer { parameters in
          gradients.withUnsafeMutableBufferPointer { gradients in
            for index in operations.indices.reversed() where index >= first {
              let operation = operations[index]
              let pointers = Pointers(
                input: values + operation.input.offset * slices,
                output: values + operation.output.offset * slices,
                gradient: signals + operation.output.offset * slices,
                inputGradient: index == first ? nil : signals + operation.input.offset * slices)
              operation.backward(
                pointers, count: count, parameters: parameters.baseAddress!,
                gradients: gradients.baseAddress!, values: values, kernels: kernels)
            }
          }
        }
      }
    }
  }

  /// Of one operation, at the first slice.
  fileprivate struct Pointers {
    var input, output, gradient: UnsafeMutablePointer<Float>
    /// Nil where nobody asks for it.
    var inputGradient: UnsafeMutablePointer<Float>?
  }
}

extension Network.Operation {
  fileprivate func backward(
    _ pointers: Network.Pointers, count: Int, parameters: UnsafePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, values: UnsafeMutablePointer<Float>,
    kernels: any BatchKernels
  ) {
    let slices = sliceCount(ofBatch: count)
    let (output, gradient) = (pointers.output, pointers.gradient)
    let rows = input.channels * slices
    let outputs = self.output.channels * self.output.length * slices
    switch kind {
    case .convolution(let convolution, let isTransposed, let rectified):
      if rectified {
        kernels.rectifyGradient(positions: outputs, output: output, gradient: gradient)
      }
      kernels.correlate(
        convolution.correlating, slices: slices,
        places: isTransposed ? pointers.input : gradient,
        signal: isTransposed ? gradient : pointers.input, gradient: gradients + weight!)
      if let bias {
        kernels.addSums(
          channels: self.output.channels, length: self.output.length, slices: slices,
          values: gradient, sums: gradients + bias)
      }
      if let inputGradient = pointers.inputGradient {
        kernels.gather(
          isTransposed ? convolution.convolving : convolution.transposing, slices: slices,
          weights: parameters + weight!, bias: nil, rectified: false, input: gradient,
          output: inputGradient)
      }
    case .batchNorm(let normalization):
      normalization.backward(
        .init(region: input, count: count), weight: parameters + weight!, input: pointers.input,
        gradient: gradient, weightGradient: gradients + weight!,
        biasGradient: gradients + bias!, inputGradient: pointers.inputGradient)
    case .maxPool(let geometry):
      guard let inputGradient = pointers.inputGradient else { return }
      kernels.greatestGradient(
        geometry, rows: rows, input: pointers.input, output: output, gradient: gradient,
        inputGradient: inputGradient)
    case .averagePool(let geometry):
      guard let inputGradient = pointers.inputGradient else { return }
      geometry.meanGradient(rows: rows, gradient: gradient, inputGradient: inputGradient)
    case .relu, .tanh, .sigmoid, .dropout:
      guard let inputGradient = pointers.inputGradient else { return }
      for position in 0..<outputs {
        let (y, slope) = (output[lanes: position], gradient[lanes: position])
        inputGradient[lanes: position] =
          switch kind {
          case .relu: slope.replacing(with: 0, where: y .<= 0)
          case .tanh: slope * (1 - y * y)
          case .sigmoid: slope * (y * (1 - y))
          case .dropout(let probability, let mask):
            probability > 0 ? slope * (values + mask.offset * slices)[lanes: position] : slope
          default: slope
          }
      }
    }
  }
}
