// Transforms of a few points that stay in registers: X[k] = Σ x[n] exp(-2πi nk / R), in place.
//
// Real factors are arranged so that points that cancel do so exactly: a transform of equal points is 0
// everywhere but at 0. Radix 5 is Winograd's (1978); other primes pair the points n and R - n (Singleton
// 1969).

// value - i * other and value + i * other
#define MINUS_I(value, other) ((pair){(value).re + (other).im, (value).im - (other).re})
#define PLUS_I(value, other) ((pair){(value).re - (other).im, (value).im + (other).re})
#define SUM(a, b) ((pair){(a).re + (b).re, (a).im + (b).im})
#define DIFFERENCE(a, b) ((pair){(a).re - (b).re, (a).im - (b).im})
#define SCALED(a, s) ((pair){(a).re * (s), (a).im * (s)})
// a * s + b, with a real s
#define ADDED(a, s, b) ((pair){FMA((a).re, s, (b).re), FMA((a).im, s, (b).im)})

static ALWAYS_INLINE void NAME(butterfly2)(pair *x) {
  pair sum = SUM(x[0], x[1]);
  x[1] = DIFFERENCE(x[0], x[1]);
  x[0] = sum;
}

static ALWAYS_INLINE void NAME(butterfly3)(pair *x) {
  const doubles half = NAME(splat)(-0.5), sine = NAME(splat)(0.86602540378443864676);
  pair sum = SUM(x[1], x[2]), turned = DIFFERENCE(x[1], x[2]);
  pair middle = ADDED(sum, half, x[0]);
  turned = SCALED(turned, sine);
  x[0] = SUM(x[0], sum);
  x[1] = MINUS_I(middle, turned);
  x[2] = PLUS_I(middle, turned);
}

static ALWAYS_INLINE void NAME(butterfly4)(pair *x) {
  pair a = SUM(x[0], x[2]), b = DIFFERENCE(x[0], x[2]);
  pair c = SUM(x[1], x[3]), d = DIFFERENCE(x[1], x[3]);
  x[0] = SUM(a, c);
  x[1] = MINUS_I(b, d);
  x[2] = DIFFERENCE(a, c);
  x[3] = PLUS_I(b, d);
}

static ALWAYS_INLINE void NAME(butterfly5)(pair *x) {
  const doubles quarter = NAME(splat)(-0.25), root = NAME(splat)(0.55901699437494742410);
  const doubles sine1 = NAME(splat)(0.95105651629515357212);
  const doubles sine2 = NAME(splat)(0.58778525229247312917);
  pair s1 = SUM(x[1], x[4]), d1 = DIFFERENCE(x[1], x[4]);
  pair s2 = SUM(x[2], x[3]), d2 = DIFFERENCE(x[2], x[3]);
  pair sum = SUM(s1, s2), difference = DIFFERENCE(s1, s2);
  pair middle = ADDED(sum, quarter, x[0]);
  pair a = ADDED(difference, root, middle), b = ADDED(difference, -root, middle);
  pair t1 = SCALED(d2, sine2), t2 = SCALED(d2, sine1);
  t1 = ADDED(d1, sine1, t1);
  t2 = ((pair){FMA(d1.re, sine2, -t2.re), FMA(d1.im, sine2, -t2.im)});
  x[0] = SUM(x[0], sum);
  x[1] = MINUS_I(a, t1);
  x[4] = PLUS_I(a, t1);
  x[2] = MINUS_I(b, t2);
  x[3] = PLUS_I(b, t2);
}

static ALWAYS_INLINE void NAME(butterfly8)(pair *x) {
  const doubles root = NAME(splat)(0.70710678118654752440);
  pair even[4] = {x[0], x[2], x[4], x[6]}, odd[4] = {x[1], x[3], x[5], x[7]};
  NAME(butterfly4)(even);
  NAME(butterfly4)(odd);
  // Times exp(-πi/4) and exp(-3πi/4).
  pair a = {odd[1].re + odd[1].im, odd[1].im - odd[1].re};
  pair b = {odd[3].im - odd[3].re, -(odd[3].re + odd[3].im)};
  x[0] = SUM(even[0], odd[0]);
  x[4] = DIFFERENCE(even[0], odd[0]);
  x[2] = MINUS_I(even[2], odd[2]);
  x[6] = PLUS_I(even[2], odd[2]);
  x[1] = ADDED(a, root, even[1]);
  x[5] = ADDED(a, -root, even[1]);
  x[3] = ADDED(b, root, even[3]);
  x[7] = ADDED(b, -root, even[3]);
}

// An odd prime R. With s[j] = x[j] + x[R-j] and d[j] = x[j] - x[R-j], since the cosines but the first
// add up to -1/2,
//
//     X[k], X[R-k]  =  x[0] - s[1]/2 + Σ_{j>1} cos(2π jk/R) (s[j] - s[1])  ∓  i Σ_j sin(2π jk/R) d[j]
static ALWAYS_INLINE void NAME(butterfly_prime)(const int R, const double *circle, pair *x) {
  const int half = R / 2;
  pair s[31], d[31];
  pair sum = x[0];
  for (int j = 1; j <= half; j++) {
    s[j] = SUM(x[j], x[R - j]);
    d[j] = DIFFERENCE(x[j], x[R - j]);
    sum = SUM(sum, s[j]);
  }
  pair middle = ADDED(s[1], NAME(splat)(-0.5), x[0]);
  for (int j = 2; j <= half; j++) s[j] = DIFFERENCE(s[j], s[1]);
  x[0] = sum;
  for (int k = 1; k <= half; k++) {
    pair a = middle, b = SCALED(d[1], NAME(splat)(-circle[2 * k + 1]));
    for (int j = 2; j <= half; j++) {
      const double *root = circle + 2 * (j * k % R);
      a = ADDED(s[j], NAME(splat)(root[0]), a);
      b = ADDED(d[j], NAME(splat)(-root[1]), b);
    }
    x[k] = MINUS_I(a, b);
    x[R - k] = PLUS_I(a, b);
  }
}

static ALWAYS_INLINE void NAME(butterfly)(const int R, const double *circle, pair *x) {
  switch (R) {
  case 2: NAME(butterfly2)(x); break;
  case 3: NAME(butterfly3)(x); break;
  case 4: NAME(butterfly4)(x); break;
  case 5: NAME(butterfly5)(x); break;
  case 8: NAME(butterfly8)(x); break;
  default: NAME(butterfly_prime)(R, circle, x);
  }
}

#undef MINUS_I
#undef PLUS_I
#undef SUM
#undef DIFFERENCE
#undef SCALED
#undef ADDED
