// exp, log, tanh and the like as fixed sequences: those of `Elementary` and of CKernels/Training, so that
// training has the same bits everywhere. scripts/coefficients.py computes the coefficients.
#pragma once

#include "platform.cuh"

// MARK: Double

/// Horner's rule, from the highest power to the constant.
template <typename T, int count>
static __device__ T polynomial(T x, const T (&coefficients)[count]) {
  T sum = coefficients[0];
#pragma unroll
  for (int i = 1; i < count; i++) sum = fused(sum, x, coefficients[i]);
  return sum;
}

/// 0 where the result would be below the normal numbers.
static __device__ double exponential(double x) {
  if (x != x) return x;
  if (x < -708) return 0;
  if (x > 709) return __longlong_as_double(0x7ff0000000000000);
  const double magic = 0x1.8p52;
  const double shifted = fused(x, 0x1.71547652b82fep0, magic);
  const double n = shifted - magic;
  const double r = fused(n, -0x1.ef35793c7673p-45, fused(n, -0x1.62e42fefa38p-1, x));
  const double p = polynomial(
    r, {1 / 6227020800.0, 1 / 479001600.0, 1 / 39916800.0, 1 / 3628800.0, 1 / 362880.0,
        1 / 40320.0, 1 / 5040.0, 1 / 720.0, 1 / 120.0, 1 / 24.0, 1 / 6.0, 0.5, 1.0, 1.0});
  // The sum's low bits hold n.
  const int64_t exponent = __double_as_longlong(shifted) - __double_as_longlong(magic);
  return p * __longlong_as_double((exponent + 1023) << 52);
}

/// Of positive normal numbers.
static __device__ double logarithm(double x) {
  if (!(x < __longlong_as_double(0x7ff0000000000000))) return x;
  // x = 2 to the k-th times m, with m between the roots of 1/2 and of 2.
  const int64_t bits = __double_as_longlong(x);
  const int64_t k = (bits - 0x3fe6a09e667f3bcd) >> 52;
  const double m = __longlong_as_double(bits - k * ((int64_t)1 << 52));
  // log m = 2 artanh s, with s = (m - 1) / (m + 1) to twice the precision.
  const double f = m - 1, t = f + 2, s = f / t;
  const double low = fused(-s, f - (t - 2), fused(-s, t, f)) / t;
  const double z = s * s;
  const double p = z
    * polynomial(
      z, {2 / 23.0, 2 / 21.0, 2 / 19.0, 2 / 17.0, 2 / 15.0, 2 / 13.0, 2 / 11.0, 2 / 9.0, 2 / 7.0,
          2 / 5.0, 2 / 3.0});
  // k ln 2, with ln 2 in two parts; the multiples of the first one are exact.
  const double whole = (double)k;
  const double big = whole * 0x1.62e42fefa38p-1;
  const double high = big + 2 * s;
  const double lost = 2 * s - (high - big);
  return high + (lost + fused(whole, 0x1.ef35793c7673p-45, 2 * low + s * p));
}

// MARK: Float

static __device__ float power_of_2(int exponent) { return __int_as_float((exponent + 127) << 23); }

static __device__ float absolute(float x) {
  return __int_as_float(__float_as_int(x) & 0x7fffffff);
}

static __device__ float with_sign(float size, float of) {
  return __int_as_float(__float_as_int(size) | (__float_as_int(of) & (int)0x80000000));
}

static __device__ float exponential(float x) {
  if (x != x) return x;
  if (x < -0x1.5d58ap6f) return 0;
  if (x > 0x1.62e42ep6f) return __int_as_float(0x7f800000);
  const float magic = 0x1.8p23f;
  const float n = fused(x, 0x1.715476p0f, magic) - magic;
  const float r = fused(n, -0x1.7f7d1cp-20f, fused(n, -0x1.62e4p-1f, x));
  const float p = polynomial(
    r, {1.0f / 5040, 1.0f / 720, 1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f, 1.0f, 1.0f});
  // In two factors, since 2 to the 128th is not a float.
  const int exponent = (int)n, half = exponent >> 1;
  return p * power_of_2(half) * power_of_2(exponent - half);
}

static __device__ float hyperbolic_tangent(float x) {
  const float size = absolute(x);
  if (size >= 0.625f) return with_sign(1 - 2 / (exponential(size + size) + 1), x);
  const float z = x * x;
  const float p = polynomial(
    z, {-0.0057170256f, 0.02065057f, -0.053743493f, 0.13331491f, -0.33333284f});
  return with_sign(fused(size * z, p, size), x);
}

/// exp(x) - 1.
static __device__ float exponential_less_1(float x) {
  if (!(absolute(x) < 0.5f)) return exponential(x) - 1;
  const float p = polynomial(
    x, {1.0f / 40320, 1.0f / 5040, 1.0f / 720, 1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f});
  return fused(x * x, p, x);
}

static __device__ float error_function(float x) {
  const float size = absolute(x);
  if (size >= 1) {
    // Beyond 4 it is 1.
    const float a = size > 4 ? 4 : size;
    const float q = polynomial(
      a, {-1.35421715e-05f, 0.000346205f, -0.0037388185f, 0.023968669f, -0.1064803f, -0.6350018f,
          -1.128686f});
    return with_sign(1 - exponential(q * a), x);
  }
  const float p = polynomial(
    x * x, {7.8891026e-05f, -0.00080208364f, 0.0051895347f, -0.026854444f, 0.112836f,
            -0.37612626f, 0.12837917f});
  return fused(x, p, x);
}
