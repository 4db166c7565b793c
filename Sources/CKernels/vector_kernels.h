// Included once for each instruction set. The includer defines
//   NAME(x)         the name of a function for this instruction set
//   LANES           floats in a vector register
//   CONV_COLUMNS    columns of a tile of 4 rows that fits into the registers with its operands
//   GRADIENT_COLUMNS  likewise; 4 times this is a multiple of LANES

typedef float NAME(vector) __attribute__((vector_size(4 * LANES), aligned(4)));
typedef int NAME(mask) __attribute__((vector_size(4 * LANES)));

static ALWAYS_INLINE NAME(vector) NAME(load)(const float *at) {
  return *(const NAME(vector) *)at;
}

static ALWAYS_INLINE void NAME(store)(float *at, NAME(vector) value) {
  *(NAME(vector) *)at = value;
}

// The value where the mask is set, else 0.
static ALWAYS_INLINE NAME(vector) NAME(where)(NAME(mask) mask, NAME(vector) value) {
  return (NAME(vector))((NAME(mask))value & mask);
}

static ALWAYS_INLINE NAME(vector) NAME(splat)(float value) {
  // Not 0 + value, which differs for -0 and so costs an addition.
  return value - (NAME(vector)){};
}

static ALWAYS_INLINE void NAME(clear)(float *from, const float *end) {
  for (; from < end; from += LANES) NAME(store)(from, (NAME(vector)){});
}

// A tile of R channels and C columns stays in registers while the sum runs over depth and taps.
static ALWAYS_INLINE void NAME(conv_tile)(
  const int R, const int C, const struct etude_convolution *shape, const struct etude_tap *taps,
  ptrdiff_t tap_count, const float *weights, const float *bias, int relu,
  const float *const *input, float *const *output)
{
  NAME(vector) sums[4][CONV_COLUMNS];
  UNROLL for (int r = 0; r < R; r++) {
    NAME(vector) start = NAME(splat)(bias ? bias[r] : 0);
    UNROLL for (int c = 0; c < C; c++) sums[r][c] = start;
  }
  for (ptrdiff_t d = 0; d < shape->depth; d++) {
    for (ptrdiff_t t = 0; t < tap_count; t++) {
      const float *weight = weights + d * shape->weight_depth + taps[t].weight;
      ptrdiff_t offset = d * shape->input_depth + taps[t].input;
      NAME(vector) x[CONV_COLUMNS];
      UNROLL for (int c = 0; c < C; c++) x[c] = NAME(load)(input[c] + offset);
      UNROLL for (int r = 0; r < R; r++) {
        NAME(vector) w = NAME(splat)(weight[r * shape->weight_row]);
        UNROLL for (int c = 0; c < C; c++) sums[r][c] += w * x[c];
      }
    }
  }
  UNROLL for (int r = 0; r < R; r++) {
    UNROLL for (int c = 0; c < C; c++) {
      NAME(vector) sum = sums[r][c];
      // Clears what is below 0, so that NaN stays NaN.
      if (relu) sum = NAME(where)(~(sum < 0), sum);
      NAME(store)(output[c] + r * shape->output_row, sum);
    }
  }
}

static void NAME(conv_forward)(
  const struct etude_convolution *shape, const struct etude_tap *taps, ptrdiff_t tap_count,
  const struct etude_column *columns, ptrdiff_t column_count, const float *weights,
  const float *bias, int relu, const float *input, float *output)
{
  // A column of 16 samples is several columns of vectors.
  const ptrdiff_t parts = etude_chunk_width / LANES;
  const ptrdiff_t all = shape->chunks * column_count * parts;
  for (ptrdiff_t group = 0; group < shape->groups; group++) {
    const float *group_weights = weights + group * shape->weight_group;
    const float *group_input = input + group * shape->depth * shape->input_depth;
    float *group_output = output + group * shape->rows * shape->output_row;
    ptrdiff_t chunk = 0, column = 0, part = 0;
    for (ptrdiff_t first = 0; first < all; first += CONV_COLUMNS) {
      const int width = all - first < CONV_COLUMNS ? (int)(all - first) : CONV_COLUMNS;
      const float *from[CONV_COLUMNS];
      float *to[CONV_COLUMNS];
      for (int c = 0; c < width; c++) {
        from[c] = group_input + chunk * shape->input_chunk + columns[column].input + part * LANES;
        to[c] = group_output + chunk * shape->output_chunk + columns[column].output + part * LANES;
        if (++part == parts) part = 0, column++;
        if (column == column_count) column = 0, chunk++;
      }
      for (ptrdiff_t row = 0; row < shape->rows; row += 4) {
        const int height = shape->rows - row < 4 ? (int)(shape->rows - row) : 4;
        const float *w = group_weights + row * shape->weight_row;
        const float *b = bias ? bias + group * shape->rows + row : NULL;
        float *out[CONV_COLUMNS];
        for (int c = 0; c < width; c++) out[c] = to[c] + row * shape->output_row;
#define CASE(R, C) \
  case 8 * R + C: \
    NAME(conv_tile)(R, C, shape, taps, tap_count, w, b, relu, from, out); \
    break;
#define CASES(C) CASE(1, C) CASE(2, C) CASE(3, C) CASE(4, C)
        switch (8 * height + width) {
          CASES(1) CASES(2) CASES(3)
#if CONV_COLUMNS > 3
          CASES(4) CASES(5) CASES(6)
#endif
        }
#undef CASE
#undef CASES
      }
    }
  }
}

// The sum of each of `count` vectors; count is a multiple of LANES. Neighbours are added first, so
// that one shuffle serves every round and the sums come out in order.
static ALWAYS_INLINE void NAME(lane_sums)(NAME(vector) *vectors, const int count, float *sums) {
  UNROLL for (int first = 0; first < count; first += LANES) {
    NAME(vector) *v = vectors + first;
    UNROLL for (int half = LANES / 2; half > 0; half /= 2) {
      UNROLL for (int j = 0; j < half; j++)
        v[j] = EVEN(LANES, v[2 * j], v[2 * j + 1]) + ODD(LANES, v[2 * j], v[2 * j + 1]);
    }
    NAME(store)(sums + first, v[0]);
  }
}

static ALWAYS_INLINE void NAME(weight_gradient_tile)(
  const int R, const int C, const struct etude_weight_gradient *shape, const struct etude_span *span,
  const float *row_side, const float *column_side, float *gradient)
{
  NAME(vector) products[4 * GRADIENT_COLUMNS] = {};
  for (ptrdiff_t chunk = 0; chunk < shape->chunks; chunk++) {
    const float *rows = row_side + chunk * shape->row_chunk + span->row_side;
    const float *columns = column_side + chunk * shape->column_chunk + span->column_side;
    for (ptrdiff_t position = 0; position < span->count; position++) {
      UNROLL for (int part = 0; part < etude_chunk_width; part += LANES) {
        NAME(vector) x[GRADIENT_COLUMNS];
        UNROLL for (int c = 0; c < C; c++)
          x[c] = NAME(load)(columns + c * shape->column_channel + part);
        UNROLL for (int r = 0; r < R; r++) {
          NAME(vector) y = NAME(load)(rows + r * shape->row_channel + part);
          UNROLL for (int c = 0; c < C; c++) products[r * GRADIENT_COLUMNS + c] += y * x[c];
        }
      }
      rows += etude_chunk_width;
      columns += shape->column_step;
    }
  }
  float sums[4 * GRADIENT_COLUMNS];
  NAME(lane_sums)(products, 4 * GRADIENT_COLUMNS, sums);
  for (int r = 0; r < R; r++)
    for (int c = 0; c < C; c++)
      gradient[(r * shape->columns + c) * shape->taps] += sums[r * GRADIENT_COLUMNS + c];
}

static void NAME(weight_gradient)(
  const struct etude_weight_gradient *shape, const struct etude_span *spans, const float *row_side,
  const float *column_side, float *gradient)
{
  for (ptrdiff_t group = 0; group < shape->groups; group++) {
    const float *group_rows = row_side + group * shape->rows * shape->row_channel;
    const float *group_columns = column_side + group * shape->columns * shape->column_channel;
    float *group_gradient = gradient + group * shape->rows * shape->columns * shape->taps;
    for (ptrdiff_t row = 0; row < shape->rows; row += 4) {
      const int height = shape->rows - row < 4 ? (int)(shape->rows - row) : 4;
      for (ptrdiff_t column = 0; column < shape->columns; column += GRADIENT_COLUMNS) {
        const int width = shape->columns - column < GRADIENT_COLUMNS
          ? (int)(shape->columns - column) : GRADIENT_COLUMNS;
        const float *rows = group_rows + row * shape->row_channel;
        const float *columns = group_columns + column * shape->column_channel;
        float *to = group_gradient + (row * shape->columns + column) * shape->taps;
        for (ptrdiff_t tap = 0; tap < shape->taps; tap++) {
#define CASE(R, C) \
  case 8 * R + C: \
    NAME(weight_gradient_tile)(R, C, shape, spans + tap, rows, columns, to + tap); \
    break;
#define CASES(C) CASE(1, C) CASE(2, C) CASE(3, C) CASE(4, C)
          switch (8 * height + width) {
            CASES(1) CASES(2)
#if GRADIENT_COLUMNS > 2
            CASES(3) CASES(4)
#endif
          }
#undef CASE
#undef CASES
        }
      }
    }
  }
}

static void NAME(bias_gradient)(
  ptrdiff_t channels, ptrdiff_t chunks, ptrdiff_t channel_size, ptrdiff_t chunk_size,
  const float *values, float *sums)
{
  for (ptrdiff_t channel = 0; channel < channels; channel++) {
    NAME(vector) parts[LANES] = {};
    for (ptrdiff_t chunk = 0; chunk < chunks; chunk++) {
      const float *from = values + chunk * chunk_size + channel * channel_size;
      for (ptrdiff_t i = 0; i < channel_size; i += etude_chunk_width)
        UNROLL for (int part = 0; part < etude_chunk_width / LANES; part++)
          parts[part] += NAME(load)(from + i + part * LANES);
    }
    float results[LANES];
    NAME(lane_sums)(parts, LANES, results);
    float sum = 0;
    for (int part = 0; part < etude_chunk_width / LANES; part++) sum += results[part];
    sums[channel] += sum;
  }
}

static void NAME(max_pool)(
  const struct etude_pooling *shape, const float *input, float *output)
{
  for (ptrdiff_t row = 0; row < shape->rows; row++) {
    for (ptrdiff_t index = 0; index < shape->outputs; index++) {
      const float *window =
        input + (row * shape->length + index * shape->stride) * etude_chunk_width;
      float *to = output + (row * shape->outputs + index) * etude_chunk_width;
      UNROLL for (int part = 0; part < etude_chunk_width; part += LANES) {
        NAME(vector) largest = NAME(load)(window + part);
        for (ptrdiff_t i = 1; i < shape->size; i++) {
          NAME(vector) value = NAME(load)(window + i * etude_chunk_width + part);
          NAME(mask) wins = (value > largest) | (value != value);
          largest = (NAME(vector))(
            ((NAME(mask))value & wins) | ((NAME(mask))largest & ~wins));
        }
        NAME(store)(to + part, largest);
      }
    }
  }
}

static void NAME(max_pool_gradient)(
  const struct etude_pooling *shape, const float *input, const float *output,
  const float *gradient, float *input_gradient)
{
  // The gradients of overlapping windows add up. Others are written once, and the gaps are cleared.
  const int overlap = shape->stride < shape->size;
  for (ptrdiff_t row = 0; row < shape->rows; row++) {
    const float *from = input + row * shape->length * etude_chunk_width;
    float *to = input_gradient + row * shape->length * etude_chunk_width;
    if (overlap) NAME(clear)(to, to + shape->length * etude_chunk_width);
    for (ptrdiff_t index = 0; index < shape->outputs; index++) {
      const ptrdiff_t start = index * shape->stride;
      const ptrdiff_t at = (row * shape->outputs + index) * etude_chunk_width;
      UNROLL for (int part = 0; part < etude_chunk_width; part += LANES) {
        NAME(vector) largest = NAME(load)(output + at + part);
        NAME(vector) left = NAME(load)(gradient + at + part);
        for (ptrdiff_t i = start; i < start + shape->size; i++) {
          const ptrdiff_t offset = i * etude_chunk_width + part;
          NAME(mask) is_largest = NAME(load)(from + offset) == largest;
          NAME(vector) share = NAME(where)(is_largest, left);
          NAME(store)(to + offset, overlap ? NAME(load)(to + offset) + share : share);
          left = NAME(where)(~is_largest, left);
        }
      }
      const ptrdiff_t next = index + 1 < shape->outputs ? start + shape->stride : shape->length;
      if (!overlap)
        NAME(clear)(to + (start + shape->size) * etude_chunk_width, to + next * etude_chunk_width);
    }
  }
}

static void NAME(relu_gradient)(ptrdiff_t count, const float *output, float *gradient) {
  for (ptrdiff_t i = 0; i < count; i += LANES) {
    NAME(mask) passes = NAME(load)(output + i) > 0;
    NAME(store)(gradient + i, NAME(where)(passes, NAME(load)(gradient + i)));
  }
}

#undef NAME
#undef LANES
#undef CONV_COLUMNS
#undef GRADIENT_COLUMNS
