// Convolutions of this block's samples, forward and transposed; a linear layer is one of length 1.
//
//     forward     y[d, p]  =  bias[d] + Σ over c, k of  w[d, c, k] · x[c, p · stride + k · dilation - padding]
//     transposed  x[c, n]  =  bias[c] + Σ over d, k of  w[d, c, k] · y[d, p],  where p leads to n
//
// Each output is one thread's sum, over channels and taps in order. The block copies the weights that it
// needs next into the tile; where there are several tiles, the sum rests in the output meanwhile.
#pragma once

#include "../motion.cuh"
#include "batch.cuh"

/// - input_length: of the signal that is read.
template <bool is_transposed>
static __device__ Motion<is_transposed> layer_motion(const etude_cuda_layer &layer, int input_length) {
  return {layer.stride, layer.padding, layer.dilation, layer.kernel_size, input_length};
}

/// Weights in the tile or, where a single kernel is longer than that, in global memory.
template <bool is_in_tile>
struct Weights {
  const float *start;
  int row_step, depth_step;

  __device__ float operator[](int index) const {
    return is_in_tile ? start[index] : __ldcg(start + index);
  }
};

/// The sum at one position, over `depth` channels. `limit` is the most taps that any position has, if they
/// are few: then the reads of a channel need not wait for the sum over the one before.
///
/// - weight: the first tap's place among the weights, of the first channel.
/// - signal: of the first channel.
template <int limit>
static __device__ float add_few_products(
  float sum, const Weights<true> weights, int weight, const float *signal, const Taps taps,
  int depth, int signal_step)
{
  constexpr int ahead = limit == 1 ? 8 : limit <= 3 ? 4 : 2;
#pragma unroll ahead
  for (int d = 0; d < depth; d++)
#pragma unroll
    for (int i = 0; i < limit; i++)
      if (i < taps.count)
        sum = fused(
          weights[weight + d * weights.depth_step + i * taps.step],
          signal[d * signal_step + i * taps.input_step], sum);
  return sum;
}

/// - tap_limit: the most taps that any position has.
template <bool is_in_tile>
static __device__ float add_products(
  float sum, const Weights<is_in_tile> weights, int weight, const float *signal, const Taps taps,
  int64_t tap_limit, int depth, int signal_step)
{
  weight += taps.first;
  signal += taps.input;
  if constexpr (is_in_tile) {
    if (tap_limit == 1)
      return add_few_products<1>(sum, weights, weight, signal, taps, depth, signal_step);
    if (tap_limit <= 3)
      return add_few_products<3>(sum, weights, weight, signal, taps, depth, signal_step);
    if (tap_limit <= 5)
      return add_few_products<5>(sum, weights, weight, signal, taps, depth, signal_step);
  }
  for (int d = 0; d < depth; d++) {
#pragma unroll 8
    for (int i = 0; i < taps.count; i++)
      sum = fused(weights[weight + i * taps.step], signal[i * taps.input_step], sum);
    weight += weights.depth_step;
    signal += signal_step;
  }
  return sum;
}

/// A layer's sums from one signal of each of the block's samples to another.
template <bool is_transposed>
struct ConvolutionPlan {
  /// float, [samples][sample_size].
  float *signals;
  int input, output;
  int input_length, output_length;
  /// Channels of a group: of the output, and of the input.
  int rows, depth;
  int groups;
  /// In the parameters: -1 where there is no bias.
  int weight, bias;
  /// From the weights of one row to the next, and of one channel of the input to the next.
  int row_step, depth_step;
  bool has_relu;
};

template <bool is_transposed>
static __device__ ConvolutionPlan<is_transposed> plan(
  const etude_cuda_layer &layer, float *signals, int input, int output, int bias, bool has_relu)
{
  // Seen as a convolution from signal [C, L] to outputs [D, P], whatever the layer is.
  const bool swaps = layer.kind == etude_cuda_transposed_convolution_layer;
  const int channels = swaps ? layer.output_channels : layer.input_channels;
  const int length = swaps ? layer.output_length : layer.input_length;
  const int outputs = swaps ? layer.input_channels : layer.output_channels;
  const int output_length = swaps ? layer.input_length : layer.output_length;
  const int taps = (int)layer.kernel_size;
  const int group_channels = channels / layer.groups, group_outputs = outputs / layer.groups;
  ConvolutionPlan<is_transposed> c;
  c.signals = signals;
  c.input = input;
  c.output = output;
  c.input_length = is_transposed ? output_length : length;
  c.output_length = is_transposed ? length : output_length;
  c.rows = is_transposed ? group_channels : group_outputs;
  c.depth = is_transposed ? group_outputs : group_channels;
  c.groups = layer.groups;
  c.weight = layer.weight;
  c.bias = bias;
  c.row_step = is_transposed ? taps : group_channels * taps;
  c.depth_step = is_transposed ? group_channels * taps : taps;
  c.has_relu = has_relu;
  return c;
}

/// Copies runs of weights into the tile, with several reads of a thread on their way at a time.
static __device__ void stage(
  float *tile, int tile_step, const float *from, int step, int runs, int run)
{
  constexpr int ahead = 8;
  for (BlockItems item(runs, run); item.outer < 1;) {
    float numbers[ahead];
    int places[ahead];
#pragma unroll
    for (int i = 0; i < ahead; i++) {
      places[i] = item.outer < 1 ? item.row * tile_step + item.column : -1;
      if (item.outer < 1) numbers[i] = __ldcg(from + (int64_t)item.row * step + item.column);
      item.advance();
    }
#pragma unroll
    for (int i = 0; i < ahead; i++)
      if (places[i] >= 0) tile[places[i]] = numbers[i];
  }
}

/// - first_depth, depth: the channels of the input that are added.
template <bool is_transposed, bool is_in_tile>
static __device__ void add_depths(
  const Batch batch, const ConvolutionPlan<is_transposed> &c, const Motion<is_transposed> &motion,
  const Weights<is_in_tile> weights, int group, int first_row, int rows, int first_depth, int depth)
{
  const int own = batch.own_count();
  for (BlockItems item(rows, c.output_length); item.outer < own; item.advance()) {
    float *signals = c.signals + (int64_t)batch.slot(item.outer) * batch.call.sample_size;
    const int channel = group * c.rows + first_row + item.row;
    float *output = signals + c.output + channel * c.output_length + item.column;
    float sum;
    if (first_depth > 0) sum = *output;
    else sum = c.bias < 0 ? 0 : __ldcg(batch.parameters(c.bias + channel));
    const float *signal =
      signals + c.input + (group * c.depth + first_depth) * c.input_length;
    sum = add_products(
      sum, weights, item.row * weights.row_step, signal, motion.at(item.column),
      motion.tap_limit(), depth, c.input_length);
    if (c.has_relu && first_depth + depth == c.depth && sum < 0) sum = 0;
    *output = sum;
  }
}

template <bool is_transposed>
static __device__ void convolve(
  const Batch batch, const etude_cuda_layer &layer, const ConvolutionPlan<is_transposed> &c)
{
  const Motion<is_transposed> motion = layer_motion<is_transposed>(layer, c.input_length);
  const int taps = (int)layer.kernel_size;
  const int own = batch.own_count();
  if (own == 0) return;
  if (taps >= tile_size) {
    for (int group = 0; group < c.groups; group++) {
      const float *start = batch.parameters(c.weight) + (int64_t)group * c.rows * c.depth * taps;
      const Weights<false> weights = {start, c.row_step, c.depth_step};
      add_depths(batch, c, motion, weights, group, 0, c.rows, 0, c.depth);
    }
    return;
  }
  // As many rows as give every thread an output, then as much depth as there is room for.
  const int useful_rows = divided_up((int)blockDim.x, own * c.output_length);
  const int row_limit = smaller(smaller(c.rows, larger(useful_rows, 16)), tile_size / (taps + 1));
  const int depth_limit = larger(1, smaller(c.depth, (tile_size / row_limit - 1) / taps));
  const int depth_parts = divided_up(c.depth, depth_limit);
  for (int group = 0; group < c.groups; group++) {
    for (int first_row = 0; first_row < c.rows; first_row += row_limit) {
      const int rows = smaller(row_limit, c.rows - first_row);
      for (int part = 0; part < depth_parts; part++) {
        const int first_depth = (int)((int64_t)c.depth * part / depth_parts);
        const int depth = (int)((int64_t)c.depth * (part + 1) / depth_parts) - first_depth;
        const float *from = batch.parameters(c.weight)
          + (int64_t)group * c.rows * c.depth * taps + (int64_t)first_row * c.row_step
          + (int64_t)first_depth * c.depth_step;
        // Runs of weights that lie side by side. The length is odd, so that threads with rows of their
        // own read from different banks of shared memory.
        const int runs = is_transposed ? depth : rows;
        const int run = (is_transposed ? rows : depth) * taps;
        const int run_step = is_transposed ? run : run | 1;
        stage(batch.tile, run_step, from, is_transposed ? c.depth_step : c.row_step, runs, run);
        __syncthreads();
        const Weights<true> weights = {
          batch.tile, is_transposed ? taps : run_step, is_transposed ? run_step : taps};
        add_depths(batch, c, motion, weights, group, first_row, rows, first_depth, depth);
        __syncthreads();
      }
    }
  }
}

/// The outputs of a convolution, a transposed one, or a linear layer; or the gradient of its input, which
/// is the other way round, without bias.
static __device__ void convolution(
  const Batch batch, const etude_cuda_layer &layer, bool is_backward)
{
  const bool is_transposed =
    (layer.kind == etude_cuda_transposed_convolution_layer) != is_backward;
  float *signals = memory<float>(is_backward ? batch.call.slopes : batch.call.values);
  const int input = is_backward ? layer.output : layer.input;
  const int output = is_backward ? layer.input : layer.output;
  const int bias = is_backward ? -1 : layer.bias;
  const bool has_relu = !is_backward && layer.has_relu;
  if (is_transposed)
    convolve(batch, layer, plan<true>(layer, signals, input, output, bias, has_relu));
  else
    convolve(batch, layer, plan<false>(layer, signals, input, output, bias, has_relu));
}
