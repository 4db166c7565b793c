// PyTorch's formulas, operation by operation: `OptimizerStep`.
#pragma once

#include "batch.cuh"

struct Optimizer {
  const etude_cuda_training &call;
  /// The numbers of this batch's step.
  const etude_cuda_step *step;
  /// Whether gradients start with 0, and whether parameters follow them at once.
  bool clears_gradients, takes_step;

  __device__ Optimizer without_step() const { return {call, step, clears_gradients, false}; }

  /// A parameter's gradient, before this batch's is added.
  __device__ float gradient(int index) const {
    return clears_gradients ? 0 : __ldcg(memory<float>(call.gradients) + index);
  }

  /// Sets a parameter's gradient.
  __device__ void finish(int index, float gradient) const {
    __stcg(memory<float>(call.gradients) + index, gradient);
    if (takes_step) update(index, gradient);
  }

  /// Adds to a parameter's gradient.
  __device__ void add(int index, float sum) const { finish(index, gradient(index) + sum); }

  /// Of parameters whose gradients were summed before.
  __device__ void update(int start, int count, WarpItems &work) const {
    const int warps = divided_up(count, warp_width);
    for (int64_t warp = work.begin(warps); warp < warps; warp += WarpItems::step()) {
      const int index = (int)warp * warp_width + threadIdx.x % warp_width;
      if (index < count)
        update(start + index, __ldcg(memory<float>(call.gradients) + start + index));
    }
  }

 private:
  __device__ OUTLINED void update(int index, float gradient) const {
    float *place = memory<float>(call.parameters) + index;
    float *first = memory<float>(call.first) + index;
    float *second = memory<float>(call.second) + index;
    const etude_cuda_step &s = *step;
    float parameter = __ldcg(place);
    switch (s.optimizer) {
      case etude_cuda_sgd: {
        gradient = gradient + s.weight_decay * parameter;
        float slope = gradient;
        if (s.memory != etude_cuda_memory_unused) {
          const float velocity = s.momentum * __ldcg(first) + s.share * gradient;
          __stcg(first, velocity);
          slope = s.is_nesterov ? gradient + s.momentum * velocity : velocity;
        }
        parameter = parameter - s.rate * slope;
        break;
      }
      case etude_cuda_asgd: {
        float average = 0;
        if (s.memory != etude_cuda_memory_unused)
          average = s.memory == etude_cuda_memory_begins ? parameter : __ldcg(first);
        gradient = gradient + s.weight_decay * parameter;
        parameter = parameter * s.decay - s.rate * gradient;
        if (s.memory != etude_cuda_memory_unused)
          __stcg(first, average + (parameter - average) * s.average);
        break;
      }
      default: {
        parameter = parameter * s.keep;
        gradient = gradient + s.weight_decay * parameter;
        float mean = __ldcg(first), square = __ldcg(second);
        mean = mean + s.share1 * (gradient - mean);
        square = s.keep2 * square + s.share2 * gradient * gradient;
        __stcg(first, mean);
        __stcg(second, square);
        parameter = parameter - s.rate * mean / (__fsqrt_rn(square) / s.correction + s.epsilon);
      }
    }
    __stcg(place, parameter);
  }
};
