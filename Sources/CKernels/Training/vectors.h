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

// The value where it is not below 0, else 0; nan stays nan. Denormals count as 0, so "below 0" is "at most the largest
// negative normal number". Where the source says "< 0", the compiler may take the maximum with 0, and on AVX-512 does:
// unlike a selection, that flushes the value itself, and a denormal sample would be 0 on one processor only.
static ALWAYS_INLINE floats NAME(not_below_0)(floats value) {
  return NAME(where)(~(value <= -0x1p-126f), value);
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

// Two vectors swap blocks of 8, 4, 2 or 1 lanes: the first one keeps its even blocks and gets those of the
// second one behind them; the second one has the odd blocks of both.
#define EVEN_8 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23
#define ODD_8 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31
#define EVEN_4 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27
#define ODD_4 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31
#define EVEN_2 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29
#define ODD_2 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31
#define EVEN_1 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30
#define ODD_1 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31
#define SHUFFLE(a, b, lanes) __builtin_shufflevector(a, b, lanes)

// Lane i of vector k becomes lane k of vector i.
static ALWAYS_INLINE void NAME(transpose_block)(floats *v) {
#define SWAP(width) \
  UNROLL for (int k = 0; k < etude_chunk_width; k++) { \
    if (k & width) continue; \
    floats a = v[k], b = v[k + width]; \
    v[k] = SHUFFLE(a, b, EVEN_##width); \
    v[k + width] = SHUFFLE(a, b, ODD_##width); \
  }
  SWAP(8) SWAP(4) SWAP(2) SWAP(1)
#undef SWAP
}

// The sums of the lanes of each of 16 vectors, each by halves: a transposition that adds.
//
// - count: of vectors; the others are 0, and cost little.
static ALWAYS_INLINE floats NAME(lane_sums)(const floats *v, const int count) {
  floats eights[8], fours[4], twos[2];
  UNROLL for (int k = 0; k < 8; k++) {
    if (count <= 8) {
      eights[k] =
        v[k] + __builtin_shufflevector(v[k], v[k], 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
      continue;
    }
    eights[k] = SHUFFLE(v[k], v[k + 8], EVEN_8) + SHUFFLE(v[k], v[k + 8], ODD_8);
  }
  UNROLL for (int k = 0; k < 4; k++)
    fours[k] = SHUFFLE(eights[k], eights[k + 4], EVEN_4) + SHUFFLE(eights[k], eights[k + 4], ODD_4);
  UNROLL for (int k = 0; k < 2; k++)
    twos[k] = SHUFFLE(fours[k], fours[k + 2], EVEN_2) + SHUFFLE(fours[k], fours[k + 2], ODD_2);
  return SHUFFLE(twos[0], twos[1], EVEN_1) + SHUFFLE(twos[0], twos[1], ODD_1);
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

static ALWAYS_INLINE floats NAME(load_block)(const float *at, ptrdiff_t left) {
  return left >= etude_chunk_width ? NAME(load)(at) : NAME(load_part)(at, left);
}

static ALWAYS_INLINE void NAME(store_block)(float *at, ptrdiff_t left, floats value) {
  if (left >= etude_chunk_width) NAME(store)(at, value);
  else NAME(store_part)(at, left, value);
}
