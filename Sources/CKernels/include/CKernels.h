// The inner loops of training, compiled for several instruction sets.
//
// Data: a chunk holds 16 samples side by side, [channel][position][16]. All offsets and strides count
// floats. docs/arithmetic.md fixes the order of every operation; ReferenceKernels.swift is the same in
// plain loops.

#ifndef ETUDE_CKERNELS_H
#define ETUDE_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "signal_kernels.h"
#include "array_kernels.h"

enum { etude_chunk_width = 16 };

/// One of several threads that share a piece of work: each computes other outputs.
struct etude_share {
  ptrdiff_t index, count;
};

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

/// The outputs that a tap reaches, and what the first of them is multiplied with.
struct etude_span {
  ptrdiff_t first, count, column_side;
};

struct etude_weight_gradient {
  ptrdiff_t groups, rows, columns, taps, chunks;
  ptrdiff_t row_channel, row_chunk;
  ptrdiff_t column_channel, column_chunk, column_step;
};

struct etude_linear_gradient {
  ptrdiff_t outputs, inputs, samples;
  /// Of the transposed inputs, [sample][row]: a multiple of 16.
  ptrdiff_t row;
};

struct etude_pooling {
  ptrdiff_t rows, length, outputs, size, stride, padding, dilation;
  /// Whether padding counts for the size that the sum of a window is divided by.
  int counts_padding;
};

enum etude_activation {
  etude_relu,
  etude_tanh,
  etude_sigmoid,
  etude_gelu,
  etude_gelu_tanh,
  etude_leaky_relu,
  etude_elu,
  etude_silu,
};

struct etude_batch_norm {
  ptrdiff_t channels, length, samples;
  double epsilon;
  float momentum;
};

struct etude_group_norm {
  ptrdiff_t channels, groups, length, samples;
  double epsilon;
};

struct etude_cross_entropy {
  ptrdiff_t classes, samples;
  /// By class: the parts of a target that are at the label, and at each class; by label: their sum.
  const double *own, *shared, *sums;
  int is_smoothed;
};

struct etude_sgd {
  float rate, momentum, share, weight_decay;
  int nesterov;
};

struct etude_asgd {
  float rate, decay, average, weight_decay;
};

struct etude_adam {
  float step, correction, share1, share2, keep2, epsilon, keep, weight_decay;
};

struct etude_kernels {
  /// Whether products and sums are rounded once.
  int is_fused;
  void (*load_samples)(
    struct etude_share share, ptrdiff_t count, const ptrdiff_t *indices, ptrdiff_t size,
    const float *data, float *chunks);
  /// Writes to `claims` meanwhile, but changes nothing there: memory that this thread needs next.
  void (*conv_forward)(
    struct etude_share share, const struct etude_convolution *shape, const struct etude_tap *taps,
    ptrdiff_t tap_count, const struct etude_column *columns, ptrdiff_t column_count,
    const float *weights, const float *bias, int relu, const float *input, float *output,
    float *claims, ptrdiff_t claim_count);
  void (*weight_gradient)(
    struct etude_share share, const struct etude_weight_gradient *shape,
    const struct etude_span *spans, const float *row_side, const float *column_side,
    float *gradient, ptrdiff_t gradient_chunk);
  void (*transpose)(
    struct etude_share share, const struct etude_linear_gradient *shape, const float *input,
    float *transposed);
  /// Writes to this share's `parameters`, if there are any, but does not change them.
  void (*linear_gradient)(
    struct etude_share share, const struct etude_linear_gradient *shape, const float *outputs,
    const float *transposed, float *gradient, int adds, float *parameters);
  void (*bias_gradient)(
    struct etude_share share, ptrdiff_t channels, ptrdiff_t chunks, ptrdiff_t channel_size,
    const float *values, float *gradient, ptrdiff_t gradient_chunk);
  void (*add_chunks)(
    ptrdiff_t count, ptrdiff_t chunks, const float *sums, ptrdiff_t chunk_size, float *gradient);
  void (*max_pool)(
    struct etude_share share, const struct etude_pooling *shape, const float *input,
    float *output);
  void (*max_pool_gradient)(
    struct etude_share share, const struct etude_pooling *shape, const float *input,
    const float *output, const float *gradient, int relu, float *input_gradient);
  void (*average_pool)(
    struct etude_share share, const struct etude_pooling *shape, const float *input,
    float *output);
  void (*average_pool_gradient)(
    struct etude_share share, const struct etude_pooling *shape, const float *gradient,
    float *input_gradient);
  void (*relu_gradient)(
    struct etude_share share, ptrdiff_t count, const float *output, float *gradient);
  void (*multiply)(
    struct etude_share share, ptrdiff_t count, const float *values, const float *factors,
    float *products);
  void (*activate)(
    struct etude_share share, enum etude_activation function, float parameter, ptrdiff_t count,
    const float *input, float *output);
  void (*activation_gradient)(
    struct etude_share share, enum etude_activation function, float parameter, ptrdiff_t count,
    const float *gradient, const float *input, const float *output, float *input_gradient);
  void (*batch_norm)(
    struct etude_share share, const struct etude_batch_norm *shape, const float *weight,
    const float *bias, float *running_mean, float *running_variance, int is_training,
    const float *input, float *output);
  void (*batch_norm_gradient)(
    struct etude_share share, const struct etude_batch_norm *shape, const float *weight,
    const float *input, const float *gradient, float *weight_gradient, float *bias_gradient,
    float *input_gradient);
  /// Without weight and bias where they are NULL.
  void (*group_norm)(
    struct etude_share share, const struct etude_group_norm *shape, const float *weight,
    const float *bias, const float *input, float *output, float *statistics);
  void (*group_norm_gradient)(
    struct etude_share share, const struct etude_group_norm *shape, const float *weight,
    const float *statistics, const float *input, const float *gradient, float *weight_gradient,
    float *bias_gradient, float *input_gradient);
  void (*sgd)(
    struct etude_share share, const struct etude_sgd *settings, ptrdiff_t count,
    const float *gradients, float *velocities, float *parameters);
  void (*asgd)(
    struct etude_share share, const struct etude_asgd *settings, ptrdiff_t count,
    const float *gradients, float *averages, float *parameters);
  void (*adam)(
    struct etude_share share, const struct etude_adam *settings, ptrdiff_t count,
    const float *gradients, float *means, float *squares, float *parameters);
  void (*cross_entropy)(
    const struct etude_cross_entropy *shape, const float *logits, const int *labels,
    double *probabilities, double *losses);
  void (*cross_entropy_gradient)(
    const struct etude_cross_entropy *shape, const int *labels, const double *probabilities,
    double divisor, float *gradient);
};

/// Runs on every processor of this architecture. Fuses products and sums only where the architecture
/// always can.
extern const struct etude_kernels etude_kernels_baseline;

/// NULL where the architecture lacks the instructions.
const struct etude_kernels *etude_kernels_avx2(void);
const struct etude_kernels *etude_kernels_avx512(void);

/// Flushes denormals, numbers below 1.2e-38, to 0 on this thread: vector units are a hundred times
/// slower with them. Returns the state that `etude_restore_denormals` restores.
unsigned long etude_flush_denormals(void);
void etude_restore_denormals(unsigned long state);

#endif
