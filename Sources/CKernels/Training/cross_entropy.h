// Softmax and cross-entropy, in double: there are few classes, and a curve of losses should be smooth.

static ALWAYS_INLINE doubles NAME(double_choose)(longs mask, doubles yes, doubles no) {
  return (doubles)(((longs)yes & mask) | ((longs)no & ~mask));
}

static ALWAYS_INLINE doubles NAME(double_exp)(doubles x) {
  doubles bounded = NAME(double_choose)(x > 709, NAME(double_splat)(709), x);
  bounded = NAME(double_choose)(bounded >= -708, bounded, NAME(double_splat)(-708));
  // The sum has the nearest whole number in its low bits.
  const doubles magic = NAME(double_splat)(0x1.8p52);
  doubles shifted = FMA(bounded, NAME(double_splat)(0x1.71547652b82fep0), magic);
  doubles n = shifted - magic;
  doubles r = FMA(n, NAME(double_splat)(-0x1.62e42fefa38p-1), bounded);
  r = FMA(n, NAME(double_splat)(-0x1.ef35793c7673p-45), r);
  doubles p = NAME(double_splat)(1 / 6227020800.0);
  p = FMA(p, r, NAME(double_splat)(1 / 479001600.0));
  p = FMA(p, r, NAME(double_splat)(1 / 39916800.0));
  p = FMA(p, r, NAME(double_splat)(1 / 3628800.0));
  p = FMA(p, r, NAME(double_splat)(1 / 362880.0));
  p = FMA(p, r, NAME(double_splat)(1 / 40320.0));
  p = FMA(p, r, NAME(double_splat)(1 / 5040.0));
  p = FMA(p, r, NAME(double_splat)(1 / 720.0));
  p = FMA(p, r, NAME(double_splat)(1 / 120.0));
  p = FMA(p, r, NAME(double_splat)(1 / 24.0));
  p = FMA(p, r, NAME(double_splat)(1 / 6.0));
  p = FMA(p, r, NAME(double_splat)(0.5));
  p = FMA(p, r, NAME(double_splat)(1));
  p = FMA(p, r, NAME(double_splat)(1));
  longs exponent = (longs)shifted - (longs)magic;
  doubles y = p * (doubles)((exponent + 1023) << 52);
  y = NAME(double_choose)(x < -708, NAME(double_splat)(0), y);
  y = NAME(double_choose)(x > 709, NAME(double_splat)(__builtin_inf()), y);
  return NAME(double_choose)(x != x, x, y);
}

// Of positive normal numbers.
static ALWAYS_INLINE doubles NAME(double_log)(doubles x) {
  // x = 2 to the k-th times m, with m between the roots of 1/2 and of 2.
  longs k = ((longs)x - 0x3fe6a09e667f3bcd) >> 52;
  doubles m = (doubles)((longs)x - (k << 52));
  // log m = 2 artanh s, with s = (m - 1) / (m + 1) to twice the precision.
  doubles f = m - 1;
  doubles t = f + 2;
  doubles s = f / t;
  doubles low = FMA(-s, f - (t - 2), FMA(-s, t, f)) / t;
  doubles z = s * s;
  doubles p = NAME(double_splat)(2 / 23.0);
  p = FMA(p, z, NAME(double_splat)(2 / 21.0));
  p = FMA(p, z, NAME(double_splat)(2 / 19.0));
  p = FMA(p, z, NAME(double_splat)(2 / 17.0));
  p = FMA(p, z, NAME(double_splat)(2 / 15.0));
  p = FMA(p, z, NAME(double_splat)(2 / 13.0));
  p = FMA(p, z, NAME(double_splat)(2 / 11.0));
  p = FMA(p, z, NAME(double_splat)(2 / 9.0));
  p = FMA(p, z, NAME(double_splat)(2 / 7.0));
  p = FMA(p, z, NAME(double_splat)(2 / 5.0));
  p = z * FMA(p, z, NAME(double_splat)(2 / 3.0));
  // k ln 2, with ln 2 in two parts; the multiples of the first one are exact.
  doubles whole = (doubles)(k + 0x4338000000000000) - 0x1.8p52;
  doubles big = whole * 0x1.62e42fefa38p-1;
  doubles high = big + 2 * s;
  doubles lost = 2 * s - (high - big);
  doubles y =
    high + (lost + FMA(whole, NAME(double_splat)(0x1.ef35793c7673p-45), 2 * low + s * p));
  y = NAME(double_choose)(x == __builtin_inf(), x, y);
  return NAME(double_choose)(x != x, x, y);
}

// The probabilities of 16 samples at a time, [class][16] for each chunk, and the loss of each sample.
static void NAME(cross_entropy)(
  const struct etude_cross_entropy *shape, const float *logits, const int *labels,
  double *probabilities, double *losses)
{
  const ptrdiff_t classes = shape->classes;
  for (ptrdiff_t first = 0; first < shape->samples; first += etude_chunk_width) {
    const float *chunk_logits = logits + first * classes;
    double *chunk_probabilities = probabilities + first * classes;
    floats largest = NAME(load)(chunk_logits);
    for (ptrdiff_t class = 1; class < classes; class++) {
      floats logit = NAME(load)(chunk_logits + class * etude_chunk_width);
      largest = NAME(choose)((logit > largest) | (logit != logit), logit, largest);
    }
    doubles shift = __builtin_convertvector(largest, doubles);
    doubles sum = {};
    for (ptrdiff_t class = 0; class < classes; class++) {
      floats logit = NAME(load)(chunk_logits + class * etude_chunk_width);
      doubles power = NAME(double_exp)(__builtin_convertvector(logit, doubles) - shift);
      *(doubles *)(chunk_probabilities + class * etude_chunk_width) = power;
      sum += power;
    }
    for (ptrdiff_t class = 0; class < classes; class++)
      *(doubles *)(chunk_probabilities + class * etude_chunk_width) /= sum;
    const doubles logarithm = NAME(double_log)(sum) + shift;
    doubles shared = {};
    if (shape->is_smoothed) {
      for (ptrdiff_t class = 0; class < classes; class++) {
        floats logit = NAME(load)(chunk_logits + class * etude_chunk_width);
        shared += shape->shared[class] * (logarithm - __builtin_convertvector(logit, doubles));
      }
    }
    double logarithms[etude_chunk_width] __attribute__((aligned(128)));
    double parts[etude_chunk_width] __attribute__((aligned(128)));
    *(doubles *)logarithms = logarithm;
    *(doubles *)parts = shared;
    const ptrdiff_t left = shape->samples - first;
    for (ptrdiff_t i = 0; i < (left < etude_chunk_width ? left : etude_chunk_width); i++) {
      const int label = labels[first + i];
      losses[first + i] =
        shape->own[label] * (logarithms[i] - chunk_logits[label * etude_chunk_width + i]);
      if (shape->is_smoothed) losses[first + i] += parts[i];
    }
  }
}

// Of the mean loss; 0 in lanes without a sample.
static void NAME(cross_entropy_gradient)(
  const struct etude_cross_entropy *shape, const int *labels, const double *probabilities,
  double divisor, float *gradient)
{
  const ptrdiff_t chunks = (shape->samples + etude_chunk_width - 1) / etude_chunk_width;
  NAME(clear)(gradient, gradient + chunks * shape->classes * etude_chunk_width);
  for (ptrdiff_t sample = 0; sample < shape->samples; sample++) {
    const ptrdiff_t lane = sample % etude_chunk_width;
    const ptrdiff_t start = (sample - lane) * shape->classes + lane;
    for (ptrdiff_t class = 0; class < shape->classes; class++) {
      const ptrdiff_t at = start + class * etude_chunk_width;
      const double target =
        shape->shared[class] + (class == labels[sample] ? shape->own[class] : 0);
      const double slope = shape->sums[labels[sample]] * probabilities[at] - target;
      gradient[at] = (float)(slope / divisor);
    }
  }
}
