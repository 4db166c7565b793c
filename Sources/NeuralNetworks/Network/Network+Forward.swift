import Compute

extension Network {
  /// Fills the regions of a loaded batch, the first to the last.
  ///
  /// - Parameter masks: of the Dropouts, as in ``TrainingBatch``; BatchNorm then takes the batch's
  ///   statistics. Nil outside of training.
  func forward(
    _ batch: inout Batch, parameters: [Float], statistics: inout [Float], masks: [[Bool]]?,
    kernels: any BatchKernels
  ) {
    let (count, chunks) = (batch.count, batch.chunks)
    var nextMask = 0
    batch.values.withMutablePointer { values in
      parameters.withUnsafeBufferPointer { parameters in
        for operation in operations {
          let input = values + operation.input.offset * chunks
          let output = values + operation.output.offset * chunks
          let rows = operation.input.channels * chunks
          let positions = rows * operation.input.length
          switch operation.kind {
          case .convolution(let convolution, let isTransposed, let relu):
            kernels.convForward(
              isTransposed ? convolution.transposed : convolution.forward, chunks: chunks,
              weights: parameters.baseAddress! + operation.weight!,
              bias: operation.bias.map { parameters.baseAddress! + $0 }, relu: relu,
              input: input, output: output)
          case .activation(let activation):
            activation.apply(count: positions * chunkWidth, input: input, output: output)
          case .maxPool(let geometry):
            kernels.maxPool(geometry, rows: rows, input: input, output: output)
          case .averagePool(let geometry): geometry.mean(rows: rows, input: input, output: output)
          case .dropout(let probability, let region):
            nextMask += 1
            guard let masks, probability > 0 else {
              output.update(from: input, count: positions * chunkWidth)
              continue
            }
            let mask = values + region.offset * chunks
            Dropout.fill(
              mask, region: region, keeping: masks[nextMask - 1], count: count,
              probability: probability)
            for position in 0..<positions {
              output[lanes: position] = input[lanes: position] * mask[lanes: position]
            }
          case .batchNorm(let normalization):
            normalization.forward(
              .init(region: operation.input, count: count),
              weight: parameters.baseAddress! + operation.weight!,
              bias: parameters.baseAddress! + operation.bias!, running: &statistics,
              isTraining: masks != nil, input: input, output: output)
          }
        }
      }
    }
  }
}
