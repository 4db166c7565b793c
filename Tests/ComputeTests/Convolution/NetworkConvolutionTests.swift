import Compute
import Messages
import Testing

@Suite("Convolutions of networks")
struct NetworkConvolutionTests {
  /// Result and gradients of a case with all arrays in one type.
  private func answers(
    _ call: OperatorCase, _ type: ElementType
  ) throws -> (result: NDArray, gradients: LayerGradients) {
    let x = try call["x"].asType(type)
    let w = try call["w"].asType(type)
    let b = try call["b"].asType(type)
    if call.name == "conv1d" {
      let y = try NDArray.conv1d(x, weight: w, bias: b, call.parameters)
      let dy = try (call.arrays["dy"] ?? y).asType(type)
      return (
        y, try NDArray.conv1dGradients(dy, input: x, weight: w, call.parameters)
      )
    }
    let y = try NDArray.convTranspose1d(x, weight: w, bias: b, call.parameters)
    let dy = try (call.arrays["dy"] ?? y).asType(type)
    return (y, try NDArray.convTranspose1dGradients(dy, input: x, weight: w, call.parameters))
  }

  @Test("Forward and backward are PyTorch's, for odd shapes and the lesson's")
  func agreeWithPyTorch() throws {
    let calls = try (OperatorCase.oddShapes() + OperatorCase.lessonSizes())
      .filter { $0.name.hasPrefix("conv") }
    #expect(calls.count > 200)
    for call in calls {
      if call.isError {
        #expect(throws: Diagnostic.self, "\(call)") { try answers(call, .float64) }
        continue
      }
      for (type, tolerance) in [(ElementType.float64, 1e-12), (.float32, 1e-5)] {
        let (y, gradients) = try answers(call, type)
        for (name, array) in [
          ("y", y), ("dx", gradients.input), ("dw", gradients.weight), ("db", gradients.bias),
        ] {
          #expect(
            agreesWithPeak(array, try call[name].asType(type), relative: tolerance),
            "\(name) of \(call.name) with \(call.options) in \(type)")
        }
      }
    }
  }

  @Test("Every instruction set and any number of threads give the reference's bits")
  func instructionSets() throws {
    var geometries: [ConvolutionGeometry] = []
    for (shape, weight, parameters) in [
      ([1, 1, 5000], [1, 1, 12], ConvolutionParameters(stride: 2)),
      ([2, 3, 100], [5, 3, 4], ConvolutionParameters(padding: 3)),
      (
        [1, 4, 2500], [22, 2, 7],
        ConvolutionParameters(stride: 3, padding: 5, dilation: 2, groups: 2)
      ),
      ([3, 2, 64], [4, 2, 9], ConvolutionParameters(stride: 12, padding: 40)),
      ([1, 2, 40], [3, 1, 30], ConvolutionParameters(padding: 20, groups: 1)),
      ([1, 2, 9000], [9, 2, 3], ConvolutionParameters(stride: 2, padding: 7, dilation: 4001)),
      ([2, 8, 1], [8, 1, 1], ConvolutionParameters(groups: 8)),
    ] where shape[1] == weight[1] * parameters.groups {
      geometries.append(
        try ConvolutionGeometry(convolving: shape, weight: weight, parameters))
    }
    for (shape, weight, parameters) in [
      ([1, 1, 3000], [1, 1, 12], ConvolutionParameters(stride: 2, outputPadding: 1)),
      ([2, 4, 30], [4, 5, 3], ConvolutionParameters(stride: 5, padding: 2, groups: 2)),
      ([1, 3, 700], [3, 9, 6], ConvolutionParameters(stride: 3, padding: 6, dilation: 3)),
    ] {
      geometries.append(
        try ConvolutionGeometry(transposing: shape, weight: weight, parameters))
    }
    for geometry in geometries {
      try compare(geometry, Float.self)
      try compare(geometry, Double.self)
    }
  }

  private func compare<T: DirectScalar>(
    _ geometry: ConvolutionGeometry, _ type: T.Type
  ) throws {
    func numbers(_ shape: [Int], _ seed: UInt64) -> [T] {
      FourierTransformTests.noise(shape.reduce(1, *), seed: seed).map { T($0) }
    }
    var x = numbers(geometry.inputShape, 1)
    let y = numbers(geometry.outputShape, 2)
    let w = numbers(geometry.weightShape, 3)
    // What lies in the padding is skipped: infinity at the edge is not multiplied by 0.
    x[0] = .infinity
    for bias in [nil, numbers([geometry.outputChannels], 4)] {
      let expected = try geometry.convolvingDirectly(x, weight: w, bias: bias)
      let otherBias = bias.map { _ in numbers([geometry.inputChannels], 5) }
      let expectedBack = try geometry.scatteringDirectly(y, weight: w, bias: otherBias)
      for kernels in SignalKernels.all where kernels.isFused {
        for threads in [1, 3] {
          let values = try geometry.convolving(
            x, weight: w, bias: bias, kernels, threads: threads)
          #expect(values == expected, "\(geometry), \(kernels.name), \(threads) threads")
          let back = try geometry.scattering(
            y, weight: w, bias: otherBias, kernels, threads: threads)
          #expect(back == expectedBack, "\(geometry), \(kernels.name), \(threads) threads")
        }
      }
    }
  }

  @Test("Gradients are slopes")
  func gradientsAreSlopes() throws {
    let parameters = ConvolutionParameters(
      stride: 3, padding: 2, dilation: 2, groups: 2, outputPadding: 1)
    let x = noise([2, 4, 9])
    let w = noise([4, 2, 3], seed: 2)
    for isTransposed in [false, true] {
      func layer(_ x: NDArray, _ w: NDArray) throws -> NDArray {
        isTransposed
          ? try NDArray.convTranspose1d(x, weight: w, parameters)
          : try NDArray.conv1d(x, weight: w, parameters)
      }
      let dy = noise(try layer(x, w).shape, seed: 3)
      let gradients =
        isTransposed
        ? try NDArray.convTranspose1dGradients(dy, input: x, weight: w, parameters)
        : try NDArray.conv1dGradients(dy, input: x, weight: w, parameters)
      let dx = try numericalGradient(at: x, times: dy) { try layer($0, w) }
      let dw = try numericalGradient(at: w, times: dy) { try layer(x, $0) }
      #expect(agreesWithPeak(gradients.input, dx, relative: 1e-8))
      #expect(agreesWithPeak(gradients.weight, dw, relative: 1e-8))
    }
  }

  @Test("Long kernels go through transforms and give the same")
  func longKernels() throws {
    let x = noise([2, 2, 30_000])
    let w = noise([3, 2, 701], seed: 2)
    for parameters in [
      ConvolutionParameters(), ConvolutionParameters(stride: 2, padding: 700),
      ConvolutionParameters(padding: 9, dilation: 3),
    ] {
      let geometry = try ConvolutionGeometry(convolving: x.shape, weight: w.shape, parameters)
      let y = try NDArray.conv1d(x, weight: w, parameters)
      // One nan sends everything the direct way, and stays within the kernel's reach.
      var spoilt = try x.doubles
      spoilt[0] = .nan
      let direct = try NDArray.conv1d(
        NDArray(shape: x.shape, values: spoilt), weight: w, parameters)
      let (a, b) = try (y.doubles, direct.doubles)
      let reach = (geometry.kernelSpan + parameters.padding) / parameters.stride + 1
      let rest = a.indices.filter {
        $0 % geometry.outputLength > reach || $0 > 3 * geometry.outputLength
      }
      #expect(rest.allSatisfy { abs(a[$0] - b[$0]) < 1e-10 })
      #expect(b.contains { $0.isNaN })
      // ⟨conv x, y⟩ = ⟨x, transpose y⟩
      let back = try NDArray.convTranspose1d(
        y, weight: w,
        ConvolutionParameters(
          stride: parameters.stride, padding: parameters.padding, dilation: parameters.dilation,
          outputPadding: (geometry.length + 2 * parameters.padding - geometry.kernelSpan)
            % parameters.stride))
      let left = try zip(y.doubles, y.doubles).reduce(0) { $0 + $1.0 * $1.1 }
      let right = try zip(x.doubles, back.doubles).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(left - right) < 1e-10 * left)
    }
  }

  @Test("The lesson's lengths: 11 taps keep NumPy's length, 12 only for an even number of samples")
  func lessonLengths() throws {
    for length in [220_500, 220_501] {
      let parameters = ConvolutionParameters(stride: 2, padding: 10)
      let full = try ConvolutionGeometry(
        convolving: [1, 1, length], weight: [1, 1, 11], parameters)
      #expect(full.outputLength == (length + 10 + 1) / 2)
      let even = try ConvolutionGeometry(
        convolving: [1, 1, length], weight: [1, 1, 12], parameters)
      #expect((even.outputLength == full.outputLength) == (length % 2 == 0))
    }
    let restored = try ConvolutionGeometry(
      transposing: [1, 1, 110_255], weight: [1, 1, 12], ConvolutionParameters(stride: 2))
    #expect(restored.length == 2 * 110_255 + 10)
  }

  @Test(
    "What does not fit is said",
    arguments: [
      (
        [1, 2, 9], [4, 3, 3], ConvolutionParameters(),
        "the weight has 3 input channels, and the signal has 2"
      ),
      (
        [1, 1, 3], [1, 1, 11], ConvolutionParameters(padding: 3),
        "padding 3 makes the length 9, and the kernel of 11 does not fit"
      ),
      (
        [1, 1, 9], [1, 1, 5], ConvolutionParameters(dilation: 3),
        "the signal's length is 9, and the kernel, which with dilation 3 spans 13 samples, does not fit"
      ),
      (
        [1, 4, 9], [3, 2, 3], ConvolutionParameters(groups: 2),
        "3 output channels cannot be divided into 2 groups"
      ),
      (
        [1, 4, 9], [4, 4, 3], ConvolutionParameters(groups: 2),
        "the weight has 4 input channels for each of 2 groups, and the signal has 4"
      ),
      (
        [1, 1, 9], [1, 1, 3], ConvolutionParameters(stride: 0),
        "stride is 0, but must be at least 1"
      ),
      (
        [1, 1, 9], [1, 1, 3], ConvolutionParameters(padding: .max),
        "padding is 9223372036854775807; at most 2147483648 is allowed"
      ),
      (
        [1, 9], [1, 1, 3], ConvolutionParameters(),
        "the signal must have three axes, (batch, channels, length), but its shape is (1, 9)"
      ),
    ])
  func sentences(
    shape: [Int], weight: [Int], parameters: ConvolutionParameters, message: String
  ) {
    let error = #expect(throws: Diagnostic.self) {
      try ConvolutionGeometry(convolving: shape, weight: weight, parameters)
    }
    #expect(error?.message == message)
  }

  @Test("Huge results are refused before anything is allocated")
  func hugeResults() {
    let one = noise([1, 1, 1])
    #expect(throws: Diagnostic.self) {
      try NDArray.conv1d(one, weight: one, ConvolutionParameters(padding: 1 << 31))
    }
    #expect(throws: Diagnostic.self) {
      try NDArray.convTranspose1d(
        noise([1, 1, 3]), weight: one, ConvolutionParameters(stride: 1 << 31))
    }
    #expect(throws: Diagnostic.self) {
      let long = try NDArray.zeros([1, 1, 1 << 20])
      _ = try NDArray.conv1dGradients(
        NDArray.zeros([1, 1, 1 << 20]), input: long,
        weight: NDArray.zeros([1, 1, 1 << 19 + 1]), ConvolutionParameters(padding: 1 << 18))
    }
  }
}
