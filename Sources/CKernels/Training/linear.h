// The gradient of a linear layer's weights sums over the samples in order. For that the inputs are laid
// out sample by sample, and the vectors go along the inputs.

static void NAME(transpose)(
  struct etude_share share, const struct etude_linear_gradient *shape, const float *input,
  float *transposed)
{
  const ptrdiff_t chunks = (shape->samples + etude_chunk_width - 1) / etude_chunk_width;
  const ptrdiff_t end = share_end(share, chunks * shape->row, etude_chunk_width);
  ptrdiff_t i = share_start(share, chunks * shape->row, etude_chunk_width);
  for (; i < end; i += etude_chunk_width) {
    const ptrdiff_t chunk = i / shape->row, first = i % shape->row;
    const float *from = input + (chunk * shape->inputs + first) * etude_chunk_width;
    float *to = transposed + chunk * etude_chunk_width * shape->row + first;
    const ptrdiff_t left = shape->inputs - first;
    floats block[etude_chunk_width];
    UNROLL for (int j = 0; j < etude_chunk_width; j++)
      block[j] = j < left ? NAME(load)(from + j * etude_chunk_width) : (floats){};
    NAME(transpose_block)(block);
    UNROLL for (int sample = 0; sample < etude_chunk_width; sample++)
      NAME(store)(to + sample * shape->row, block[sample]);
  }
}

static ALWAYS_INLINE void NAME(linear_tile)(
  const int R, const int C, const struct etude_linear_gradient *shape, const float *outputs,
  const float *transposed, float *gradient, int adds, ptrdiff_t left,
  struct NAME(lines) fetched, struct NAME(lines) claimed)
{
  floats sums[6][6] = {};
  for (ptrdiff_t first = 0; first < shape->samples; first += etude_chunk_width) {
    const ptrdiff_t samples = shape->samples - first;
    const ptrdiff_t lanes = samples < etude_chunk_width ? samples : etude_chunk_width;
    NAME(fetch_lines)(&fetched, etude_chunk_width);
    NAME(claim_lines)(&claimed, etude_chunk_width);
    for (ptrdiff_t lane = 0; lane < lanes; lane++) {
      const float *y = outputs + first * shape->outputs + lane;
      const float *from = transposed + (first + lane) * shape->row;
      floats x[6];
      UNROLL for (int c = 0; c < C; c++) x[c] = NAME(load)(from + c * etude_chunk_width);
      UNROLL for (int r = 0; r < R; r++) {
        floats dy = NAME(splat)(y[r * etude_chunk_width]);
        UNROLL for (int c = 0; c < C; c++) sums[r][c] = FMA(dy, x[c], sums[r][c]);
      }
    }
  }
  UNROLL for (int r = 0; r < R; r++) {
    UNROLL for (int c = 0; c < C; c++) {
      float *to = gradient + r * shape->inputs + c * etude_chunk_width;
      const ptrdiff_t part = left - c * etude_chunk_width;
      // Adding to 0 makes -0 a 0.
      const floats before = adds ? NAME(load_block)(to, part) : (floats){};
      NAME(store_block)(to, part, before + sums[r][c]);
    }
  }
}

// Columns of the inputs, from one sample to another.
static ALWAYS_INLINE struct NAME(lines) NAME(input_lines)(
  const struct etude_linear_gradient *shape, const float *transposed, ptrdiff_t start, ptrdiff_t end, ptrdiff_t width)
{
  return NAME(lines)(transposed + start * shape->row, end - start, width, shape->row);
}

// A tile's rows of the outputs.
static ALWAYS_INLINE void NAME(fetch_outputs)(
  const struct etude_linear_gradient *shape, const float *from)
{
  for (ptrdiff_t sample = 0; sample < shape->samples; sample += etude_chunk_width)
    for (int r = 0; r < 6; r++)
      __builtin_prefetch(from + sample * shape->outputs + r * etude_chunk_width);
}

static void NAME(linear_gradient)(
  struct etude_share share, const struct etude_linear_gradient *shape, const float *outputs,
  const float *transposed, float *gradient, int adds, float *parameters)
{
  const ptrdiff_t first = share_start(share, shape->outputs, 1);
  const ptrdiff_t rows = share_end(share, shape->outputs, 1) - first;
  const ptrdiff_t vectors = (shape->inputs + etude_chunk_width - 1) / etude_chunk_width;
  const ptrdiff_t column_tiles = NAME(parts)(vectors, CONV_COLUMNS);
  const ptrdiff_t row_tiles = NAME(parts)(rows, NAME(tile_height)(vectors, column_tiles));
  const int is_shared = share.count > 1;
  if (is_shared) {
    struct NAME(lines) lines =
      NAME(input_lines)(shape, transposed, 0, shape->samples, vectors / column_tiles);
    NAME(fetch_lines)(&lines, lines.left);
    NAME(fetch_outputs)(shape, outputs + first * etude_chunk_width);
  }
  for (ptrdiff_t tile = 0; tile < row_tiles * column_tiles; tile++) {
    // Rows come last, so that the transposed inputs stay in the cache.
    const ptrdiff_t row_tile = tile % row_tiles, column_tile = tile / row_tiles;
    const ptrdiff_t row = first + rows * row_tile / row_tiles;
    const ptrdiff_t column = vectors * column_tile / column_tiles;
    const int height = (int)(first + rows * (row_tile + 1) / row_tiles - row);
    const int width = (int)(vectors * (column_tile + 1) / column_tiles - column);
    const float *y = outputs + row * etude_chunk_width;
    const float *x = transposed + column * etude_chunk_width;
    float *to = gradient + row * shape->inputs + column * etude_chunk_width;
    const ptrdiff_t left = shape->inputs - column * etude_chunk_width;
    // The inputs of the next columns, and the parameters, which the optimiser changes next.
    struct NAME(lines) fetched = {}, claimed = {};
    if (is_shared && column_tile + 1 < column_tiles)
      fetched = NAME(input_lines)(
        shape, x + width * etude_chunk_width, shape->samples * row_tile / row_tiles,
        shape->samples * (row_tile + 1) / row_tiles, width);
    if (is_shared && column_tile == 0)
      NAME(fetch_outputs)(shape, y + height * etude_chunk_width);
    if (is_shared && parameters)
      claimed = NAME(lines)(parameters + (to - gradient), height, width, shape->inputs);
#define TILE(R, C) NAME(linear_tile)(R, C, shape, y, x, to, adds, left, fetched, claimed)
    switch (8 * height + width) { ALL_TILE_CASES }
#undef TILE
  }
}

#undef TILE_CASE
#undef TILE_CASES
#undef ALL_TILE_CASES
