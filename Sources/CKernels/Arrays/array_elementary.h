// Elementary functions of 8 doubles at a time, within about an ulp of the true value. Each is a fixed
// sequence of IEEE operations, so every instruction set has the same bits; where there is no fused
// multiply-add, the C library provides it. scripts/coefficients.py computes the polynomials.

// c[0] x^(count - 1) + … + c[count - 1]. Unrolled where `count` is known.
static ALWAYS_INLINE doubles NAME(polynomial)(doubles x, int count, const double *c) {
  doubles sum = NAME(splat)(c[0]);
  UNROLL
  for (int i = 1; i < count; i++) sum = FMA(sum, x, NAME(splat)(c[i]));
  return sum;
}

#define POLYNOMIAL(x, ...) \
  NAME(polynomial)(x, sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]){__VA_ARGS__})

// MARK: Exponentials

// Added and subtracted, it rounds to whole numbers, which the low bits of the sum hold.
#define MAGIC 0x1.8p52

// 2 to the power of whole n, from -1022 to 1023.
static ALWAYS_INLINE doubles NAME(power_of_two)(doubles n) {
  return (doubles)(((longs)(n + (MAGIC + 1023))) << 52);
}

// x · 2ⁿ, rounded once, also where it is very small.
static ALWAYS_INLINE doubles NAME(scaled)(doubles x, doubles n) {
#ifdef SCALE
  return SCALE(x, n);
#else
  doubles half = (n * 0.5 + MAGIC) - MAGIC;
  return x * NAME(power_of_two)(half) * NAME(power_of_two)(n - half);
#endif
}

struct NAME(exponential) {
  // eˣ = 2ⁿ (1 + r + rest)
  doubles n, r, rest;
};

static ALWAYS_INLINE struct NAME(exponential) NAME(exponential_of)(doubles x) {
  doubles n = FMA(x, NAME(splat)(0x1.71547652b82fep0), NAME(splat)(MAGIC)) - MAGIC;
  doubles first = FMA(n, NAME(splat)(-0x1.62e42fefa38p-1), x);
  doubles r = FMA(n, NAME(splat)(-0x1.ef35793c7673p-45), first);
  doubles low = FMA(n, NAME(splat)(-0x1.ef35793c7673p-45), first - r);
  doubles q = POLYNOMIAL(
    r, 0x1.af390ba7e6f47p-26, 0x1.2891d4ffbb0f9p-22, 0x1.71de0d85293b8p-19,
    0x1.a019b8ca26fcfp-16, 0x1.a01a01a7cebcdp-13, 0x1.6c16c1789d1d7p-10, 0x1.11111111109a6p-7,
    0x1.5555555553d37p-5, 0x1.5555555555556p-3, 0.5);
  return (struct NAME(exponential)){n, r, FMA(r * r, q, low)};
}

static ALWAYS_INLINE doubles NAME(limited)(doubles x, double low, double high) {
  x = NAME(choose)(x < low, NAME(splat)(low), x);
  return NAME(choose)(x > high, NAME(splat)(high), x);
}

static ALWAYS_INLINE doubles NAME(exp_of)(doubles x) {
  struct NAME(exponential) e = NAME(exponential_of)(NAME(limited)(x, -760, 720));
  return NAME(scaled)(1 + (e.r + e.rest), e.n);
}

struct NAME(pair) {
  doubles high, low;
};

// eˣ - 1, for x from -50 to 50.
static ALWAYS_INLINE struct NAME(pair) NAME(expm1_pair)(doubles x) {
  struct NAME(exponential) e = NAME(exponential_of)(x);
  doubles power = NAME(power_of_two)(e.n);
  doubles a = power - 1, b = power * e.r, rest = power * e.rest;
  doubles sum = a + b;
  // Exact, since a is larger than b or 0.
  rest += (a - sum) + b;
  doubles high = sum + rest;
  return (struct NAME(pair)){high, (sum - high) + rest};
}

static ALWAYS_INLINE doubles NAME(expm1_of)(doubles x) {
  doubles value = NAME(expm1_pair)(NAME(limited)(x, -50, 50)).high;
  longs is_large = x > 50;
  if (NAME(any)(is_large)) value = NAME(choose)(is_large, NAME(exp_of)(x), value);
  return NAME(choose)(x == 0, x, value);
}

static ALWAYS_INLINE doubles NAME(tanh_of)(doubles x) {
  doubles size = NAME(magnitude)(x);
  // e²ˣ - 1 over e²ˣ + 1, and what the division left over. From 20 on it is 1.
  struct NAME(pair) e = NAME(expm1_pair)(2 * NAME(limited)(size, 0, 20));
  doubles divisor = e.high + 2;
  doubles lost = (e.high - (divisor - 2)) + e.low;
  doubles reciprocal = 1 / divisor;
  doubles quotient = e.high * reciprocal;
  doubles rest = FMA(-quotient, divisor, e.high) + (e.low - quotient * lost);
  return NAME(with_sign)(FMA(rest, reciprocal, quotient), x);
}

// Half of eˣ.
static ALWAYS_INLINE doubles NAME(half_exp)(doubles x) {
  struct NAME(exponential) e = NAME(exponential_of)(NAME(limited)(x, -760, 720));
  return NAME(scaled)(1 + (e.r + e.rest), e.n - 1);
}

static ALWAYS_INLINE doubles NAME(cosh_of)(doubles x) {
  doubles half = NAME(half_exp)(NAME(magnitude)(x));
  return half + 0.25 / half;
}

static ALWAYS_INLINE doubles NAME(sinh_of)(doubles x) {
  doubles size = NAME(magnitude)(x);
  doubles half = NAME(half_exp)(size);
  doubles e = NAME(expm1_pair)(NAME(limited)(size, 0, 1)).high;
  longs is_small = size < 1;
  doubles quotient =
    NAME(choose)(is_small, 0.5 * e, NAME(splat)(-0.25)) / NAME(choose)(is_small, e + 1, half);
  return NAME(with_sign)(NAME(choose)(is_small, 0.5 * e, half) + quotient, x);
}

// MARK: Logarithms

struct NAME(logarithm) {
  // log x = k ln 2 + f - (half - rest)
  doubles k, f, half, rest;
};

// Of the sum of x and perhaps a correction to it, for normal x.
static ALWAYS_INLINE struct NAME(logarithm) NAME(logarithm_of)(doubles x, const doubles *correction) {
  longs k = ((longs)x - 0x3fe6a09e667f3bcd) >> 52;
  doubles m = (doubles)((longs)x - (k << 52));
  doubles n = __builtin_convertvector(k, doubles);
  doubles f = m - 1;
  if (correction) f += *correction * NAME(power_of_two)(-n);
  doubles s = f / (f + 2);
  doubles z = s * s;
  doubles half = 0.5 * f * f;
  doubles p = z * POLYNOMIAL(
    z, 0x1.2b5f68a50d903p-3, 0x1.39fdcceb4bb45p-3, 0x1.7462b91b8df65p-3, 0x1.c71c62d5e53e0p-3,
    0x1.2492492dfd86cp-2, 0x1.9999999995273p-2, 0x1.5555555555558p-1);
  return (struct NAME(logarithm)){n, f, half, s * (half + p)};
}

// The logarithm of x, which may be denormal, with the one of its scale.
static ALWAYS_INLINE struct NAME(logarithm) NAME(positive_logarithm)(doubles x) {
  longs is_tiny = x < 0x1p-1022;
  struct NAME(logarithm) log = NAME(logarithm_of)(NAME(choose)(is_tiny, x * 0x1p54, x), NULL);
  log.k = NAME(choose)(is_tiny, log.k - 54, log.k);
  return log;
}

static ALWAYS_INLINE doubles NAME(with_limits_of_log)(doubles value, doubles x, double zero) {
  value = NAME(choose)(x == INFINITY, x, value);
  value = NAME(choose)(x == zero, NAME(splat)(-INFINITY), value);
  return NAME(choose)(x < zero | x != x, NAME(splat)(NAN), value);
}

static ALWAYS_INLINE doubles NAME(natural)(struct NAME(logarithm) log) {
  doubles small = FMA(log.k, NAME(splat)(0x1.ef35793c7673p-45), log.rest);
  return log.k * 0x1.62e42fefa38p-1 - ((log.half - small) - log.f);
}

// Whether a number is not positive, normal and finite. Its bits say so in one comparison: less those of the
// least normal number, those of 0 and of denormals wrap around, and those of negative numbers stay large.
static ALWAYS_INLINE int NAME(any_limit_of_log)(doubles x) {
  unsigned_longs above_least = (unsigned_longs)x - 0x0010000000000000;
  return __builtin_expect(NAME(any)((longs)(above_least >= 0x7fe0000000000000)), 0);
}

static ALWAYS_INLINE doubles NAME(log_of)(doubles x) {
  if (NAME(any_limit_of_log)(x))
    return NAME(with_limits_of_log)(NAME(natural)(NAME(positive_logarithm)(x)), x, 0);
  return NAME(natural)(NAME(logarithm_of)(x, NULL));
}

static ALWAYS_INLINE doubles NAME(log1p_of)(doubles x) {
  doubles sum = 1 + x;
  doubles added = sum - 1;
  doubles correction = (1 - (sum - added)) + (x - added);
  doubles value = NAME(natural)(NAME(logarithm_of)(sum, &correction));
  value = NAME(with_limits_of_log)(value, x, -1);
  return NAME(choose)(x == 0, x, value);
}

// k · (unit + unit_low) + log(m) · (factor + factor_low). The large parts, k · unit and f · factor, are
// added with what their rounding lost.
static ALWAYS_INLINE doubles NAME(to_base)(
  struct NAME(logarithm) log, double unit, double unit_low, double factor, double factor_low) {
  doubles product = log.f * factor;
  doubles lost = FMA(log.f, NAME(splat)(factor), -product);
  lost = FMA(log.f, NAME(splat)(factor_low), lost);
  lost = FMA(-log.half, NAME(splat)(factor), FMA(log.rest, NAME(splat)(factor), lost));
  doubles sum = FMA(log.k, NAME(splat)(unit), product);
  // Exact, since k · unit is larger than the product or 0.
  doubles missing = FMA(log.k, NAME(splat)(unit), -sum) + product;
  return sum + (FMA(log.k, NAME(splat)(unit_low), lost) + missing);
}

static ALWAYS_INLINE doubles NAME(log2_part)(struct NAME(logarithm) log) {
  return NAME(to_base)(log, 1, 0, 0x1.71547652b82fep0, 0x1.777d0ffda0d24p-56);
}

static ALWAYS_INLINE doubles NAME(log2_of)(doubles x) {
  if (NAME(any_limit_of_log)(x))
    return NAME(with_limits_of_log)(NAME(log2_part)(NAME(positive_logarithm)(x)), x, 0);
  return NAME(log2_part)(NAME(logarithm_of)(x, NULL));
}

static ALWAYS_INLINE doubles NAME(log10_part)(struct NAME(logarithm) log) {
  // The first part of log10(2) has 40 bits, so that its products with k are exact.
  return NAME(to_base)(
    log, 0x1.34413509f6p-2, 0x1.9fef311f12b36p-42, 0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57);
}

static ALWAYS_INLINE doubles NAME(log10_of)(doubles x) {
  if (NAME(any_limit_of_log)(x))
    return NAME(with_limits_of_log)(NAME(log10_part)(NAME(positive_logarithm)(x)), x, 0);
  return NAME(log10_part)(NAME(logarithm_of)(x, NULL));
}

// MARK: Sines

struct NAME(sines) {
  doubles sine, cosine;
  // x is within π/4 of quadrant · π/2.
  longs quadrant;
};

// For magnitudes up to 2 to the 20th.
static ALWAYS_INLINE struct NAME(sines) NAME(sines_of)(doubles x) {
  doubles shifted = FMA(x, NAME(splat)(0x1.45f306dc9c883p-1), NAME(splat)(MAGIC));
  doubles n = shifted - MAGIC;
  // π/2 in three parts; the first difference is exact.
  doubles first = FMA(n, NAME(splat)(-0x1.921fb54442d18p0), x);
  doubles r = FMA(n, NAME(splat)(-0x1.1a62633145c07p-54), first);
  doubles low = FMA(n, NAME(splat)(-0x1.1a62633145c07p-54), first - r);
  low = FMA(n, NAME(splat)(0x1.f1976b7ed8fbcp-110), low);
  doubles z = r * r;
  doubles p = POLYNOMIAL(
    z, 0x1.5e0a4fc16be59p-33, -0x1.ae6008d114485p-26, 0x1.71de37946ed6dp-19,
    -0x1.a01a019e820aep-13, 0x1.1111111110babp-7, -0x1.5555555555555p-3);
  doubles q = POLYNOMIAL(
    z, -0x1.907cd8ff5ede7p-37, 0x1.1eeb67d026ec6p-29, -0x1.27e4fa16cc2d1p-22,
    0x1.a01a019f4ddfdp-16, -0x1.6c16c16c16963p-10, 0x1.5555555555555p-5);
  doubles half = 0.5 * z;
  doubles start = 1 - half;
  doubles rest = FMA(z * z, q, -r * low) + ((1 - start) - half);
  return (struct NAME(sines)){r + FMA(r * z, p, low * start), start + rest, (longs)shifted};
}

static ALWAYS_INLINE longs NAME(is_odd)(longs n) { return -(n & 1); }

static ALWAYS_INLINE doubles NAME(negated_where_second_bit)(longs n, doubles value) {
  return (doubles)((longs)value ^ (n << 62 & LONG_MIN));
}

// Where x is too large for the reduction, the system's function.
#define WITH_LARGE(value, x, function) \
  do { \
    longs is_large = ~(NAME(magnitude)(x) < 0x1p20); \
    if (__builtin_expect(NAME(any)(is_large), 0)) \
      for (int i = 0; i < lane_count; i++) \
        if (is_large[i]) value[i] = function(x[i]); \
  } while (0)

static ALWAYS_INLINE doubles NAME(sin_of)(doubles x) {
  struct NAME(sines) s = NAME(sines_of)(x);
  doubles value = NAME(choose)(NAME(is_odd)(s.quadrant), s.cosine, s.sine);
  value = NAME(negated_where_second_bit)(s.quadrant, value);
  WITH_LARGE(value, x, sin);
  return NAME(choose)(x == 0, x, value);
}

static ALWAYS_INLINE doubles NAME(cos_of)(doubles x) {
  struct NAME(sines) s = NAME(sines_of)(x);
  doubles value = NAME(choose)(NAME(is_odd)(s.quadrant), s.sine, s.cosine);
  value = NAME(negated_where_second_bit)(s.quadrant + 1, value);
  WITH_LARGE(value, x, cos);
  return value;
}

static ALWAYS_INLINE doubles NAME(tan_of)(doubles x) {
  struct NAME(sines) s = NAME(sines_of)(x);
  longs is_odd = NAME(is_odd)(s.quadrant);
  doubles value = NAME(choose)(is_odd, -s.cosine, s.sine) / NAME(choose)(is_odd, s.sine, s.cosine);
  WITH_LARGE(value, x, tan);
  return NAME(choose)(x == 0, x, value);
}

static ALWAYS_INLINE doubles NAME(sinc_of)(doubles x) {
  doubles angle = 0x1.921fb54442d18p1 * x;
  return NAME(choose)(x == 0, NAME(splat)(1), NAME(sin_of)(angle) / angle);
}

// MARK: Arcs

// The angle of (x, y), both positive, in the first quadrant: turned by 0, π/4 or π/2, so that the
// polynomial gets a small quotient. `is_left` mirrors it into the second.
static ALWAYS_INLINE doubles NAME(angle_of)(doubles y, doubles x, longs is_left) {
  longs is_low = y < x * 0x1.a827999fcef32p-2, is_high = ~(y <= x * 0x1.3504f333f9de6p1);
  doubles top = NAME(choose)(is_low, y, NAME(choose)(is_high, -x, y - x));
  doubles bottom = NAME(choose)(is_low, x, NAME(choose)(is_high, y, y + x));
  // What the sum and the difference lost; they are as large as the larger of the two.
  longs is_middle = ~is_low & ~is_high;
  doubles large = NAME(choose)(y > x, y, x), small = NAME(choose)(y > x, x, y);
  doubles lost = (doubles)((longs)((large - bottom) + small) & is_middle);
  doubles turn = (doubles)((longs)NAME(splat)(0x1.921fb54442d18p-1) & ~is_low);
  doubles turn_low = (doubles)((longs)NAME(splat)(0x1.1a62633145c07p-55) & ~is_low);
  turn = NAME(choose)(is_high, 2 * turn, turn);
  turn_low = NAME(choose)(is_high, 2 * turn_low, turn_low);
  doubles reciprocal = 1 / bottom;
  doubles q = top * reciprocal;
  doubles low = (FMA(-q, bottom, top) - q * lost) * reciprocal;
  doubles z = q * q;
  doubles p = POLYNOMIAL(
    z, -0x1.39f38ad451ea6p-6, 0x1.41495cefb6c73p-5, -0x1.a090d1950d2b4p-5,
    0x1.dfe49b2919c4ep-5, -0x1.10fa5ee9ab25cp-4, 0x1.3b126143b5cbcp-4, -0x1.745d0b153ffadp-4,
    0x1.c71c7184c32bfp-4, -0x1.24924924355d5p-3, 0x1.999999999933dp-3, -0x1.5555555555555p-2);
  low = FMA(q * z, p, low);
  turn = NAME(choose)(is_left, 0x1.921fb54442d18p1 - turn, turn);
  turn_low = NAME(choose)(is_left, 0x1.1a62633145c07p-53 - turn_low, turn_low);
  q = NAME(choose)(is_left, -q, q);
  low = NAME(choose)(is_left, -low, low);
  doubles sum = turn + q;
  // Exact, since the turn is larger or 0.
  return sum + (((turn - sum) + q) + (turn_low + low));
}

static ALWAYS_INLINE doubles NAME(arctan_of)(doubles x) {
  doubles size = NAME(magnitude)(x);
  size = NAME(choose)(size > 1e300, NAME(splat)(1e300), size);
  return NAME(with_sign)(NAME(angle_of)(size, NAME(splat)(1), (longs){}), x);
}

static ALWAYS_INLINE doubles NAME(arctan2_of)(doubles y, doubles x) {
  doubles height = NAME(magnitude)(y), width = NAME(magnitude)(x);
  doubles value = NAME(with_sign)(NAME(angle_of)(height, width, ((longs)x) >> 63), y);
  // Zeros, infinities, and what might overflow or vanish on the way.
  doubles size = NAME(choose)(height > width, height, width);
  longs is_special = ~(size < 0x1p1000) | ~(size > 0x1p-900) | height != height | width != width;
  if (__builtin_expect(NAME(any)(is_special), 0))
    for (int i = 0; i < lane_count; i++)
      if (is_special[i]) value[i] = atan2(y[i], x[i]);
  return value;
}

struct NAME(arcs) {
  // arcsin = s + rest; s² is at most a quarter.
  doubles s, rest;
};

static ALWAYS_INLINE struct NAME(arcs) NAME(arc_of)(doubles s, doubles z) {
  doubles p = POLYNOMIAL(
    z, 0x1.d78189767524ep-6, -0x1.e7a24f548c99fp-7, 0x1.1d661531b222ep-6,
    0x1.653a8f8cfd43cp-8, 0x1.524ea8b3aad31p-7, 0x1.78246f32d075cp-7, 0x1.c9cf3759fd8ffp-7,
    0x1.1c4d343fa57f6p-6, 0x1.6e8bb1d89492bp-6, 0x1.f1c71c1d4aa0dp-6, 0x1.6db6db6e3292ep-5,
    0x1.3333333332ec4p-4, 0x1.5555555555556p-3);
  return (struct NAME(arcs)){s, s * z * p};
}

static ALWAYS_INLINE doubles NAME(arcsin_of)(doubles x) {
  doubles size = NAME(magnitude)(x);
  longs is_small = size < 0.5;
  // arcsin x = π/2 - 2 arcsin √((1 - x) / 2); nan beyond 1.
  doubles z = NAME(choose)(is_small, size * size, 0.5 - 0.5 * size);
  doubles s = NAME(choose)(is_small, size, SQRT(z));
  struct NAME(arcs) arc = NAME(arc_of)(s, z);
  doubles large = 0x1.921fb54442d18p0 - 2 * arc.s;
  doubles lost = (0x1.921fb54442d18p0 - large) - 2 * arc.s;
  large += lost + (0x1.1a62633145c07p-54 - 2 * arc.rest);
  return NAME(with_sign)(NAME(choose)(is_small, arc.s + arc.rest, large), x);
}

static ALWAYS_INLINE doubles NAME(arccos_of)(doubles x) {
  doubles size = NAME(magnitude)(x);
  longs is_small = size < 0.5, is_negative = x < 0;
  doubles z = NAME(choose)(is_small, size * size, 0.5 - 0.5 * size);
  doubles s = NAME(choose)(is_small, size, SQRT(z));
  struct NAME(arcs) arc = NAME(arc_of)(s, z);
  // π/2 - arcsin x, and 2 arcsin √((1 - x) / 2), which is mirrored for negative x.
  doubles factor = NAME(choose)(is_small, NAME(splat)(1), NAME(splat)(2));
  doubles s2 = factor * arc.s, rest = factor * arc.rest;
  longs subtracts = is_small ^ is_negative;
  doubles turns = NAME(choose)(is_small, NAME(splat)(1), (doubles)((longs)NAME(splat)(2) & is_negative));
  s2 = NAME(choose)(subtracts, -s2, s2);
  rest = NAME(choose)(subtracts, -rest, rest);
  doubles turn = turns * 0x1.921fb54442d18p0;
  doubles sum = turn + s2;
  return sum + (((turn - sum) + s2) + (turns * 0x1.1a62633145c07p-54 + rest));
}

// MARK: Lengths

// √(large² + small²), corrected by what its square misses.
static ALWAYS_INLINE doubles NAME(corrected_root)(doubles large, doubles small) {
  doubles h = SQRT(FMA(large, large, small * small));
  doubles h2 = h * h, large2 = large * large;
  doubles excess =
    (FMA(-small, small, h2 - large2) + FMA(h, h, -h2)) - FMA(large, large, -large2);
  return h - NAME(choose)(h == 0, h, excess / (2 * h));
}

// √(x² + y²). Scaled where squares would overflow or vanish.
static ALWAYS_INLINE doubles NAME(hypot_of)(doubles x, doubles y) {
  x = NAME(magnitude)(x), y = NAME(magnitude)(y);
  doubles large = NAME(choose)(x > y, x, y), small = NAME(choose)(x > y, y, x);
  if (__builtin_expect(!NAME(any)(~(large >= 0x1p-400 & large <= 0x1p500)), 1))
    return NAME(corrected_root)(large, small);
  longs is_huge = large > 0x1p500, is_tiny = large < 0x1p-400;
  longs is_infinite = x == INFINITY | y == INFINITY;
  doubles scale = NAME(choose)(is_huge, NAME(splat)(0x1p-600), NAME(splat)(1));
  scale = NAME(choose)(is_tiny, NAME(splat)(0x1p600), scale);
  doubles back = NAME(choose)(is_huge, NAME(splat)(0x1p600), NAME(splat)(1));
  back = NAME(choose)(is_tiny, NAME(splat)(0x1p-600), back);
  doubles value = NAME(corrected_root)(large * scale, small * scale) * back;
  return NAME(choose)(is_infinite, NAME(splat)(INFINITY), value);
}
