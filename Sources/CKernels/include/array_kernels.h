// The inner loops of arrays, compiled for several instruction sets, which have the same bits.
// ArrayKernels.swift says what they do.

#ifndef ETUDE_ARRAY_KERNELS_H
#define ETUDE_ARRAY_KERNELS_H

#include <stddef.h>

/// A function of one number, for `count` of them: on doubles, and on floats by way of doubles.
struct etude_function {
  void (*doubles)(ptrdiff_t count, const double *input, double *output);
  void (*singles)(ptrdiff_t count, const float *input, float *output);
};

typedef void (*etude_pair_function)(
  ptrdiff_t count, const double *a, ptrdiff_t a_step, const double *b, ptrdiff_t b_step,
  double *output);

struct etude_array_kernels {
  struct etude_function sqrt, exp, expm1, log, log1p, log2, log10, sin, cos, tan, arcsin, arccos,
    arctan, sinh, cosh, tanh, sinc, reciprocal, floor, ceil, trunc, round;
  /// A side with step 0 is one number for all.
  etude_pair_function subtract, divide, maximum, minimum, arctan2, hypot;
  /// Of complex numbers.
  void (*magnitudes)(ptrdiff_t count, const double *pairs, double *output);
  void (*sign)(ptrdiff_t count, const double *input, double *output);
  void (*clip)(ptrdiff_t count, double low, double high, const double *input, double *output);
  void (*round_scaled)(
    ptrdiff_t count, double scale, int is_fraction, const double *input, double *output);
  void (*ramp)(ptrdiff_t count, ptrdiff_t first, double start, double step, double *output);
  void (*choose_words)(
    ptrdiff_t count, const unsigned char *mask, const unsigned long *a, ptrdiff_t a_step,
    const unsigned long *b, ptrdiff_t b_step, unsigned long *output);
  void (*is_nan)(ptrdiff_t count, const double *input, unsigned char *output);
  void (*is_infinite)(ptrdiff_t count, const double *input, unsigned char *output);
  void (*is_finite)(ptrdiff_t count, const double *input, unsigned char *output);
  int (*has_zero)(ptrdiff_t count, const double *input);
  int (*has_other)(ptrdiff_t count, const double *input);
  ptrdiff_t (*largest)(ptrdiff_t count, const double *input);
  ptrdiff_t (*smallest)(ptrdiff_t count, const double *input);
  /// By halves, down to 128 numbers, as NumPy adds; products are rounded.
  double (*sum)(ptrdiff_t count, const double *input);
  double (*sum_of_products)(ptrdiff_t count, const double *a, const double *b);
  /// What does not fit becomes the smallest integer; to_int16 and to_uint8 take its low bits, as of any other
  /// 32-bit integer.
  void (*to_int64)(ptrdiff_t count, const double *input, long *output);
  void (*to_int32)(ptrdiff_t count, const double *input, int *output);
  void (*to_int16)(ptrdiff_t count, const double *input, short *output);
  void (*to_uint8)(ptrdiff_t count, const double *input, unsigned char *output);
  void (*to_float)(ptrdiff_t count, const double *input, float *output);
  void (*from_int64)(ptrdiff_t count, const long *input, double *output);
  void (*from_int32)(ptrdiff_t count, const int *input, double *output);
  void (*from_int16)(ptrdiff_t count, const short *input, double *output);
  void (*from_uint8)(ptrdiff_t count, const unsigned char *input, double *output);
  void (*from_float)(ptrdiff_t count, const float *input, double *output);
  /// Adds the product of (rows, depth) and (depth, columns) to y.
  void (*matrix)(
    ptrdiff_t rows, ptrdiff_t depth, ptrdiff_t columns, const double *a, ptrdiff_t a_row,
    const double *b, ptrdiff_t b_row, double *y, ptrdiff_t y_row);
};

extern const struct etude_array_kernels etude_array_kernels_baseline;

/// NULL where the architecture lacks the instructions.
const struct etude_array_kernels *etude_array_kernels_avx2(void);
const struct etude_array_kernels *etude_array_kernels_avx512(void);

#endif
