// Functions of one number and of two, with broadcasting.
#pragma once

#include "elementary.cuh"

/// Functions of one number: in double, whatever the array holds, and rounded once.
static __device__ OUTLINED double unary_value(int operation, double parameter, double x) {
  switch (operation) {
    case etude_cuda_negative: return -x;
    case etude_cuda_absolute: return array_function::magnitude(x);
    case etude_cuda_sqrt: return __dsqrt_rn(x);
    case etude_cuda_square: return x * x;
    case etude_cuda_reciprocal: return 1 / x;
    case etude_cuda_exp: return array_function::exp(x);
    case etude_cuda_expm1: return array_function::expm1(x);
    case etude_cuda_log: return array_function::log(x);
    case etude_cuda_log1p: return array_function::log1p(x);
    case etude_cuda_log2: return array_function::log2(x);
    case etude_cuda_log10: return array_function::log10(x);
    case etude_cuda_tanh: return array_function::tanh(x);
    case etude_cuda_sinh: return array_function::sinh(x);
    case etude_cuda_cosh: return array_function::cosh(x);
    case etude_cuda_relu: return x < 0 ? 0 : x;
    case etude_cuda_leaky_relu: return x > 0 ? x : x * parameter;
    case etude_cuda_sigmoid: return 1 / (1 + array_function::exp(-x));
    case etude_cuda_silu: return x / (1 + array_function::exp(-x));
    case etude_cuda_elu: return x > 0 ? x : array_function::expm1(x) * parameter;
    default: {
      const double inner = 0x1.9884533d43651p-1 * (x + 0.044715 * x * x * x);
      return 0.5 * x * (1 + array_function::tanh(inner));
    }
  }
}

template <typename T>
static __device__ T binary_value(int operation, T a, T b) {
  switch (operation) {
    case etude_cuda_add: return a + b;
    case etude_cuda_subtract: return a - b;
    case etude_cuda_multiply: return a * b;
    case etude_cuda_divide: return a / b;
    case etude_cuda_maximum: return a >= b || a != a ? a : b;
    default: return a <= b || a != a ? a : b;
  }
}

template <typename T>
static __device__ bool comparison(int operation, T a, T b) {
  switch (operation) {
    case etude_cuda_equal: return a == b;
    case etude_cuda_not_equal: return a != b;
    case etude_cuda_less: return a < b;
    case etude_cuda_less_equal: return a <= b;
    case etude_cuda_greater: return a > b;
    default: return a >= b;
  }
}

template <typename T>
static __device__ void elementwise(const etude_cuda_elementwise &call) {
  const T *a_memory = memory<T>(call.a), *b_memory = memory<T>(call.b);
  for (int64_t i = grid_index(); i < call.count; i += grid_size()) {
    int64_t rest = i, a_place = 0, b_place = 0;
    for (int axis = call.axes - 1; axis > 0; axis--) {
      const int64_t whole = rest / call.shape[axis], index = rest - whole * call.shape[axis];
      a_place += index * call.a_strides[axis];
      b_place += index * call.b_strides[axis];
      rest = whole;
    }
    a_place += rest * call.a_strides[0];
    b_place += rest * call.b_strides[0];
    const T a = a_memory ? a_memory[a_place] : (T)call.a_number;
    if (call.operation < etude_cuda_add) {
      memory<T>(call.output)[i] = (T)unary_value(call.operation, call.parameter, a);
      continue;
    }
    const T b = b_memory ? b_memory[b_place] : (T)call.b_number;
    if (call.operation < etude_cuda_equal)
      memory<T>(call.output)[i] = binary_value(call.operation, a, b);
    else
      memory<uint8_t>(call.output)[i] = comparison(call.operation, a, b);
  }
}
