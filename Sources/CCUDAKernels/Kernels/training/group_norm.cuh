// GroupNorm of this block's samples: a thread sums a group of a sample, in double, over its channels and
// positions in order. Only the gradients of weight and bias go over all samples.
#pragma once

#include "batch.cuh"
#include "optimizer.cuh"

/// The normalised input.
static __device__ float normalized(float value, const float *statistics) {
  return (value - statistics[0]) * statistics[1];
}

static __device__ void group_norm_forward(const Batch batch, const etude_cuda_layer &layer) {
  const int own = batch.own_count(), length = layer.input_length;
  const int channels = layer.input_channels / layer.groups, count = channels * length;
  const double size = (double)count;
  for (BlockItems item(1, layer.groups); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer);
    const float *x = batch.values(slot, layer.input + item.column * count);
    double sum = 0, squares = 0;
#pragma unroll 8
    for (int i = 0; i < count; i++) sum += x[i];
    const float mean = (float)(sum / size);
#pragma unroll 8
    for (int i = 0; i < count; i++) {
      const double distance = x[i] - mean;
      squares = fused(distance, distance, squares);
    }
    float *statistics = batch.values(slot, layer.scratch + 2 * item.column);
    statistics[0] = mean;
    statistics[1] = (float)(1 / __dsqrt_rn(squares / size + layer.epsilon));
  }
  __syncthreads();
  for (BlockItems item(layer.input_channels, length); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer), place = item.row * length + item.column;
    float value = normalized(
      *batch.values(slot, layer.input + place),
      batch.values(slot, layer.scratch + 2 * (item.row / channels)));
    if (layer.weight >= 0)
      value = fused(
        value, __ldcg(batch.parameters(layer.weight + item.row)),
        __ldcg(batch.parameters(layer.bias + item.row)));
    *batch.values(slot, layer.output + place) = value;
  }
}

/// The gradient of the input.
static __device__ void group_norm_backward(const Batch batch, const etude_cuda_layer &layer) {
  const int own = batch.own_count(), length = layer.input_length;
  const int channels = layer.input_channels / layer.groups, count = channels * length;
  const double size = (double)count;
  for (BlockItems item(1, layer.groups); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer);
    const float *x = batch.values(slot, layer.input + item.column * count);
    const float *dy = batch.slopes(slot, layer.output + item.column * count);
    const float *statistics = batch.values(slot, layer.scratch + 2 * item.column);
    double sum = 0, projection = 0;
    for (int c = 0; c < channels; c++) {
      const float factor = layer.weight < 0
        ? 1 : __ldcg(batch.parameters(layer.weight + item.column * channels + c));
#pragma unroll 4
      for (int i = c * length; i < (c + 1) * length; i++) {
        const double slope = dy[i] * factor;
        sum += slope;
        projection = fused(slope, (double)normalized(x[i], statistics), projection);
      }
    }
    float *means = batch.slopes(slot, layer.scratch + 2 * item.column);
    means[0] = (float)(sum / size);
    means[1] = (float)(projection / size);
  }
  __syncthreads();
  for (BlockItems item(layer.input_channels, length); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer), place = item.row * length + item.column;
    const int group = layer.scratch + 2 * (item.row / channels);
    const float *statistics = batch.values(slot, group), *means = batch.slopes(slot, group);
    float slope = *batch.slopes(slot, layer.output + place);
    if (layer.weight >= 0) slope = slope * __ldcg(batch.parameters(layer.weight + item.row));
    const float x = normalized(*batch.values(slot, layer.input + place), statistics);
    *batch.slopes(slot, layer.input + place) =
      fused(-x, means[1], slope - means[0]) * statistics[1];
  }
}

/// Those of weight and bias: a half warp takes a channel.
static __device__ void group_norm_gradients(
  const Batch batch, const etude_cuda_layer &layer, const Optimizer optimizer, WarpItems &work)
{
  const int channels = layer.input_channels, length = layer.input_length;
  const int group_channels = channels / layer.groups;
  const int pairs = divided_up(channels, 2);
  for (int64_t pair = work.begin(pairs); pair < pairs; pair += WarpItems::step()) {
    const int channel = (int)pair * 2 + warp_half();
    const int near = smaller(channel, channels - 1);
    double sum = 0, projection = 0;
    for (int chunk = 0; chunk < lane_chunks(batch.count); chunk++) {
      const int slot = chunk * etude_cuda_chunk_width + chunk_lane();
      const float *x = batch.values(slot, layer.input + near * length);
      const float *dy = batch.slopes(slot, layer.output + near * length);
      const float *group = batch.values(slot, layer.scratch + 2 * (near / group_channels));
      const float statistics[2] = {__ldcg(group), __ldcg(group + 1)};
      in_order<8>(
        length, [&] { return float2{__ldcg(x++), __ldcg(dy++)}; },
        [&](float2 pair) {
          const double slope = pair.y;
          sum += slope;
          projection = fused(slope, (double)normalized(pair.x, statistics), projection);
        });
    }
    sum = sum_by_halves(sum);
    projection = sum_by_halves(projection);
    if (chunk_lane() != 0 || channel >= channels) continue;
    optimizer.add(layer.weight + channel, (float)projection);
    optimizer.add(layer.bias + channel, (float)sum);
  }
}
