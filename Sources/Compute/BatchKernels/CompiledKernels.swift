import CKernels

/// The kernels of CKernels, compiled for one instruction set.
package struct CompiledKernels: BatchKernels {
  package let name: String
  private let functions: etude_kernels

  private init?(_ name: String, _ functions: UnsafePointer<etude_kernels>?) {
    guard let functions else { return nil }
    self.name = name
    self.functions = functions.pointee
  }

  private init(_ name: String, _ functions: etude_kernels) {
    self.name = name
    self.functions = functions
  }

  static let baseline = CompiledKernels("baseline", etude_kernels_baseline)
  static let avx2 = CompiledKernels("avx2", etude_kernels_avx2())
  static let avx512 = CompiledKernels("avx512", etude_kernels_avx512())

  package func convForward(
    _ plan: ConvolutionPlan, chunks: Int, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?,
    relu: Bool, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    var shape = plan.shape
    shape.chunks = chunks
    plan.taps.withUnsafeBufferPointer { taps in
      plan.columns.withUnsafeBufferPointer { columns in
        for run in plan.runs {
          functions.conv_forward(
            &shape, UnsafeBufferPointer(rebasing: taps[run.taps]).baseAddress, run.taps.count,
            UnsafeBufferPointer(rebasing: columns[run.columns]).baseAddress, run.columns.count,
            weights, bias, relu ? 1 : 0, input, output)
        }
      }
    }
  }

  package func weightGradient(
    _ plan: WeightGradientPlan, chunks: Int, outputs: UnsafePointer<Float>,
    signal: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    var shape = plan.shape
    shape.chunks = chunks
    functions.weight_gradient(&shape, plan.spans, outputs, signal, gradient)
  }

  package func biasGradient(
    channels: Int, length: Int, chunks: Int, values: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>
  ) {
    let size = length * chunkWidth
    functions.bias_gradient(channels, chunks, size, channels * size, values, sums)
  }

  package func maxPool(
    _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    var shape = etude_pooling(geometry, rows: rows)
    functions.max_pool(&shape, input, output)
  }

  package func maxPoolGradient(
    _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafePointer<Float>, gradient: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    var shape = etude_pooling(geometry, rows: rows)
    functions.max_pool_gradient(&shape, input, output, gradient, inputGradient)
  }

  package func reluGradient(
    positions: Int, output: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    functions.relu_gradient(positions * chunkWidth, output, gradient)
  }
}

extension etude_pooling {
  fileprivate init(_ geometry: PoolingGeometry, rows: Int) {
    self.init(
      rows: rows, length: geometry.length, outputs: geometry.outputLength,
      size: geometry.kernelSize,
      stride: geometry.stride)
  }
}
