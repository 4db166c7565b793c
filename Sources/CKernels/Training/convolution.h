// The offsets of each sum's products, in order: to add up those of depth and tap at each step would cost a quarter of
// the time. If there are more than fit, the list holds a part of them.
enum { NAME(listed_terms) = 1024 };

struct NAME(terms) {
  ptrdiff_t start, end;
  struct etude_tap list[NAME(listed_terms)];
};

static ALWAYS_INLINE void NAME(list_terms)(
  struct NAME(terms) *terms, const struct etude_convolution *shape, const struct etude_tap *taps,
  ptrdiff_t tap_count, ptrdiff_t start)
{
  const ptrdiff_t count = shape->depth * tap_count;
  terms->start = start;
  terms->end = count - start < NAME(listed_terms) ? count : start + NAME(listed_terms);
  ptrdiff_t depth = start / tap_count, tap = start % tap_count;
  for (ptrdiff_t i = 0; i < terms->end - start; i++) {
    terms->list[i].weight = depth * shape->weight_depth + taps[tap].weight;
    terms->list[i].input = depth * shape->input_depth + taps[tap].input;
    if (++tap == tap_count) {
      tap = 0;
      depth++;
    }
  }
}

// A part of the sums.
struct NAME(sum_part) {
  const struct etude_tap *terms;
  ptrdiff_t count;
  int is_first, is_last;
};

enum { NAME(terms_between_requests) = etude_chunk_width, NAME(claims_at_once) = 6 };

// A tile of R channels and C columns stays in registers while the sums run over a part of their terms.
static ALWAYS_INLINE void NAME(conv_tile)(
  const int R, const int C, const struct etude_convolution *shape,
  const struct NAME(sum_part) *part, const float *weights, const float *bias, int relu,
  struct NAME(lines) *claims, const float *const *input, float *const *output)
{
  floats sums[6][6];
  UNROLL for (int r = 0; r < R; r++) {
    floats start = NAME(splat)(bias ? bias[r] : 0);
    UNROLL for (int c = 0; c < C; c++)
      sums[r][c] = part->is_first ? start : NAME(load)(output[c] + r * shape->output_row);
  }
  for (ptrdiff_t first = 0; first < part->count; first += NAME(terms_between_requests)) {
    const ptrdiff_t left = part->count - first;
    const ptrdiff_t count = left < NAME(terms_between_requests) ? left : NAME(terms_between_requests);
    const struct etude_tap *terms = part->terms + first;
    // The next tile's weights of these terms. Those of a linear layer are many, and other threads have changed them.
    if (shape->weight_depth == 1)
      UNROLL for (int r = 0; r < R; r++)
        __builtin_prefetch(weights + terms[0].weight + (R + r) * shape->weight_row);
    NAME(claim_lines)(claims, NAME(claims_at_once));
    for (ptrdiff_t i = 0; i < count; i++) {
      const float *weight = weights + terms[i].weight;
      floats x[6];
      UNROLL for (int c = 0; c < C; c++) x[c] = NAME(load)(input[c] + terms[i].input);
      UNROLL for (int r = 0; r < R; r++) {
        floats w = NAME(splat)(weight[r * shape->weight_row]);
        UNROLL for (int c = 0; c < C; c++) sums[r][c] = FMA(w, x[c], sums[r][c]);
      }
    }
  }
  if (relu && part->is_last) {
    UNROLL for (int r = 0; r < R; r++)
      UNROLL for (int c = 0; c < C; c++) sums[r][c] = NAME(not_below_0)(sums[r][c]);
  }
  UNROLL for (int r = 0; r < R; r++)
    UNROLL for (int c = 0; c < C; c++) NAME(store)(output[c] + r * shape->output_row, sums[r][c]);
}

// Calls TILE(R, C) with a constant height and width.
#define TILE_CASE(R, C) \
  case 8 * R + C: \
    if (R * C <= TILE_SIZE) { TILE(R, C); } \
    break;
#define TILE_CASES(C) \
  TILE_CASE(1, C) TILE_CASE(2, C) TILE_CASE(3, C) TILE_CASE(4, C) TILE_CASE(5, C) TILE_CASE(6, C)
#define ALL_TILE_CASES \
  TILE_CASES(1) TILE_CASES(2) TILE_CASES(3) TILE_CASES(4) TILE_CASES(5) TILE_CASES(6)

// The count and the size of equal parts of `count`, since narrow tiles are slow.
static ALWAYS_INLINE ptrdiff_t NAME(parts)(ptrdiff_t count, ptrdiff_t limit) {
  return (count + limit - 1) / limit;
}

// The rows of a tile that has all registers' other half filled by its columns.
static ALWAYS_INLINE ptrdiff_t NAME(tile_height)(ptrdiff_t columns, ptrdiff_t column_tiles) {
  const ptrdiff_t height = TILE_SIZE / NAME(parts)(columns, column_tiles);
  return height < 6 ? height : 6;
}

static void NAME(conv_forward)(
  struct etude_share share, const struct etude_convolution *shape, const struct etude_tap *taps,
  ptrdiff_t tap_count, const struct etude_column *columns, ptrdiff_t column_count,
  const float *weights, const float *bias, int relu, const float *input, float *output,
  float *claims, ptrdiff_t claim_count)
{
  const ptrdiff_t all = shape->chunks * column_count;
  const ptrdiff_t tiles = NAME(parts)(all, CONV_COLUMNS);
  const ptrdiff_t end = share_end(share, tiles, 1);
  const ptrdiff_t row_parts = NAME(parts)(shape->rows, NAME(tile_height)(all, tiles));
  struct NAME(lines) claimed = NAME(lines_of)(claims, claim_count);
  const ptrdiff_t term_count = shape->depth * tap_count;
  struct NAME(terms) terms;
  terms.start = terms.end = 0;
  for (ptrdiff_t group = 0; group < shape->groups; group++) {
    const float *group_weights = weights + group * shape->weight_group;
    const float *group_input = input + group * shape->depth * shape->input_depth;
    float *group_output = output + group * shape->rows * shape->output_row;
    for (ptrdiff_t tile = share_start(share, tiles, 1); tile < end; tile++) {
      const ptrdiff_t first = all * tile / tiles;
      const int width = (int)(all * (tile + 1) / tiles - first);
      const float *from[CONV_COLUMNS];
      float *to[CONV_COLUMNS];
      for (int c = 0; c < width; c++) {
        const ptrdiff_t chunk = (first + c) / column_count;
        const struct etude_column column = columns[(first + c) % column_count];
        from[c] = group_input + chunk * shape->input_chunk + column.input;
        to[c] = group_output + chunk * shape->output_chunk + column.output;
      }
      // As many terms at a time as keep their inputs in the first cache for all rows. Where no tap reaches, there is
      // one empty part.
      const ptrdiff_t cached = tap_count * (1 + 384 / (width + tap_count));
      const ptrdiff_t limit = cached < NAME(listed_terms) ? cached : NAME(listed_terms);
      const ptrdiff_t parts = term_count ? NAME(parts)(term_count, limit) : 1;
      for (ptrdiff_t i = 0; i < parts; i++) {
        const ptrdiff_t start = term_count * i / parts, count = term_count * (i + 1) / parts - start;
        if (start < terms.start || start + count > terms.end)
          NAME(list_terms)(&terms, shape, taps, tap_count, start);
        const struct NAME(sum_part) part = {
          terms.list + (start - terms.start), count, i == 0, i + 1 == parts};
        for (ptrdiff_t row_part = 0; row_part < row_parts; row_part++) {
          const ptrdiff_t row = shape->rows * row_part / row_parts;
          const int height = (int)(shape->rows * (row_part + 1) / row_parts - row);
          const float *w = group_weights + row * shape->weight_row;
          const float *b = bias ? bias + group * shape->rows + row : NULL;
          float *out[CONV_COLUMNS];
          for (int c = 0; c < width; c++) out[c] = to[c] + row * shape->output_row;
#define TILE(R, C) \
  NAME(conv_tile)(R, C, shape, &part, w, b, relu, &claimed, from, out)
          switch (8 * height + width) { ALL_TILE_CASES }
#undef TILE
        }
      }
    }
  }
}

// The columns of a tile of weights' gradients. Each is a tap of an input channel, in the order in which they lie in
// the gradient, so that neighbours share what they load.
struct NAME(gradient_columns) {
  // What a column multiplies with output 0; that may lie outside of the signal.
  const float *signal[6];
  // The outputs that each column reaches.
  ptrdiff_t first[6], end[6];
  // Those that at least one column reaches.
  ptrdiff_t lowest, highest;
  // Those that all columns reach.
  ptrdiff_t start, stop;
};

static ALWAYS_INLINE struct NAME(gradient_columns) NAME(gradient_columns)(
  const struct etude_weight_gradient *shape, const struct etude_span *spans, const float *signal,
  ptrdiff_t column, int width)
{
  struct NAME(gradient_columns) columns = {.lowest = PTRDIFF_MAX, .stop = PTRDIFF_MAX};
  ptrdiff_t channel = column / shape->taps, tap = column % shape->taps;
  for (int c = 0; c < width; c++) {
    const struct etude_span span = spans[tap];
    const ptrdiff_t end = span.first + span.count;
    columns.signal[c] = signal + channel * shape->column_channel + span.column_side
      - span.first * shape->column_step;
    columns.first[c] = span.first;
    columns.end[c] = end;
    if (span.first < columns.lowest) columns.lowest = span.first;
    if (end > columns.highest) columns.highest = end;
    if (span.first > columns.start) columns.start = span.first;
    if (end < columns.stop) columns.stop = end;
    if (++tap == shape->taps) {
      tap = 0;
      channel++;
    }
  }
  // If no output is reached by all of them, the two edges meet.
  if (columns.start > columns.highest) columns.start = columns.highest;
  if (columns.stop < columns.start) columns.stop = columns.start;
  return columns;
}

// Adds outputs that only some columns reach. They are few, so the sums, [row][column], stay in memory.
static __attribute__((noinline)) void NAME(add_edge)(
  int height, int width, const struct etude_weight_gradient *shape,
  const struct NAME(gradient_columns) *columns, const float *rows, ptrdiff_t start, ptrdiff_t stop,
  floats *sums)
{
  for (int c = 0; c < width; c++) {
    const ptrdiff_t end = columns->end[c] < stop ? columns->end[c] : stop;
    for (ptrdiff_t i = columns->first[c] > start ? columns->first[c] : start; i < end; i++) {
      floats x = NAME(load)(columns->signal[c] + i * shape->column_step);
      for (int r = 0; r < height; r++) {
        floats y = NAME(load)(rows + r * shape->row_channel + i * etude_chunk_width);
        sums[r * width + c] = FMA(y, x, sums[r * width + c]);
      }
    }
  }
}

static ALWAYS_INLINE void NAME(weight_gradient_tile)(
  const int R, const int C, const struct etude_weight_gradient *shape,
  const struct NAME(gradient_columns) *columns, const float *rows, float *gradient)
{
  floats sums[36] = {};
  if (columns->lowest < columns->start) {
    floats edge[36] = {};
    NAME(add_edge)(R, C, shape, columns, rows, columns->lowest, columns->start, edge);
    UNROLL for (int i = 0; i < R * C; i++) sums[i] = edge[i];
  }
  const float *signal[6];
  UNROLL for (int c = 0; c < C; c++) signal[c] = columns->signal[c];
  for (ptrdiff_t position = columns->start; position < columns->stop; position++) {
    floats x[6];
    UNROLL for (int c = 0; c < C; c++)
      x[c] = NAME(load)(signal[c] + position * shape->column_step);
    UNROLL for (int r = 0; r < R; r++) {
      floats y = NAME(load)(rows + r * shape->row_channel + position * etude_chunk_width);
      UNROLL for (int c = 0; c < C; c++) sums[r * C + c] = FMA(y, x[c], sums[r * C + c]);
    }
  }
  if (columns->stop < columns->highest) {
    floats edge[36];
    UNROLL for (int i = 0; i < R * C; i++) edge[i] = sums[i];
    NAME(add_edge)(R, C, shape, columns, rows, columns->stop, columns->highest, edge);
    UNROLL for (int i = 0; i < R * C; i++) sums[i] = edge[i];
  }
  float parts[36 + etude_chunk_width];
  UNROLL for (int i = 0; i < R * C; i += etude_chunk_width)
    NAME(store)(parts + i, NAME(lane_sums)(sums + i, R * C - i));
  UNROLL for (int r = 0; r < R; r++) {
    float *to = gradient + r * shape->columns * shape->taps;
    UNROLL for (int c = 0; c < C; c++) to[c] += parts[r * C + c];
  }
}

static void NAME(weight_gradient)(
  struct etude_share share, const struct etude_weight_gradient *shape,
  const struct etude_span *spans, const float *row_side, const float *column_side,
  float *gradient, ptrdiff_t gradient_chunk)
{
  const ptrdiff_t row_size = shape->columns * shape->taps;
  const ptrdiff_t column_tiles = NAME(parts)(row_size, GRADIENT_COLUMNS);
  const ptrdiff_t height_limit = NAME(tile_height)(row_size, column_tiles);
  const ptrdiff_t channels = shape->groups * shape->rows;
  const ptrdiff_t end = share_end(share, channels, 1);
  for (ptrdiff_t chunk = 0; chunk < shape->chunks; chunk++) {
    for (ptrdiff_t first = share_start(share, channels, 1), last; first < end; first = last) {
      // This share's rows of one group, in tiles of equal size, but for one.
      const ptrdiff_t group = first / shape->rows;
      last = (group + 1) * shape->rows < end ? (group + 1) * shape->rows : end;
      const ptrdiff_t row_tiles = NAME(parts)(last - first, height_limit);
      const float *signal = column_side + chunk * shape->column_chunk
        + group * shape->columns * shape->column_channel;
      for (ptrdiff_t column_tile = 0; column_tile < column_tiles; column_tile++) {
        const ptrdiff_t column = row_size * column_tile / column_tiles;
        const int width = (int)(row_size * (column_tile + 1) / column_tiles - column);
        const struct NAME(gradient_columns) columns =
          NAME(gradient_columns)(shape, spans, signal, column, width);
        for (ptrdiff_t row_tile = 0; row_tile < row_tiles; row_tile++) {
          const ptrdiff_t row = first + (last - first) * row_tile / row_tiles;
          const int height = (int)(first + (last - first) * (row_tile + 1) / row_tiles - row);
          const float *rows = row_side + chunk * shape->row_chunk + row * shape->row_channel;
          float *to = gradient + chunk * gradient_chunk + row * row_size + column;
#define TILE(R, C) NAME(weight_gradient_tile)(R, C, shape, &columns, rows, to)
          switch (8 * height + width) { ALL_TILE_CASES }
#undef TILE
        }
      }
    }
  }
}

static void NAME(bias_gradient)(
  struct etude_share share, ptrdiff_t channels, ptrdiff_t chunks, ptrdiff_t channel_size,
  const float *values, float *gradient, ptrdiff_t gradient_chunk)
{
  const ptrdiff_t end = share_end(share, channels, 1);
  for (ptrdiff_t chunk = 0; chunk < chunks; chunk++) {
    for (ptrdiff_t channel = share_start(share, channels, 1); channel < end; channel++) {
      const float *from = values + (chunk * channels + channel) * channel_size;
      floats sum = {};
      for (ptrdiff_t i = 0; i < channel_size; i += etude_chunk_width) sum += NAME(load)(from + i);
      gradient[chunk * gradient_chunk + channel] += NAME(lane_sum)(sum);
    }
  }
}

static void NAME(add_chunks)(
  ptrdiff_t count, ptrdiff_t chunks, const float *sums, ptrdiff_t chunk_size, float *gradient)
{
  for (ptrdiff_t i = 0; i < count; i += etude_chunk_width) {
    const ptrdiff_t left = count - i;
    floats sum = NAME(load_block)(gradient + i, left);
    for (ptrdiff_t chunk = 0; chunk < chunks; chunk++)
      sum += NAME(load_block)(sums + chunk * chunk_size + i, left);
    NAME(store_block)(gradient + i, left, sum);
  }
}
