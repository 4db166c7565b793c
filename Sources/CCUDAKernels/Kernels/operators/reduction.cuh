// Sums, means and extremes in NumPy's order. Floats are added up as doubles, and the sum is rounded once.
#pragma once

#include "../platform.cuh"

/// A part of a row.
struct Part {
  int64_t start, count;

  /// Parts of up to 128 numbers are added at once, longer ones by halves.
  __device__ bool is_block() const { return count <= 128; }
  __device__ Part left() const { return {start, count / 2 - count / 2 % 8}; }

  __device__ Part right() const {
    const Part first = left();
    return {start + first.count, count - first.count};
  }
};

/// In eight interleaved rows.
template <typename T>
static __device__ double sum_of_block(const T *row, const Part part) {
  const T *x = row + part.start;
  const int count = (int)part.count;
  if (count < 8) {
    double sum = 0;
    for (int i = 0; i < count; i++) sum += x[i];
    return sum;
  }
  double r[8];
#pragma unroll
  for (int j = 0; j < 8; j++) r[j] = x[j];
  int i = 8;
  // Several reads are on their way at a time.
#pragma unroll 4
  for (; i + 8 <= count; i += 8)
#pragma unroll
    for (int j = 0; j < 8; j++) r[j] += x[i + j];
  double sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
  for (; i < count; i++) sum += x[i];
  return sum;
}

/// By one thread. Of the parts on the way down, the right halves wait, and the sums of left ones.
template <typename T>
static __device__ double sum_in_pairs(const T *row, Part part) {
  constexpr int depth_limit = 40;
  Part waiting[depth_limit];
  double sums[depth_limit];
  bool has_left[depth_limit];
  int depth = 0;
  for (;;) {
    while (!part.is_block()) {
      waiting[depth] = part.right();
      has_left[depth++] = false;
      part = part.left();
    }
    double sum = sum_of_block(row, part);
    while (depth > 0 && has_left[depth - 1]) sum = sums[--depth] + sum;
    if (depth == 0) return sum;
    sums[depth - 1] = sum;
    has_left[depth - 1] = true;
    part = waiting[depth - 1];
  }
}

constexpr int reduction_thread_limit = 512;

/// By a block: its threads take the parts that halving leads to, and then add these up the same way.
///
/// - Returns: in the first thread.
template <typename T>
static __device__ double block_sum(const T *row, int64_t count, double *sums) {
  int levels = 0;
  while (2u << levels <= blockDim.x) levels++;
  Part part = {0, count};
  // Where halving ended: the first thread of those that would share a part has all of it.
  int level = 0;
  const unsigned thread = threadIdx.x;
  bool has_part = thread < 1u << levels;
  for (; has_part && level < levels; level++) {
    if (part.is_block()) {
      has_part = thread % (1u << (levels - level)) == 0;
      break;
    }
    part = thread >> (levels - 1 - level) & 1 ? part.right() : part.left();
  }
  if (has_part) sums[thread] = sum_in_pairs(row, part);
  for (int node = levels - 1; node >= 0; node--) {
    __syncthreads();
    const unsigned threads = 1u << (levels - node);
    if (has_part && thread % threads == 0 && level > node)
      sums[thread] = sums[thread] + sums[thread + threads / 2];
  }
  __syncthreads();
  return sums[0];
}

/// Whether a number takes the place of an extreme: nan does, but not of another one.
template <typename T>
static __device__ bool replaces(T value, T best, bool is_largest) {
  if (best != best) return false;
  return value != value || (is_largest ? value > best : value < best);
}

/// The first extreme, or the first nan. Threads take every so many-th number.
template <typename T>
static __device__ T block_extreme(
  const T *row, int64_t count, bool is_largest, T *values, int64_t *places)
{
  const int64_t width = smaller<int64_t>(count, blockDim.x);
  if (threadIdx.x < width) {
    int64_t best = threadIdx.x;
    for (int64_t i = threadIdx.x + width; i < count; i += width)
      if (replaces(row[i], row[best], is_largest)) best = i;
    values[threadIdx.x] = row[best];
    places[threadIdx.x] = best;
  }
  __syncthreads();
  if (threadIdx.x == 0) {
    int best = 0;
    for (int i = 1; i < width; i++) {
      const bool is_equal = !replaces(values[best], values[i], is_largest);
      if (replaces(values[i], values[best], is_largest) || (is_equal && places[i] < places[best]))
        best = i;
    }
    values[0] = values[best];
  }
  __syncthreads();
  return values[0];
}

template <typename T>
static __device__ void reduce_rows(const etude_cuda_reduce &call) {
  SHARED(double, sums, reduction_thread_limit);
  SHARED(T, values, reduction_thread_limit);
  SHARED(int64_t, places, reduction_thread_limit);
  for (int64_t i = blockIdx.x; i < call.outer; i += gridDim.x) {
    const T *row = memory<T>(call.input) + i * call.length;
    T result;
    if (call.reduction <= etude_cuda_mean) {
      double sum = block_sum(row, call.length, sums);
      if (call.reduction == etude_cuda_mean) sum = sum / (double)call.length;
      result = (T)sum;
    } else {
      result = block_extreme(
        row, call.length, call.reduction == etude_cuda_largest, values, places);
    }
    if (threadIdx.x == 0) memory<T>(call.output)[i] = result;
    // The next row's numbers take the place of these.
    __syncthreads();
  }
}

template <typename T>
static __device__ void reduce_columns(const etude_cuda_reduce &call) {
  for (int64_t i = grid_index(); i < call.outer * call.inner; i += grid_size()) {
    const int64_t outer = i / call.inner;
    const T *column = memory<T>(call.input) + outer * call.length * call.inner + i % call.inner;
    double sum = 0;
    T extreme = column[0];
    for (int64_t j = 0; j < call.length; j++) {
      const T value = column[j * call.inner];
      if (call.reduction <= etude_cuda_mean) sum += value;
      else if (replaces(value, extreme, call.reduction == etude_cuda_largest)) extreme = value;
    }
    if (call.reduction == etude_cuda_mean) sum = sum / (double)call.length;
    memory<T>(call.output)[i] = call.reduction <= etude_cuda_mean ? (T)sum : extreme;
  }
}

template <typename T>
static __device__ void reduce(const etude_cuda_reduce &call) {
  if (call.inner == 1) reduce_rows<T>(call);
  else reduce_columns<T>(call);
}
