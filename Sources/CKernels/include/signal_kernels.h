// The inner loops of Fourier transforms and of convolutions, compiled for several instruction sets.
//
// Transforms work on eight columns of complex numbers side by side. A tile is a matrix of such rows:
// eight real parts, then eight imaginary parts, for each row. All strides count doubles.

#ifndef ETUDE_SIGNAL_KERNELS_H
#define ETUDE_SIGNAL_KERNELS_H

#include <stddef.h>

/// Columns of a tile, and doubles of one of its rows.
enum { etude_tile_width = 8, etude_tile_row = 16 };

/// A stage joins `radix` transforms of `length` points each to one of radix * length points.
struct etude_fourier_stage {
  ptrdiff_t radix, length;
  /// exp(-2πi jk / (radix * length)): for each k below length, those of j = 1 ..< radix.
  const double *roots;
  /// exp(-2πi j / radix) for j = 0 ..< radix.
  const double *circle;
};

/// Transforms of one length.
struct etude_fourier_column {
  ptrdiff_t length, stage_count;
  const struct etude_fourier_stage *stages;
  /// The row in which each point starts: its digits, in the radices as base, backwards.
  const ptrdiff_t *place;
};

/// A transform of rows * columns points: first down the columns, then along the rows.
struct etude_fourier_grid {
  struct etude_fourier_column down, along;
  /// exp(-2πi rc / (rows * columns)) is a product, of one factor for every 16th r and one for each r
  /// modulo 16; for each block of eight columns c, as a tile.
  const double *coarse, *fine;
};

/// A range of blocks of eight columns, or eight rows, so that long work can be done in pieces.
struct etude_blocks {
  ptrdiff_t start, end;
};

/// A tap of a kernel reaches, for outputs j from start to end, the input at `input` + j; further out
/// it is skipped.
struct etude_direct_tap {
  ptrdiff_t weight, input, start, end;
};

/// Output channels (rows), input channels (depth), taps, and outputs of a row.
struct etude_direct {
  ptrdiff_t rows, depth, taps, count;
  ptrdiff_t weight_row, weight_depth, input_depth;
  ptrdiff_t output_row, output_step;
};

struct etude_signal_kernels {
  /// Whether products and sums are rounded once.
  int is_fused;

  /// Up to eight short transforms at once.
  void (*fourier_short)(
    const struct etude_fourier_column *column, int is_inverse, double scale, ptrdiff_t count,
    const double *input, double *tile, double *output);

  void (*fourier_down)(
    const struct etude_fourier_grid *grid, int is_inverse, struct etude_blocks blocks,
    const double *input, double *tile, double *work);
  void (*fourier_along)(
    const struct etude_fourier_grid *grid, int is_inverse, double scale,
    struct etude_blocks blocks, double *work, double *output);

  void (*real_short)(
    const struct etude_fourier_column *column, ptrdiff_t count, const double *input, double *tile,
    double *output);
  void (*real_down)(
    const struct etude_fourier_grid *grid, struct etude_blocks blocks, const double *input,
    double *tile, double *work);
  void (*real_along)(
    const struct etude_fourier_grid *grid, struct etude_blocks blocks, double *work,
    double *output);
  void (*real_inverse_down)(
    const struct etude_fourier_grid *grid, struct etude_blocks blocks, const double *input,
    double *tile, double *work);
  void (*real_inverse_along)(
    const struct etude_fourier_grid *grid, double scale, struct etude_blocks blocks,
    const double *work, double *tile, double *output);

  void (*cyclic_down)(
    const struct etude_fourier_grid *grid, struct etude_blocks blocks, const double *real,
    const double *imaginary, double *tile, double *work);
  void (*cyclic_spectrum)(
    const struct etude_fourier_grid *grid, struct etude_blocks blocks, double *work);
  void (*cyclic_product)(
    const struct etude_fourier_grid *grid, const struct etude_fourier_grid *back,
    struct etude_blocks blocks, double *work, const double *factors, double *tile, double *result);
  void (*cyclic_along)(
    const struct etude_fourier_grid *back, struct etude_blocks blocks, double *work, double *real,
    double *imaginary);

  /// sum = bias; for each channel, for each tap: sum = fma(weight, input, sum). Reads the input as far
  /// as `count` rounded up to a multiple of 16.
  void (*direct_float)(
    const struct etude_direct *shape, const struct etude_direct_tap *taps, const float *weights,
    const float *bias, const float *input, float *output);
  void (*direct_double)(
    const struct etude_direct *shape, const struct etude_direct_tap *taps, const double *weights,
    const double *bias, const double *input, double *output);
  /// Samples first, first + step, ... of a signal; 0 outside of it.
  void (*spread_float)(
    ptrdiff_t step, ptrdiff_t count, const float *signal, ptrdiff_t length, ptrdiff_t first,
    float *samples);
  void (*spread_double)(
    ptrdiff_t step, ptrdiff_t count, const double *signal, ptrdiff_t length, ptrdiff_t first,
    double *samples);
};

/// Runs on every processor of this architecture. Fuses products and sums only where the architecture
/// always can.
extern const struct etude_signal_kernels etude_signal_kernels_baseline;

/// NULL where the architecture lacks the instructions.
const struct etude_signal_kernels *etude_signal_kernels_avx2(void);
const struct etude_signal_kernels *etude_signal_kernels_avx512(void);

#endif
