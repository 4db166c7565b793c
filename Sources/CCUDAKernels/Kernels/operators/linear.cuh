// Linear layers of arrays: sums in double over the inputs in order, each product rounded by itself; then
// the bias is added.
#pragma once

#include "../platform.cuh"

template <typename T>
static __device__ void linear(const etude_cuda_linear &call) {
  for (int64_t i = grid_index(); i < call.rows * call.outputs; i += grid_size()) {
    const int64_t row = i / call.outputs, output = i - row * call.outputs;
    const T *x = memory<T>(call.input) + row * call.inputs;
    const T *w = memory<T>(call.weight) + output * call.inputs;
    double sum = 0;
#pragma unroll 4
    for (int64_t k = 0; k < call.inputs; k++) sum += (double)x[k] * (double)w[k];
    if (call.bias) sum += memory<T>(call.bias)[output];
    memory<T>(call.output)[i] = (T)sum;
  }
}
