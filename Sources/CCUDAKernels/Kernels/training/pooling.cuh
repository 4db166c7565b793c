// Pools of this block's samples. Padding is left out of every window.
#pragma once

#include "batch.cuh"
#include "convolution.cuh"

/// The samples of a window: `count` of them, from `start` on.
struct Window {
  int start, count;
};

static __device__ Window window_at(const etude_cuda_layer &layer, int index) {
  const Taps taps = layer_motion<false>(layer, layer.input_length).at(index);
  return {taps.input, taps.count};
}

/// What the sum of a window is divided by.
static __device__ float divisor(const etude_cuda_layer &layer, int index) {
  if (!layer.counts_padding) return (float)window_at(layer, index).count;
  const int64_t start = index * layer.stride - layer.padding;
  return (float)(smaller(layer.input_length + layer.padding, start + layer.kernel_size) - start);
}

/// The windows that may hold a sample.
struct Windows {
  int first, end;
};

static __device__ Windows windows_around(const etude_cuda_layer &layer, int position) {
  const int64_t place = position + layer.padding;
  const int64_t span = (layer.kernel_size - 1) * layer.dilation;
  const int64_t first = larger<int64_t>(0, quotient_up(place - span, layer.stride));
  const int64_t end = smaller<int64_t>(layer.output_length, place / layer.stride + 1);
  return {(int)first, (int)larger(first, end)};
}

/// Also keeps where the first of the largest samples is, for the gradient; -1 where there is none.
static __device__ void max_pool_forward(const Batch batch, const etude_cuda_layer &layer) {
  const int own = batch.own_count();
  for (BlockItems item(layer.output_channels, layer.output_length); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer);
    const float *x = batch.values(slot, layer.input + item.row * layer.input_length);
    const Window window = window_at(layer, item.column);
    float largest = __int_as_float(0xff800000);
    int place = window.count > 0 ? window.start : -1;
    for (int i = 0; i < window.count; i++) {
      const int position = window.start + i * (int)layer.dilation;
      const float value = x[position];
      if (value > largest || value != value) {
        largest = value;
        place = value == value ? position : -1;
      }
    }
    const int output = item.row * layer.output_length + item.column;
    *batch.values(slot, layer.output + output) = largest;
    *batch.values(slot, layer.scratch + output) = __int_as_float(place);
  }
}

/// The sum over the windows that hold a sample, in order.
static __device__ void max_pool_backward(const Batch batch, const etude_cuda_layer &layer) {
  const int own = batch.own_count();
  for (BlockItems item(layer.input_channels, layer.input_length); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer);
    const int row = item.row * layer.output_length;
    const float *dy = batch.slopes(slot, layer.output + row);
    const float *places = batch.values(slot, layer.scratch + row);
    const Windows windows = windows_around(layer, item.column);
    float sum = 0;
    for (int i = windows.first; i < windows.end; i++)
      sum += __float_as_int(places[i]) == item.column ? dy[i] : 0;
    *batch.slopes(slot, layer.input + item.row * layer.input_length + item.column) = sum;
  }
}

static __device__ void average_pool_forward(const Batch batch, const etude_cuda_layer &layer) {
  const int own = batch.own_count();
  for (BlockItems item(layer.output_channels, layer.output_length); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer);
    const Window window = window_at(layer, item.column);
    const float *x = batch.values(slot, layer.input + item.row * layer.input_length + window.start);
    float sum = 0;
    for (int i = 0; i < window.count; i++) sum += x[i];
    *batch.values(slot, layer.output + item.row * layer.output_length + item.column) =
      sum / divisor(layer, item.column);
  }
}

static __device__ void average_pool_backward(const Batch batch, const etude_cuda_layer &layer) {
  const int own = batch.own_count();
  for (BlockItems item(layer.input_channels, layer.input_length); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer);
    const float *dy = batch.slopes(slot, layer.output + item.row * layer.output_length);
    const Windows windows = windows_around(layer, item.column);
    float sum = 0;
    for (int i = windows.first; i < windows.end; i++) sum += dy[i] / divisor(layer, i);
    *batch.slopes(slot, layer.input + item.row * layer.input_length + item.column) = sum;
  }
}
