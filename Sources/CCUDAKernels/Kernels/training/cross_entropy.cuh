// Softmax and cross-entropy, in double: a warp takes one of this block's samples.
#pragma once

#include "../elementary.cuh"
#include "batch.cuh"

/// What the threads of a warp know of a sample.
struct Softmax {
  /// The largest logit, and the sum of exp(logit - largest).
  double shift, sum;
  /// log Σ exp(logit)
  double logarithm;
};

/// - powers: [classes]; is given exp(logit - largest) of each class.
static __device__ Softmax softmax(const float *logits, int classes, double *powers) {
  const int lane = threadIdx.x % warp_width;
  float largest = logits[0];
  for (int i = 0; i < classes; i++)
    if (logits[i] > largest || logits[i] != logits[i]) largest = logits[i];
  const double shift = largest;
  for (int i = lane; i < classes; i += warp_width) powers[i] = exponential(logits[i] - shift);
  __syncwarp();
  double sum = 0;
  for (int i = 0; i < classes; i++) sum += powers[i];
  return {shift, sum, logarithm(sum) + shift};
}

/// The loss of a sample, not yet divided by a weight.
static __device__ double sample_loss(
  const Batch batch, const float *logits, int label, double logarithm)
{
  const double *own = memory<double>(batch.call.own);
  const double *shared = memory<double>(batch.call.shared);
  const double loss = own[label] * (logarithm - logits[label]);
  if (!batch.call.is_smoothed) return loss;
  double everywhere = 0;
  for (int i = 0; i < batch.call.classes; i++) everywhere += shared[i] * (logarithm - logits[i]);
  return loss + everywhere;
}

/// Calls `body` with each of this warp's samples.
template <typename Body>
static __device__ void for_each_own_sample(const Batch batch, Body body) {
  const int own = batch.own_count();
  for (int i = threadIdx.x / warp_width; i < own; i += blockDim.x / warp_width) body(batch.slot(i));
}

static __device__ double *probabilities(const Batch batch, int slot) {
  return memory<double>(batch.call.probabilities) + (int64_t)slot * batch.call.classes;
}

static __device__ int label_of(const Batch batch, const etude_cuda_batch &samples, int slot) {
  const int sample = memory<int32_t>(batch.call.order)[samples.first + slot];
  return memory<int32_t>(batch.call.labels)[sample];
}

/// The probabilities of each class, and the loss of each sample.
static __device__ OUTLINED void cross_entropy(const Batch batch, const etude_cuda_batch &samples) {
  const int lane = threadIdx.x % warp_width, classes = batch.call.classes;
  for_each_own_sample(batch, [&](int slot) {
    const float *logits = batch.values(slot, batch.call.output);
    double *powers = probabilities(batch, slot);
    const Softmax s = softmax(logits, classes, powers);
    // All have added up the powers.
    __syncwarp();
    for (int i = lane; i < classes; i += warp_width) powers[i] /= s.sum;
    if (lane == 0)
      __stcg(
        memory<double>(batch.call.losses) + slot,
        sample_loss(batch, logits, label_of(batch, samples, slot), s.logarithm));
  });
}

/// The gradient of the batch's mean loss.
static __device__ OUTLINED void cross_entropy_gradient(const Batch batch, const etude_cuda_batch &samples) {
  const int lane = threadIdx.x % warp_width, classes = batch.call.classes;
  const double *own = memory<double>(batch.call.own);
  const double *shared = memory<double>(batch.call.shared);
  const double *sums = memory<double>(batch.call.sums);
  for_each_own_sample(batch, [&](int slot) {
    const double *p = probabilities(batch, slot);
    const int label = label_of(batch, samples, slot);
    for (int i = lane; i < classes; i += warp_width) {
      const double target = shared[i] + (i == label ? own[i] : 0);
      *batch.slopes(slot, batch.call.output + i) =
        (float)((sums[label] * p[i] - target) / samples.weight_sum);
    }
  });
}

/// The mean loss of a batch, times its samples: by one thread, after a barrier.
static __device__ double batch_loss(const Batch batch, const etude_cuda_batch &samples) {
  const double *losses = memory<double>(batch.call.losses);
  double sum = 0;
  in_order<4>(batch.count, [&] { return __ldcg(losses++); }, [&](double loss) { sum += loss; });
  return sum * ((double)batch.count / samples.weight_sum);
}

/// The loss of each test sample, whether its class has the largest logit, and the logits where they are
/// wanted.
static __device__ OUTLINED void test_samples(const Batch batch, int first) {
  const etude_cuda_training &call = batch.call;
  const int lane = threadIdx.x % warp_width;
  for_each_own_sample(batch, [&](int slot) {
    const float *logits = batch.values(slot, call.output);
    const int64_t sample = first + slot;
    if (call.logits)
      for (int i = lane; i < call.classes; i += warp_width)
        memory<float>(call.logits)[sample * call.classes + i] = logits[i];
    if (!call.test_labels) return;
    const int label = memory<int32_t>(call.test_labels)[sample];
    const Softmax s = softmax(logits, call.classes, probabilities(batch, slot));
    if (lane != 0) return;
    int predicted = 0;
    for (int i = 1; i < call.classes; i++)
      if (logits[i] > logits[predicted]) predicted = i;
    __stcg(
      memory<double>(call.test_losses) + sample, sample_loss(batch, logits, label, s.logarithm));
    __stcg(memory<int32_t>(call.test_correct) + sample, predicted == label ? 1 : 0);
  });
}

/// By one thread, after a barrier: part by part, as the CPU tests.
static __device__ etude_cuda_test_result test_result(const etude_cuda_training &call) {
  const double *losses = memory<double>(call.test_losses);
  const int32_t *correct = memory<int32_t>(call.test_correct);
  etude_cuda_test_result result = {0, 0};
  for (int first = 0; first < call.test_count; first += call.test_part) {
    double sum = 0;
    in_order<4>(
      smaller(call.test_part, call.test_count - first), [&] { return __ldcg(losses++); },
      [&](double loss) { sum += loss; });
    result.loss_sum += sum;
  }
  in_order<4>(
    call.test_count, [&] { return __ldcg(correct++); },
    [&](int32_t is_correct) { result.correct_count += is_correct; });
  return result;
}
