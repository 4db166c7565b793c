// Elementary functions of 16 floats: docs/arithmetic.md has their accuracy, scripts/coefficients.py
// their coefficients.

static ALWAYS_INLINE floats NAME(power_of_2)(integers exponent) {
  return (floats)((exponent + 127) << 23);
}

static ALWAYS_INLINE floats NAME(exp)(floats x) {
  // Beyond these bounds the result is 0 or inf anyway.
  floats bounded = NAME(choose)(x > 89, NAME(splat)(89), x);
  bounded = NAME(choose)(bounded >= -88, bounded, NAME(splat)(-88));
  const floats magic = NAME(splat)(0x1.8p23f);
  // x = n ln 2 + r, with ln 2 in two parts; the multiples of the first one are exact.
  floats n = FMA(bounded, NAME(splat)(0x1.715476p0f), magic) - magic;
  floats r = FMA(n, NAME(splat)(-0x1.62e4p-1f), bounded);
  r = FMA(n, NAME(splat)(-0x1.7f7d1cp-20f), r);
  floats p = NAME(splat)(1.0f / 5040);
  p = FMA(p, r, NAME(splat)(1.0f / 720));
  p = FMA(p, r, NAME(splat)(1.0f / 120));
  p = FMA(p, r, NAME(splat)(1.0f / 24));
  p = FMA(p, r, NAME(splat)(1.0f / 6));
  p = FMA(p, r, NAME(splat)(0.5f));
  p = FMA(p, r, NAME(splat)(1));
  p = FMA(p, r, NAME(splat)(1));
  // In two factors, since 2 to the 128th is not a float.
  integers exponent = __builtin_convertvector(n, integers);
  integers half = exponent >> 1;
  floats y = p * NAME(power_of_2)(half) * NAME(power_of_2)(exponent - half);
  y = NAME(where)(~(x < -0x1.5d58ap6f), y);
  y = NAME(choose)(x > 0x1.62e42ep6f, NAME(splat)(__builtin_inff()), y);
  return NAME(choose)(x != x, x, y);
}

static ALWAYS_INLINE floats NAME(absolute)(floats x) {
  return (floats)((integers)x & 0x7fffffff);
}

static ALWAYS_INLINE floats NAME(with_sign)(floats x, floats of) {
  return (floats)((integers)x | ((integers)of & (int)0x80000000));
}

static ALWAYS_INLINE floats NAME(tanh)(floats x) {
  floats z = x * x;
  floats p = NAME(splat)(-0.0057170256f);
  p = FMA(p, z, NAME(splat)(0.02065057f));
  p = FMA(p, z, NAME(splat)(-0.053743493f));
  p = FMA(p, z, NAME(splat)(0.13331491f));
  p = FMA(p, z, NAME(splat)(-0.33333284f));
  floats size = NAME(absolute)(x);
  floats near = FMA(size * z, p, size);
  floats far = 1 - 2 / (NAME(exp)(size + size) + 1);
  return NAME(with_sign)(NAME(choose)(size >= 0.625f, far, near), x);
}

static ALWAYS_INLINE floats NAME(expm1)(floats x) {
  floats p = NAME(splat)(1.0f / 40320);
  p = FMA(p, x, NAME(splat)(1.0f / 5040));
  p = FMA(p, x, NAME(splat)(1.0f / 720));
  p = FMA(p, x, NAME(splat)(1.0f / 120));
  p = FMA(p, x, NAME(splat)(1.0f / 24));
  p = FMA(p, x, NAME(splat)(1.0f / 6));
  p = FMA(p, x, NAME(splat)(0.5f));
  floats near = FMA(x * x, p, x);
  return NAME(choose)(NAME(absolute)(x) < 0.5f, near, NAME(exp)(x) - 1);
}

static ALWAYS_INLINE floats NAME(erf)(floats x) {
  floats z = x * x;
  floats p = NAME(splat)(7.8891026e-05f);
  p = FMA(p, z, NAME(splat)(-0.00080208364f));
  p = FMA(p, z, NAME(splat)(0.0051895347f));
  p = FMA(p, z, NAME(splat)(-0.026854444f));
  p = FMA(p, z, NAME(splat)(0.112836f));
  p = FMA(p, z, NAME(splat)(-0.37612626f));
  p = FMA(p, z, NAME(splat)(0.12837917f));
  floats near = FMA(x, p, x);
  // Beyond 4 it is 1.
  floats size = NAME(absolute)(x);
  floats a = NAME(choose)(size > 4, NAME(splat)(4), size);
  floats q = NAME(splat)(-1.35421715e-05f);
  q = FMA(q, a, NAME(splat)(0.000346205f));
  q = FMA(q, a, NAME(splat)(-0.0037388185f));
  q = FMA(q, a, NAME(splat)(0.023968669f));
  q = FMA(q, a, NAME(splat)(-0.1064803f));
  q = FMA(q, a, NAME(splat)(-0.6350018f));
  q = FMA(q, a, NAME(splat)(-1.128686f));
  floats far = 1 - NAME(exp)(q * a);
  return NAME(choose)(size >= 1, NAME(with_sign)(far, x), near);
}

static ALWAYS_INLINE floats NAME(normal_distribution)(floats x) {
  return 0.5f * (1 + NAME(erf)(x * 0x1.6a09e6p-1f));
}

static ALWAYS_INLINE floats NAME(gelu_argument)(floats x) {
  return 0x1.988454p-1f * (x + 0.044715f * x * x * x);
}

static ALWAYS_INLINE floats NAME(sigmoid)(floats x) { return 1 / (1 + NAME(exp)(-x)); }

static ALWAYS_INLINE floats NAME(activation_value)(
  const enum etude_activation function, float parameter, floats x)
{
  switch (function) {
    case etude_relu: return NAME(not_below_0)(x);
    case etude_tanh: return NAME(tanh)(x);
    case etude_sigmoid: return NAME(sigmoid)(x);
    case etude_gelu: return x * NAME(normal_distribution)(x);
    case etude_gelu_tanh: return 0.5f * x * (1 + NAME(tanh)(NAME(gelu_argument)(x)));
    case etude_leaky_relu: return NAME(choose)(x > 0, x, x * parameter);
    case etude_elu: return NAME(choose)(x > 0, x, NAME(expm1)(x) * parameter);
    case etude_silu: return x / (1 + NAME(exp)(-x));
  }
}

static ALWAYS_INLINE floats NAME(activation_slope)(
  const enum etude_activation function, float parameter, floats dy, floats x, floats y)
{
  switch (function) {
    case etude_relu: return NAME(where)(~(y <= 0), dy);
    case etude_tanh: return dy * (1 - y * y);
    case etude_sigmoid: return dy * (y * (1 - y));
    case etude_gelu: {
      floats density = NAME(exp)(-0.5f * x * x) * 0x1.988454p-2f;
      return dy * (NAME(normal_distribution)(x) + x * density);
    }
    case etude_gelu_tanh: {
      floats t = NAME(tanh)(NAME(gelu_argument)(x));
      floats slope = 0x1.988454p-1f * (1 + 0.134145f * x * x);
      return dy * (0.5f * (1 + t) + 0.5f * x * (1 - t * t) * slope);
    }
    case etude_leaky_relu: return NAME(choose)(x > 0, dy, dy * parameter);
    case etude_elu: return NAME(choose)(x > 0, dy, dy * (y + parameter));
    case etude_silu: {
      floats s = NAME(sigmoid)(x);
      return dy * (s * (1 + x * (1 - s)));
    }
  }
}

// Calls LOOP with each function as a constant.
#define FOR_EACH_ACTIVATION \
  case etude_relu: LOOP(etude_relu); break; \
  case etude_tanh: LOOP(etude_tanh); break; \
  case etude_sigmoid: LOOP(etude_sigmoid); break; \
  case etude_gelu: LOOP(etude_gelu); break; \
  case etude_gelu_tanh: LOOP(etude_gelu_tanh); break; \
  case etude_leaky_relu: LOOP(etude_leaky_relu); break; \
  case etude_elu: LOOP(etude_elu); break; \
  case etude_silu: LOOP(etude_silu); break;

static void NAME(activate)(
  struct etude_share share, enum etude_activation function, float parameter, ptrdiff_t count,
  const float *input, float *output)
{
  const ptrdiff_t start = share_start(share, count, etude_chunk_width);
  const ptrdiff_t end = share_end(share, count, etude_chunk_width);
#define LOOP(f) \
  for (ptrdiff_t i = start; i < end; i += etude_chunk_width) \
    NAME(store)(output + i, NAME(activation_value)(f, parameter, NAME(load)(input + i)))
  switch (function) { FOR_EACH_ACTIVATION }
#undef LOOP
}

static void NAME(activation_gradient)(
  struct etude_share share, enum etude_activation function, float parameter, ptrdiff_t count,
  const float *gradient, const float *input, const float *output, float *input_gradient)
{
  const ptrdiff_t start = share_start(share, count, etude_chunk_width);
  const ptrdiff_t end = share_end(share, count, etude_chunk_width);
#define LOOP(f) \
  for (ptrdiff_t i = start; i < end; i += etude_chunk_width) \
    NAME(store)( \
      input_gradient + i, \
      NAME(activation_slope)( \
        f, parameter, NAME(load)(gradient + i), NAME(load)(input + i), NAME(load)(output + i)))
  switch (function) { FOR_EACH_ACTIVATION }
#undef LOOP
}

#undef FOR_EACH_ACTIVATION

static void NAME(relu_gradient)(
  struct etude_share share, ptrdiff_t count, const float *output, float *gradient)
{
  const ptrdiff_t end = share_end(share, count, etude_chunk_width);
  ptrdiff_t i = share_start(share, count, etude_chunk_width);
  for (; i < end; i += etude_chunk_width) {
    integers passes = NAME(load)(output + i) > 0;
    NAME(store)(gradient + i, NAME(where)(passes, NAME(load)(gradient + i)));
  }
}

static void NAME(multiply)(
  struct etude_share share, ptrdiff_t count, const float *values, const float *factors,
  float *products)
{
  const ptrdiff_t end = share_end(share, count, etude_chunk_width);
  ptrdiff_t i = share_start(share, count, etude_chunk_width);
  for (; i < end; i += etude_chunk_width)
    NAME(store)(products + i, NAME(load)(values + i) * NAME(load)(factors + i));
}
