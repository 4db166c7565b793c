// Gradients of the weights of convolutions and linear layers, and of biases: sums over all samples of a
// batch, shared out to all warps of the grid. The thread that has summed a gradient takes the optimiser's
// step, so that no barrier stands between the two.
#pragma once

#include "batch.cuh"
#include "optimizer.cuh"

/// Copies of what the gradients of convolutions sum over, with the 16 samples of a chunk side by side:
/// 16 lanes then read 64 bytes at once.
static __device__ void publish(
  const Batch batch, const float *signals, int region, int size, int published)
{
  const int own = batch.own_count();
  for (BlockItems item(1, size); item.outer < own; item.advance()) {
    const int slot = batch.slot(item.outer);
    float *to = batch.published(slot / etude_cuda_chunk_width, published + item.column);
    __stcg(
      to + slot % etude_cuda_chunk_width,
      signals[(int64_t)slot * batch.call.sample_size + region + item.column]);
  }
}

static __device__ void publish_convolution(const Batch batch, const etude_cuda_layer &layer) {
  publish(
    batch, memory<float>(batch.call.values), layer.input,
    layer.input_channels * layer.input_length, layer.published_input);
  publish(
    batch, memory<float>(batch.call.slopes), layer.output,
    layer.output_channels * layer.output_length, layer.published_slope);
}

template <int height>
struct Products {
  float slopes[height];
  float value;
};

/// For `height` rows, which share a column and a tap.
template <int height>
static __device__ void convolution_weights(
  const Batch batch, const etude_cuda_layer &layer, const Optimizer optimizer, WarpItems &work)
{
  // From outputs [D, P] and signal [C, L], whichever of them is the layer's input.
  const bool swaps = layer.kind == etude_cuda_transposed_convolution_layer;
  const int outputs = swaps ? layer.input_channels : layer.output_channels;
  const int output_length = swaps ? layer.input_length : layer.output_length;
  const int channels = swaps ? layer.output_channels : layer.input_channels;
  const int length = swaps ? layer.output_length : layer.input_length;
  const int output_region = swaps ? layer.published_input : layer.published_slope;
  const int signal_region = swaps ? layer.published_slope : layer.published_input;
  const int taps = (int)layer.kernel_size;
  const int rows = outputs / layer.groups, columns = channels / layer.groups;
  const int row_tiles = divided_up(rows, height);
  const int64_t tiles = (int64_t)layer.groups * row_tiles * columns * taps;
  const int64_t pairs = divided_up<int64_t>(tiles, 2);
  for (int64_t pair = work.begin(pairs); pair < pairs; pair += WarpItems::step()) {
    const bool is_extra = 2 * pair + warp_half() >= tiles;
    const int64_t tile = is_extra ? tiles - 1 : 2 * pair + warp_half();
    const int tap = (int)(tile % taps);
    const int64_t place = tile / taps;
    const int column = (int)(place % columns);
    const int row = (int)(place / columns % row_tiles) * height;
    const int group = (int)(place / columns / row_tiles);
    const int tall = smaller(height, rows - row);
    // The outputs whose tap is inside the signal.
    const int64_t start = tap * layer.dilation - layer.padding;
    const int64_t first =
      smaller<int64_t>(output_length, larger<int64_t>(0, quotient_up(-start, layer.stride)));
    const int64_t end =
      smaller<int64_t>(output_length, larger(first, quotient_up(length - start, layer.stride)));
    const int count = (int)(end - first);
    const int line = output_length * etude_cuda_chunk_width;
    LanePositions slopes = published_lane(
      batch, output_region + (group * rows + row) * output_length + (int)first, 1, count);
    LanePositions values = published_lane(
      batch, signal_region + (group * columns + column) * length + first * layer.stride + start,
      layer.stride, count);
    const int weight = layer.weight + ((group * rows + row) * columns + column) * taps + tap;
    const bool is_mine = chunk_lane() == 0 && !is_extra;
    float gradients[height] = {};
#pragma unroll
    for (int r = 0; r < height; r++)
      if (is_mine && r < tall) gradients[r] = optimizer.gradient(weight + r * columns * taps);
    for (int chunk = 0; chunk < chunk_count(batch.count); chunk++) {
      float sums[height] = {};
      in_order<height == 1 ? 16 : 4>(
        chunk < lane_chunks(batch.count) ? count : 0,
        [&] {
          Products<height> products;
          products.value = __ldcg(values.next());
          const float *slope = slopes.next();
#pragma unroll
          for (int r = 0; r < height; r++)
            products.slopes[r] = __ldcg(slope + smaller(r, tall - 1) * line);
          return products;
        },
        [&](const Products<height> &products) {
#pragma unroll
          for (int r = 0; r < height; r++)
            sums[r] = fused(products.slopes[r], products.value, sums[r]);
        });
#pragma unroll
      for (int r = 0; r < height; r++) gradients[r] = gradients[r] + sum_by_halves(sums[r]);
    }
#pragma unroll
    for (int r = 0; r < height; r++)
      if (is_mine && r < tall) optimizer.finish(weight + r * columns * taps, gradients[r]);
  }
}

/// For `height` outputs and an input: over the samples in order.
template <int height>
static __device__ void linear_weights(
  const Batch batch, const etude_cuda_layer &layer, const Optimizer optimizer, WarpItems &work)
{
  const int inputs = layer.input_channels, outputs = layer.output_channels;
  const int columns = divided_up(inputs, warp_width);
  const int64_t tiles = (int64_t)divided_up(outputs, height) * columns;
  for (int64_t tile = work.begin(tiles); tile < tiles; tile += WarpItems::step()) {
    const int row = (int)(tile / columns) * height, tall = smaller(height, outputs - row);
    const int column = (int)(tile % columns) * warp_width + threadIdx.x % warp_width;
    if (column >= inputs) continue;
    const float *x = batch.values(0, layer.input + column);
    const float *dy = batch.slopes(0, layer.output + row);
    float sums[height] = {};
    in_order<height == 1 ? 16 : 4>(
      batch.count,
      [&] {
        Products<height> products;
        products.value = __ldcg(x);
#pragma unroll
        for (int r = 0; r < height; r++) products.slopes[r] = __ldcg(dy + smaller(r, tall - 1));
        x += batch.call.sample_size;
        dy += batch.call.sample_size;
        return products;
      },
      [&](const Products<height> &products) {
#pragma unroll
        for (int r = 0; r < height; r++)
          sums[r] = fused(products.slopes[r], products.value, sums[r]);
      });
#pragma unroll
    for (int r = 0; r < height; r++)
      if (r < tall) optimizer.add(layer.weight + (row + r) * inputs + column, sums[r]);
  }
}

/// For each channel of the output: over its positions, chunk by chunk, lane by lane.
static __device__ void bias_gradients(
  const Batch batch, const etude_cuda_layer &layer, const Optimizer optimizer, WarpItems &work)
{
  const int channels = layer.output_channels, length = layer.output_length;
  const bool is_published = layer.kind != etude_cuda_linear_layer;
  const int pairs = divided_up(channels, 2);
  for (int64_t pair = work.begin(pairs); pair < pairs; pair += WarpItems::step()) {
    const int channel = (int)pair * 2 + warp_half();
    const int start = smaller(channel, channels - 1) * length;
    LanePositions slopes = is_published
      ? published_lane(batch, layer.published_slope + start, 1, length)
      : sample_lane(batch, batch.slopes(0, layer.output + start), length);
    const int bias = layer.bias + channel;
    const bool is_mine = chunk_lane() == 0 && channel < channels;
    float gradient = is_mine ? optimizer.gradient(bias) : 0;
    for (int chunk = 0; chunk < chunk_count(batch.count); chunk++) {
      float sum = 0;
      in_order<16>(
        chunk < lane_chunks(batch.count) ? length : 0, [&] { return __ldcg(slopes.next()); },
        [&](float slope) { sum += slope; });
      gradient = gradient + sum_by_halves(sum);
    }
    if (is_mine) optimizer.finish(bias, gradient);
  }
}

/// Those of a convolution or a linear layer. Where there is work enough for all warps, a thread sums
/// several rows, and reads less.
static __device__ void weight_gradients(
  const Batch batch, const etude_cuda_layer &layer, const Optimizer optimizer, WarpItems &work)
{
  const int64_t warps = WarpItems::step();
  const int64_t weights =
    (int64_t)layer.output_channels * layer.input_channels / layer.groups * layer.kernel_size;
  if (layer.kind == etude_cuda_linear_layer) {
    if (weights > 4 * warps * warp_width) linear_weights<4>(batch, layer, optimizer, work);
    else linear_weights<1>(batch, layer, optimizer, work);
  } else {
    if (weights > 4 * warps * 2) convolution_weights<4>(batch, layer, optimizer, work);
    else convolution_weights<1>(batch, layer, optimizer, work);
  }
  if (layer.bias >= 0) bias_gradients(batch, layer, optimizer, work);
}
