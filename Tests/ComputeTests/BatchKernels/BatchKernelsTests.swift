import Compute
import Testing

@Suite("Kernels of training", .serialized)
struct BatchKernelsTests {
  /// PyTorch's answers, for odd shapes and for those of the lesson.
  static let cases: [OperatorCase] = {
    let all = (try? OperatorCase.oddShapes() + OperatorCase.lessonSizes()) ?? []
    return all.filter { $0.name.hasPrefix("conv") && !$0.isError && $0.arrays["dy"] != nil }
  }()

  @Test(
    "Forward and backward as PyTorch, in every implementation",
    arguments: AvailableKernels.all.map(\.name))
  func convolutions(name: String) throws {
    let kernels = try #require(AvailableKernels.all.first { $0.name == name })
    #expect(Self.cases.count > 20)
    for example in Self.cases where try example["x"].shape.count == 3 {
      let isTransposed = example.name == "conv_transpose1d"
      let x = try example["x"]
      let weights: [Float] = try example["w"].values()
      let geometry =
        isTransposed
        ? try ConvolutionGeometry(
          transposing: x.shape, weight: example["w"].shape, example.parameters)
        : try ConvolutionGeometry(
          convolving: x.shape, weight: example["w"].shape, example.parameters)
      let convolution = BatchConvolution(geometry)
      let chunks = chunkCount(ofBatch: x.shape[0])
      let gradient = try example["dy"]

      var output = [Float](repeating: 7, count: chunks * chunkWidth * gradient.shape[1...].product)
      let bias: [Float]? = try example.arrays["b"]?.values()
      let forward = isTransposed ? convolution.transposed : convolution.forward
      withOptionalPointer(bias) { bias in
        kernels.convForward(
          .all, forward, chunks: chunks, weights: weights, bias: bias, relu: false,
          input: x.chunked, output: &output, claims: nil)
      }
      expect(output.unchunked(gradient.shape), isCloseTo: try example["y"], example, name)

      var inputGradient = [Float](repeating: 7, count: chunks * chunkWidth * x.shape[1...].product)
      kernels.convForward(
        .all, isTransposed ? convolution.forward : convolution.transposed, chunks: chunks,
        weights: weights, bias: nil, relu: false, input: gradient.chunked,
        output: &inputGradient, claims: nil)
      expect(inputGradient.unchunked(x.shape), isCloseTo: try example["dx"], example, name)

      var weightGradient = [Float](repeating: 1, count: weights.count)
      kernels.weightGradient(
        .all, convolution.weightGradient, chunks: chunks,
        outputs: isTransposed ? x.chunked : gradient.chunked,
        signal: isTransposed ? gradient.chunked : x.chunked, gradient: &weightGradient,
        chunkStride: 0)
      expect(weightGradient.map { $0 - 1 }, isCloseTo: try example["dw"], example, name)

      if let expected = example.arrays["db"] {
        var sums = [Float](repeating: 0, count: gradient.shape[1])
        kernels.biasGradient(
          .all, channels: gradient.shape[1], length: gradient.shape[2], chunks: chunks,
          values: gradient.chunked, gradient: &sums, chunkStride: 0)
        expect(sums, isCloseTo: expected, example, name)
      }
    }
  }

  @Test(
    "Pools and their gradients as PyTorch, in every implementation",
    arguments: AvailableKernels.all.map(\.name))
  func pooling(name: String) throws {
    let kernels = try #require(AvailableKernels.all.first { $0.name == name })
    let examples = try (OperatorCase.lessonSizes() + OperatorCase.oddShapes())
      .filter { $0.name.hasSuffix("_pool1d") && !$0.isError && $0.options["kernel_size"] != nil }
    #expect(examples.count > 150)
    for example in examples {
      let (x, y, gradient) = (try example["x"], try example["y"], try example["dy"])
      let geometry = try PoolingGeometry(pooling: x.shape, example.pooling)
      let rows = chunkCount(ofBatch: x.shape[0]) * x.shape[1]
      let (from, slopes) = (x.chunked, gradient.chunked)
      var output = [Float](repeating: 7, count: rows * geometry.outputLength * chunkWidth)
      var inputGradient = [Float](repeating: 7, count: rows * geometry.length * chunkWidth)
      if example.name == "max_pool1d" {
        kernels.maxPool(.all, geometry, rows: rows, input: from, output: &output)
        kernels.maxPoolGradient(
          .all, geometry, rows: rows, input: from, output: output, gradient: slopes,
          relu: false, inputGradient: &inputGradient)
      } else {
        kernels.averagePool(.all, geometry, rows: rows, input: from, output: &output)
        kernels.averagePoolGradient(
          .all, geometry, rows: rows, gradient: slopes, inputGradient: &inputGradient)
      }
      expect(output.unchunked(y.shape), isCloseTo: y, example, name)
      expect(inputGradient.unchunked(x.shape), isCloseTo: try example["dx"], example, name)
    }
  }

  @Test(
    "The first of equal maxima gets the gradient, samples between windows get none, nan wins",
    arguments: AvailableKernels.all.map(\.name))
  func tiesAndGaps(name: String) throws {
    let kernels = try #require(AvailableKernels.all.first { $0.name == name })
    let input = NDArray(shape: [1, 1, 8], values: [5, 5, 9, 1, 2, .nan, 3, 4] as [Float])
    let geometry = try PoolingGeometry(
      pooling: input.shape, PoolingParameters(kernelSize: 2, stride: 3))
    var output = [Float](repeating: 7, count: geometry.outputLength * chunkWidth)
    kernels.maxPool(.all, geometry, rows: 1, input: input.chunked, output: &output)
    #expect(output.unchunked([1, 1, 3]) == [5, 2, 4])
    let gradient = NDArray(shape: [1, 1, 3], values: [10, 20, 30] as [Float])
    var inputGradient = [Float](repeating: 7, count: 8 * chunkWidth)
    kernels.maxPoolGradient(
      .all, geometry, rows: 1, input: input.chunked, output: output, gradient: gradient.chunked,
      relu: false, inputGradient: &inputGradient)
    #expect(inputGradient.unchunked([1, 1, 8]) == [10, 0, 0, 0, 20, 0, 0, 30])

    let overlapping = try PoolingGeometry(
      pooling: input.shape, PoolingParameters(kernelSize: 3, stride: 1))
    var all = [Float](repeating: 7, count: overlapping.outputLength * chunkWidth)
    kernels.maxPool(.all, overlapping, rows: 1, input: input.chunked, output: &all)
    let values = all.unchunked([1, 1, 6])
    #expect(values[..<3] == [9, 9, 9])
    #expect(values[3...].allSatisfy { $0.isNaN })
  }

  @Test(
    "What is negative becomes 0 on demand, and nan stays",
    arguments: AvailableKernels.all.map(\.name))
  func relu(name: String) throws {
    let kernels = try #require(AvailableKernels.all.first { $0.name == name })
    let geometry = try ConvolutionGeometry(
      convolving: [1, 1, 4], weight: [1, 1, 1], ConvolutionParameters())
    var output = [Float](repeating: 7, count: 4 * chunkWidth)
    let input = NDArray(shape: [1, 1, 4], values: [-2, 3, .nan, .infinity] as [Float])
    kernels.convForward(
      .all, BatchConvolution(geometry).forward, chunks: 1, weights: [1], bias: [0.5],
      relu: true, input: input.chunked, output: &output, claims: nil)
    let values = output.unchunked([1, 1, 4])
    #expect(values[0] == 0)
    #expect(values[1] == 3.5)
    #expect(values[2].isNaN)
    #expect(values[3] == .infinity)
    var gradient = [Float](repeating: 5, count: 4 * chunkWidth)
    kernels.reluGradient(.all, positions: 4, output: output, gradient: &gradient)
    #expect(gradient.unchunked([1, 1, 4]) == [0, 5, 0, 5])
  }

  @Test(
    "A denormal that a ReLU passes on stays as it is, also where results that small become 0",
    arguments: AvailableKernels.all.map(\.name))
  func denormals(name: String) throws {
    let kernels = try #require(AvailableKernels.all.first { $0.name == name })
    var values: [Float] = [0x1p-140, -0x1p-140, 1, -1, 0, -0.0]
    values += [Float](repeating: 2, count: chunkWidth - values.count)
    var output = values
    flushingDenormals {
      kernels.activate(.all, .relu, positions: 1, input: values, output: &output)
    }
    values[3] = 0
    #expect(output.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test(
    "Memory that is claimed meanwhile keeps what it holds",
    arguments: AvailableKernels.all.map(\.name))
  func claims(name: String) throws {
    let kernels = try #require(AvailableKernels.all.first { $0.name == name })
    let shape = LinearShape(inputs: 40, outputs: 21, samples: 32)
    let geometry = try ConvolutionGeometry(
      convolving: [32, 40, 1], weight: [21, 40, 1], ConvolutionParameters())
    let x = [Float](repeating: 1, count: 2 * 40 * chunkWidth)
    // Signaling nans: arithmetic would make them quiet.
    var memory = (0..<21 * 40).map { Float(bitPattern: 0x7F80_0001 + UInt32($0)) }
    let before = memory.map(\.bitPattern)
    let transposed = [Float](repeating: 1, count: 32 * LinearShape.row(ofInputs: 40))
    var output = [Float](repeating: 0, count: 2 * 21 * chunkWidth)
    memory.withUnsafeMutableBufferPointer { memory in
      for claims in [memory, UnsafeMutableBufferPointer(rebasing: memory[3..<50])] {
        kernels.convForward(
          .all, BatchConvolution(geometry).forward, chunks: 2, weights: x, bias: nil,
          relu: false, input: x, output: &output, claims: claims)
      }
      var gradient = [Float](repeating: 0, count: memory.count)
      for index in 0..<3 {
        kernels.linearGradient(
          Share(index, of: 3), shape, outputs: output, transposed: transposed, gradient: &gradient,
          adds: false, parameters: memory.baseAddress)
      }
    }
    #expect(memory.map(\.bitPattern) == before)
    #expect(output == [Float](repeating: 40, count: output.count))
  }

  @Test("This processor's instruction set decides what there is")
  func available() {
    let names = AvailableKernels.all.map(\.name)
    #expect(names.starts(with: ["reference", "baseline"]))
    #expect(AvailableKernels.all.contains { $0.name == AvailableKernels.chosen.name })
  }

  private func expect(
    _ values: [Float], isCloseTo expected: NDArray, _ example: OperatorCase, _ kernels: String
  ) {
    let expected = expected.numbers
    let scale = expected.map(abs).max() ?? 0
    let difference =
      values.count == expected.count
      ? zip(values, expected).map { abs(Double($0) - $1) }.max() ?? 0 : .infinity
    #expect(difference <= 1e-5 * max(1, scale), "\(kernels), \(example.name), \(example.options)")
  }
}

private func withOptionalPointer(
  _ values: [Float]?, _ body: (UnsafePointer<Float>?) -> Void
) {
  guard let values else { return body(nil) }
  values.withUnsafeBufferPointer { body($0.baseAddress) }
}

extension NDArray {
  /// [N, C, L] as chunks [C][L][16]; lanes beyond the last sample are 0.
  fileprivate var chunked: [Float] {
    // Without a budget nothing this small is refused.
    let values: [Float] = try! values()
    let size = shape[1...].product
    var result = [Float](repeating: 0, count: chunkCount(ofBatch: shape[0]) * size * chunkWidth)
    for sample in 0..<shape[0] {
      for index in 0..<size {
        result[offset(of: sample, index, size)] = values[sample * size + index]
      }
    }
    return result
  }
}

extension [Float] {
  fileprivate func unchunked(_ shape: [Int]) -> [Float] {
    let size = shape[1...].product
    return (0..<shape[0]).flatMap { sample in
      (0..<size).map { self[offset(of: sample, $0, size)] }
    }
  }
}

private func offset(of sample: Int, _ index: Int, _ size: Int) -> Int {
  (sample / chunkWidth * size + index) * chunkWidth + sample % chunkWidth
}

extension ArraySlice<Int> {
  fileprivate var product: Int { reduce(1, *) }
}
