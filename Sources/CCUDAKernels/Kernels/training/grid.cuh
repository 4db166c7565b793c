// How blocks wait for each other, and how work is shared out to them.
#pragma once

#include "../platform.cuh"

/// A barrier for all blocks of the grid, which must run at the same time. Its counter only grows, so
/// nobody needs to reset it: the n-th barrier ends when all blocks have arrived n times.
///
/// Cooperative groups have one, too; this one needs no library of NVIDIA's on the student's machine.
struct GridBarrier {
  uint32_t *arrived;
  /// Arrivals that end the next barrier.
  uint32_t goal = 0;

  /// What any thread wrote before, every thread sees afterwards, if it reads by __ldcg: the first cache
  /// of another processor may hold what stood there earlier.
  __device__ void wait() {
    __syncthreads();
    goal += gridDim.x;
    if (threadIdx.x == 0 && gridDim.x > 1) {
      __threadfence();
      atomicAdd(arrived, 1u);
      while ((int)(*(volatile uint32_t *)arrived - goal) < 0) pause_spinning();
      __threadfence();
    }
    __syncthreads();
  }
};

/// The items of this thread of a block, out of [outer][rows][columns]: from its own number on, as many
/// apart as the block has threads. Divides at the start only.
struct BlockItems {
  int outer, row, column;

  __device__ BlockItems(int rows, int columns) : rows(rows), columns(columns) {
    split(threadIdx.x, outer, row, column);
    split(blockDim.x, outer_step, row_step, column_step);
  }

  __device__ void advance() {
    column += column_step;
    row += row_step;
    outer += outer_step;
    if (column >= columns) column -= columns, row++;
    if (row >= rows) row -= rows, outer++;
  }

 private:
  int rows, columns;
  int outer_step, row_step, column_step;

  __device__ void split(int item, int &outer, int &row, int &column) const {
    const int whole = item / columns;
    column = item - whole * columns;
    outer = whole / rows;
    row = whole - outer * rows;
  }
};

/// The items of this warp, out of so many that follow those of other work: shared out to all warps of
/// the grid in turn, whatever work they belong to.
struct WarpItems {
  /// Of all work so far.
  int64_t total = 0;

  /// The first of this warp's items; the next ones are `step()` apart.
  __device__ int64_t begin(int64_t count) {
    const int64_t warps = step();
    // The blocks' first warps come first, then their second ones: little work is spread over all blocks.
    const int64_t own = (int64_t)(threadIdx.x / warp_width) * gridDim.x + blockIdx.x;
    const int64_t first = (own - total % warps + warps) % warps;
    total += count;
    return first;
  }

  static __device__ int64_t step() { return (int64_t)gridDim.x * (blockDim.x / warp_width); }
};

// MARK: Half warps: a lane for each sample of a chunk

static __device__ int chunk_lane() { return threadIdx.x % etude_cuda_chunk_width; }

/// Which half of the warp this thread is in.
static __device__ int warp_half() { return threadIdx.x / etude_cuda_chunk_width % 2; }

/// The sum of the 16 lanes of a half warp by halves: lane i and i + 8, then i and i + 4, and so on. All
/// threads of the warp call it together.
template <typename T>
static __device__ T sum_by_halves(T value) {
#pragma unroll
  for (int distance = etude_cuda_chunk_width / 2; distance > 0; distance /= 2)
    value += __shfl_xor_sync(whole_warp, value, distance);
  return value;
}

// MARK: Long sums

/// Reads `count` numbers and uses them in order, with so many reads on their way at a time: a sum over
/// what other blocks wrote would otherwise wait for the second cache at every step.
///
/// - load: called for each number in order, returns it.
template <int ahead, typename Load, typename Use>
static __device__ void in_order(int count, Load load, Use use) {
  for (int start = 0; start < count; start += ahead) {
    decltype(load()) numbers[ahead];
#pragma unroll
    for (int i = 0; i < ahead; i++)
      if (start + i < count) numbers[i] = load();
#pragma unroll
    for (int i = 0; i < ahead; i++)
      if (start + i < count) use(numbers[i]);
  }
}
