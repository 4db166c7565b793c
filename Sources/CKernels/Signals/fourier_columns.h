// Transforms down the columns of a tile, in place. They decimate in time (Cooley and Tukey 1965): the
// points come in backward digit order, so each stage joins neighbouring rows, and the frequencies end in
// their natural order.

// Rows that stay in the first-level cache.
enum { NAME(cached_rows) = 256 };

// One stage on one part of radix * length rows.
static ALWAYS_INLINE void NAME(join)(
  const int R, int is_first, const struct etude_fourier_stage *stage, double *tile)
{
  const ptrdiff_t part = etude_tile_row * stage->length;
  const double *roots = stage->roots;
  for (ptrdiff_t k = 0; k < stage->length; k++, tile += etude_tile_row, roots += 2 * (R - 1)) {
    for (ptrdiff_t lane = 0; lane < etude_tile_width; lane += LANES) {
      pair x[61];
      x[0] = NAME(load_pair)(tile + lane);
      for (int j = 1; j < R; j++) {
        x[j] = NAME(load_pair)(tile + lane + j * part);
        // All roots of the first stage are 1.
        if (!is_first)
          x[j] = NAME(product)(
            x[j], (pair){NAME(splat)(roots[2 * j - 2]), NAME(splat)(roots[2 * j - 1])});
      }
      NAME(butterfly)(R, stage->circle, x);
      for (int j = 0; j < R; j++) NAME(store_pair)(tile + lane + j * part, x[j]);
    }
  }
}

// One stage on consecutive parts.
static void NAME(join_all)(
  const struct etude_fourier_stage *stage, ptrdiff_t parts, double *tile)
{
  const ptrdiff_t step = etude_tile_row * stage->radix * stage->length;
#define EACH(R, is_first) \
  for (; parts > 0; parts--, tile += step) NAME(join)(R, is_first, stage, tile); \
  break
#define CASE(R) \
  case 2 * R: EACH(R, 0); \
  case 2 * R + 1: EACH(R, 1)
  switch (2 * stage->radix + (stage->length == 1)) {
    CASE(2);
    CASE(3);
    CASE(4);
    CASE(5);
    CASE(7);
    CASE(8);
    CASE(11);
    CASE(13);
  default: EACH((int)stage->radix, 0);
  }
#undef CASE
#undef EACH
}

// Depth first where the rows exceed the cache.
static void NAME(transform_stages)(
  const struct etude_fourier_stage *stages, ptrdiff_t count, double *tile)
{
  if (count == 0) return;
  const struct etude_fourier_stage *last = stages + count - 1;
  const ptrdiff_t rows = last->radix * last->length;
  if (rows > NAME(cached_rows)) {
    for (ptrdiff_t j = 0; j < last->radix; j++)
      NAME(transform_stages)(stages, count - 1, tile + j * etude_tile_row * last->length);
    NAME(join_all)(last, 1, tile);
  } else {
    for (ptrdiff_t s = 0; s < count; s++)
      NAME(join_all)(stages + s, rows / (stages[s].radix * stages[s].length), tile);
  }
}

static ALWAYS_INLINE void NAME(transform)(const struct etude_fourier_column *column, double *tile) {
  NAME(transform_stages)(column->stages, column->stage_count, tile);
}
