// Cases of the kernels of arrays.

#include "check.h"

#include <math.h>

static ptrdiff_t made_up_count(void) { return between(1, below(8) ? 200 : 6000); }

// Numbers whose magnitudes are from `low` to `high`, but for 0, infinities and nan.
static double *doubles_within(double low, double high, ptrdiff_t count) {
  double *values = doubles(count);
  for (ptrdiff_t i = 0; i < count; i++) {
    const double size = fabs(values[i]);
    if ((size > 0 && size < low) || (size > high && size < INFINITY)) values[i] = number();
  }
  return values;
}

// Mostly one number, or numbers as elsewhere.
static double *mostly(double value, ptrdiff_t count) {
  double *values = doubles(count);
  const int is_same = below(2);
  for (ptrdiff_t i = 0; i < count; i++)
    if (is_same && below(count)) values[i] = value;
  return values;
}

// A function on doubles, and on floats.
static void run(struct etude_function function, double high) {
  const ptrdiff_t count = made_up_count();
  const double *values = doubles_within(0, high, count);
  float *singles = floats(count);
  for (ptrdiff_t i = 0; i < count; i++) singles[i] = fabsf(singles[i]) <= high ? singles[i] : values[i];
  function.doubles(count, values, doubles(count));
  function.singles(count, singles, floats(count));
}

static void check_functions(const struct etude_array_kernels *k) {
#define FUNCTION(name) CASES(name) run(k->name, INFINITY)
  FUNCTION(sqrt); FUNCTION(exp); FUNCTION(expm1); FUNCTION(log); FUNCTION(log1p); FUNCTION(log2); FUNCTION(log10);
  FUNCTION(arcsin); FUNCTION(arccos); FUNCTION(arctan); FUNCTION(sinh); FUNCTION(cosh); FUNCTION(tanh);
  FUNCTION(reciprocal); FUNCTION(floor); FUNCTION(ceil); FUNCTION(trunc); FUNCTION(round);
  // From 2 to the 20th on these are the C library's, which may differ; sinc multiplies by pi before.
#define SINE(name) CASES(name) run(k->name, 0x1p18)
  SINE(sin); SINE(cos); SINE(tan); SINE(sinc);
#define PAIR_FUNCTION(name, low, high) \
  CASES(name) { \
    const ptrdiff_t count = made_up_count(); \
    const double *a = doubles_within(low, high, count), *b = doubles_within(low, high, count); \
    k->name(count, a, below(4) > 0, b, below(4) > 0, doubles(count)); \
  }
  PAIR_FUNCTION(subtract, 0, INFINITY)
  PAIR_FUNCTION(divide, 0, INFINITY)
  PAIR_FUNCTION(maximum, 0, INFINITY)
  PAIR_FUNCTION(minimum, 0, INFINITY)
  PAIR_FUNCTION(hypot, 0, INFINITY)
  // Outside of this range it is the C library's.
  PAIR_FUNCTION(arctan2, 0x1p-900, 0x1p999)
  CASES(magnitudes) {
    const ptrdiff_t count = made_up_count();
    k->magnitudes(count, doubles(2 * count), doubles(count));
  }
  CASES(sign) {
    const ptrdiff_t count = made_up_count();
    k->sign(count, doubles(count), doubles(count));
  }
  CASES(clip) {
    const ptrdiff_t count = made_up_count();
    k->clip(count, *doubles(1), *doubles(1), doubles(count), doubles(count));
  }
  CASES(round_scaled) {
    const ptrdiff_t count = made_up_count();
    k->round_scaled(count, number(), below(2), doubles(count), doubles(count));
  }
  CASES(ramp) {
    const ptrdiff_t count = made_up_count();
    k->ramp(count, below(10000), *doubles(1), *doubles(1), doubles(count));
  }
}

static void check_searches(const struct etude_array_kernels *k) {
  CASES(choose_words) {
    const ptrdiff_t count = made_up_count();
    unsigned char *mask = bytes(count);
    for (ptrdiff_t i = 0; i < count; i++) mask[i] = below(2);
    k->choose_words(
      count, mask, (unsigned long *)doubles(count), below(4) > 0, (unsigned long *)doubles(count), below(4) > 0,
      (unsigned long *)doubles(count));
  }
  // What a kernel returns goes into the hash with the rest.
#define SEARCH(name, value) \
  CASES(name) { \
    const ptrdiff_t count = made_up_count(); \
    *(ptrdiff_t *)bytes(sizeof(ptrdiff_t)) = k->name(count, mostly(value, count)); \
  }
  SEARCH(has_zero, 1)
  SEARCH(has_other, -0.0)
  SEARCH(largest, -INFINITY)
  SEARCH(smallest, INFINITY)
#define CONVERSION(name) \
  CASES(name) { \
    const ptrdiff_t count = made_up_count(); \
    k->name(count, doubles(count), bytes(8 * count)); \
  }
  CONVERSION(is_nan)
  CONVERSION(is_infinite)
  CONVERSION(is_finite)
  CONVERSION(to_int64)
  CONVERSION(to_int32)
  CONVERSION(to_int16)
  CONVERSION(to_uint8)
  CASES(to_float) {
    const ptrdiff_t count = made_up_count();
    k->to_float(count, doubles(count), floats(count));
  }
  // Doubles' bytes as whole numbers.
#define WIDENING(name, type) \
  CASES(name) { \
    const ptrdiff_t count = made_up_count(); \
    k->name(count, (const type *)doubles(count), doubles(count)); \
  }
  WIDENING(from_int64, long)
  WIDENING(from_int32, int)
  WIDENING(from_int16, short)
  WIDENING(from_uint8, unsigned char)
  CASES(from_float) {
    const ptrdiff_t count = made_up_count();
    k->from_float(count, floats(count), doubles(count));
  }
  CASES(sum) {
    const ptrdiff_t count = made_up_count();
    *doubles(1) = k->sum(count, doubles(count));
  }
  CASES(sum_of_products) {
    const ptrdiff_t count = made_up_count();
    *doubles(1) = k->sum_of_products(count, doubles(count), doubles(count));
  }
}

void check_arrays(const struct etude_array_kernels *k) {
  check_functions(k);
  check_searches(k);
  CASES(matrix) {
    const ptrdiff_t rows = between(1, 9), depth = between(1, 20), columns = between(1, 60), gap = below(3);
    k->matrix(
      rows, depth, columns, doubles(rows * (depth + gap)), depth + gap, doubles(depth * (columns + gap)),
      columns + gap, doubles(rows * (columns + gap)), columns + gap);
  }
}
