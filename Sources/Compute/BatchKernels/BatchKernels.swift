import CKernels
import Glibc

/// The inner loops of training.
///
/// Training keeps its signals in slices of 16 samples of the batch that lie side by side,
/// [slice][channel][position][16]: then every operator works on whole vectors, with any stride and
/// without copies. Two loops serve all layers with weights: `gather` takes signals forwards, and their
/// gradients back, `correlate` makes the gradients of weights. A transposed convolution is the other's
/// gradient; a linear layer is a convolution of length 1.
///
/// The result depends neither on the number of slices beyond a batch's own nor on who computes it:
/// every sum has a fixed order.
package protocol BatchKernels: Sendable {
  /// As `ETUDE_SIMD` names it.
  var name: String { get }

  /// For each slice, group, row (a channel of the output) and column (a position of it):
  ///
  ///     output[row, column] = bias[row] + Σ weights[row, depth, tap] · input[depth, column + tap]
  ///
  /// over the channels of the group and the taps of the column's run. `rectified` replaces what is
  /// negative by 0.
  func gather(
    _ plan: GatherPlan, slices: Int, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    rectified: Bool, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>)

  /// Adds to each weight's gradient, over all samples and the places at which its tap is inside:
  ///
  ///     gradient[row, column, tap] += Σ places[row, place] · signal[column, place + tap]
  func correlate(
    _ plan: CorrelationPlan, slices: Int, places: UnsafePointer<Float>,
    signal: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>)

  /// Adds the sum of each channel over positions and samples.
  func addSums(
    channels: Int, length: Int, slices: Int, values: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>)

  /// The greatest sample of each window, over so many rows (slices times channels); nan counts as
  /// greatest.
  ///
  /// - Precondition: the pooling has no padding.
  func greatest(
    _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>)

  /// What each maximum gets goes to the first sample of its window that equals it.
  func greatestGradient(
    _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafePointer<Float>, gradient: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>)

  /// Clears the gradient where a rectified output is not positive.
  func rectifyGradient(
    positions: Int, output: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>)
}

/// Samples that lie side by side.
package let sliceWidth = etude_slice_width

/// Slices that a batch of so many samples fills, the last one perhaps in part.
package func sliceCount(ofBatch count: Int) -> Int { (count + sliceWidth - 1) / sliceWidth }

/// The kernels that this processor can run, and the ones in use.
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
  /// baseline, avx2 or avx512. A name that this processor does not know is passed over.
  package static let chosen: any BatchKernels = {
    let wish = getenv("ETUDE_SIMD").map { String(cString: $0) }
    return all.first { $0.name == wish } ?? all[all.count - 1]
  }()
}
