// The inner loops of training, compiled for several instruction sets.
//
// Data: a chunk holds 16 samples side by side, [channel][position][16]. All offsets and strides count
// floats. ReferenceKernels.swift says what each function computes.

#ifndef ETUDE_CKERNELS_H
#define ETUDE_CKERNELS_H

#include <stddef.h>

enum { etude_chunk_width = 16 };

struct etude_tap {
  ptrdiff_t weight, input;
};

struct etude_column {
  ptrdiff_t input, output;
};

struct etude_convolution {
  ptrdiff_t groups, rows, depth, chunks;
  ptrdiff_t weight_group, weight_row, weight_depth;
  ptrdiff_t input_depth, input_chunk;
  ptrdiff_t output_row, output_chunk;
};

struct etude_span {
  ptrdiff_t row_side, column_side, count;
};

struct etude_weight_gradient {
  ptrdiff_t groups, rows, columns, taps, chunks;
  ptrdiff_t row_channel, row_chunk;
  ptrdiff_t column_channel, column_chunk, column_step;
};

struct etude_pooling {
  ptrdiff_t rows, length, outputs, size, stride;
};

struct etude_kernels {
  void (*conv_forward)(
    const struct etude_convolution *shape, const struct etude_tap *taps, ptrdiff_t tap_count,
    const struct etude_column *columns, ptrdiff_t column_count, const float *weights,
    const float *bias, int relu, const float *input, float *output);
  void (*weight_gradient)(
    const struct etude_weight_gradient *shape, const struct etude_span *spans, const float *row_side,
    const float *column_side, float *gradient);
  void (*bias_gradient)(
    ptrdiff_t channels, ptrdiff_t chunks, ptrdiff_t channel_size, ptrdiff_t chunk_size,
    const float *values, float *sums);
  void (*max_pool)(const struct etude_pooling *shape, const float *input, float *output);
  void (*max_pool_gradient)(
    const struct etude_pooling *shape, const float *input, const float *output,
    const float *gradient, float *input_gradient);
  void (*relu_gradient)(ptrdiff_t count, const float *output, float *gradient);
};

/// Runs on every processor of this architecture.
extern const struct etude_kernels etude_kernels_baseline;

/// NULL where the architecture lacks the instructions.
const struct etude_kernels *etude_kernels_avx2(void);
const struct etude_kernels *etude_kernels_avx512(void);

/// Flushes denormals, numbers below 1.2e-38, to 0 on this thread: vector units are a hundred times
/// slower with them. Returns the state that `etude_restore_denormals` restores.
unsigned long etude_flush_denormals(void);
void etude_restore_denormals(unsigned long state);

#endif
