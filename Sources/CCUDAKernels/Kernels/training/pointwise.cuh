// What is done to one value of this block's samples at a time.
#pragma once

#include "activation.cuh"
#include "batch.cuh"

/// Copies the batch's samples from the data set.
///
/// - order: the indices of the samples; those from `first` on when null.
static __device__ void load_samples(
  const Batch batch, const float *inputs, const int32_t *order, int64_t first)
{
  const int size = batch.call.input_size, own = batch.own_count();
  for (BlockItems item(1, size); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer);
    const int64_t sample = order ? order[first + slot] : first + slot;
    *batch.values(slot, item.column) = inputs[sample * size + item.column];
  }
}

/// Clears the gradient of the output where a ReLU gave 0.
static __device__ void clear_relu(const Batch batch, const etude_cuda_layer &layer) {
  const int size = layer.output_channels * layer.output_length, own = batch.own_count();
  for (BlockItems item(1, size); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer), place = layer.output + item.column;
    if (!(*batch.values(slot, place) > 0)) *batch.slopes(slot, place) = 0;
  }
}

static __device__ void activation_forward(const Batch batch, const etude_cuda_layer &layer) {
  const int size = layer.output_channels * layer.output_length, own = batch.own_count();
  for (BlockItems item(1, size); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer);
    *batch.values(slot, layer.output + item.column) = activation_value(
      layer.activation, layer.parameter, *batch.values(slot, layer.input + item.column));
  }
}

static __device__ void activation_backward(const Batch batch, const etude_cuda_layer &layer) {
  const int size = layer.output_channels * layer.output_length, own = batch.own_count();
  for (BlockItems item(1, size); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer);
    const int input = layer.input + item.column, output = layer.output + item.column;
    *batch.slopes(slot, input) = activation_slope(
      layer.activation, layer.parameter, *batch.slopes(slot, output), *batch.values(slot, input),
      *batch.values(slot, output));
  }
}

/// Forward from values to values, backward from slopes to slopes: times 0 or what keeps the mean. Without
/// a mask it copies.
static __device__ void dropout(
  const Batch batch, const etude_cuda_layer &layer, bool is_backward)
{
  float *signals = memory<float>(is_backward ? batch.call.slopes : batch.call.values);
  const int from = is_backward ? layer.output : layer.input;
  const int to = is_backward ? layer.input : layer.output;
  const int size = layer.output_channels * layer.output_length, own = batch.own_count();
  const uint8_t *masks =
    batch.is_training && layer.mask >= 0 ? batch.masks + (int64_t)batch.count * layer.mask : nullptr;
  for (BlockItems item(1, size); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer);
    float *sample = signals + (int64_t)slot * batch.call.sample_size;
    const float value = sample[from + item.column];
    float factor = 0;
    if (masks && masks[(int64_t)slot * size + item.column]) factor = layer.scale;
    sample[to + item.column] = masks ? value * factor : value;
  }
}
