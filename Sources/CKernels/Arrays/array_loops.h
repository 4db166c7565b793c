// Loops over arrays of doubles.

// A loop for a function of one number, on doubles, and on floats by way of doubles.
#define LOOP(function, value) \
  static ALWAYS_INLINE doubles NAME(function##_lanes)(doubles x) { return value; } \
  static void NAME(function)(ptrdiff_t count, const double *input, double *output) { \
    ptrdiff_t i = 0; \
    for (; i + lane_count <= count; i += lane_count) \
      NAME(store)(output + i, NAME(function##_lanes)(NAME(load)(input + i))); \
    ptrdiff_t rest = count - i; \
    if (rest > 0) \
      NAME(store_part)( \
        output + i, rest, NAME(function##_lanes)(NAME(load_part)(input + i, rest))); \
  } \
  static void NAME(function##_singles)(ptrdiff_t count, const float *input, float *output) { \
    ptrdiff_t i = 0; \
    for (; i + lane_count <= count; i += lane_count) \
      NAME(store_singles)(output + i, NAME(function##_lanes)(NAME(load_singles)(input + i))); \
    ptrdiff_t rest = count - i; \
    if (rest > 0) \
      NAME(store_part_singles)( \
        output + i, rest, NAME(function##_lanes)(NAME(load_part_singles)(input + i, rest))); \
  }

LOOP(sqrt, SQRT(x))
LOOP(exp, NAME(exp_of)(x))
LOOP(expm1, NAME(expm1_of)(x))
LOOP(log, NAME(log_of)(x))
LOOP(log1p, NAME(log1p_of)(x))
LOOP(log2, NAME(log2_of)(x))
LOOP(log10, NAME(log10_of)(x))
LOOP(sin, NAME(sin_of)(x))
LOOP(cos, NAME(cos_of)(x))
LOOP(tan, NAME(tan_of)(x))
LOOP(arcsin, NAME(arcsin_of)(x))
LOOP(arccos, NAME(arccos_of)(x))
LOOP(arctan, NAME(arctan_of)(x))
LOOP(sinh, NAME(sinh_of)(x))
LOOP(cosh, NAME(cosh_of)(x))
LOOP(tanh, NAME(tanh_of)(x))
LOOP(sinc, NAME(sinc_of)(x))
LOOP(reciprocal, 1 / x)
LOOP(floor, __builtin_elementwise_floor(x))
LOOP(ceil, __builtin_elementwise_ceil(x))
LOOP(trunc, __builtin_elementwise_trunc(x))
LOOP(round, __builtin_elementwise_roundeven(x))

// A loop for a function of two numbers; a side of which there is only one is used for all of the other.
#define PAIR_LOOP(function, value) \
  static ALWAYS_INLINE doubles NAME(function##_lanes)(doubles x, doubles y) { return value; } \
  static void NAME(function)( \
    ptrdiff_t count, const double *a, ptrdiff_t a_step, const double *b, ptrdiff_t b_step, \
    double *output) { \
    doubles x = NAME(splat)(count > 0 ? *a : 0), y = NAME(splat)(count > 0 ? *b : 0); \
    ptrdiff_t i = 0; \
    for (; i + lane_count <= count; i += lane_count) { \
      if (a_step) x = NAME(load)(a + i); \
      if (b_step) y = NAME(load)(b + i); \
      NAME(store)(output + i, NAME(function##_lanes)(x, y)); \
    } \
    ptrdiff_t rest = count - i; \
    if (rest > 0) { \
      if (a_step) x = NAME(load_part)(a + i, rest); \
      if (b_step) y = NAME(load_part)(b + i, rest); \
      NAME(store_part)(output + i, rest, NAME(function##_lanes)(x, y)); \
    } \
  }

PAIR_LOOP(subtract, x - y)
PAIR_LOOP(divide, x / y)
PAIR_LOOP(maximum, NAME(choose)(x >= y | x != x, x, y))
PAIR_LOOP(minimum, NAME(choose)(x <= y | x != x, x, y))
PAIR_LOOP(arctan2, NAME(arctan2_of)(x, y))
PAIR_LOOP(hypot, NAME(hypot_of)(x, y))

static ALWAYS_INLINE doubles NAME(magnitudes_of)(doubles a, doubles b) {
  doubles real = __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
  doubles imaginary = __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
  return NAME(hypot_of)(real, imaginary);
}

static void NAME(magnitudes)(ptrdiff_t count, const double *pairs, double *output) {
  ptrdiff_t i = 0;
  for (; i + lane_count <= count; i += lane_count) {
    const double *at = pairs + 2 * i;
    NAME(store)(output + i, NAME(magnitudes_of)(NAME(load)(at), NAME(load)(at + lane_count)));
  }
  ptrdiff_t rest = count - i;
  if (rest == 0) return;
  ptrdiff_t second = 2 * rest > lane_count ? 2 * rest - lane_count : 0;
  doubles a = NAME(load_part)(pairs + 2 * i, 2 * rest - second);
  doubles b = NAME(load_part)(pairs + 2 * i + lane_count, second);
  NAME(store_part)(output + i, rest, NAME(magnitudes_of)(a, b));
}

static void NAME(sign)(ptrdiff_t count, const double *input, double *output) {
  for (ptrdiff_t i = 0; i < count; i++) {
    double x = input[i];
    output[i] = x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x;
  }
}

static ALWAYS_INLINE doubles NAME(clip_lanes)(doubles x, doubles low, doubles high) {
  x = NAME(choose)(x >= low | x != x, x, low);
  return NAME(choose)(x <= high | x != x, x, high);
}

static void NAME(clip)(
  ptrdiff_t count, double low, double high, const double *input, double *output) {
  doubles lows = NAME(splat)(low), highs = NAME(splat)(high);
  ptrdiff_t i = 0;
  for (; i + lane_count <= count; i += lane_count)
    NAME(store)(output + i, NAME(clip_lanes)(NAME(load)(input + i), lows, highs));
  ptrdiff_t rest = count - i;
  if (rest > 0)
    NAME(store_part)(
      output + i, rest, NAME(clip_lanes)(NAME(load_part)(input + i, rest), lows, highs));
}

// Rounded to multiples of 1 / scale, or of scale.
static void NAME(round_scaled)(
  ptrdiff_t count, double scale, int is_fraction, const double *input, double *output) {
  if (is_fraction)
    for (ptrdiff_t i = 0; i < count; i++) output[i] = __builtin_roundeven(input[i] * scale) / scale;
  else
    for (ptrdiff_t i = 0; i < count; i++) output[i] = __builtin_roundeven(input[i] / scale) * scale;
}

static void NAME(ramp)(
  ptrdiff_t count, ptrdiff_t first, double start, double step, double *output) {
  for (ptrdiff_t i = 0; i < count; i++) output[i] = start + (double)(first + i) * step;
}

// MARK: Choosing and testing

static void NAME(choose_words)(
  ptrdiff_t count, const unsigned char *mask, const unsigned long *a, ptrdiff_t a_step,
  const unsigned long *b, ptrdiff_t b_step, unsigned long *output) {
  if (a_step && b_step)
    for (ptrdiff_t i = 0; i < count; i++) output[i] = mask[i] ? a[i] : b[i];
  else if (a_step)
    for (ptrdiff_t i = 0; i < count; i++) output[i] = mask[i] ? a[i] : *b;
  else if (b_step)
    for (ptrdiff_t i = 0; i < count; i++) output[i] = mask[i] ? *a : b[i];
  else
    for (ptrdiff_t i = 0; i < count; i++) output[i] = mask[i] ? *a : *b;
}

static void NAME(is_nan)(ptrdiff_t count, const double *input, unsigned char *output) {
  for (ptrdiff_t i = 0; i < count; i++) output[i] = input[i] != input[i];
}

static void NAME(is_infinite)(ptrdiff_t count, const double *input, unsigned char *output) {
  for (ptrdiff_t i = 0; i < count; i++) output[i] = __builtin_fabs(input[i]) == INFINITY;
}

static void NAME(is_finite)(ptrdiff_t count, const double *input, unsigned char *output) {
  for (ptrdiff_t i = 0; i < count; i++) output[i] = __builtin_fabs(input[i]) < INFINITY;
}

static int NAME(has_zero)(ptrdiff_t count, const double *input) {
  int found = 0;
  for (ptrdiff_t i = 0; i < count; i++) found |= input[i] == 0;
  return found;
}

static int NAME(has_other)(ptrdiff_t count, const double *input) {
  int found = 0;
  for (ptrdiff_t i = 0; i < count; i++) found |= input[i] != 0;
  return found;
}

// MARK: Extremes

enum { NAME(extremes_block) = 2048 };

// The index of the first largest number, or of the first nan.
static ALWAYS_INLINE ptrdiff_t NAME(extreme)(ptrdiff_t count, const double *x, int sign) {
  ptrdiff_t best_start = 0;
  double best = -INFINITY;
  for (ptrdiff_t start = 0; start < count; start += NAME(extremes_block)) {
    ptrdiff_t end = count - start > NAME(extremes_block) ? start + NAME(extremes_block) : count;
    doubles largest[4];
    longs is_nan = {};
    for (int j = 0; j < 4; j++) largest[j] = NAME(splat)(-INFINITY);
    ptrdiff_t i = start;
    for (; i + 4 * lane_count <= end; i += 4 * lane_count) {
      doubles value[4];
      UNROLL
      for (int j = 0; j < 4; j++) {
        value[j] = NAME(load)(x + i + j * lane_count);
        if (sign < 0) value[j] = -value[j];
        largest[j] = NAME(choose)(value[j] > largest[j], value[j], largest[j]);
      }
      // One comparison finds a nan in either of two.
      is_nan |= (value[0] != value[0] | value[1] != value[1]) |
        (value[2] != value[2] | value[3] != value[3]);
    }
    double block = -INFINITY;
    int has_nan = NAME(any)(is_nan);
    for (; i < end; i++) {
      double value = sign * x[i];
      has_nan |= value != value;
      block = value > block ? value : block;
    }
    if (has_nan) {
      for (i = start; x[i] == x[i];) i++;
      return i;
    }
    for (int j = 0; j < 4; j++)
      for (int lane = 0; lane < lane_count; lane++)
        block = largest[j][lane] > block ? largest[j][lane] : block;
    if (block > best) best = block, best_start = start;
  }
  // All of -inf: the first.
  ptrdiff_t i = best_start;
  while (sign * x[i] != best) i++;
  return i;
}

static ptrdiff_t NAME(largest)(ptrdiff_t count, const double *x) {
  return NAME(extreme)(count, x, 1);
}

static ptrdiff_t NAME(smallest)(ptrdiff_t count, const double *x) {
  return NAME(extreme)(count, x, -1);
}

// MARK: Sums

// Of x, or of the products of x and y: in eight rows side by side, so that lane i has every eighth
// number from the i-th on.
static ALWAYS_INLINE double NAME(sum_of_block)(ptrdiff_t count, const double *x, const double *y) {
  ptrdiff_t i = 0;
  double sum = 0;
  if (count >= lane_count) {
    doubles sums = y ? NAME(load)(x) * NAME(load)(y) : NAME(load)(x);
    for (i = lane_count; i + lane_count <= count; i += lane_count)
      sums += y ? NAME(load)(x + i) * NAME(load)(y + i) : NAME(load)(x + i);
    sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
  }
  for (; i < count; i++) sum += y ? x[i] * y[i] : x[i];
  return sum;
}

static double NAME(sum)(ptrdiff_t count, const double *x) {
  if (count <= 128) return NAME(sum_of_block)(count, x, NULL);
  ptrdiff_t half = count / 2 - count / 2 % lane_count;
  double first = NAME(sum)(half, x);
  return first + NAME(sum)(count - half, x + half);
}

static double NAME(sum_of_products)(ptrdiff_t count, const double *x, const double *y) {
  if (count <= 128) return NAME(sum_of_block)(count, x, y);
  ptrdiff_t half = count / 2 - count / 2 % lane_count;
  double first = NAME(sum_of_products)(half, x, y);
  return first + NAME(sum_of_products)(count - half, x + half, y + half);
}

// MARK: Conversions

static ALWAYS_INLINE longs NAME(fits)(doubles x, double low, double high) {
  return x > low & x < high;
}

// Numbers that fit as they are, 0 in place of the others.
static ALWAYS_INLINE doubles NAME(fitting)(doubles x, longs fits) {
  return (doubles)((longs)x & fits);
}

static ALWAYS_INLINE longs NAME(int64_lanes)(doubles x) {
  longs fits = NAME(fits)(x, -0x1.0000000000001p63, 0x1p63);
  longs value = __builtin_convertvector(NAME(fitting)(x, fits), longs);
  return (value & fits) | (LONG_MIN & ~fits);
}

static ALWAYS_INLINE longs NAME(fits_int32)(doubles x) {
  return NAME(fits)(x, -2147483649.0, 2147483648.0);
}

// Through 32 bits, as C does: of what does not fit, the low bits are 0.
static ALWAYS_INLINE ints NAME(low_lanes)(doubles x) {
  return __builtin_convertvector(NAME(fitting)(x, NAME(fits_int32)(x)), ints);
}

static ALWAYS_INLINE ints NAME(int32_lanes)(doubles x) {
  return NAME(low_lanes)(x) | (INT_MIN & ~__builtin_convertvector(NAME(fits_int32)(x), ints));
}

// From doubles.
#define CONVERSION(name, type, vector, lanes) \
  static void NAME(name)(ptrdiff_t count, const double *input, type *output) { \
    ptrdiff_t i = 0; \
    for (; i + lane_count <= count; i += lane_count) \
      *(vector *)(output + i) = __builtin_convertvector(lanes(NAME(load)(input + i)), vector); \
    if (i == count) return; \
    vector rest = __builtin_convertvector(lanes(NAME(load_part)(input + i, count - i)), vector); \
    for (int lane = 0; i + lane < count; lane++) output[i + lane] = rest[lane]; \
  }

CONVERSION(to_int64, long, unaligned_longs, NAME(int64_lanes))
CONVERSION(to_int32, int, unaligned_ints, NAME(int32_lanes))
CONVERSION(to_int16, short, unaligned_shorts, NAME(low_lanes))
CONVERSION(to_uint8, unsigned char, unaligned_bytes, NAME(low_lanes))
CONVERSION(to_float, float, singles, )

// To doubles.
#define WIDENING(name, type, vector) \
  static void NAME(name)(ptrdiff_t count, const type *input, double *output) { \
    ptrdiff_t i = 0; \
    for (; i + lane_count <= count; i += lane_count) \
      NAME(store)(output + i, __builtin_convertvector(*(const vector *)(input + i), doubles)); \
    for (; i < count; i++) output[i] = (double)input[i]; \
  }

WIDENING(from_int64, long, unaligned_longs)
WIDENING(from_int32, int, unaligned_ints)
WIDENING(from_int16, short, unaligned_shorts)
WIDENING(from_uint8, unsigned char, unaligned_bytes)
WIDENING(from_float, float, singles)

// MARK: Matrices

// Adds to `width` columns of `rows` rows of y the products of a and b over `depth`, in order.
static ALWAYS_INLINE void NAME(tile)(
  int rows, int vectors, ptrdiff_t depth, const double *a, ptrdiff_t a_row, const double *b,
  ptrdiff_t b_row, double *y, ptrdiff_t y_row) {
  doubles sum[4][MATRIX_VECTORS];
  UNROLL
  for (int row = 0; row < rows; row++)
    UNROLL
    for (int v = 0; v < vectors; v++) sum[row][v] = NAME(load)(y + row * y_row + v * lane_count);
  for (ptrdiff_t k = 0; k < depth; k++) {
    doubles column[MATRIX_VECTORS];
    UNROLL
    for (int v = 0; v < vectors; v++) column[v] = NAME(load)(b + k * b_row + v * lane_count);
    UNROLL
    for (int row = 0; row < rows; row++) {
      doubles factor = NAME(splat)(a[row * a_row + k]);
      UNROLL
      for (int v = 0; v < vectors; v++) sum[row][v] += factor * column[v];
    }
  }
  UNROLL
  for (int row = 0; row < rows; row++)
    UNROLL
    for (int v = 0; v < vectors; v++) NAME(store)(y + row * y_row + v * lane_count, sum[row][v]);
}

static void NAME(matrix)(
  ptrdiff_t rows, ptrdiff_t depth, ptrdiff_t columns, const double *a, ptrdiff_t a_row,
  const double *b, ptrdiff_t b_row, double *y, ptrdiff_t y_row) {
  enum { width = MATRIX_VECTORS * lane_count };
  ptrdiff_t column = 0;
  for (; column + width <= columns; column += width) {
    ptrdiff_t row = 0;
    for (; row + 4 <= rows; row += 4)
      NAME(tile)(4, MATRIX_VECTORS, depth, a + row * a_row, a_row, b + column, b_row,
        y + row * y_row + column, y_row);
    for (; row < rows; row++)
      NAME(tile)(1, MATRIX_VECTORS, depth, a + row * a_row, a_row, b + column, b_row,
        y + row * y_row + column, y_row);
  }
  for (; column + lane_count <= columns; column += lane_count)
    for (ptrdiff_t row = 0; row < rows; row++)
      NAME(tile)(1, 1, depth, a + row * a_row, a_row, b + column, b_row, y + row * y_row + column,
        y_row);
  for (ptrdiff_t row = 0; row < rows; row++)
    for (ptrdiff_t k = 0; k < depth; k++)
      for (ptrdiff_t j = column; j < columns; j++)
        y[row * y_row + j] += a[row * a_row + k] * b[k * b_row + j];
}
