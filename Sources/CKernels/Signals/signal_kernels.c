#include "signal_kernels.h"

// The compiler must not fuse products and sums: FMA says where that happens.
#pragma STDC FP_CONTRACT OFF

// Vectors are passed to inlined functions only, where the calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define ALWAYS_INLINE inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define PASTE(a, b) a##b

#define KERNELS(set, is_fused) \
  { \
    is_fused, fourier_short_##set, fourier_down_##set, fourier_along_##set, real_short_##set, \
    real_down_##set, real_along_##set, real_inverse_down_##set, real_inverse_along_##set, \
    cyclic_down_##set, cyclic_spectrum_##set, cyclic_product_##set, cyclic_along_##set, \
    direct_float_##set, direct_double_##set, spread_float_##set, spread_double_##set \
  }

// Each set is all kernels, compiled with its instructions. LANES are the doubles of a register; columns
// do not mix, so the results do not depend on it.

#define NAME(x) x##_baseline
#if defined(__FMA__) || defined(__aarch64__)
#define BASELINE_IS_FUSED 1
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#else
#define BASELINE_IS_FUSED 0
#define FMA(a, b, c) ((a) * (b) + (c))
#endif
#define LANES 2
#define DIRECT_ONE 8
#define DIRECT_TWO 4
#define DIRECT_MANY 2
#define DIRECT_ROWS 4
#include "all_signal_kernels.h"

const struct etude_signal_kernels etude_signal_kernels_baseline =
  KERNELS(baseline, BASELINE_IS_FUSED);

#ifdef __x86_64__

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define NAME(x) x##_avx2
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#define LANES 4
#define DIRECT_ONE 8
#define DIRECT_TWO 4
#define DIRECT_MANY 2
#define DIRECT_ROWS 4
#include "all_signal_kernels.h"
#pragma clang attribute pop

#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,fma"))), \
  apply_to = function)
#define NAME(x) x##_avx512
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#define LANES 8
#define DIRECT_ONE 8
#define DIRECT_TWO 8
#define DIRECT_MANY 3
#define DIRECT_ROWS 8
#define DIRECT_SLIDES
#include "all_signal_kernels.h"
#pragma clang attribute pop

static const struct etude_signal_kernels kernels_avx2 = KERNELS(avx2, 1);
static const struct etude_signal_kernels kernels_avx512 = KERNELS(avx512, 1);

const struct etude_signal_kernels *etude_signal_kernels_avx2(void) { return &kernels_avx2; }
const struct etude_signal_kernels *etude_signal_kernels_avx512(void) { return &kernels_avx512; }

#else

const struct etude_signal_kernels *etude_signal_kernels_avx2(void) { return NULL; }
const struct etude_signal_kernels *etude_signal_kernels_avx512(void) { return NULL; }

#endif
