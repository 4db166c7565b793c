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

  package func gather(
    _ plan: GatherPlan, slices: Int, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    rectified: Bool, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    var shape = plan.shape
    shape.slices = slices
    plan.taps.withUnsafeBufferPointer { taps in
      plan.columns.withUnsafeBufferPointer { columns in
        for run in plan.runs {
          functions.gather(
            &shape, UnsafeBufferPointer(rebasing: taps[run.taps]).baseAddress, run.taps.count,
            UnsafeBufferPointer(rebasing: columns[run.columns]).baseAddress, run.columns.count,
            weights, bias, rectified ? 1 : 0, input, output)
        }
      }
    }
  }

  package func correlate(
    _ plan: CorrelationPlan, slices: Int, places: UnsafePointer<Float>,
    signal: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    var shape = plan.shape
    shape.slices = slices
    functions.correlate(&shape, plan.spans, places, signal, gradient)
  }

  package func addSums(
    channels: Int, length: Int, slices: Int, values: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>
  ) {
    let size = length * sliceWidth
    functions.add_sums(channels, slices, size, channels * size, values, sums)
  }

  package func greatest(
    _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    var shape = etude_pooling(geometry, rows: rows)
    functions.greatest(&shape, input, output)
  }

  package func greatestGradient(
    _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafePointer<Float>, gradient: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    var shape = etude_pooling(geometry, rows: rows)
    functions.greatest_gradient(&shape, input, output, gradient, inputGradient)
  }

  package func rectifyGradient(
    positions: Int, output: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    functions.rectify_gradient(positions * sliceWidth, output, gradient)
  }
}

extension etude_pooling {
  fileprivate init(_ geometry: PoolingGeometry, rows: Int) {
    self.init(
      rows: rows, length: geometry.length, places: geometry.places, size: geometry.kernelSize,
      stride: geometry.stride)
  }
}
