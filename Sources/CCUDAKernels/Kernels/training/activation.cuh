// The formulas of `Activation`, operation by operation.
#pragma once

#include "../elementary.cuh"

static __device__ float normal_distribution(float x) {
  return 0.5f * (1 + error_function(x * 0x1.6a09e6p-1f));
}

static __device__ float gelu_argument(float x) {
  return 0x1.988454p-1f * (x + 0.044715f * x * x * x);
}

static __device__ float sigmoid(float x) { return 1 / (1 + exponential(-x)); }

/// - parameter: leaky_relu's slope, or elu's alpha.
static __device__ float activation_value(int function, float parameter, float x) {
  switch (function) {
    case etude_cuda_activation_relu: return x < 0 ? 0 : x;
    case etude_cuda_activation_tanh: return hyperbolic_tangent(x);
    case etude_cuda_activation_sigmoid: return sigmoid(x);
    case etude_cuda_activation_gelu: return x * normal_distribution(x);
    case etude_cuda_activation_gelu_tanh:
      return 0.5f * x * (1 + hyperbolic_tangent(gelu_argument(x)));
    case etude_cuda_activation_leaky_relu: return x > 0 ? x : x * parameter;
    case etude_cuda_activation_elu: return x > 0 ? x : exponential_less_1(x) * parameter;
    default: return x / (1 + exponential(-x));
  }
}

/// The gradient with respect to x, given the one of y, the function's value at x.
static __device__ float activation_slope(int function, float parameter, float dy, float x, float y) {
  switch (function) {
    case etude_cuda_activation_relu: return y <= 0 ? 0 : dy;
    case etude_cuda_activation_tanh: return dy * (1 - y * y);
    case etude_cuda_activation_sigmoid: return dy * (y * (1 - y));
    case etude_cuda_activation_gelu: {
      const float density = exponential(-0.5f * x * x) * 0x1.988454p-2f;
      return dy * (normal_distribution(x) + x * density);
    }
    case etude_cuda_activation_gelu_tanh: {
      const float t = hyperbolic_tangent(gelu_argument(x));
      const float slope = 0x1.988454p-1f * (1 + 0.134145f * x * x);
      return dy * (0.5f * (1 + t) + 0.5f * x * (1 - t * t) * slope);
    }
    case etude_cuda_activation_leaky_relu: return x > 0 ? dy : dy * parameter;
    case etude_cuda_activation_elu: return x > 0 ? dy : dy * (y + parameter);
    default: {
      const float s = sigmoid(x);
      return dy * (s * (1 + x * (1 - s)));
    }
  }
}
