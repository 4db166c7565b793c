import Messages

/// An operator on tensors, with all of its settings. Its operands are given in the order of the
/// parameters of PyTorch's function.
package enum TensorOperation: Hashable, Sendable {
  /// Of input, weight and perhaps bias.
  case conv1d(ConvolutionParameters)
  case convTranspose1d(ConvolutionParameters)
  case linear

  case maxPool1d(PoolingParameters)
  case avgPool1d(PoolingParameters)
  case adaptiveAvgPool1d
  /// Of input, and perhaps weight, and perhaps bias.
  case groupNorm(groups: Int, epsilon: Double, hasWeight: Bool)
  case softmax(axis: Int)
  case logSoftmax(axis: Int)

  case activation(Activation)
  case function(ElementFunction)
  case unary(UnaryOperation)
  /// Of two operands; numbers that are no tensors are taken, too.
  case binary(BinaryOperation)

  /// Along some axes; nil for all. Sums of float32 are taken in float64 and rounded once: PyTorch adds in
  /// another order, and this is as close to the true sum as float32 gets.
  case reduction(Reduction, axes: [Int]?, keepingAxes: Bool)

  package enum Reduction: Hashable, Sendable {
    case sum, product, mean, maximum, minimum, any, all
    case variance(lessDegrees: Int)
    case standardDeviation(lessDegrees: Int)
  }
}

extension Device {
  /// On the processor, with the functions of ``NDArray``.
  package func perform(
    _ operation: TensorOperation, _ operands: [Operand]
  ) throws(Diagnostic) -> NDArray {
    try operation.performOnCPU(operands)
  }
}

extension TensorOperation {
  /// - Precondition: there are as many operands as the operation takes.
  fileprivate func performOnCPU(_ operands: [Operand]) throws(Diagnostic) -> NDArray {
    let arrays = operands.map(\.array)
    let bias = arrays.count > 2 ? arrays[2] : nil
    switch self {
    case .conv1d(let parameters):
      return try .conv1d(arrays[0], weight: arrays[1], bias: bias, parameters)
    case .convTranspose1d(let parameters):
      return try .convTranspose1d(arrays[0], weight: arrays[1], bias: bias, parameters)
    case .linear: return try .linear(arrays[0], weight: arrays[1], bias: bias)
    case .maxPool1d(let parameters): return try .maxPool1d(arrays[0], parameters)
    case .avgPool1d(let parameters): return try .avgPool1d(arrays[0], parameters)
    case .adaptiveAvgPool1d: return try .adaptiveAvgPool1d(arrays[0])
    case .groupNorm(let groups, let epsilon, let hasWeight):
      let rest = arrays.dropFirst(hasWeight ? 2 : 1)
      return try .groupNorm(
        arrays[0], groups: groups, weight: hasWeight ? arrays[1] : nil, bias: rest.first,
        epsilon: epsilon)
    case .softmax(let axis): return try .softmax(arrays[0], axis: axis)
    case .logSoftmax(let axis): return try .logSoftmax(arrays[0], axis: axis)
    case .activation(let activation): return try .applying(activation, arrays[0])
    case .function(let function): return try .mapping(function, arrays[0])
    case .unary(let operation): return try .unary(operation, arrays[0])
    case .binary(let operation): return try .binary(operation, operands[0], operands[1])
    case .reduction(let reduction, let axes, let keepingAxes):
      guard arrays[0].type == .float32, reduction.isSum else {
        return try reduction.perform(arrays[0], over: axes, keepingAxes: keepingAxes)
      }
      return try reduction.perform(
        arrays[0].asType(.float64), over: axes, keepingAxes: keepingAxes
      ).asType(.float32)
    }
  }
}

extension TensorOperation.Reduction {
  /// Whether rounding depends on the order.
  package var isSum: Bool {
    switch self {
    case .sum, .product, .mean, .variance, .standardDeviation: true
    case .maximum, .minimum, .any, .all: false
    }
  }

  fileprivate func perform(
    _ array: NDArray, over axes: [Int]?, keepingAxes: Bool
  ) throws(Diagnostic) -> NDArray {
    switch self {
    case .sum: try array.sum(over: axes, keepingAxes: keepingAxes)
    case .product: try array.product(over: axes, keepingAxes: keepingAxes)
    case .mean: try array.mean(over: axes, keepingAxes: keepingAxes)
    case .maximum: try array.maximum(over: axes, keepingAxes: keepingAxes)
    case .minimum: try array.minimum(over: axes, keepingAxes: keepingAxes)
    case .any: try array.any(over: axes, keepingAxes: keepingAxes)
    case .all: try array.all(over: axes, keepingAxes: keepingAxes)
    case .variance(let lessDegrees):
      try array.variance(over: axes, lessDegrees: lessDegrees, keepingAxes: keepingAxes)
    case .standardDeviation(let lessDegrees):
      try array.standardDeviation(
        over: axes, lessDegrees: lessDegrees, keepingAxes: keepingAxes)
    }
  }
}
