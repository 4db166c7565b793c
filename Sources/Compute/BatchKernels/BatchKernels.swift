import CKernels
import Glibc

/// The inner loops of training.
///
/// Training keeps its signals in chunks of 16 samples of the batch that lie side by side,
/// [chunk][channel][position][16]: then every operator works on whole vectors, with any stride and
/// without copies. Two loops serve all layers with weights: `convForward` computes outputs, and with
/// the transposed plan the gradients of inputs; `weightGradient` those of weights. A transposed
/// convolution is a convolution's input gradient; a linear layer is a convolution of length 1.
///
/// Every sum has a fixed order: the same batch always gives the same bits.
package protocol BatchKernels: Sendable {
  /// As `ETUDE_SIMD` names it.
  var name: String { get }

  /// For each chunk, group, row (a channel of the output) and column (a position of it):
  ///
  ///     output[row, column] = bias[row] + Σ weights[row, depth, tap] · input[depth, column + tap]
  ///
  /// over the channels of the group and the taps of the column's run. `relu` replaces negative
  /// outputs by 0.
  func convForward(
    _ plan: ConvolutionPlan, chunks: Int, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?,
    relu: Bool, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>)

  /// Adds to each weight's gradient, over all samples and the outputs whose tap is inside the signal:
  ///
  ///     gradient[row, column, tap] += Σ outputs[row, p] · signal[column, p + tap]
  func weightGradient(
    _ plan: WeightGradientPlan, chunks: Int, outputs: UnsafePointer<Float>,
    signal: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>)

  /// Adds to each bias's gradient: the sum of its channel over positions and samples.
  func biasGradient(
    channels: Int, length: Int, chunks: Int, values: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>)

  /// The largest sample of each window, in each of so many rows (chunks times channels); nan counts
  /// as largest.
  ///
  /// - Precondition: the pooling has no padding.
  func maxPool(
    _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>)

  /// The gradient of each maximum goes to the first sample of its window that equals it.
  func maxPoolGradient(
    _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafePointer<Float>, gradient: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>)

  /// Clears the gradient where the output of a fused relu is not positive.
  func reluGradient(
    positions: Int, output: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>)
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

  /// The fastest ones, or those that the environment variable `ETUDE_SIMD` names: reference,
  /// baseline, avx2 or avx512. Unknown or unsupported names are ignored.
  package static let chosen: any BatchKernels = {
    let requested = getenv("ETUDE_SIMD").map { String(cString: $0) }
    return all.first { $0.name == requested } ?? all[all.count - 1]
  }()
}
