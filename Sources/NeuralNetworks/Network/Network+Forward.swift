import Compute
import Glibc

extension Network {
  /// Fills the regions of a loaded batch, the first to the last.
  ///
  /// - Parameters:
  ///   - random: draws for Dropout, in training only.
  ///   - isTraining: BatchNorm takes the batch's statistics, and Dropout drops.
  func forward(
    _ batch: inout Batch, parameters: [Float], statistics: inout [Float],
    random: inout PyTorchGenerator, isTraining: Bool, kernels: any BatchKernels
  ) {
    let (count, slices) = (batch.count, batch.slices)
    batch.values.withMutablePointer { values in
      parameters.withUnsafeBufferPointer { parameters in
        for operation in operations {
          let input = values + operation.input.offset * slices
          let output = values + operation.output.offset * slices
          let rows = operation.input.channels * slices
          let positions = rows * operation.input.length
          switch operation.kind {
          case .convolution(let convolution, let isTransposed, let rectified):
            kernels.gather(
              isTransposed ? convolution.transposing : convolution.convolving, slices: slices,
              weights: parameters.baseAddress! + operation.weight!,
              bias: operation.bias.map { parameters.baseAddress! + $0 }, rectified: rectified,
              input: input, output: output)
          case .relu:
            for position in 0..<positions {
              let value = input[lanes: position]
              output[lanes: position] = value.replacing(with: 0, where: value .< 0)
            }
          case .tanh:
            for index in 0..<positions * sliceWidth { output[index] = tanhf(input[index]) }
          case .sigmoid:
            for index in 0..<positions * sliceWidth {
              output[index] = 1 / (1 + expf(-input[index]))
            }
          case .maxPool(let geometry):
            kernels.greatest(geometry, rows: rows, input: input, output: output)
          case .averagePool(let geometry): geometry.mean(rows: rows, input: input, output: output)
          case .dropout(let probability, let region):
            guard isTraining, probability > 0 else {
              output.update(from: input, count: positions * sliceWidth)
              continue
            }
            let mask = values + region.offset * slices
            Dropout.fill(
              mask, region: region, count: count, probability: probability, random: &random)
            for position in 0..<positions {
              output[lanes: position] = input[lanes: position] * mask[lanes: position]
            }
          case .batchNorm(let normalization):
            normalization.forward(
              .init(region: operation.input, count: count),
              weight: parameters.baseAddress! + operation.weight!,
              bias: parameters.baseAddress! + operation.bias!, running: &statistics,
              isTraining: isTraining, input: input, output: output)
          }
        }
      }
    }
  }
}
