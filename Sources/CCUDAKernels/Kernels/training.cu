// Trains a network: whole epochs in one launch, with the same bits as on the CPU.
//
// A step has two parts. In the first, each block takes its own samples forward and backward through all
// layers. In the second, all threads share out the parameters: each sums a gradient over the samples, and
// takes the optimiser's step with it. So the grid waits twice for each batch; a BatchNorm adds two waits in
// each direction, since it joins the samples in the midst of a pass.
//
// Compiled with denormals flushed (--ftz=true), as docs/arithmetic.md demands of training; operators.cu
// keeps them.

#include "training/batch_norm.cuh"
#include "training/convolution.cuh"
#include "training/convolution_gradient.cuh"
#include "training/cross_entropy.cuh"
#include "training/group_norm.cuh"
#include "training/pointwise.cuh"
#include "training/pooling.cuh"

/// Statistics of a BatchNorm, or sums of its gradients, over all samples.
static __device__ void join_samples(
  const Batch batch, GridBarrier &barrier, const etude_cuda_layer &layer, bool is_backward,
  const Optimizer optimizer)
{
  barrier.wait();
  if (is_backward) batch_norm_sums(batch, layer, optimizer.without_step());
  else batch_norm_statistics(batch, layer);
  barrier.wait();
}

/// Takes this block's samples through a layer: from its input to its output or, with gradients, back.
static __device__ void run_layer(
  const Batch batch, const etude_cuda_layer &layer, bool is_backward)
{
  switch (layer.kind) {
    case etude_cuda_activation_layer:
      is_backward ? activation_backward(batch, layer) : activation_forward(batch, layer);
      break;
    case etude_cuda_max_pool_layer:
      is_backward ? max_pool_backward(batch, layer) : max_pool_forward(batch, layer);
      break;
    case etude_cuda_average_pool_layer:
      is_backward ? average_pool_backward(batch, layer) : average_pool_forward(batch, layer);
      break;
    case etude_cuda_dropout_layer: dropout(batch, layer, is_backward); break;
    case etude_cuda_batch_norm_layer:
      is_backward ? batch_norm_backward(batch, layer) : batch_norm_forward(batch, layer);
      break;
    case etude_cuda_group_norm_layer:
      is_backward ? group_norm_backward(batch, layer) : group_norm_forward(batch, layer);
      break;
    default: convolution(batch, layer, is_backward);
  }
  __syncthreads();
}

/// Forward, from the input to the output. Or backward, from the gradient of the output to those of all
/// signals that are needed.
///
/// A function of its own that is called, not copied: it is most of the kernel.
static __device__ OUTLINED void run_layers(
  const Batch batch, GridBarrier &barrier, bool is_backward, const Optimizer optimizer)
{
  const int count = batch.call.layer_count, first = is_backward ? batch.call.first_layer : 0;
  for (int step = first; step < count; step++) {
    const int index = is_backward ? first + count - 1 - step : step;
    const etude_cuda_layer &layer = batch.layers[index];
    if (is_backward && layer.clears_relu) {
      clear_relu(batch, layer);
      __syncthreads();
    }
    if (layer.kind == etude_cuda_batch_norm_layer && batch.is_training)
      join_samples(batch, barrier, layer, is_backward, optimizer);
    if (!is_backward || index > first) run_layer(batch, layer, is_backward);
  }
}

static __device__ bool is_convolution(const etude_cuda_layer &layer) {
  return layer.kind == etude_cuda_convolution_layer
    || layer.kind == etude_cuda_transposed_convolution_layer;
}

static __device__ void publish_signals(const Batch batch) {
  for (int i = batch.call.first_layer; i < batch.call.layer_count; i++)
    if (is_convolution(batch.layers[i])) publish_convolution(batch, batch.layers[i]);
}

/// The gradients of all parameters and, with them, the optimiser's step.
static __device__ OUTLINED void parameter_gradients(const Batch batch, const Optimizer optimizer) {
  WarpItems work;
  for (int i = batch.call.first_layer; i < batch.call.layer_count; i++) {
    const etude_cuda_layer &layer = batch.layers[i];
    if (layer.weight < 0) continue;
    switch (layer.kind) {
      case etude_cuda_batch_norm_layer:
        if (!optimizer.takes_step) break;
        optimizer.update(layer.weight, layer.input_channels, work);
        optimizer.update(layer.bias, layer.input_channels, work);
        break;
      case etude_cuda_group_norm_layer:
        group_norm_gradients(batch, layer, optimizer, work);
        break;
      default: weight_gradients(batch, layer, optimizer, work);
    }
  }
}

static __device__ void clear_gradients(const etude_cuda_training &call) {
  float *gradients = memory<float>(call.gradients);
  for (int64_t i = grid_index(); i < call.parameter_count; i += grid_size())
    __stcg(gradients + i, 0.0f);
}

/// Whether this is the thread that tells the host.
static __device__ bool tells_host() { return blockIdx.x + 1 == gridDim.x && threadIdx.x == 0; }

/// The stages of one batch.
static __device__ void run_batch(
  Batch &batch, GridBarrier &barrier, const etude_cuda_batch &samples, int64_t index)
{
  const etude_cuda_training &call = batch.call;
  const bool has_backward = call.stages & etude_cuda_backward;
  const bool has_step = call.stages & etude_cuda_step_stage;
  const bool clears = call.stages & etude_cuda_zero_grad;
  const Optimizer optimizer = {call, &samples.step, clears, has_backward && has_step};
  batch.count = samples.count;
  batch.is_training = true;
  batch.masks = call.masks ? memory<uint8_t>(call.masks) + samples.masks : nullptr;
  if (call.stages & etude_cuda_forward) {
    load_samples(batch, memory<float>(call.inputs), memory<int32_t>(call.order), samples.first);
    __syncthreads();
    run_layers(batch, barrier, false, optimizer);
  }
  if (call.stages & etude_cuda_loss) {
    cross_entropy(batch, samples);
    __syncthreads();
  }
  if (has_backward) {
    cross_entropy_gradient(batch, samples);
    __syncthreads();
    run_layers(batch, barrier, true, optimizer);
    publish_signals(batch);
  }
  barrier.wait();
  if (call.stages & etude_cuda_loss && tells_host())
    memory<double>(call.batch_losses)[index] = batch_loss(batch, samples);
  if (has_backward) {
    parameter_gradients(batch, optimizer);
  } else if (has_step) {
    WarpItems work;
    optimizer.update(0, call.parameter_count, work);
  } else if (clears) {
    clear_gradients(call);
  }
  barrier.wait();
}

/// The test set, as many samples at a time as there is room for.
static __device__ void run_test(Batch &batch, GridBarrier &barrier) {
  const etude_cuda_training &call = batch.call;
  batch.is_training = false;
  for (int first = 0; first < call.test_count; first += call.slots) {
    batch.count = smaller(call.slots, call.test_count - first);
    load_samples(batch, memory<float>(call.test_inputs), nullptr, first);
    __syncthreads();
    run_layers(batch, barrier, false, {call, nullptr, false, false});
    test_samples(batch, first);
    __syncthreads();
  }
  barrier.wait();
}

extern "C" __global__ void __launch_bounds__(256, 1) train(const etude_cuda_training argument) {
  SHARED(float, tile, tile_size);
  SHARED(etude_cuda_training, shared_call, 1);
  SHARED(etude_cuda_layer, near_layers, near_layer_limit);
  // Both are read everywhere; shared memory is nearer than what other functions would get them from.
  const etude_cuda_layer *all_layers = memory<etude_cuda_layer>(argument.layers);
  const int near_count = smaller(argument.layer_count, near_layer_limit);
  if (threadIdx.x == 0) *shared_call = argument;
  for (int i = threadIdx.x; i < near_count; i += blockDim.x) near_layers[i] = all_layers[i];
  __syncthreads();

  const etude_cuda_training &call = *shared_call;
  // The first word counts arrivals, the second one says whether the host wants the kernel to end.
  uint32_t *words = memory<uint32_t>(call.barrier);
  GridBarrier barrier = {words};
  Batch batch = {
    call, call.layer_count <= near_layer_limit ? near_layers : all_layers, tile};
  const etude_cuda_batch *batches = memory<etude_cuda_batch>(call.batches);
  for (int epoch = 0; epoch < call.epochs; epoch++) {
    for (int i = 0; i < call.batches_per_epoch; i++) {
      const int64_t index = (int64_t)epoch * call.batches_per_epoch + i;
      run_batch(batch, barrier, batches[index], index);
    }
    const bool has_test = call.stages & etude_cuda_test && call.test_count > 0;
    if (has_test) run_test(batch, barrier);
    if (tells_host()) {
      if (has_test && call.test_labels)
        memory<etude_cuda_test_result>(call.test_results)[epoch] = test_result(call);
      // The host sees the results before it sees that they are there.
      __threadfence_system();
      *(volatile uint32_t *)memory<uint32_t>(call.progress) = epoch + 1;
      __stcg(words + 1, *(volatile uint32_t *)memory<uint32_t>(call.stop));
    }
    if (epoch + 1 == call.epochs) break;
    barrier.wait();
    if (__ldcg(words + 1) != 0) break;
  }
}
