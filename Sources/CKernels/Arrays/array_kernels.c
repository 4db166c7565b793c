#include "array_kernels.h"

#include <limits.h>
#include <math.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

// The compiler must not fuse products and sums: FMA says where that happens.
#pragma STDC FP_CONTRACT OFF

// Vectors are passed to inlined functions only, where the calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define ALWAYS_INLINE inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)
#define SQRT(x) __builtin_elementwise_sqrt(x)

enum { lane_count = 8 };

typedef double doubles __attribute__((vector_size(64), aligned(8)));
typedef float singles __attribute__((vector_size(32), aligned(4)));
typedef long longs __attribute__((vector_size(64)));
typedef unsigned long unsigned_longs __attribute__((vector_size(64)));
typedef int ints __attribute__((vector_size(32)));
typedef long unaligned_longs __attribute__((vector_size(64), aligned(8)));
typedef int unaligned_ints __attribute__((vector_size(32), aligned(4)));
typedef short unaligned_shorts __attribute__((vector_size(16), aligned(2)));
typedef unsigned char unaligned_bytes __attribute__((vector_size(8), aligned(1)));

#define FUNCTION(name, set) {name##_##set, name##_singles_##set}
#define KERNELS(set) \
  { \
    FUNCTION(sqrt, set), FUNCTION(exp, set), FUNCTION(expm1, set), FUNCTION(log, set), \
    FUNCTION(log1p, set), FUNCTION(log2, set), FUNCTION(log10, set), FUNCTION(sin, set), \
    FUNCTION(cos, set), FUNCTION(tan, set), FUNCTION(arcsin, set), FUNCTION(arccos, set), \
    FUNCTION(arctan, set), FUNCTION(sinh, set), FUNCTION(cosh, set), FUNCTION(tanh, set), \
    FUNCTION(sinc, set), FUNCTION(reciprocal, set), FUNCTION(floor, set), FUNCTION(ceil, set), \
    FUNCTION(trunc, set), FUNCTION(round, set), subtract_##set, divide_##set, maximum_##set, \
    minimum_##set, arctan2_##set, hypot_##set, magnitudes_##set, sign_##set, clip_##set, \
    round_scaled_##set, ramp_##set, choose_words_##set, is_nan_##set, is_infinite_##set, \
    is_finite_##set, has_zero_##set, has_other_##set, largest_##set, smallest_##set, sum_##set, \
    sum_of_products_##set, to_int64_##set, to_int32_##set, to_int16_##set, to_uint8_##set, \
    to_float_##set, from_int64_##set, from_int32_##set, from_int16_##set, from_uint8_##set, \
    from_float_##set, matrix_##set \
  }

#define NAME(x) x##_baseline
#define MATRIX_VECTORS 1
#include "all_array_kernels.h"

const struct etude_array_kernels etude_array_kernels_baseline = KERNELS(baseline);

#ifdef __x86_64__

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define NAME(x) x##_avx2
#define MATRIX_VECTORS 1
#include "all_array_kernels.h"
#pragma clang attribute pop

#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,fma"))), \
  apply_to = function)
#define NAME(x) x##_avx512
#define MATRIX_VECTORS 3
#define SCALE(x, n) \
  __builtin_ia32_scalefpd512_mask(x, n, (doubles){}, -1, _MM_FROUND_CUR_DIRECTION)
#include "all_array_kernels.h"
#pragma clang attribute pop

static const struct etude_array_kernels kernels_avx2 = KERNELS(avx2);
static const struct etude_array_kernels kernels_avx512 = KERNELS(avx512);

const struct etude_array_kernels *etude_array_kernels_avx2(void) { return &kernels_avx2; }
const struct etude_array_kernels *etude_array_kernels_avx512(void) { return &kernels_avx512; }

#else

const struct etude_array_kernels *etude_array_kernels_avx2(void) { return NULL; }
const struct etude_array_kernels *etude_array_kernels_avx512(void) { return NULL; }

#endif
