// conv1d and conv_transpose1d of arrays: each output is one thread's sum, over channels and taps in order.
#pragma once

#include "../motion.cuh"

/// Outputs of a thread where rows are long: they share the reads of weights.
constexpr int outputs_per_thread = 4;

/// One output at a time.
template <bool is_transposed, typename T>
static __device__ void convolve_each(const etude_cuda_convolution &call) {
  const int64_t input_length = is_transposed ? call.output_length : call.length;
  const int64_t output_length = is_transposed ? call.length : call.output_length;
  const int64_t channels = is_transposed ? call.channels : call.output_channels;
  const int64_t rows = channels / call.groups;
  const int64_t depth = (is_transposed ? call.output_channels : call.channels) / call.groups;
  const int64_t taps = call.kernel_size;
  const int64_t row_step = is_transposed ? taps : depth * taps;
  const int64_t depth_step = is_transposed ? rows * taps : taps;
  const T *bias = memory<T>(call.bias);
  const Motion<is_transposed> motion(
    call.stride, call.padding, call.dilation, taps, input_length);
  for (int64_t i = grid_index(); i < call.batch * channels * output_length; i += grid_size()) {
    const int64_t line = i / output_length, sample = line / channels;
    const int64_t channel = line - sample * channels, group = channel / rows;
    const Taps met = motion.at((int)(i - line * output_length));
    const T *weight = memory<T>(call.weight) + group * rows * depth * taps
      + (channel - group * rows) * row_step + met.first;
    const T *signal =
      memory<T>(call.input) + (sample * call.groups + group) * depth * input_length + met.input;
    T sum = bias ? bias[channel] : 0;
    for (int64_t d = 0; d < depth; d++) {
#pragma unroll 4
      for (int k = 0; k < met.count; k++)
        sum = fused(weight[k * met.step], signal[(int64_t)k * met.input_step], sum);
      weight += depth_step;
      signal += input_length;
    }
    memory<T>(call.output)[i] = sum;
  }
}

/// Of outputs `blockDim.x` apart, from `first` on.
template <bool is_inside, typename T>
static __device__ void convolve_several(
  const etude_cuda_convolution &call, const T *weight, const T *signal, T start, T *output,
  int64_t first)
{
  const int64_t depth = call.channels / call.groups;
  const int64_t step = blockDim.x * call.stride;
  const int64_t origin = first * call.stride - call.padding;
  T sums[outputs_per_thread];
#pragma unroll
  for (int j = 0; j < outputs_per_thread; j++) sums[j] = start;
  for (int64_t d = 0; d < depth; d++) {
    int64_t place = origin;
#pragma unroll 2
    for (int64_t k = 0; k < call.kernel_size; k++) {
      const T w = weight[k];
#pragma unroll
      for (int j = 0; j < outputs_per_thread; j++) {
        const int64_t at = place + j * step;
        if (is_inside || (uint64_t)at < (uint64_t)call.length)
          sums[j] = fused(w, signal[at], sums[j]);
      }
      place += call.dilation;
    }
    weight += call.kernel_size;
    signal += call.length;
  }
#pragma unroll
  for (int j = 0; j < outputs_per_thread; j++)
    if (first + j * blockDim.x < call.output_length) output[first + j * blockDim.x] = sums[j];
}

/// A block takes neighbouring outputs of one row.
template <typename T>
static __device__ void convolve_blocks(const etude_cuda_convolution &call) {
  const int64_t width = outputs_per_thread * blockDim.x;
  const int64_t blocks = divided_up(call.output_length, width);
  const int64_t rows = call.output_channels / call.groups, depth = call.channels / call.groups;
  for (int64_t i = blockIdx.x; i < call.batch * call.output_channels * blocks; i += gridDim.x) {
    const int64_t line = i / blocks, sample = line / call.output_channels;
    const int64_t channel = line - sample * call.output_channels;
    const int64_t start = (i - line * blocks) * width;
    const T *weight = memory<T>(call.weight) + channel * depth * call.kernel_size;
    const T *signal = memory<T>(call.input)
      + (sample * call.channels + channel / rows * depth) * call.length;
    const T bias = call.bias ? memory<T>(call.bias)[channel] : 0;
    T *output = memory<T>(call.output) + line * call.output_length;
    // Whether all taps of all of the block's outputs are inside of the signal.
    const int64_t first_place = start * call.stride - call.padding;
    const int64_t last_place =
      first_place + (width - 1) * call.stride + (call.kernel_size - 1) * call.dilation;
    if (first_place >= 0 && last_place < call.length)
      convolve_several<true>(call, weight, signal, bias, output, start + threadIdx.x);
    else
      convolve_several<false>(call, weight, signal, bias, output, start + threadIdx.x);
  }
}

template <typename T>
static __device__ void convolve(const etude_cuda_convolution &call) {
  if (call.output_length >= 2 * blockDim.x) convolve_blocks<T>(call);
  else convolve_each<false, T>(call);
}
