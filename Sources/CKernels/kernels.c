#include "CKernels.h"

#define ALWAYS_INLINE inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// Elements 0, 2, 4 … and 1, 3, 5 … of two vectors, one after the other.
#define EVEN_4(a, b) __builtin_shufflevector(a, b, 0, 2, 4, 6)
#define ODD_4(a, b) __builtin_shufflevector(a, b, 1, 3, 5, 7)
#define EVEN_8(a, b) __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14)
#define ODD_8(a, b) __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15)
#define EVEN_16(a, b) \
  __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)
#define ODD_16(a, b) \
  __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31)
#define PASTE(a, b) a##b
#define EVEN(lanes, a, b) PASTE(EVEN_, lanes)(a, b)
#define ODD(lanes, a, b) PASTE(ODD_, lanes)(a, b)

#define KERNELS(set) \
  { \
    conv_forward_##set, weight_gradient_##set, bias_gradient_##set, max_pool_##set, \
    max_pool_gradient_##set, relu_gradient_##set \
  }

#define NAME(x) x##_baseline
#define LANES 4
#define CONV_COLUMNS 3
#define GRADIENT_COLUMNS 2
#include "vector_kernels.h"

const struct etude_kernels etude_kernels_baseline = KERNELS(baseline);

#ifdef __x86_64__

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define NAME(x) x##_avx2
#define LANES 8
#define CONV_COLUMNS 3
#define GRADIENT_COLUMNS 2
#include "vector_kernels.h"
#pragma clang attribute pop

#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,fma"))), \
  apply_to = function)
#define NAME(x) x##_avx512
#define LANES 16
#define CONV_COLUMNS 6
#define GRADIENT_COLUMNS 4
#include "vector_kernels.h"
#pragma clang attribute pop

static const struct etude_kernels kernels_avx2 = KERNELS(avx2);
static const struct etude_kernels kernels_avx512 = KERNELS(avx512);

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
