// Transforms of real numbers, of any length that has rows and columns: two columns are the real and the
// imaginary part of one, and of the rows only half are needed, since X[N-k] is the conjugate of X[k].

// Up to eight short rows at once, each in a column. Two in one column, as real and imaginary parts, would
// leave traces of each other.
static void NAME(real_short)(
  const struct etude_fourier_column *column, ptrdiff_t count, const double *input, double *tile,
  double *output)
{
  const ptrdiff_t length = column->length, half = length / 2 + 1;
  const ptrdiff_t whole = count == etude_tile_width ? length / LANES * LANES : 0;
  for (ptrdiff_t n = 0; n < whole; n += LANES) {
    for (ptrdiff_t lane = 0; lane < etude_tile_width; lane += LANES) {
      doubles x[LANES];
      UNROLL for (int i = 0; i < LANES; i++) x[i] = NAME(load)(input + (lane + i) * length + n);
      NAME(transpose)(x);
      UNROLL for (int i = 0; i < LANES; i++)
        NAME(store_pair)(
          tile + column->place[n + i] * etude_tile_row + lane, (pair){x[i], (doubles){}});
    }
  }
  for (ptrdiff_t n = whole; n < length; n++) {
    double *to = tile + column->place[n] * etude_tile_row;
    for (ptrdiff_t lane = 0; lane < etude_tile_width; lane++) {
      to[lane] = lane < count ? input[lane * length + n] : 0;
      to[lane + etude_tile_width] = 0;
    }
  }
  NAME(transform)(column, tile);
  const ptrdiff_t end = count == etude_tile_width ? half / LANES * LANES : 0;
  for (ptrdiff_t k = 0; k < end; k += LANES) {
    for (ptrdiff_t lane = 0; lane < etude_tile_width; lane += LANES) {
      doubles re[LANES], im[LANES];
      UNROLL for (int i = 0; i < LANES; i++) {
        const pair x = NAME(load_pair)(tile + (k + i) * etude_tile_row + lane);
        re[i] = x.re;
        im[i] = x.im;
      }
      NAME(transpose)(re);
      NAME(transpose)(im);
      UNROLL for (int i = 0; i < LANES; i++)
        NAME(store_complex)(output + 2 * ((lane + i) * half + k), (pair){re[i], im[i]});
    }
  }
  for (ptrdiff_t lane = 0; lane < count; lane++) {
    double *to = output + 2 * lane * half;
    for (ptrdiff_t k = end; k < half; k++) {
      to[2 * k] = tile[k * etude_tile_row + lane];
      to[2 * k + 1] = tile[k * etude_tile_row + lane + etude_tile_width];
    }
    // What is its own mirror image has no imaginary part.
    to[1] = 0;
    if (length % 2 == 0) to[length + 1] = 0;
  }
}

static void NAME(real_down)(
  const struct etude_fourier_grid *grid, struct etude_blocks blocks, const double *input,
  double *tile, double *work)
{
  const ptrdiff_t rows = grid->down.length, columns = grid->along.length;
  const ptrdiff_t half = rows / 2 + 1;
  const ptrdiff_t padded = NAME(block_count)(half) * etude_tile_width;
  double *second = tile + (rows + etude_tile_width) * etude_tile_row;
  NAME(clear_rows)(tile, rows, rows + etude_tile_width);
  NAME(clear_rows)(second, half, padded);
  for (ptrdiff_t block = blocks.start; block < blocks.end; block++) {
    const ptrdiff_t first = 2 * block * etude_tile_width;
    for (ptrdiff_t row = 0; row < rows; row++) {
      const double *from = input + row * columns + first;
      NAME(fill)(
        tile + grid->down.place[row] * etude_tile_row, from, columns - first, from + etude_tile_width,
        columns - first - etude_tile_width);
    }
    NAME(transform)(&grid->down, tile);
    // Z = A + iB, and A and B are their own conjugates' mirror images.
    for (ptrdiff_t k = 0; k < half; k++) {
      double *at = tile + k * etude_tile_row;
      const double *mirrored = tile + (k == 0 ? 0 : rows - k) * etude_tile_row;
      for (ptrdiff_t lane = 0; lane < etude_tile_width; lane += LANES) {
        const pair z = NAME(load_pair)(at + lane), m = NAME(load_pair)(mirrored + lane);
        NAME(store_pair)(at + lane, (pair){(z.re + m.re) * 0.5, (z.im - m.im) * 0.5});
        NAME(store_pair)(
          second + k * etude_tile_row + lane, (pair){(z.im + m.im) * 0.5, (m.re - z.re) * 0.5});
      }
    }
    const ptrdiff_t *place = grid->along.place;
    NAME(turn)(grid, 2 * block, padded, columns, tile, place, columns, work);
    if (first + etude_tile_width < columns)
      NAME(turn)(grid, 2 * block + 1, padded, columns, second, place, columns, work);
  }
}

static void NAME(real_along)(
  const struct etude_fourier_grid *grid, struct etude_blocks blocks, double *work, double *output)
{
  const ptrdiff_t rows = grid->down.length, columns = grid->along.length;
  const ptrdiff_t points = rows * columns;
  for (ptrdiff_t block = blocks.start; block < blocks.end; block++) {
    double *tile = work + block * columns * etude_tile_row;
    const ptrdiff_t left = rows / 2 + 1 - block * etude_tile_width;
    const ptrdiff_t count = left < etude_tile_width ? left : etude_tile_width;
    NAME(transform)(&grid->along, tile);
    for (ptrdiff_t row = 0; row < columns; row++) {
      const double *from = tile + row * etude_tile_row;
      const ptrdiff_t k = row * rows + block * etude_tile_width;
      if (2 * (k + count - 1) < points) {
        NAME(empty_complex)(from, 0, 1, output + 2 * k, count);
      } else if (k > points / 2 && count == etude_tile_width) {
        double *to = output + 2 * (points - k + 1);
        UNROLL for (int lane = 0; lane < etude_tile_width; lane += LANES) {
          const pair x = NAME(reversed)(NAME(load_pair)(from + lane));
          to -= 2 * LANES;
          NAME(store_complex)(to, (pair){x.re, -x.im});
        }
      } else {
        for (ptrdiff_t lane = 0; lane < count; lane++) {
          const int is_mirrored = k + lane > points / 2;
          double *to = output + 2 * (is_mirrored ? points - k - lane : k + lane);
          const double imaginary = from[lane + etude_tile_width];
          to[0] = from[lane];
          // What is its own mirror image has no imaginary part.
          to[1] = 2 * (k + lane) == points ? 0 : is_mirrored ? -imaginary : imaginary;
        }
      }
    }
  }
}

// A row of the conjugate spectrum, from its first half.
static ALWAYS_INLINE void NAME(fill_mirrored)(
  double *to, ptrdiff_t k, ptrdiff_t points, const double *input, ptrdiff_t count)
{
  if (count >= etude_tile_width && k > points / 2) {
    const double *from = input + 2 * (points - k + 1);
    UNROLL for (int lane = 0; lane < etude_tile_width; lane += LANES) {
      from -= 2 * LANES;
      NAME(store_pair)(to + lane, NAME(reversed)(NAME(load_complex)(from)));
    }
  } else if (count >= etude_tile_width && k > 0 && k + etude_tile_width <= (points + 1) / 2) {
    UNROLL for (int lane = 0; lane < etude_tile_width; lane += LANES) {
      const pair x = NAME(load_complex)(input + 2 * (k + lane));
      NAME(store_pair)(to + lane, (pair){x.re, -x.im});
    }
  } else {
    for (ptrdiff_t lane = 0; lane < etude_tile_width; lane++, k++) {
      const int is_mirrored = k > points / 2;
      const double *from = input + 2 * (is_mirrored ? points - k : k);
      to[lane] = lane < count ? from[0] : 0;
      // What is its own mirror image has no imaginary part.
      to[lane + etude_tile_width] =
        lane >= count || k == 0 || 2 * k == points ? 0 : is_mirrored ? from[1] : -from[1];
    }
  }
}

static void NAME(real_inverse_down)(
  const struct etude_fourier_grid *grid, struct etude_blocks blocks, const double *input,
  double *tile, double *work)
{
  const ptrdiff_t rows = grid->down.length, columns = grid->along.length;
  const ptrdiff_t half = columns / 2 + 1;
  const ptrdiff_t padded = NAME(block_count)(rows) * etude_tile_width;
  NAME(clear_rows)(tile, rows, padded);
  for (ptrdiff_t block = blocks.start; block < blocks.end; block++) {
    const ptrdiff_t first = block * etude_tile_width;
    for (ptrdiff_t row = 0; row < rows; row++)
      NAME(fill_mirrored)(
        tile + grid->down.place[row] * etude_tile_row, row * columns + first, rows * columns, input,
        half - first);
    NAME(transform)(&grid->down, tile);
    NAME(turn)(grid, block, padded, half, tile, NULL, half, work);
  }
}

static void NAME(real_inverse_along)(
  const struct etude_fourier_grid *grid, double scale, struct etude_blocks blocks,
  const double *work, double *tile, double *output)
{
  const ptrdiff_t rows = grid->down.length, columns = grid->along.length;
  const ptrdiff_t half = columns / 2 + 1;
  const ptrdiff_t *place = grid->along.place;
  for (ptrdiff_t block = blocks.start; block < blocks.end; block++) {
    const ptrdiff_t first = 2 * block * etude_tile_width;
    const double *a = work + 2 * block * half * etude_tile_row;
    // The last one may have no partner; what is computed of it twice is not stored.
    const double *b = first + etude_tile_width < rows ? a + half * etude_tile_row : a;
    for (ptrdiff_t k = 0; k < half; k++) {
      double *to = tile + place[k] * etude_tile_row;
      double *mirrored = tile + place[k == 0 ? 0 : columns - k] * etude_tile_row;
      for (ptrdiff_t lane = 0; lane < etude_tile_width; lane += LANES) {
        const pair x = NAME(load_pair)(a + k * etude_tile_row + lane);
        const pair y = NAME(load_pair)(b + k * etude_tile_row + lane);
        NAME(store_pair)(mirrored + lane, (pair){x.re + y.im, y.re - x.im});
        NAME(store_pair)(to + lane, (pair){x.re - y.im, y.re + x.im});
      }
    }
    NAME(transform)(&grid->along, tile);
    for (ptrdiff_t row = 0; row < columns; row++) {
      double *to = output + row * rows + first;
      NAME(empty)(
        tile + row * etude_tile_row, scale, to, rows - first, to + etude_tile_width,
        rows - first - etude_tile_width);
    }
  }
}
