// Pools of arrays. Padding is left out of every window.
#pragma once

#include "../motion.cuh"

/// Calls `body` with the number of each window, its first sample and the taps that meet samples.
template <typename T, typename Body>
static __device__ void for_each_window(const etude_cuda_pooling &call, Body body) {
  const Motion<false> motion(
    call.stride, call.padding, call.dilation, call.kernel_size, call.length);
  for (int64_t i = grid_index(); i < call.rows * call.output_length; i += grid_size()) {
    const int64_t row = i / call.output_length, window = i - row * call.output_length;
    const Taps taps = motion.at((int)window);
    memory<T>(call.output)[i] =
      body(memory<T>(call.input) + row * call.length + taps.input, taps, window);
  }
}

/// The largest sample, the first one of equals; nan is the largest.
template <typename T>
static __device__ void max_pool(const etude_cuda_pooling &call) {
  for_each_window<T>(call, [](const T *samples, const Taps taps, int64_t) {
    if (taps.count == 0) return (T)__int_as_float(0xff800000);
    T best = samples[0];
    for (int i = 1; i < taps.count; i++) {
      const T value = samples[(int64_t)i * taps.input_step];
      if (value > best || (value != value && best == best)) best = value;
    }
    return best;
  });
}

/// Summed in double, and rounded once.
template <typename T>
static __device__ void average_pool(const etude_cuda_pooling &call) {
  for_each_window<T>(call, [&](const T *samples, const Taps taps, int64_t window) {
    double sum = 0;
    for (int i = 0; i < taps.count; i++) sum += samples[i];
    const int64_t start = window * call.stride - call.padding;
    const int64_t size = call.counts_padding
      ? smaller(call.length + call.padding, start + call.kernel_size) - start : taps.count;
    return (T)(sum / (double)size);
  });
}
