// Sums of a group are in double, lane by lane: each lane is a sample, and no sum crosses lanes, but for
// those of weight and bias.

static ALWAYS_INLINE doubles NAME(to_doubles)(floats value) {
  return __builtin_convertvector(value, doubles);
}

static void NAME(group_norm)(
  struct etude_share share, const struct etude_group_norm *shape, const float *weight,
  const float *bias, const float *input, float *output, float *statistics)
{
  const ptrdiff_t chunks = (shape->samples + etude_chunk_width - 1) / etude_chunk_width;
  const ptrdiff_t all = chunks * shape->groups;
  const ptrdiff_t channels = shape->channels / shape->groups;
  const ptrdiff_t count = channels * shape->length;
  const doubles size = NAME(double_splat)((double)count);
  const ptrdiff_t end = share_end(share, all, 1);
  for (ptrdiff_t unit = share_start(share, all, 1); unit < end; unit++) {
    const float *from = input + unit * count * etude_chunk_width;
    float *to = output + unit * count * etude_chunk_width;
    const integers occupied = NAME(occupied)(shape->samples, unit / shape->groups);
    doubles sum = {}, squares = {};
    for (ptrdiff_t i = 0; i < count; i++)
      sum += NAME(to_doubles)(NAME(load)(from + i * etude_chunk_width));
    const floats mean = __builtin_convertvector(sum / size, floats);
    for (ptrdiff_t i = 0; i < count; i++) {
      doubles d = NAME(to_doubles)(NAME(load)(from + i * etude_chunk_width) - mean);
      squares = FMA(d, d, squares);
    }
    const doubles deviation = __builtin_elementwise_sqrt(squares / size + shape->epsilon);
    const floats inverse = __builtin_convertvector(1 / deviation, floats);
    NAME(store)(statistics + 2 * unit * etude_chunk_width, mean);
    NAME(store)(statistics + (2 * unit + 1) * etude_chunk_width, inverse);
    for (ptrdiff_t c = 0; c < channels; c++) {
      const ptrdiff_t channel = unit % shape->groups * channels + c;
      for (ptrdiff_t i = c * shape->length; i < (c + 1) * shape->length; i++) {
        floats x = (NAME(load)(from + i * etude_chunk_width) - mean) * inverse;
        if (weight) x = FMA(x, NAME(splat)(weight[channel]), NAME(splat)(bias[channel]));
        // Without a sample and ε, x is nan, and weight gradients would be, too.
        NAME(store)(to + i * etude_chunk_width, NAME(where)(occupied, x));
      }
    }
  }
}

static ALWAYS_INLINE void NAME(group_norm_parameters)(
  struct etude_share share, const struct etude_group_norm *shape, const float *statistics,
  const float *input, const float *gradient, float *weight_gradient, float *bias_gradient)
{
  const ptrdiff_t chunks = (shape->samples + etude_chunk_width - 1) / etude_chunk_width;
  const ptrdiff_t channels = shape->channels / shape->groups;
  const ptrdiff_t end = share_end(share, shape->channels, 1);
  for (ptrdiff_t channel = share_start(share, shape->channels, 1); channel < end; channel++) {
    doubles sums = {}, projections = {};
    for (ptrdiff_t chunk = 0; chunk < chunks; chunk++) {
      const integers occupied = NAME(occupied)(shape->samples, chunk);
      const float *group =
        statistics + 2 * (chunk * shape->groups + channel / channels) * etude_chunk_width;
      const floats mean = NAME(load)(group), inverse = NAME(load)(group + etude_chunk_width);
      const ptrdiff_t first = (chunk * shape->channels + channel) * shape->length;
      for (ptrdiff_t i = first; i < first + shape->length; i++) {
        floats dy = NAME(where)(occupied, NAME(load)(gradient + i * etude_chunk_width));
        floats x = (NAME(load)(input + i * etude_chunk_width) - mean) * inverse;
        doubles slope = NAME(to_doubles)(dy);
        sums += slope;
        projections = FMA(slope, NAME(to_doubles)(NAME(where)(occupied, x)), projections);
      }
    }
    weight_gradient[channel] += (float)NAME(double_lane_sum)(projections);
    bias_gradient[channel] += (float)NAME(double_lane_sum)(sums);
  }
}

// With x̂ the normalised input, dx = (weight · dy - mean(weight · dy) - x̂ · mean(weight · dy · x̂)) / σ.
static void NAME(group_norm_gradient)(
  struct etude_share share, const struct etude_group_norm *shape, const float *weight,
  const float *statistics, const float *input, const float *gradient, float *weight_gradient,
  float *bias_gradient, float *input_gradient)
{
  if (weight_gradient)
    NAME(group_norm_parameters)(
      share, shape, statistics, input, gradient, weight_gradient, bias_gradient);
  if (!input_gradient) return;
  const ptrdiff_t chunks = (shape->samples + etude_chunk_width - 1) / etude_chunk_width;
  const ptrdiff_t all = chunks * shape->groups;
  const ptrdiff_t channels = shape->channels / shape->groups;
  const ptrdiff_t count = channels * shape->length;
  const doubles size = NAME(double_splat)((double)count);
  const ptrdiff_t end = share_end(share, all, 1);
  for (ptrdiff_t unit = share_start(share, all, 1); unit < end; unit++) {
    const float *x_group = input + unit * count * etude_chunk_width;
    const float *dy_group = gradient + unit * count * etude_chunk_width;
    float *to = input_gradient + unit * count * etude_chunk_width;
    const integers occupied = NAME(occupied)(shape->samples, unit / shape->groups);
    const floats mean = NAME(load)(statistics + 2 * unit * etude_chunk_width);
    const floats inverse = NAME(load)(statistics + (2 * unit + 1) * etude_chunk_width);
    doubles sums = {}, projections = {};
    floats mean_slope = {}, mean_projection = {};
    for (int pass = 0; pass < 2; pass++) {
      for (ptrdiff_t c = 0; c < channels; c++) {
        const float factor = weight ? weight[unit % shape->groups * channels + c] : 1;
        for (ptrdiff_t i = c * shape->length; i < (c + 1) * shape->length; i++) {
          floats slope = NAME(load)(dy_group + i * etude_chunk_width) * factor;
          floats x = (NAME(load)(x_group + i * etude_chunk_width) - mean) * inverse;
          if (pass == 0) {
            doubles slopes = NAME(to_doubles)(slope);
            sums += slopes;
            projections = FMA(slopes, NAME(to_doubles)(x), projections);
          } else {
            floats dx = FMA(-x, mean_projection, slope - mean_slope) * inverse;
            NAME(store)(to + i * etude_chunk_width, NAME(where)(occupied, dx));
          }
        }
      }
      mean_slope = __builtin_convertvector(sums / size, floats);
      mean_projection = __builtin_convertvector(projections / size, floats);
    }
  }
}
