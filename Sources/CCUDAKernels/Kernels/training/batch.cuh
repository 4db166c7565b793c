// A batch as the threads of a block see it.
//
// Each sample belongs to one block, which takes it through all layers: between two layers only the
// threads of a block wait for each other, not the grid. Where samples are summed, in gradients of
// parameters and in BatchNorm, the grid waits.
//
// Signals lie in global memory, sample by sample. A block reads and writes those of its own samples like
// any memory: they stay in its processor's first cache, which is as fast as shared memory and has room
// for larger networks. What other blocks wrote is read by __ldcg, past that cache.
#pragma once

#include "grid.cuh"

/// Weights of a layer that a block has at hand, and numbers of its channels.
static constexpr int tile_size = 8192;

/// Layers whose descriptions are kept in shared memory.
static constexpr int near_layer_limit = 32;

struct Batch {
  const etude_cuda_training &call;
  const etude_cuda_layer *layers;
  /// [tile_size]
  float *tile;
  int count = 0;
  /// BatchNorm takes the batch's statistics, and Dropout drops.
  bool is_training = true;
  /// The bytes of the batch's masks.
  const uint8_t *masks = nullptr;

  /// This block's samples of the batch.
  __device__ int own_count() const {
    const int first = blockIdx.x;
    return first < count ? (count - 1 - first) / (int)gridDim.x + 1 : 0;
  }

  /// The sample's place in the batch.
  __device__ int slot(int own) const { return blockIdx.x + own * gridDim.x; }

  __device__ float *values(int slot, int region) const {
    return memory<float>(call.values) + (int64_t)slot * call.sample_size + region;
  }

  __device__ float *slopes(int slot, int region) const {
    return memory<float>(call.slopes) + (int64_t)slot * call.sample_size + region;
  }

  /// Of a chunk of 16 samples that lie side by side.
  __device__ float *published(int chunk, int64_t region) const {
    return memory<float>(call.published)
      + ((int64_t)chunk * call.published_size + region) * etude_cuda_chunk_width;
  }

  /// Whether this thread's lane of a chunk holds a sample. In the others values and gradients count as 0, and
  /// add nothing.
  __device__ bool has_sample(int chunk) const {
    return chunk * etude_cuda_chunk_width + chunk_lane() < count;
  }

  __device__ float *parameters(int start) const {
    return memory<float>(call.parameters) + start;
  }
};

// MARK: Lanes: this thread's sample of each chunk

/// Chunks in which this lane has a sample.
static __device__ int lane_chunks(int count) {
  return (count - chunk_lane() + etude_cuda_chunk_width - 1) / etude_cuda_chunk_width;
}

/// An address that goes over `count` positions in one chunk after the other.
struct LanePositions {
  const float *place;
  /// From position to position, and from the last one to the first one of the next chunk.
  int64_t step, gap;
  int count;
  int left = count;

  __device__ const float *next() {
    const float *current = place;
    place += step;
    if (--left == 0) {
      place += gap;
      left = count;
    }
    return current;
  }
};

/// - start: in the first sample.
static __device__ LanePositions sample_lane(const Batch batch, const float *start, int count) {
  const int64_t sample = batch.call.sample_size;
  return {start + chunk_lane() * sample, 1, sample * etude_cuda_chunk_width - count, count};
}
