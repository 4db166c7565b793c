// What kernels need of the machine: NVIDIA's, or the one that Tests/CUDAEmulation plays on a processor,
// whose emulation.h then stands in front of this.
#pragma once

#include "../include/cuda_kernels.h"

#ifdef __CUDACC_RTC__

/// The memory behind an address of a kernel's argument.
template <typename T>
static __device__ T *memory(uint64_t address) {
  return reinterpret_cast<T *>(address);
}

/// An array that the threads of a block share.
#define SHARED(type, name, count) __shared__ type name[count]

/// A function that is not copied to where it is called: drivers translate the kernels on the student's
/// machine, and the smaller the text, the sooner.
#define OUTLINED __noinline__

/// In loops that wait for another block.
static __device__ void pause_spinning() {}

#endif

static constexpr int warp_width = 32;
static constexpr unsigned whole_warp = 0xffffffff;

/// This thread's number among those of the whole grid, and how many these are.
static __device__ int64_t grid_index() {
  return (int64_t)blockIdx.x * blockDim.x + threadIdx.x;
}

static __device__ int64_t grid_size() { return (int64_t)gridDim.x * blockDim.x; }

template <typename T>
static __device__ T smaller(T a, T b) {
  return a < b ? a : b;
}

template <typename T>
static __device__ T larger(T a, T b) {
  return a > b ? a : b;
}

/// The quotient rounded up; of numbers that are not negative.
template <typename T>
static __device__ T divided_up(T a, T b) {
  return (a + b - 1) / b;
}

/// a · b + c, rounded once. Nowhere else are products fused.
static __device__ float fused(float a, float b, float c) { return __fmaf_rn(a, b, c); }
static __device__ double fused(double a, double b, double c) { return __fma_rn(a, b, c); }
