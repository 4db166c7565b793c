// Vectors of 16 floats, one for each sample of a chunk; an instruction set with shorter registers works
// with several.

static ALWAYS_INLINE floats NAME(load)(const float *at) { return *(const floats *)at; }

static ALWAYS_INLINE void NAME(store)(float *at, floats value) { *(floats *)at = value; }

static ALWAYS_INLINE floats NAME(splat)(float value) {
  // Not 0 + value, which differs for -0 and so costs an addition.
  return value - (floats){};
}

static ALWAYS_INLINE doubles NAME(double_splat)(double value) { return value - (doubles){}; }

// The value where the mask is set, else 0.
static ALWAYS_INLINE floats NAME(where)(integers mask, floats value) {
  return (floats)((integers)value & mask);
}

static ALWAYS_INLINE floats NAME(choose)(integers mask, floats yes, floats no) {
  return (floats)(((integers)yes & mask) | ((integers)no & ~mask));
}

static ALWAYS_INLINE void NAME(clear)(float *from, const float *end) {
  for (; from < end; from += etude_chunk_width) NAME(store)(from, (floats){});
}

// The sum of the lanes, by halves: lane i and i + 8, then i and i + 4, and so on.
static ALWAYS_INLINE float NAME(lane_sum)(floats v) {
  v += __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  v += __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3);
  v += __builtin_shufflevector(v, v, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1);
  return v[0] + v[1];
}

// A block of up to 16 floats at the end of an array; the lanes beyond are 0.
static ALWAYS_INLINE floats NAME(load_part)(const float *at, ptrdiff_t count) {
  float block[etude_chunk_width] = {};
  for (ptrdiff_t i = 0; i < count; i++) block[i] = at[i];
  return NAME(load)(block);
}

static ALWAYS_INLINE void NAME(store_part)(float *at, ptrdiff_t count, floats value) {
  float block[etude_chunk_width];
  NAME(store)(block, value);
  for (ptrdiff_t i = 0; i < count; i++) at[i] = block[i];
}
