// Vectors of 8 doubles; an instruction set with shorter registers works with several.

static ALWAYS_INLINE doubles NAME(load)(const double *at) { return *(const doubles *)at; }

static ALWAYS_INLINE void NAME(store)(double *at, doubles value) { *(doubles *)at = value; }

static ALWAYS_INLINE doubles NAME(splat)(double value) {
  // Not 0 + value, which differs for -0.
  return value - (doubles){};
}

static ALWAYS_INLINE doubles NAME(choose)(longs mask, doubles yes, doubles no) {
  return (doubles)(((longs)yes & mask) | ((longs)no & ~mask));
}

static ALWAYS_INLINE doubles NAME(magnitude)(doubles x) { return (doubles)((longs)x & LONG_MAX); }

// The size of one and the sign of the other.
static ALWAYS_INLINE doubles NAME(with_sign)(doubles size, doubles sign) {
  return (doubles)(((longs)size & LONG_MAX) | ((longs)sign & LONG_MIN));
}

static ALWAYS_INLINE int NAME(any)(longs mask) { return __builtin_reduce_or(mask) != 0; }

// A block of fewer than 8 at the end of an array; the lanes beyond are 1, which all functions accept.
static ALWAYS_INLINE doubles NAME(load_part)(const double *at, ptrdiff_t count) {
  double block[lane_count] = {1, 1, 1, 1, 1, 1, 1, 1};
  for (ptrdiff_t i = 0; i < count; i++) block[i] = at[i];
  return NAME(load)(block);
}

static ALWAYS_INLINE void NAME(store_part)(double *at, ptrdiff_t count, doubles value) {
  double block[lane_count];
  NAME(store)(block, value);
  for (ptrdiff_t i = 0; i < count; i++) at[i] = block[i];
}

static ALWAYS_INLINE doubles NAME(load_singles)(const float *at) {
  return __builtin_convertvector(*(const singles *)at, doubles);
}

static ALWAYS_INLINE void NAME(store_singles)(float *at, doubles value) {
  *(singles *)at = __builtin_convertvector(value, singles);
}

static ALWAYS_INLINE doubles NAME(load_part_singles)(const float *at, ptrdiff_t count) {
  float block[lane_count] = {1, 1, 1, 1, 1, 1, 1, 1};
  for (ptrdiff_t i = 0; i < count; i++) block[i] = at[i];
  return NAME(load_singles)(block);
}

static ALWAYS_INLINE void NAME(store_part_singles)(float *at, ptrdiff_t count, doubles value) {
  float block[lane_count];
  NAME(store_singles)(block, value);
  for (ptrdiff_t i = 0; i < count; i++) at[i] = block[i];
}
