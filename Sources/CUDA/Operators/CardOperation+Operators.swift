import CCUDAKernels
import Compute
import Messages

/// Which operators the card computes: those on floats of one type, bit for bit as the CPU does it.
extension CardOperation {
  /// Nil for what the card does not compute.
  ///
  /// - Throws: as the CPU would.
  init?(_ operation: TensorOperation, _ operands: [Operand]) throws(Diagnostic) {
    guard let work = try Self.work(operation, operands) else { return nil }
    // Nothing is computed of nothing.
    guard work.count > 0, work.inputs.allSatisfy({ $0 == nil || $0!.count > 0 }) else { return nil }
    self = work
  }

  private static func work(
    _ operation: TensorOperation, _ operands: [Operand]
  ) throws(Diagnostic) -> CardOperation? {
    let arrays = operands.map(\.array)
    let bias = arrays.count > 2 ? arrays[2] : nil
    switch operation {
    case .conv1d(let parameters): return try conv1d(arrays[0], arrays[1], bias, parameters)
    case .convTranspose1d(let parameters):
      return try convTranspose1d(arrays[0], arrays[1], bias, parameters)
    case .linear: return try linear(arrays[0], arrays[1], bias)
    case .maxPool1d(let parameters): return try pool("max_pool", arrays[0], parameters)
    case .avgPool1d(let parameters): return try pool("average_pool", arrays[0], parameters)
    case .adaptiveAvgPool1d:
      let all = PoolingParameters(kernelSize: arrays[0].shape.last ?? 0)
      return try pool("average_pool", arrays[0], all)
    case .activation(let activation):
      guard let (number, parameter) = activation.onCard else { return nil }
      return try map(number, arrays[0], parameter: parameter)
    case .function(let function):
      guard let number = function.onCard else { return nil }
      return try map(number, arrays[0])
    case .unary(let operation):
      guard let number = operation.onCard else { return nil }
      return try map(number, arrays[0])
    case .binary(let operation):
      guard let number = operation.onCard else { return nil }
      return try combine(number, operands[0], operands[1], isComparison: operation.isComparison)
    case .reduction(let reduction, let axes, let keepingAxes):
      guard let number = reduction.onCard else { return nil }
      return try reduce(number, arrays[0], over: axes, keepingAxes: keepingAxes)
    case .groupNorm, .softmax, .logSoftmax: return nil
    }
  }

  // MARK: Layers

  private static func conv1d(
    _ input: NDArray, _ weight: NDArray, _ bias: NDArray?, _ parameters: ConvolutionParameters
  ) throws(Diagnostic) -> CardOperation? {
    let geometry = try ConvolutionGeometry(convolving: input, weight, bias, parameters)
    if input.type == .float64, geometry.convolvesByTransforms { return nil }
    return CardOperation(
      "convolve", input.type, [input, weight, bias], shape: geometry.outputShape
    ) { addresses, output in
      geometry.argument(input: addresses[0]!, addresses[1]!, bias: addresses[2], output: output)
    }
  }

  private static func convTranspose1d(
    _ input: NDArray, _ weight: NDArray, _ bias: NDArray?, _ parameters: ConvolutionParameters
  ) throws(Diagnostic) -> CardOperation? {
    let geometry = try ConvolutionGeometry(transposing: input, weight, bias, parameters)
    if input.type == .float64, geometry.scattersByTransforms { return nil }
    return CardOperation(
      "convolve_transposed", input.type, [input, weight, bias], shape: geometry.inputShape
    ) { addresses, output in
      geometry.argument(input: addresses[0]!, addresses[1]!, bias: addresses[2], output: output)
    }
  }

  private static func linear(
    _ input: NDArray, _ weight: NDArray, _ bias: NDArray?
  ) throws(Diagnostic) -> CardOperation? {
    let sizes = try NDArray.linearSizes(input, weight, bias)
    return CardOperation(
      "linear", input.type, [input, weight, bias],
      shape: Array(input.shape.dropLast()) + [sizes.outputs]
    ) { addresses, output in
      etude_cuda_linear(
        input: addresses[0]!, weight: addresses[1]!, bias: addresses[2] ?? 0, output: output,
        rows: Int64(sizes.rows), inputs: Int64(sizes.inputs), outputs: Int64(sizes.outputs))
    }
  }

  private static func pool(
    _ kernel: String, _ input: NDArray, _ parameters: PoolingParameters
  ) throws(Diagnostic) -> CardOperation? {
    let geometry = try PoolingGeometry(pooling: input, parameters)
    return CardOperation(
      kernel, input.type, [input],
      shape: [input.shape[0], input.shape[1], geometry.outputLength]
    ) { addresses, output in
      etude_cuda_pooling(
        input: addresses[0]!, output: output, rows: Int64(geometry.rows),
        length: Int64(geometry.length), output_length: Int64(geometry.outputLength),
        kernel_size: Int64(parameters.kernelSize), stride: Int64(parameters.stride),
        padding: Int64(parameters.padding), dilation: Int64(parameters.dilation),
        counts_padding: parameters.countsPadding ? 1 : 0, reserved: 0)
    }
  }

  // MARK: Elements

  /// A function of every element.
  private static func map(
    _ operation: etude_cuda_operation, _ input: NDArray, parameter: Double = 0
  ) throws(Diagnostic) -> CardOperation? {
    guard input.type.isFloat else { return nil }
    return CardOperation(
      "elementwise", input.type, [input], shape: input.shape
    ) { addresses, output in
      var argument = etude_cuda_elementwise(
        operation, BroadcastAxes(of: [[input.count]], to: [input.count]), output: output)
      argument.a = addresses[0]!
      argument.parameter = parameter
      return argument
    }
  }

  /// A function of pairs of elements, at least one of which is an array's.
  private static func combine(
    _ operation: etude_cuda_operation, _ a: Operand, _ b: Operand, isComparison: Bool
  ) throws(Diagnostic) -> CardOperation? {
    let type = ElementType.promoting([a, b])
    guard type.isFloat else { return nil }
    let sides = [Side(a, type), Side(b, type)]
    guard sides.contains(where: { $0?.array != nil }), let a = sides[0], let b = sides[1] else {
      return nil
    }
    let shape = try NDArray.broadcastShape(sides.map { $0!.shape })
    let axes = BroadcastAxes(of: [a.shape, b.shape], to: shape)
    guard axes.shape.count <= etude_cuda_axis_limit else { return nil }
    return CardOperation(
      "elementwise", type, [a.array, b.array], shape: shape, result: isComparison ? .bool : type
    ) { addresses, output in
      var argument = etude_cuda_elementwise(operation, axes, output: output)
      argument.a = addresses[0] ?? 0
      argument.b = addresses[1] ?? 0
      argument.a_number = a.number
      argument.b_number = b.number
      return argument
    }
  }

  /// A side of a pair: an array, or a number.
  private struct Side {
    var array: NDArray?
    var number = 0.0
    var shape: [Int] = []

    /// Nil for what the card does not take.
    init?(_ operand: Operand, _ type: ElementType) {
      switch operand {
      case .array(let array):
        guard array.type == type else { return nil }
        self.array = array
        shape = array.shape
      case .bool(let value): number = value ? 1 : 0
      case .int(let value):
        // Larger ones would be rounded twice.
        guard value.magnitude <= 1 << 53 else { return nil }
        number = Double(value)
      case .float(let value): number = value
      }
    }
  }

  // MARK: Reductions

  /// Along axes that follow each other.
  private static func reduce(
    _ reduction: etude_cuda_reduction, _ input: NDArray, over axes: [Int]?, keepingAxes: Bool
  ) throws(Diagnostic) -> CardOperation? {
    guard input.type.isFloat, input.count > 0 else { return nil }
    var reduced: [Int] = []
    for axis in axes ?? Array(0..<input.axisCount) { reduced.append(try input.resolvedAxis(axis)) }
    reduced.sort()
    let first = reduced.first ?? 0
    // An axis that is given twice is the CPU's to complain about.
    guard !reduced.isEmpty, reduced == Array(first..<first + reduced.count) else { return nil }
    let end = first + reduced.count
    let inner = input.shape[end...].reduce(1, *)
    // The order of a sum depends on whether the axes are the last ones, even where those have length 1.
    guard inner > 1 || end == input.axisCount else { return nil }
    let kept = keepingAxes ? reduced.map { _ in 1 } : []
    let shape = Array(input.shape[..<first]) + kept + Array(input.shape[end...])
    return CardOperation(
      "reduce", input.type, [input], shape: shape,
      // A block adds up neighbours.
      blocks: inner == 1 ? shape.reduce(1, *) : nil
    ) { addresses, output in
      etude_cuda_reduce(
        input: addresses[0]!, output: output,
        outer: Int64(input.shape[..<first].reduce(1, *)),
        length: Int64(input.shape[first..<end].reduce(1, *)), inner: Int64(inner),
        reduction: Int32(reduction.rawValue), reserved: 0)
    }
  }
}

extension ConvolutionGeometry {
  fileprivate func argument(
    input: UInt64, _ weight: UInt64, bias: UInt64?, output: UInt64
  ) -> etude_cuda_convolution {
    etude_cuda_convolution(
      input: input, weight: weight, bias: bias ?? 0, output: output, batch: Int64(batchSize),
      channels: Int64(inputChannels), length: Int64(length),
      output_channels: Int64(outputChannels), output_length: Int64(outputLength),
      kernel_size: Int64(kernelSize), stride: Int64(parameters.stride),
      padding: Int64(parameters.padding), dilation: Int64(parameters.dilation),
      groups: Int64(parameters.groups))
  }
}
