#include "CKernels.h"

// The compiler must not fuse products and sums: FMA says where that happens.
#pragma STDC FP_CONTRACT OFF

// Vectors are passed to inlined functions only, where the calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define ALWAYS_INLINE inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define PASTE(a, b) a##b

typedef float floats __attribute__((vector_size(4 * etude_chunk_width), aligned(4)));
typedef int integers __attribute__((vector_size(4 * etude_chunk_width)));
typedef long longs __attribute__((vector_size(8 * etude_chunk_width)));
typedef double doubles __attribute__((vector_size(8 * etude_chunk_width), aligned(8)));

// This thread's share of 0 ..< count, in whole multiples of `step`.
static ALWAYS_INLINE ptrdiff_t share_start(struct etude_share share, ptrdiff_t count, ptrdiff_t step) {
  ptrdiff_t steps = (count + step - 1) / step;
  ptrdiff_t start = steps * share.index / share.count * step;
  return start < count ? start : count;
}

static ALWAYS_INLINE ptrdiff_t share_end(struct etude_share share, ptrdiff_t count, ptrdiff_t step) {
  share.index++;
  return share_start(share, count, step);
}

#define KERNELS(set, is_fused) \
  { \
    is_fused, load_samples_##set, conv_forward_##set, weight_gradient_##set, transpose_##set, \
    linear_gradient_##set, bias_gradient_##set, add_chunks_##set, max_pool_##set, \
    max_pool_gradient_##set, average_pool_##set, average_pool_gradient_##set, relu_gradient_##set, \
    multiply_##set, activate_##set, activation_gradient_##set, batch_norm_##set, \
    batch_norm_gradient_##set, group_norm_##set, group_norm_gradient_##set, sgd_##set, asgd_##set, \
    adam_##set, cross_entropy_##set, cross_entropy_gradient_##set \
  }

// Each set is all kernels, compiled with its instructions. Sums stay in registers: TILE_SIZE of 16 lanes
// each, and how many columns of them share a load was found by trying.

#define NAME(x) x##_baseline
#if defined(__FMA__) || defined(__aarch64__)
#define BASELINE_IS_FUSED 1
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#else
#define BASELINE_IS_FUSED 0
#define FMA(a, b, c) ((a) * (b) + (c))
#endif
#define TILE_SIZE 3
#define CONV_COLUMNS 3
#define GRADIENT_COLUMNS 3
#include "all_training_kernels.h"

const struct etude_kernels etude_kernels_baseline = KERNELS(baseline, BASELINE_IS_FUSED);

#ifdef __x86_64__

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define NAME(x) x##_avx2
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#define TILE_SIZE 6
#define CONV_COLUMNS 1
#define GRADIENT_COLUMNS 3
#include "all_training_kernels.h"
#pragma clang attribute pop

#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,fma"))), \
  apply_to = function)
#define NAME(x) x##_avx512
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#define TILE_SIZE 24
#define CONV_COLUMNS 6
#define GRADIENT_COLUMNS 6
#include "all_training_kernels.h"
#pragma clang attribute pop

static const struct etude_kernels kernels_avx2 = KERNELS(avx2, 1);
static const struct etude_kernels kernels_avx512 = KERNELS(avx512, 1);

const struct etude_kernels *etude_kernels_avx2(void) { return &kernels_avx2; }
const struct etude_kernels *etude_kernels_avx512(void) { return &kernels_avx512; }

#else

const struct etude_kernels *etude_kernels_avx2(void) { return NULL; }
const struct etude_kernels *etude_kernels_avx512(void) { return NULL; }

#endif

#if defined(__x86_64__)

unsigned long etude_flush_denormals(void) {
  unsigned state = __builtin_ia32_stmxcsr();
  // Results (bit 15) and operands (bit 6).
  __builtin_ia32_ldmxcsr(state | 0x8040);
  return state;
}

void etude_restore_denormals(unsigned long state) { __builtin_ia32_ldmxcsr((unsigned)state); }

#elif defined(__aarch64__)

unsigned long etude_flush_denormals(void) {
  unsigned long state;
  __asm__ volatile("mrs %0, fpcr" : "=r"(state));
  __asm__ volatile("msr fpcr, %0" : : "r"(state | 1ul << 24));
  return state;
}

void etude_restore_denormals(unsigned long state) {
  __asm__ volatile("msr fpcr, %0" : : "r"(state));
}

#else

unsigned long etude_flush_denormals(void) { return 0; }
void etude_restore_denormals(unsigned long state) { (void)state; }

#endif
