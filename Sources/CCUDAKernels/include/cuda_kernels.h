// What the host and the CUDA kernels say to each other: the kernels' arguments, which C, Swift and CUDA
// C++ lay out alike, and the PTX text of the kernels.
//
// A kernel takes one struct by value. Addresses are the device's, as 64 bits; 0 stands for nothing. All
// sizes and strides count elements. Every kernel works with any number of blocks, and with blocks of any
// multiple of 32 threads up to 512, but `train` alone needs all of its blocks to run at the same time.
// docs/arithmetic.md fixes the order of every operation.

#ifndef ETUDE_CUDA_KERNELS_H
#define ETUDE_CUDA_KERNELS_H

#ifdef __CUDACC_RTC__
// The compiler of the kernels has no headers.
typedef unsigned char uint8_t;
typedef int int32_t;
typedef unsigned int uint32_t;
typedef long long int64_t;
typedef unsigned long long uint64_t;
#else
#include <stdint.h>
#endif

#ifdef __cplusplus
#define ETUDE_CUDA_SIZE(type, size) static_assert(sizeof(struct type) == (size), #type)
#else
#define ETUDE_CUDA_SIZE(type, size) _Static_assert(sizeof(struct type) == (size), #type)
#endif

// MARK: Operators on arrays
//
// Kernels of the module `etude_cuda_operators`. Each has a version for float and one for double:
// `convolve_float`, `convolve_double` and so on. Denormals are kept.

/// `convolve_`: conv1d, input [N, C, L] to output [N, D, P].
/// `convolve_transposed_`: conv_transpose1d, input [N, D, P] to output [N, C, L].
///
/// The weights are [D, C / groups, K] for both; the bias, if any, has a number for each channel of the
/// output. The letters are those of `ConvolutionGeometry`.
struct etude_cuda_convolution {
  uint64_t input, weight, bias, output;
  int64_t batch;
  int64_t channels, length;
  int64_t output_channels, output_length;
  int64_t kernel_size, stride, padding, dilation, groups;
};
ETUDE_CUDA_SIZE(etude_cuda_convolution, 112);

/// `max_pool_` and `average_pool_`: rows of `length` to rows of `output_length`.
struct etude_cuda_pooling {
  uint64_t input, output;
  int64_t rows, length, output_length;
  int64_t kernel_size, stride, padding, dilation;
  /// Whether padding counts for the size that the sum of a window is divided by.
  int32_t counts_padding;
  int32_t reserved;
};
ETUDE_CUDA_SIZE(etude_cuda_pooling, 80);

/// `linear_`: input [rows, inputs], weight [outputs, inputs], output [rows, outputs].
struct etude_cuda_linear {
  uint64_t input, weight, bias, output;
  int64_t rows, inputs, outputs;
};
ETUDE_CUDA_SIZE(etude_cuda_linear, 56);

enum { etude_cuda_axis_limit = 8 };

/// What `elementwise_` computes of each element of a, or of each pair of elements of a and b.
enum etude_cuda_operation {
  // Of one number.
  etude_cuda_negative,
  etude_cuda_absolute,
  etude_cuda_sqrt,
  etude_cuda_square,
  etude_cuda_reciprocal,
  etude_cuda_exp,
  etude_cuda_expm1,
  etude_cuda_log,
  etude_cuda_log1p,
  etude_cuda_log2,
  etude_cuda_log10,
  etude_cuda_tanh,
  etude_cuda_sinh,
  etude_cuda_cosh,
  // Activations; `parameter` is the slope, or alpha.
  etude_cuda_relu,
  etude_cuda_leaky_relu,
  etude_cuda_sigmoid,
  etude_cuda_silu,
  etude_cuda_elu,
  etude_cuda_gelu_tanh,
  // Of two numbers.
  etude_cuda_add,
  etude_cuda_subtract,
  etude_cuda_multiply,
  etude_cuda_divide,
  etude_cuda_maximum,
  etude_cuda_minimum,
  // Of two numbers; the result is a byte, 0 or 1.
  etude_cuda_equal,
  etude_cuda_not_equal,
  etude_cuda_less,
  etude_cuda_less_equal,
  etude_cuda_greater,
  etude_cuda_greater_equal,
};

/// `elementwise_`: the output is contiguous; a and b are read with strides, which are 0 along axes that
/// are broadcast. Axes that lie contiguous in all of them should be given as one.
struct etude_cuda_elementwise {
  uint64_t a, b, output;
  /// Of the output.
  int64_t count;
  /// An `etude_cuda_operation`.
  int32_t operation;
  int32_t axes;
  double parameter;
  /// Used in place of a and b where their address is 0.
  double a_number, b_number;
  /// Of the output, the last axis last.
  int64_t shape[etude_cuda_axis_limit];
  int64_t a_strides[etude_cuda_axis_limit], b_strides[etude_cuda_axis_limit];
};
ETUDE_CUDA_SIZE(etude_cuda_elementwise, 256);

enum etude_cuda_reduction {
  etude_cuda_sum,
  etude_cuda_mean,
  etude_cuda_largest,
  etude_cuda_smallest,
};

/// `reduce_`: input [outer, length, inner] to output [outer, inner], in NumPy's order: pairwise where
/// inner is 1, else one after the other. One block computes an output of the first kind. Floats are added
/// up as doubles.
struct etude_cuda_reduce {
  uint64_t input, output;
  int64_t outer, length, inner;
  /// An `etude_cuda_reduction`.
  int32_t reduction;
  int32_t reserved;
};
ETUDE_CUDA_SIZE(etude_cuda_reduce, 48);

// MARK: Training
//
// `train`, the kernel of the module `etude_cuda_training`: one launch runs some batches of some epochs
// through all layers. Denormals are flushed.

/// What a layer does. A ReLU that follows a convolution or a linear layer is joined with it, as in
/// `Network`, whose operations these are one by one.
enum etude_cuda_layer_kind {
  etude_cuda_convolution_layer,
  etude_cuda_transposed_convolution_layer,
  /// A convolution of length 1.
  etude_cuda_linear_layer,
  etude_cuda_activation_layer,
  etude_cuda_max_pool_layer,
  etude_cuda_average_pool_layer,
  etude_cuda_dropout_layer,
  etude_cuda_batch_norm_layer,
  etude_cuda_group_norm_layer,
};

/// In the order of `etude_activation` in CKernels.h.
enum etude_cuda_activation {
  etude_cuda_activation_relu,
  etude_cuda_activation_tanh,
  etude_cuda_activation_sigmoid,
  etude_cuda_activation_gelu,
  etude_cuda_activation_gelu_tanh,
  etude_cuda_activation_leaky_relu,
  etude_cuda_activation_elu,
  etude_cuda_activation_silu,
};

/// Samples of a chunk, over which gradients are summed lane by lane.
enum { etude_cuda_chunk_width = 16 };

/// Numbers that BatchNorm keeps of a channel in a batch.
enum { etude_cuda_batch_norm_size = 5 };

struct etude_cuda_layer {
  /// An `etude_cuda_layer_kind`.
  int32_t kind;
  /// An `etude_cuda_activation`.
  int32_t activation;
  /// Whether a ReLU is joined.
  int32_t has_relu;
  /// Whether the gradient of the output is cleared where the output is not positive, before anything
  /// else is made of it: as `Network.clearsReLU(after:)` says.
  int32_t clears_relu;
  /// Where signals start within a sample, in `values` and `slopes`.
  int32_t input, output;
  int32_t input_channels, input_length;
  int32_t output_channels, output_length;
  /// More room within a sample: 2 · groups numbers of a GroupNorm, output_channels · output_length of
  /// a max pool.
  int32_t scratch;
  /// Of convolutions and GroupNorm.
  int32_t groups;
  /// Where the copies of a convolution's input and of its output's gradient start in a sample of
  /// `published`; they are as long as these.
  int32_t published_input, published_slope;
  /// Where weight and bias start among the parameters; -1 where there is none.
  int32_t weight, bias;
  /// Of convolutions and pools. Where P is 1 the stride, where K is 1 the dilation does not matter.
  int64_t kernel_size, stride, padding, dilation;
  /// Of an average pool: as in `etude_cuda_pooling`.
  int32_t counts_padding;
  /// Of BatchNorm: where its running means start among the statistics; the variances follow. And where
  /// its `etude_cuda_batch_norm_size` numbers for each channel start in `norms`.
  int32_t statistics, norms;
  /// Of a Dropout: the bytes of the masks of Dropouts before it, for one sample. Negative where nothing
  /// is dropped, since the probability is 0.
  int32_t mask;
  /// Of a Dropout: what kept values are multiplied by.
  float scale;
  /// Of BatchNorm.
  float momentum;
  /// Of an activation: the slope, or alpha.
  float parameter;
  int32_t reserved;
  double epsilon;
};
ETUDE_CUDA_SIZE(etude_cuda_layer, 136);

enum etude_cuda_optimizer {
  etude_cuda_sgd,
  etude_cuda_asgd,
  etude_cuda_adam,
};

/// What the optimiser's step does with what it remembers first of each parameter.
enum etude_cuda_memory {
  /// It is not used.
  etude_cuda_memory_unused,
  etude_cuda_memory_used,
  /// It begins as the parameters are before the step: ASGD's average.
  etude_cuda_memory_begins,
};

/// An `OptimizerStep`; the numbers that the optimiser does not have are not read.
struct etude_cuda_step {
  /// An `etude_cuda_optimizer`.
  int32_t optimizer;
  /// An `etude_cuda_memory`; Adam uses both of its memories in any case.
  int32_t memory;
  int32_t is_nesterov;
  float weight_decay;
  /// Of SGD and ASGD; Adam's step.
  float rate;
  float momentum, share;
  float decay, average;
  float correction, share1, share2, keep2, epsilon, keep;
  int32_t reserved;
};
ETUDE_CUDA_SIZE(etude_cuda_step, 64);

struct etude_cuda_batch {
  /// Where its samples start in `order`.
  int64_t first;
  /// Where its masks start in `masks`: for each Dropout that drops, in order, those of all samples, a
  /// byte for each value, 0 where it is dropped.
  int64_t masks;
  /// The sum of the weights of its labels, in order.
  double weight_sum;
  int32_t count;
  int32_t reserved;
  struct etude_cuda_step step;
};
ETUDE_CUDA_SIZE(etude_cuda_batch, 96);

/// What a launch does: an epoch of training needs all of them but `etude_cuda_logits`.
enum etude_cuda_stages {
  etude_cuda_zero_grad = 1,
  etude_cuda_forward = 2,
  etude_cuda_loss = 4,
  etude_cuda_backward = 8,
  etude_cuda_step_stage = 16,
  /// After each epoch's batches.
  etude_cuda_test = 32,
};

/// The test after an epoch.
struct etude_cuda_test_result {
  double loss_sum;
  int64_t correct_count;
};
ETUDE_CUDA_SIZE(etude_cuda_test_result, 16);

/// A launch of `train`. Stages of one batch may come in several launches, with the same buffers. The
/// step reads and writes the parameters, so a launch that ends with `etude_cuda_loss` leaves them.
struct etude_cuda_training {
  /// `etude_cuda_layer`s.
  uint64_t layers;
  /// float: the network's flat arrays. `first` and `second` are what the optimiser remembers.
  uint64_t parameters, gradients, first, second, statistics;
  /// float, [slots][sample_size] each: the signals of the samples of a batch in all layers, and their
  /// gradients.
  uint64_t values, slopes;
  /// float, [slots / 16, rounded up][published_size][16].
  uint64_t published;
  /// float: numbers of BatchNorms.
  uint64_t norms;
  /// float [samples][input_size] and int32.
  uint64_t inputs, labels;
  /// int32: indices of samples, and bytes: see `etude_cuda_batch`.
  uint64_t order, masks;
  /// `etude_cuda_batch`es, [epochs][batches].
  uint64_t batches;
  /// double, [classes] each: `own`, `shared` and `sums` of `CrossEntropyTargets`.
  uint64_t own, shared, sums;
  /// double, [slots][classes] and [slots].
  uint64_t probabilities, losses;
  /// The samples of the test, as above. Labels may be 0: then there are only logits.
  uint64_t test_inputs, test_labels;
  /// double and int32, [test_count] each: the loss of each sample, and whether its class is right.
  uint64_t test_losses, test_correct;
  /// float, [test_count][classes]: the outputs of the test; may be 0.
  uint64_t logits;
  /// Two uint32, zeros at the launch, for the grid's barrier.
  uint64_t barrier;
  /// In pinned memory, double [epochs][batches]: the mean loss of each batch times its samples.
  uint64_t batch_losses;
  /// In pinned memory, `etude_cuda_test_result`s, [epochs].
  uint64_t test_results;
  /// In pinned memory, uint32: complete epochs of this launch; written after their results.
  uint64_t progress;
  /// In pinned memory, uint32: the kernel ends after the current epoch when the host sets it.
  uint64_t stop;
  int32_t layer_count;
  /// The first layer with parameters: gradients in front of it are not needed. layer_count if none.
  int32_t first_layer;
  int32_t sample_size, published_size, input_size;
  /// Where the output starts in a sample, and its size.
  int32_t output, classes;
  int32_t is_smoothed;
  int32_t parameter_count;
  /// Samples that `values` and `slopes` have room for: the largest batch, and samples of the test that
  /// are computed at a time.
  int32_t slots;
  int32_t epochs, batches_per_epoch;
  int32_t test_count;
  /// Samples whose losses are summed before they are added to those of others: `testBatchSize`.
  int32_t test_part;
  /// `etude_cuda_stages`.
  int32_t stages;
  int32_t reserved;
};
ETUDE_CUDA_SIZE(etude_cuda_training, 304);

// MARK: The kernels' text

#ifndef __CUDACC_RTC__
#ifdef __cplusplus
extern "C" {
#endif
/// PTX 8.0 for compute capability 6.0 and later: drivers from 525 on translate it.
const char *etude_cuda_operators_ptx(void);
const char *etude_cuda_training_ptx(void);
#ifdef __cplusplus
}
#endif
#endif

#endif
