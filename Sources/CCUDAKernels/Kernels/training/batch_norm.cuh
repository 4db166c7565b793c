// BatchNorm. Its sums go over all samples, in double: a half warp takes a channel, a lane for each sample of
// a chunk, while the grid waits.
#pragma once

#include "batch.cuh"
#include "optimizer.cuh"

/// What is known of a channel in a batch, each for all channels in turn.
enum BatchNormNumber {
  batch_norm_mean,
  /// weight / √(variance + ε)
  batch_norm_scale,
  /// 1 / √(variance + ε)
  batch_norm_inverse,
  batch_norm_mean_slope,
  /// The mean of gradient times normalised input.
  batch_norm_mean_projection,
};

static_assert(batch_norm_mean_projection + 1 == etude_cuda_batch_norm_size, "all have room");

static __device__ float *batch_norm_numbers(
  const Batch batch, const etude_cuda_layer &layer, BatchNormNumber number)
{
  return memory<float>(batch.call.norms) + layer.norms + number * layer.input_channels;
}

static __device__ float batch_norm_scale_of(float weight, double variance, double epsilon) {
  return (float)(weight / __dsqrt_rn(variance + epsilon));
}

/// Mean and variance of each channel; the running ones follow.
static __device__ void batch_norm_statistics(const Batch batch, const etude_cuda_layer &layer) {
  const int channels = layer.input_channels, length = layer.input_length;
  const double size = (double)batch.count * (double)length;
  const int numbers = length * lane_chunks(batch.count);
  const int pairs = divided_up(channels, 2);
  WarpItems work;
  for (int64_t pair = work.begin(pairs); pair < pairs; pair += WarpItems::step()) {
    const int channel = (int)pair * 2 + warp_half();
    const float *start =
      batch.values(0, layer.input + smaller(channel, channels - 1) * length);
    double sum = 0;
    LanePositions values = sample_lane(batch, start, length);
    in_order<8>(
      numbers, [&] { return __ldcg(values.next()); }, [&](float value) { sum += value; });
    const double mean = sum_by_halves(sum) / size;
    double squares = 0;
    values = sample_lane(batch, start, length);
    in_order<8>(
      numbers, [&] { return __ldcg(values.next()); },
      [&](float value) {
        const double distance = value - (float)mean;
        squares = fused(distance, distance, squares);
      });
    const double variance = sum_by_halves(squares) / size;
    if (chunk_lane() != 0 || channel >= channels) continue;
    const float weight = __ldcg(batch.parameters(layer.weight + channel));
    __stcg(batch_norm_numbers(batch, layer, batch_norm_mean) + channel, (float)mean);
    __stcg(
      batch_norm_numbers(batch, layer, batch_norm_scale) + channel,
      batch_norm_scale_of(weight, variance, layer.epsilon));
    __stcg(
      batch_norm_numbers(batch, layer, batch_norm_inverse) + channel,
      (float)(1 / __dsqrt_rn(variance + layer.epsilon)));
    float *running_mean = memory<float>(batch.call.statistics) + layer.statistics + channel;
    float *running_variance = running_mean + channels;
    const float unbiased = (float)(variance * (size / (size - 1)));
    const float old_mean = __ldcg(running_mean), old_variance = __ldcg(running_variance);
    __stcg(running_mean, old_mean + layer.momentum * ((float)mean - old_mean));
    __stcg(running_variance, old_variance + layer.momentum * (unbiased - old_variance));
  }
}

/// Copies numbers of some channels into the tile, so many of each channel.
template <int count>
static __device__ void batch_norm_stage(
  const Batch batch, const etude_cuda_layer &layer, const BatchNormNumber (&numbers)[count],
  int first, int channels)
{
  for (int i = threadIdx.x; i < channels; i += blockDim.x)
#pragma unroll
    for (int j = 0; j < count; j++)
      batch.tile[count * i + j] = __ldcg(batch_norm_numbers(batch, layer, numbers[j]) + first + i);
}

/// In training after `batch_norm_statistics` and a barrier; otherwise with the running statistics.
static __device__ void batch_norm_forward(const Batch batch, const etude_cuda_layer &layer) {
  const int own = batch.own_count(), length = layer.input_length;
  for (int first = 0; first < layer.input_channels; first += tile_size / 2) {
    const int channels = smaller(tile_size / 2, layer.input_channels - first);
    if (batch.is_training) {
      batch_norm_stage(batch, layer, {batch_norm_mean, batch_norm_scale}, first, channels);
    } else {
      const float *means = memory<float>(batch.call.statistics) + layer.statistics + first;
      for (int i = threadIdx.x; i < channels; i += blockDim.x) {
        const float weight = __ldcg(batch.parameters(layer.weight + first + i));
        batch.tile[2 * i] = __ldcg(means + i);
        batch.tile[2 * i + 1] = batch_norm_scale_of(
          weight, __ldcg(means + layer.input_channels + i), layer.epsilon);
      }
    }
    __syncthreads();
    for (BlockItems item(channels, length); item.outer < own; item.advance()) {
      const int slot = batch.slot(item.outer);
      const int place = (first + item.row) * length + item.column;
      const float bias = __ldcg(batch.parameters(layer.bias + first + item.row));
      const float distance = *batch.values(slot, layer.input + place) - batch.tile[2 * item.row];
      *batch.values(slot, layer.output + place) =
        fused(distance, batch.tile[2 * item.row + 1], bias);
    }
    __syncthreads();
  }
}

/// The gradients of weight and bias, and the means that those of the input need.
///
/// - optimizer: takes no step yet, since the gradients of the input need the weights as they are.
static __device__ void batch_norm_sums(
  const Batch batch, const etude_cuda_layer &layer, const Optimizer optimizer)
{
  const int channels = layer.input_channels, length = layer.input_length;
  const double size = (double)batch.count * (double)length;
  const int pairs = divided_up(channels, 2);
  WarpItems work;
  for (int64_t pair = work.begin(pairs); pair < pairs; pair += WarpItems::step()) {
    const int channel = (int)pair * 2 + warp_half();
    const int near = smaller(channel, channels - 1);
    const float mean = __ldcg(batch_norm_numbers(batch, layer, batch_norm_mean) + near);
    const float inverse = __ldcg(batch_norm_numbers(batch, layer, batch_norm_inverse) + near);
    LanePositions values =
      sample_lane(batch, batch.values(0, layer.input + near * length), length);
    LanePositions slopes =
      sample_lane(batch, batch.slopes(0, layer.output + near * length), length);
    double sum = 0, projection = 0;
    in_order<8>(
      length * lane_chunks(batch.count),
      [&] { return float2{__ldcg(values.next()), __ldcg(slopes.next())}; },
      [&](float2 pair) {
        const double slope = pair.y, normalized = (pair.x - mean) * inverse;
        sum += slope;
        projection = fused(slope, normalized, projection);
      });
    sum = sum_by_halves(sum);
    projection = sum_by_halves(projection);
    if (chunk_lane() != 0 || channel >= channels) continue;
    optimizer.add(layer.weight + channel, (float)projection);
    optimizer.add(layer.bias + channel, (float)sum);
    __stcg(batch_norm_numbers(batch, layer, batch_norm_mean_slope) + channel, (float)(sum / size));
    __stcg(
      batch_norm_numbers(batch, layer, batch_norm_mean_projection) + channel,
      (float)(projection / size));
  }
}

/// After `batch_norm_sums` and a barrier.
static __device__ void batch_norm_backward(const Batch batch, const etude_cuda_layer &layer) {
  const int own = batch.own_count(), length = layer.input_length;
  constexpr int limit = tile_size / 4;
  for (int first = 0; first < layer.input_channels; first += limit) {
    const int channels = smaller(limit, layer.input_channels - first);
    batch_norm_stage(
      batch, layer,
      {batch_norm_mean, batch_norm_inverse, batch_norm_mean_slope, batch_norm_mean_projection},
      first, channels);
    __syncthreads();
    for (BlockItems item(channels, length); item.outer < own; item.advance()) {
      const int slot = batch.slot(item.outer);
      const int place = (first + item.row) * length + item.column;
      const float *number = batch.tile + 4 * item.row;
      const float scale =
        __ldcg(batch.parameters(layer.weight + first + item.row)) * number[1];
      const float normalized = (*batch.values(slot, layer.input + place) - number[0]) * number[1];
      const float slope = *batch.slopes(slot, layer.output + place) - number[2];
      *batch.slopes(slot, layer.input + place) = fused(-normalized, number[3], slope) * scale;
    }
    __syncthreads();
  }
}
