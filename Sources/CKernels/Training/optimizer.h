// PyTorch's formulas, operation by operation, on a flat array of all parameters.

static void NAME(sgd)(
  struct etude_share share, const struct etude_sgd *settings, ptrdiff_t count,
  const float *gradients, float *velocities, float *parameters)
{
  const struct etude_sgd s = *settings;
  const ptrdiff_t end = share_end(share, count, etude_chunk_width);
  ptrdiff_t i = share_start(share, count, etude_chunk_width);
  for (; i < end; i += etude_chunk_width) {
    const ptrdiff_t left = count - i;
    floats parameter = NAME(load_block)(parameters + i, left);
    floats gradient = NAME(load_block)(gradients + i, left) + s.weight_decay * parameter;
    floats slope = gradient;
    if (velocities) {
      floats velocity = NAME(load_block)(velocities + i, left);
      velocity = s.momentum * velocity + s.share * gradient;
      NAME(store_block)(velocities + i, left, velocity);
      slope = s.nesterov ? gradient + s.momentum * velocity : velocity;
    }
    NAME(store_block)(parameters + i, left, parameter - s.rate * slope);
  }
}

static void NAME(asgd)(
  struct etude_share share, const struct etude_asgd *settings, ptrdiff_t count,
  const float *gradients, float *averages, float *parameters)
{
  const struct etude_asgd s = *settings;
  const ptrdiff_t end = share_end(share, count, etude_chunk_width);
  ptrdiff_t i = share_start(share, count, etude_chunk_width);
  for (; i < end; i += etude_chunk_width) {
    const ptrdiff_t left = count - i;
    floats parameter = NAME(load_block)(parameters + i, left);
    floats gradient = NAME(load_block)(gradients + i, left) + s.weight_decay * parameter;
    parameter = parameter * s.decay - s.rate * gradient;
    NAME(store_block)(parameters + i, left, parameter);
    if (averages) {
      floats average = NAME(load_block)(averages + i, left);
      NAME(store_block)(averages + i, left, average + (parameter - average) * s.average);
    }
  }
}

static void NAME(adam)(
  struct etude_share share, const struct etude_adam *settings, ptrdiff_t count,
  const float *gradients, float *means, float *squares, float *parameters)
{
  const struct etude_adam s = *settings;
  const ptrdiff_t end = share_end(share, count, etude_chunk_width);
  ptrdiff_t i = share_start(share, count, etude_chunk_width);
  for (; i < end; i += etude_chunk_width) {
    const ptrdiff_t left = count - i;
    floats parameter = NAME(load_block)(parameters + i, left) * s.keep;
    floats gradient = NAME(load_block)(gradients + i, left) + s.weight_decay * parameter;
    floats mean = NAME(load_block)(means + i, left);
    floats square = NAME(load_block)(squares + i, left);
    mean = mean + s.share1 * (gradient - mean);
    square = s.keep2 * square + s.share2 * gradient * gradient;
    NAME(store_block)(means + i, left, mean);
    NAME(store_block)(squares + i, left, square);
    floats spread = __builtin_elementwise_sqrt(square) / s.correction + s.epsilon;
    NAME(store_block)(parameters + i, left, parameter - s.step * mean / spread);
  }
}
