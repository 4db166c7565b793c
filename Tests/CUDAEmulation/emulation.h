// CUDA's language for a C++ compiler: what the kernels in Sources/CCUDAKernels/Kernels use of it.
//
// All threads of a launch are fibres of one thread of the processor, which run one after the other from
// barrier to barrier, in an order that tests choose. So runs repeat exactly, and a missing barrier shows
// every time: some order reads what has not been written yet. Threads of the processor would run some
// blocks at the same time, and show it now and then.

#pragma once

#include <cstdint>
#include <cstring>

#include "grid.h"

// MARK: Words of the language

#define __device__
#define __global__
#define __launch_bounds__(...)
#define OUTLINED

struct float2 {
  float x, y;
};

inline emulated::Index threadIdx, blockIdx, blockDim, gridDim;

/// Filled with nan at the start of a block. What is behind it must not be written.
#define SHARED(type, name, count) \
  type *const name = static_cast<type *>(emulated::shared_memory(__COUNTER__, count * sizeof(type)))

/// As a device's: the host cannot use it.
template <typename T>
static T *memory(uint64_t address) {
  return reinterpret_cast<T *>(address == 0 ? 0 : address - emulated::address_offset);
}

static inline void pause_spinning() { emulated::spin(); }

// MARK: Barriers and exchanges

static inline void __syncthreads() { emulated::wait_for_block(); }
static inline void __syncwarp() { emulated::wait_for_warp(); }

template <typename T>
static T __shfl_xor_sync(unsigned mask, T value, int distance) {
  uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof value);
  bits = emulated::exchange(mask, bits, distance);
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

// The order of memory needs no fences where one fibre runs at a time.
static inline void __threadfence() {}
static inline void __threadfence_system() {}

static inline uint32_t atomicAdd(uint32_t *place, uint32_t value) {
  const uint32_t old = *place;
  *place += value;
  return old;
}

template <typename T>
static T __ldcg(const T *place) {
  return *place;
}

template <typename T>
static void __stcg(T *place, T value) {
  *place = value;
}

// MARK: Numbers

static inline float __fmaf_rn(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
static inline double __fma_rn(double a, double b, double c) { return __builtin_fma(a, b, c); }
static inline float __fsqrt_rn(float x) { return __builtin_sqrtf(x); }
static inline double __dsqrt_rn(double x) { return __builtin_sqrt(x); }

template <typename To, typename From>
static To same_bits(From value) {
  static_assert(sizeof(To) == sizeof(From), "as many bits");
  To result;
  std::memcpy(&result, &value, sizeof result);
  return result;
}

static inline float __int_as_float(int x) { return same_bits<float>(x); }
static inline int __float_as_int(float x) { return same_bits<int>(x); }
static inline double __longlong_as_double(int64_t x) { return same_bits<double>(x); }
static inline int64_t __double_as_longlong(double x) { return same_bits<int64_t>(x); }
