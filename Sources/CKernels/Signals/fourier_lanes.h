// A register of doubles, each from another column, and how columns are turned into rows.

typedef double NAME(doubles_type) __attribute__((vector_size(8 * LANES), aligned(8)));
#define doubles NAME(doubles_type)

// Complex numbers.
typedef struct {
  doubles re, im;
} NAME(pair_type);
#define pair NAME(pair_type)

static ALWAYS_INLINE doubles NAME(load)(const double *at) { return *(const doubles *)at; }

static ALWAYS_INLINE void NAME(store)(double *at, doubles value) { *(doubles *)at = value; }

static ALWAYS_INLINE doubles NAME(splat)(double value) {
  // Not 0 + value, which differs for -0 and so costs an addition.
  return value - (doubles){};
}

// One register's part of a row of a tile.
static ALWAYS_INLINE pair NAME(load_pair)(const double *row) {
  return (pair){NAME(load)(row), NAME(load)(row + etude_tile_width)};
}

static ALWAYS_INLINE void NAME(store_pair)(double *row, pair value) {
  NAME(store)(row, value.re);
  NAME(store)(row + etude_tile_width, value.im);
}

static ALWAYS_INLINE pair NAME(product)(pair a, pair b) {
  return (pair){FMA(a.re, b.re, -(a.im * b.im)), FMA(a.re, b.im, a.im * b.re)};
}

#if LANES == 2
#define LOW(a, b) __builtin_shufflevector(a, b, 0, 2)
#define HIGH(a, b) __builtin_shufflevector(a, b, 1, 3)
#define EVEN LOW
#define ODD HIGH
#define REVERSED(a) __builtin_shufflevector(a, a, 1, 0)
#elif LANES == 4
#define LOW(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define HIGH(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#define EVEN(a, b) __builtin_shufflevector(a, b, 0, 2, 4, 6)
#define ODD(a, b) __builtin_shufflevector(a, b, 1, 3, 5, 7)
#define REVERSED(a) __builtin_shufflevector(a, a, 3, 2, 1, 0)
#else
#define LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define HIGH(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#define EVEN(a, b) __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14)
#define ODD(a, b) __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15)
#define REVERSED(a) __builtin_shufflevector(a, a, 7, 6, 5, 4, 3, 2, 1, 0)
#endif

// Complex numbers from memory where real and imaginary parts take turns.
static ALWAYS_INLINE pair NAME(load_complex)(const double *at) {
  doubles a = NAME(load)(at), b = NAME(load)(at + LANES);
  return (pair){EVEN(a, b), ODD(a, b)};
}

static ALWAYS_INLINE void NAME(store_complex)(double *at, pair value) {
  NAME(store)(at, LOW(value.re, value.im));
  NAME(store)(at + LANES, HIGH(value.re, value.im));
}

static ALWAYS_INLINE pair NAME(reversed)(pair value) {
  return (pair){REVERSED(value.re), REVERSED(value.im)};
}

#undef LOW
#undef HIGH
#undef EVEN
#undef ODD
#undef REVERSED

// Exchanges blocks of `v[i]` and `v[j]` beside the diagonal.
#define EXCHANGE(i, j, low, high) \
  do { \
    doubles a = v[i], b = v[j]; \
    v[i] = low; \
    v[j] = high; \
  } while (0)
#define SHUFFLE __builtin_shufflevector

// Turns the columns of LANES registers into rows: single numbers, then pairs, then fours are exchanged.
static ALWAYS_INLINE void NAME(transpose)(doubles *v) {
#if LANES == 2
  EXCHANGE(0, 1, SHUFFLE(a, b, 0, 2), SHUFFLE(a, b, 1, 3));
#elif LANES == 4
  UNROLL for (int i = 0; i < 4; i += 2)
    EXCHANGE(i, i + 1, SHUFFLE(a, b, 0, 4, 2, 6), SHUFFLE(a, b, 1, 5, 3, 7));
  UNROLL for (int i = 0; i < 2; i++)
    EXCHANGE(i, i + 2, SHUFFLE(a, b, 0, 1, 4, 5), SHUFFLE(a, b, 2, 3, 6, 7));
#else
  UNROLL for (int i = 0; i < 8; i += 2)
    EXCHANGE(
      i, i + 1, SHUFFLE(a, b, 0, 8, 2, 10, 4, 12, 6, 14), SHUFFLE(a, b, 1, 9, 3, 11, 5, 13, 7, 15));
  UNROLL for (int j = 0; j < 4; j++) {
    const int i = j + (j & 2);
    EXCHANGE(
      i, i + 2, SHUFFLE(a, b, 0, 1, 8, 9, 4, 5, 12, 13), SHUFFLE(a, b, 2, 3, 10, 11, 6, 7, 14, 15));
  }
  UNROLL for (int i = 0; i < 4; i++)
    EXCHANGE(
      i, i + 4, SHUFFLE(a, b, 0, 1, 2, 3, 8, 9, 10, 11), SHUFFLE(a, b, 4, 5, 6, 7, 12, 13, 14, 15));
#endif
}

#undef EXCHANGE
#undef SHUFFLE
