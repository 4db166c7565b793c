// Sums of a channel are in double, lane by lane over chunks and positions, then over the lanes by
// halves. Lanes without a sample count as 0.

static ALWAYS_INLINE double NAME(double_lane_sum)(doubles v) {
  v += __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  v += __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3);
  v += __builtin_shufflevector(v, v, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1);
  return v[0] + v[1];
}

// Which lanes of a chunk hold a sample.
static ALWAYS_INLINE integers NAME(occupied)(ptrdiff_t samples, ptrdiff_t chunk) {
  const integers lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const ptrdiff_t left = samples - chunk * etude_chunk_width;
  return lanes < (int)(left < etude_chunk_width ? left : etude_chunk_width);
}

struct NAME(moments) {
  double mean, variance, size;
};

static struct NAME(moments) NAME(batch_moments)(
  const struct etude_batch_norm *shape, ptrdiff_t channel, const float *input)
{
  const ptrdiff_t chunks = (shape->samples + etude_chunk_width - 1) / etude_chunk_width;
  struct NAME(moments) moments;
  moments.size = (double)shape->samples * (double)shape->length;
  for (int pass = 0; pass < 2; pass++) {
    doubles sum = {};
    for (ptrdiff_t chunk = 0; chunk < chunks; chunk++) {
      const integers occupied = NAME(occupied)(shape->samples, chunk);
      const float *x =
        input + (chunk * shape->channels + channel) * shape->length * etude_chunk_width;
      for (ptrdiff_t i = 0; i < shape->length; i++) {
        floats value = NAME(load)(x + i * etude_chunk_width);
        if (pass == 0) {
          sum += __builtin_convertvector(NAME(where)(occupied, value), doubles);
        } else {
          floats distance = NAME(where)(occupied, value - (float)moments.mean);
          doubles d = __builtin_convertvector(distance, doubles);
          sum = FMA(d, d, sum);
        }
      }
    }
    *(pass == 0 ? &moments.mean : &moments.variance) =
      NAME(double_lane_sum)(sum) / moments.size;
  }
  return moments;
}

static void NAME(batch_norm)(
  struct etude_share share, const struct etude_batch_norm *shape, const float *weight,
  const float *bias, float *running_mean, float *running_variance, int is_training,
  const float *input, float *output)
{
  const ptrdiff_t chunks = (shape->samples + etude_chunk_width - 1) / etude_chunk_width;
  const ptrdiff_t end = share_end(share, shape->channels, 1);
  for (ptrdiff_t channel = share_start(share, shape->channels, 1); channel < end; channel++) {
    float mean = running_mean[channel];
    double variance = running_variance[channel];
    if (is_training) {
      struct NAME(moments) batch = NAME(batch_moments)(shape, channel, input);
      mean = (float)batch.mean;
      variance = batch.variance;
      const float unbiased = (float)(variance * (batch.size / (batch.size - 1)));
      running_mean[channel] += shape->momentum * (mean - running_mean[channel]);
      running_variance[channel] += shape->momentum * (unbiased - running_variance[channel]);
    }
    const float scale = (float)(weight[channel] / __builtin_sqrt(variance + shape->epsilon));
    for (ptrdiff_t chunk = 0; chunk < chunks; chunk++) {
      const ptrdiff_t first = (chunk * shape->channels + channel) * shape->length;
      for (ptrdiff_t i = first; i < first + shape->length; i++) {
        floats distance = NAME(load)(input + i * etude_chunk_width) - mean;
        NAME(store)(
          output + i * etude_chunk_width,
          FMA(distance, NAME(splat)(scale), NAME(splat)(bias[channel])));
      }
    }
  }
}

// With x̂ the normalised input, dx = weight / σ · (dy - mean(dy) - x̂ · mean(dy · x̂)).
static void NAME(batch_norm_gradient)(
  struct etude_share share, const struct etude_batch_norm *shape, const float *weight,
  const float *input, const float *gradient, float *weight_gradient, float *bias_gradient,
  float *input_gradient)
{
  const ptrdiff_t chunks = (shape->samples + etude_chunk_width - 1) / etude_chunk_width;
  const ptrdiff_t end = share_end(share, shape->channels, 1);
  for (ptrdiff_t channel = share_start(share, shape->channels, 1); channel < end; channel++) {
    const struct NAME(moments) batch = NAME(batch_moments)(shape, channel, input);
    const float mean = (float)batch.mean;
    const float inverse = (float)(1 / __builtin_sqrt(batch.variance + shape->epsilon));
    doubles sums = {}, projections = {};
    for (ptrdiff_t chunk = 0; chunk < chunks; chunk++) {
      const integers occupied = NAME(occupied)(shape->samples, chunk);
      const ptrdiff_t first = (chunk * shape->channels + channel) * shape->length;
      for (ptrdiff_t i = first; i < first + shape->length; i++) {
        floats dy = NAME(where)(occupied, NAME(load)(gradient + i * etude_chunk_width));
        floats normalized = (NAME(load)(input + i * etude_chunk_width) - mean) * inverse;
        normalized = NAME(where)(occupied, normalized);
        doubles slope = __builtin_convertvector(dy, doubles);
        sums += slope;
        projections = FMA(slope, __builtin_convertvector(normalized, doubles), projections);
      }
    }
    const double sum = NAME(double_lane_sum)(sums);
    const double projection = NAME(double_lane_sum)(projections);
    weight_gradient[channel] += (float)projection;
    bias_gradient[channel] += (float)sum;
    if (!input_gradient) continue;
    const float mean_gradient = (float)(sum / batch.size);
    const float mean_projection = (float)(projection / batch.size);
    const float scale = weight[channel] * inverse;
    for (ptrdiff_t chunk = 0; chunk < chunks; chunk++) {
      const integers occupied = NAME(occupied)(shape->samples, chunk);
      const ptrdiff_t first = (chunk * shape->channels + channel) * shape->length;
      for (ptrdiff_t i = first; i < first + shape->length; i++) {
        floats normalized = (NAME(load)(input + i * etude_chunk_width) - mean) * inverse;
        floats slope = NAME(load)(gradient + i * etude_chunk_width) - mean_gradient;
        slope = FMA(-normalized, NAME(splat)(mean_projection), slope) * scale;
        NAME(store)(input_gradient + i * etude_chunk_width, NAME(where)(occupied, slope));
      }
    }
  }
}
