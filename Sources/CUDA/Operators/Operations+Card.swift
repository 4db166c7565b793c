import CCUDAKernels
import Compute

// What the kernels call the operations; nil for what the CPU computes.

extension UnaryOperation {
  var onCard: etude_cuda_operation? {
    switch self {
    case .negative: etude_cuda_negative
    case .absolute: etude_cuda_absolute
    case .positive, .invert: nil
    }
  }
}

extension ElementFunction {
  /// Sines and their like are not: their kernels would need tables for large angles.
  var onCard: etude_cuda_operation? {
    switch self {
    case .sqrt: etude_cuda_sqrt
    case .square: etude_cuda_square
    case .reciprocal: etude_cuda_reciprocal
    case .exp: etude_cuda_exp
    case .expm1: etude_cuda_expm1
    case .log: etude_cuda_log
    case .log1p: etude_cuda_log1p
    case .log2: etude_cuda_log2
    case .log10: etude_cuda_log10
    case .tanh: etude_cuda_tanh
    case .sinh: etude_cuda_sinh
    case .cosh: etude_cuda_cosh
    case .sin, .cos, .tan, .arcsin, .arccos, .arctan, .sinc, .radians, .degrees: nil
    }
  }
}

extension Activation {
  /// With its slope or alpha. GELU by erf is the CPU's, which takes the system's erf.
  var onCard: (operation: etude_cuda_operation, parameter: Double)? {
    switch self {
    case .relu: (etude_cuda_relu, 0)
    case .tanh: (etude_cuda_tanh, 0)
    case .sigmoid: (etude_cuda_sigmoid, 0)
    case .gelu(.tanh): (etude_cuda_gelu_tanh, 0)
    case .gelu(.none): nil
    case .leakyReLU(let slope): (etude_cuda_leaky_relu, slope)
    case .elu(let alpha): (etude_cuda_elu, alpha)
    case .silu: (etude_cuda_silu, 0)
    }
  }
}

extension BinaryOperation {
  /// Quotients that are rounded down, remainders and powers are the CPU's.
  var onCard: etude_cuda_operation? {
    switch self {
    case .add: etude_cuda_add
    case .subtract: etude_cuda_subtract
    case .multiply: etude_cuda_multiply
    case .divide: etude_cuda_divide
    case .maximum: etude_cuda_maximum
    case .minimum: etude_cuda_minimum
    case .equal: etude_cuda_equal
    case .notEqual: etude_cuda_not_equal
    case .less: etude_cuda_less
    case .lessEqual: etude_cuda_less_equal
    case .greater: etude_cuda_greater
    case .greaterEqual: etude_cuda_greater_equal
    case .floorDivide, .remainder, .power, .bitwiseAnd, .bitwiseOr, .bitwiseXor, .leftShift,
      .rightShift, .arcTangent, .hypotenuse:
      nil
    }
  }
}

extension TensorOperation.Reduction {
  var onCard: etude_cuda_reduction? {
    switch self {
    case .sum: etude_cuda_sum
    case .mean: etude_cuda_mean
    case .maximum: etude_cuda_largest
    case .minimum: etude_cuda_smallest
    case .product, .any, .all, .variance, .standardDeviation: nil
    }
  }
}
