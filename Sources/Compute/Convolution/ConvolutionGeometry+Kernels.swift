import CKernels
import Concurrency
import Messages

// The sums of a network's convolution by CKernels, bit for bit as the reference in
// ConvolutionGeometry+Direct.swift.

extension ConvolutionGeometry {
  /// Values of shape [N, D, P] from a signal of shape [N, C, L], starting with the bias, [D].
  /// O(N · D · C / groups · K · P), on several threads where that pays.
  ///
  /// - Parameter threads: nil for as many as may compute, and have work.
  package func convolving<T: DirectScalar>(
    _ signal: [T], weight: [T], bias: [T]? = nil, _ kernels: SignalKernels = .chosen,
    threads: Int? = nil
  ) throws(Diagnostic) -> [T] {
    let shape = etude_direct(
      rows: outputChannelsPerGroup, depth: inputChannelsPerGroup, taps: 0, count: 0,
      weight_row: inputChannelsPerGroup * kernelSize, weight_depth: kernelSize, input_depth: 0,
      output_row: outputLength, output_step: 1)
    return try summing(
      .init(convolving: self), shape, kernels, threads, signal, length, weight, bias)
  }

  /// Values of shape [N, C, L] from ones of shape [N, D, P], starting with the bias, [C]: the
  /// transpose of ``convolving(_:weight:bias:_:threads:)``, with its costs.
  package func scattering<T: DirectScalar>(
    _ values: [T], weight: [T], bias: [T]? = nil, _ kernels: SignalKernels = .chosen,
    threads: Int? = nil
  ) throws(Diagnostic) -> [T] {
    let shape = etude_direct(
      rows: inputChannelsPerGroup, depth: outputChannelsPerGroup, taps: 0, count: 0,
      weight_row: kernelSize, weight_depth: inputChannelsPerGroup * kernelSize, input_depth: 0,
      output_row: length, output_step: parameters.stride)
    return try summing(
      .init(scattering: self), shape, kernels, threads, values, outputLength, weight, bias)
  }

  private func summing<T: DirectScalar>(
    _ plan: DirectConvolutionPlan, _ shape: etude_direct, _ kernels: SignalKernels, _ threads: Int?,
    _ input: [T], _ inputLength: Int, _ weight: [T], _ bias: [T]?
  ) throws(Diagnostic) -> [T] {
    // A piece of work is a block of outputs of one group and one sample.
    let blocks = blockCount(plan.parts[0].count, by: DirectConvolutionPlan.block)
    let pieces = batchSize * parameters.groups * blocks
    let scratchCount = shape.depth * plan.rows.count * plan.width
    let steps = Int(multiplicationCount / Double(32 * max(1, pieces))) + scratchCount
    let threadCount = max(1, threads ?? Devices.cpu.threads(forSteps: steps * pieces))
    try [T].reserve(threadCount * scratchCount)
    let outputCount = batchSize * parameters.groups * shape.rows * shape.output_row
    return try [T](initializing: outputCount) { (output) throws(Diagnostic) in
      let work = DirectConvolutionWork(
        plan: plan, shape: shape, kernels: kernels, groups: parameters.groups, blocks: blocks,
        input: input, inputLength: inputLength, weight: weight, bias: bias, output: output)
      var scratch = [T](repeating: 0, count: threadCount * scratchCount)
      let team = threadCount > 1 ? ThreadTeam(threadCount: threadCount) : nil
      try scratch.withUnsafeMutableBufferPointer { (scratch) throws(Diagnostic) in
        // The empty one of a kernel that meets no samples has no address.
        let scratch = scratch.baseAddress ?? UnsafeMutablePointer(output)
        // Some milliseconds, so that threads seldom wait for each other.
        try Budget.forEachChunk(of: pieces, steps: steps / 256) { range in
          guard let team else {
            for piece in range { work.run(piece, scratch) }
            return
          }
          team.run { index in
            for piece in Share(index, of: team.count).range(of: range.count) {
              work.run(range.lowerBound + piece, scratch + index * scratchCount)
            }
          }
        }
      }
    }
  }
}

/// The parts of ``ConvolutionGeometry``'s sums, each of which can be made by another thread.
private struct DirectConvolutionWork<T: DirectScalar> {
  let plan: DirectConvolutionPlan
  let shape: etude_direct
  let kernels: SignalKernels
  let groups: Int
  let blocks: Int
  /// [N, groups · depth, inputLength].
  let input: [T]
  let inputLength: Int
  let weight: [T]
  let bias: [T]?
  /// [N, groups · rows, shape.output_row].
  let output: UnsafeMutablePointer<T>

  /// - Parameter scratch: room for the block's samples.
  func run(_ piece: Int, _ scratch: UnsafeMutablePointer<T>) {
    let (row, block) = piece.quotientAndRemainder(dividingBy: blocks)
    let group = row % groups
    let first = block * DirectConvolutionPlan.block
    var shape = shape
    shape.input_depth = plan.rows.count * plan.width
    input.withUnsafeBufferPointer { input in
      for depth in 0..<shape.depth {
        let signal = input.baseAddress! + (row * shape.depth + depth) * inputLength
        for (index, start) in plan.rows.enumerated() {
          T.spread(
            kernels, step: plan.stride, count: plan.width, from: signal, length: inputLength,
            first: start + first * plan.stride,
            into: scratch + depth * shape.input_depth + index * plan.width)
        }
      }
    }
    for part in plan.parts where part.count > first {
      shape.taps = part.taps.count
      shape.count = min(DirectConvolutionPlan.block, part.count - first)
      let taps = part.taps.map { tap in
        let offset = tap.offset + first * plan.stride
        // The outputs p with 0 ≤ p · stride + offset < inputLength.
        return etude_direct_tap(
          weight: tap.index, input: tap.row * plan.width + tap.place,
          start: offset >= 0 ? 0 : min(shape.count, (plan.stride - 1 - offset) / plan.stride),
          end: offset >= inputLength ? 0 : (inputLength - 1 - offset) / plan.stride + 1)
      }
      let target = output + row * shape.rows * shape.output_row + part.start + first * part.step
      weight.withUnsafeBufferPointer { weight in
        let weight = weight.baseAddress! + group * shape.rows * weightsPerRow
        guard let bias else {
          return T.convolve(
            kernels, &shape, taps, weights: weight, bias: nil, input: scratch, output: target)
        }
        bias.withUnsafeBufferPointer { bias in
          T.convolve(
            kernels, &shape, taps, weights: weight, bias: bias.baseAddress! + group * shape.rows,
            input: scratch, output: target)
        }
      }
    }
  }

  private var weightsPerRow: Int { weight.count / (groups * shape.rows) }
}
