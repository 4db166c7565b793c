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

/// Calls `body` with this half warp's chunks: one half takes the even ones and the other the odd ones. So
/// all threads of the warp make as many calls, the last of them perhaps with a chunk that is none.
template <typename Body>
static __device__ void for_each_chunk_of_half(int chunks, Body body) {
  for (int chunk = warp_half(); chunk - warp_half() < chunks; chunk += 2) body(chunk);
}

/// Adds the sums of two chunks, which the halves of a warp hold lane by lane, to a gradient in order. In
/// the first thread of the warp.
///
/// - chunk: this half's.
static __device__ float add_chunks(float gradient, float sum, int chunk, int chunks) {
  sum = sum_by_halves(sum);
  const float other = __shfl_xor_sync(whole_warp, sum, etude_cuda_chunk_width);
  gradient += sum;
  return chunk + 1 < chunks ? gradient + other : gradient;
}

/// For `height` rows, which share a column and a tap: by a warp.
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
  const int chunks = divided_up<int>(batch.count, etude_cuda_chunk_width);
  const int64_t tiles = (int64_t)layer.groups * row_tiles * columns * taps;
  for (int64_t tile = work.begin(tiles); tile < tiles; tile += WarpItems::step()) {
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
    const int64_t outputs_start = output_region + (group * rows + row) * output_length + first;
    const int64_t signal_start =
      signal_region + (group * columns + column) * length + first * layer.stride + start;
    const int line = output_length * etude_cuda_chunk_width;
    const int weight = layer.weight + ((group * rows + row) * columns + column) * taps + tap;
    float gradients[height];
#pragma unroll
    for (int r = 0; r < height; r++)
      gradients[r] = optimizer.gradient(weight + smaller(r, tall - 1) * columns * taps);
    for_each_chunk_of_half(chunks, [&](int chunk) {
      const float *slope = batch.published(chunk, outputs_start) + chunk_lane();
      const float *value = batch.published(chunk, signal_start) + chunk_lane();
      float sums[height] = {};
      in_order<height == 1 ? 16 : 4>(
        batch.has_sample(chunk) ? (int)(end - first) : 0,
        [&] {
          Products<height> products;
          products.value = __ldcg(value);
#pragma unroll
          for (int r = 0; r < height; r++)
            products.slopes[r] = __ldcg(slope + smaller(r, tall - 1) * line);
          value += layer.stride * etude_cuda_chunk_width;
          slope += etude_cuda_chunk_width;
          return products;
        },
        [&](const Products<height> &products) {
#pragma unroll
          for (int r = 0; r < height; r++)
            sums[r] = fused(products.slopes[r], products.value, sums[r]);
        });
#pragma unroll
      for (int r = 0; r < height; r++)
        gradients[r] = add_chunks(gradients[r], sums[r], chunk, chunks);
    });
#pragma unroll
    for (int r = 0; r < height; r++)
      if (threadIdx.x % warp_width == 0 && r < tall)
        optimizer.finish(weight + r * columns * taps, gradients[r]);
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

/// For each channel of the output: over its positions, by a warp.
static __device__ void bias_gradients(
  const Batch batch, const etude_cuda_layer &layer, const Optimizer optimizer, WarpItems &work)
{
  const int channels = layer.output_channels, length = layer.output_length;
  const bool is_published = layer.kind != etude_cuda_linear_layer;
  const int chunks = divided_up<int>(batch.count, etude_cuda_chunk_width);
  for (int64_t item = work.begin(channels); item < channels; item += WarpItems::step()) {
    const int channel = (int)item;
    float gradient = optimizer.gradient(layer.bias + channel);
    for_each_chunk_of_half(chunks, [&](int chunk) {
      const int slot = chunk * etude_cuda_chunk_width + chunk_lane();
      const float *slope = is_published
        ? batch.published(chunk, layer.published_slope + channel * length) + chunk_lane()
        : batch.slopes(slot, layer.output + channel * length);
      float sum = 0;
      in_order<16>(
        batch.has_sample(chunk) ? length : 0,
        [&] {
          const float value = __ldcg(slope);
          slope += is_published ? etude_cuda_chunk_width : 1;
          return value;
        },
        [&](float value) { sum += value; });
      gradient = add_chunks(gradient, sum, chunk, chunks);
    });
    if (threadIdx.x % warp_width == 0) optimizer.finish(layer.bias + channel, gradient);
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
    if (weights > 4 * warps) convolution_weights<4>(batch, layer, optimizer, work);
    else convolution_weights<1>(batch, layer, optimizer, work);
  }
  if (layer.bias >= 0) bias_gradients(batch, layer, optimizer, work);
}
