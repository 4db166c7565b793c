// exp, log, tanh and the like of arrays, in double: the fixed sequences of CKernels/Arrays, one number at a
// time. scripts/coefficients.py computes the polynomials.
#pragma once

#include "../platform.cuh"

namespace array_function {

/// Added and subtracted, it rounds to whole numbers, which the low bits of the sum hold.
constexpr double magic = 0x1.8p52;

template <int count>
static __device__ double polynomial(double x, const double (&coefficients)[count]) {
  double sum = coefficients[0];
#pragma unroll
  for (int i = 1; i < count; i++) sum = fused(sum, x, coefficients[i]);
  return sum;
}

static __device__ double infinity() { return __longlong_as_double(0x7ff0000000000000); }
static __device__ double not_a_number() { return __longlong_as_double(0x7ff8000000000000); }

static __device__ double magnitude(double x) {
  return __longlong_as_double(__double_as_longlong(x) & 0x7fffffffffffffff);
}

static __device__ double with_sign(double size, double sign) {
  const int64_t bit = (int64_t)1 << 63;
  return __longlong_as_double(
    (__double_as_longlong(size) & ~bit) | (__double_as_longlong(sign) & bit));
}

/// x between two limits; nan stays.
static __device__ double limited(double x, double low, double high) {
  return x < low ? low : x > high ? high : x;
}

// MARK: Exponentials

/// 2 to the power of whole n, from -1022 to 1023.
static __device__ double power_of_2(double n) {
  return __longlong_as_double(
    (int64_t)((uint64_t)__double_as_longlong(n + (magic + 1023)) << 52));
}

/// x · 2ⁿ, rounded once, also where it is very small.
static __device__ double scaled(double x, double n) {
  const double half = (n * 0.5 + magic) - magic;
  return x * power_of_2(half) * power_of_2(n - half);
}

/// eˣ = 2ⁿ (1 + r + rest)
struct Exponential {
  double n, r, rest;
};

static __device__ Exponential exponential_of(double x) {
  const double n = fused(x, 0x1.71547652b82fep0, magic) - magic;
  const double first = fused(n, -0x1.62e42fefa38p-1, x);
  const double r = fused(n, -0x1.ef35793c7673p-45, first);
  const double low = fused(n, -0x1.ef35793c7673p-45, first - r);
  const double q = polynomial(
    r, {0x1.af390ba7e6f47p-26, 0x1.2891d4ffbb0f9p-22, 0x1.71de0d85293b8p-19, 0x1.a019b8ca26fcfp-16,
        0x1.a01a01a7cebcdp-13, 0x1.6c16c1789d1d7p-10, 0x1.11111111109a6p-7, 0x1.5555555553d37p-5,
        0x1.5555555555556p-3, 0.5});
  return {n, r, fused(r * r, q, low)};
}

static __device__ double exp(double x) {
  const Exponential e = exponential_of(limited(x, -760, 720));
  return scaled(1 + (e.r + e.rest), e.n);
}

/// A number and what its rounding left over.
struct Pair {
  double high, low;
};

/// eˣ - 1, for x from -50 to 50.
static __device__ Pair expm1_pair(double x) {
  const Exponential e = exponential_of(x);
  const double power = power_of_2(e.n);
  const double a = power - 1, b = power * e.r;
  const double sum = a + b;
  // Exact, since a is larger than b or 0.
  const double rest = power * e.rest + ((a - sum) + b);
  const double high = sum + rest;
  return {high, (sum - high) + rest};
}

static __device__ double expm1(double x) {
  if (x == 0) return x;
  return x > 50 ? exp(x) : expm1_pair(limited(x, -50, 50)).high;
}

static __device__ double tanh(double x) {
  // e²ˣ - 1 over e²ˣ + 1, and what the division left over. From 20 on it is 1.
  const Pair e = expm1_pair(2 * limited(magnitude(x), 0, 20));
  const double divisor = e.high + 2;
  const double lost = (e.high - (divisor - 2)) + e.low;
  const double reciprocal = 1 / divisor;
  const double quotient = e.high * reciprocal;
  const double rest = fused(-quotient, divisor, e.high) + (e.low - quotient * lost);
  return with_sign(fused(rest, reciprocal, quotient), x);
}

/// Half of eˣ.
static __device__ double half_exp(double x) {
  const Exponential e = exponential_of(limited(x, -760, 720));
  return scaled(1 + (e.r + e.rest), e.n - 1);
}

static __device__ double cosh(double x) {
  const double half = half_exp(magnitude(x));
  return half + 0.25 / half;
}

static __device__ double sinh(double x) {
  const double size = magnitude(x);
  const double half = half_exp(size);
  const double e = expm1_pair(limited(size, 0, 1)).high;
  const bool is_small = size < 1;
  const double quotient = (is_small ? 0.5 * e : -0.25) / (is_small ? e + 1 : half);
  return with_sign((is_small ? 0.5 * e : half) + quotient, x);
}

// MARK: Logarithms

/// log x = k ln 2 + f - (half - rest)
struct Logarithm {
  double k, f, half, rest;
};

/// Of the sum of normal x and a correction to it.
static __device__ Logarithm logarithm_of(double x, double correction) {
  const int64_t bits = __double_as_longlong(x);
  const int64_t k = (bits - 0x3fe6a09e667f3bcd) >> 52;
  const double m = __longlong_as_double(bits - (int64_t)((uint64_t)k << 52));
  const double n = (double)k;
  double f = m - 1;
  if (correction != 0) f += correction * power_of_2(-n);
  const double s = f / (f + 2);
  const double z = s * s;
  const double half = 0.5 * f * f;
  const double p = z
    * polynomial(
      z, {0x1.2b5f68a50d903p-3, 0x1.39fdcceb4bb45p-3, 0x1.7462b91b8df65p-3, 0x1.c71c62d5e53e0p-3,
          0x1.2492492dfd86cp-2, 0x1.9999999995273p-2, 0x1.5555555555558p-1});
  return {n, f, half, s * (half + p)};
}

/// The logarithm of x, which may be denormal, with the one of its scale.
static __device__ Logarithm positive_logarithm(double x) {
  const bool is_tiny = x < 0x1p-1022;
  Logarithm log = logarithm_of(is_tiny ? x * 0x1p54 : x, 0);
  if (is_tiny) log.k -= 54;
  return log;
}

/// - zero: where the logarithm is -inf.
static __device__ double with_limits(double value, double x, double zero) {
  if (x < zero || x != x) return not_a_number();
  if (x == zero) return -infinity();
  return x == infinity() ? x : value;
}

static __device__ double natural(const Logarithm log) {
  const double small = fused(log.k, 0x1.ef35793c7673p-45, log.rest);
  return log.k * 0x1.62e42fefa38p-1 - ((log.half - small) - log.f);
}

static __device__ double log(double x) { return with_limits(natural(positive_logarithm(x)), x, 0); }

static __device__ double log1p(double x) {
  if (x == 0) return x;
  const double sum = 1 + x;
  const double added = sum - 1;
  const double correction = (1 - (sum - added)) + (x - added);
  return with_limits(natural(logarithm_of(sum, correction)), x, -1);
}

/// k · (unit + unit_low) + log(m) · (factor + factor_low). The large parts, k · unit and f · factor, are
/// added with what their rounding lost.
static __device__ double to_base(
  const Logarithm log, double unit, double unit_low, double factor, double factor_low)
{
  const double product = log.f * factor;
  double lost = fused(log.f, factor, -product);
  lost = fused(log.f, factor_low, lost);
  lost = fused(-log.half, factor, fused(log.rest, factor, lost));
  const double sum = fused(log.k, unit, product);
  // Exact, since k · unit is larger than the product or 0.
  const double missing = fused(log.k, unit, -sum) + product;
  return sum + (fused(log.k, unit_low, lost) + missing);
}

static __device__ double log2(double x) {
  const Logarithm log = positive_logarithm(x);
  return with_limits(to_base(log, 1, 0, 0x1.71547652b82fep0, 0x1.777d0ffda0d24p-56), x, 0);
}

static __device__ double log10(double x) {
  // The first part of log10(2) has 40 bits, so that its products with k are exact.
  const Logarithm log = positive_logarithm(x);
  return with_limits(
    to_base(
      log, 0x1.34413509f6p-2, 0x1.9fef311f12b36p-42, 0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57),
    x, 0);
}

}  // namespace array_function
