// The inner loops of training, compiled for several instruction sets.
//
// Data: a slice holds 16 samples side by side, [channel][position][16]. All offsets and strides count
// floats. ReferenceKernels.swift says what each function computes.

#ifndef ETUDE_CKERNELS_H
#define ETUDE_CKERNELS_H

#include <stddef.h>

enum { etude_slice_width = 16 };

struct etude_tap {
  ptrdiff_t weight, input;
};

struct etude_column {
  ptrdiff_t input, output;
};

struct etude_gather {
  ptrdiff_t groups, rows, depth, slices;
  ptrdiff_t weight_group, weight_row, weight_depth;
  ptrdiff_t input_depth, input_slice;
  ptrdiff_t output_row, output_slice;
};

struct etude_span {
  ptrdiff_t row_side, column_side, count;
};

struct etude_correlation {
  ptrdiff_t groups, rows, columns, taps, slices;
  ptrdiff_t row_channel, row_slice;
  ptrdiff_t column_channel, column_slice, column_step;
};

struct etude_pooling {
  ptrdiff_t rows, length, places, size, stride;
};

struct etude_kernels {
  void (*gather)(
    const struct etude_gather *shape, const struct etude_tap *taps, ptrdiff_t tap_count,
    const struct etude_column *columns, ptrdiff_t column_count, const float *weights,
    const float *bias, int rectified, const float *input, float *output);
  void (*correlate)(
    const struct etude_correlation *shape, const struct etude_span *spans, const float *row_side,
    const float *column_side, float *gradient);
  void (*add_sums)(
    ptrdiff_t channels, ptrdiff_t slices, ptrdiff_t channel_size, ptrdiff_t slice_size,
    const float *values, float *sums);
  void (*greatest)(const struct etude_pooling *shape, const float *input, float *output);
  void (*greatest_gradient)(
    const struct etude_pooling *shape, const float *input, const float *output,
    const float *gradient, float *input_gradient);
  void (*rectify_gradient)(ptrdiff_t count, const float *output, float *gradient);
};

/// What every processor of this architecture can run.
extern const struct etude_kernels etude_kernels_baseline;

/// Null where the architecture has no such instructions.
const struct etude_kernels *etude_kernels_avx2(void);
const struct etude_kernels *etude_kernels_avx512(void);

/// From now on this thread takes numbers below 1.2e-38 as 0, which vector units compute with a
/// hundred times more slowly than with others. Returns what `etude_restore_rounding` takes back.
unsigned long etude_flush_tiny_numbers(void);
void etude_restore_rounding(unsigned long state);

#endif
