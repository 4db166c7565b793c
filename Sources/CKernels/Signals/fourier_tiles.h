// Between memory and tiles.

// Fills a row of a tile from separate real and imaginary parts; columns beyond `count` are 0.
static ALWAYS_INLINE void NAME(fill)(
  double *row, const double *real, ptrdiff_t real_count, const double *imaginary,
  ptrdiff_t imaginary_count)
{
  if (real_count >= etude_tile_width && imaginary_count >= etude_tile_width) {
    UNROLL for (int lane = 0; lane < etude_tile_width; lane += LANES)
      NAME(store_pair)(
        row + lane, (pair){NAME(load)(real + lane), NAME(load)(imaginary + lane)});
    return;
  }
  for (ptrdiff_t lane = 0; lane < etude_tile_width; lane++) {
    row[lane] = lane < real_count ? real[lane] : 0;
    row[lane + etude_tile_width] = lane < imaginary_count ? imaginary[lane] : 0;
  }
}

// The reverse; columns beyond `count` are left out.
static ALWAYS_INLINE void NAME(empty)(
  const double *row, double scale, double *real, ptrdiff_t real_count, double *imaginary,
  ptrdiff_t imaginary_count)
{
  if (real_count >= etude_tile_width && imaginary_count >= etude_tile_width) {
    UNROLL for (int lane = 0; lane < etude_tile_width; lane += LANES) {
      pair x = NAME(load_pair)(row + lane);
      NAME(store)(real + lane, x.re * scale);
      NAME(store)(imaginary + lane, x.im * scale);
    }
    return;
  }
  for (ptrdiff_t lane = 0; lane < etude_tile_width; lane++) {
    if (lane < real_count) real[lane] = row[lane] * scale;
    if (lane < imaginary_count) imaginary[lane] = row[lane + etude_tile_width] * scale;
  }
}

// An inverse transform is a forward one with real and imaginary parts exchanged before and after.
static ALWAYS_INLINE pair NAME(exchanged)(pair x, int is_inverse) {
  return is_inverse ? (pair){x.im, x.re} : x;
}

static ALWAYS_INLINE void NAME(fill_complex)(
  double *row, int is_inverse, const double *numbers, ptrdiff_t count)
{
  if (count >= etude_tile_width) {
    UNROLL for (int lane = 0; lane < etude_tile_width; lane += LANES)
      NAME(store_pair)(
        row + lane, NAME(exchanged)(NAME(load_complex)(numbers + 2 * lane), is_inverse));
    return;
  }
  for (ptrdiff_t lane = 0; lane < etude_tile_width; lane++) {
    row[lane] = lane < count ? numbers[2 * lane + is_inverse] : 0;
    row[lane + etude_tile_width] = lane < count ? numbers[2 * lane + 1 - is_inverse] : 0;
  }
}

static ALWAYS_INLINE void NAME(empty_complex)(
  const double *row, int is_inverse, double scale, double *numbers, ptrdiff_t count)
{
  if (count >= etude_tile_width) {
    UNROLL for (int lane = 0; lane < etude_tile_width; lane += LANES) {
      pair x = NAME(exchanged)(NAME(load_pair)(row + lane), is_inverse);
      NAME(store_complex)(numbers + 2 * lane, (pair){x.re * scale, x.im * scale});
    }
    return;
  }
  for (ptrdiff_t lane = 0; lane < count; lane++) {
    numbers[2 * lane + is_inverse] = row[lane] * scale;
    numbers[2 * lane + 1 - is_inverse] = row[lane + etude_tile_width] * scale;
  }
}

static ALWAYS_INLINE void NAME(clear_rows)(double *tile, ptrdiff_t start, ptrdiff_t end) {
  for (ptrdiff_t i = start * etude_tile_row; i < end * etude_tile_row; i++) tile[i] = 0;
}

static ALWAYS_INLINE ptrdiff_t NAME(block_count)(ptrdiff_t count) {
  return (count + etude_tile_width - 1) / etude_tile_width;
}

// Between the two steps of a transform (Bailey's four-step transform, 1990): each number of a tile, in
// row r and column c, is turned by exp(-2πi rc / N), and eight rows become eight columns of `work`,
// [rows / 8][length][8], where column c becomes row place[c] (c without a place).
static ALWAYS_INLINE void NAME(turn)(
  const struct etude_fourier_grid *grid, ptrdiff_t block, ptrdiff_t rows, ptrdiff_t columns,
  const double *tile, const ptrdiff_t *place, ptrdiff_t length, double *work)
{
  const double *fine = grid->fine + block * 16 * etude_tile_row;
  const double *coarse = grid->coarse + block * ((grid->down.length + 15) / 16) * etude_tile_row;
  const ptrdiff_t first = block * etude_tile_width;
  const ptrdiff_t count = columns - first < etude_tile_width ? columns - first : etude_tile_width;
  for (ptrdiff_t r = 0; r < rows; r += LANES) {
    double *target = work + r / etude_tile_width * length * etude_tile_row + r % etude_tile_width;
    for (ptrdiff_t lane = 0; lane < count; lane += LANES) {
      const pair turn = NAME(load_pair)(coarse + r / 16 * etude_tile_row + lane);
      doubles re[LANES], im[LANES];
      UNROLL for (int i = 0; i < LANES; i++) {
        pair x = NAME(load_pair)(tile + (r + i) * etude_tile_row + lane);
        pair root = NAME(load_pair)(fine + (r % 16 + i) * etude_tile_row + lane);
        x = NAME(product)(x, NAME(product)(turn, root));
        re[i] = x.re;
        im[i] = x.im;
      }
      NAME(transpose)(re);
      NAME(transpose)(im);
      UNROLL for (int i = 0; i < LANES; i++) {
        const ptrdiff_t column = lane + i;
        if (column >= count) break;
        const ptrdiff_t row = place ? place[first + column] : first + column;
        NAME(store_pair)(target + row * etude_tile_row, (pair){re[i], im[i]});
      }
    }
  }
}
