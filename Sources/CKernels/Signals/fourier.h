// Transforms of complex numbers: X[k] = Σ x[n] exp(-2πi nk / N).
//
// With N = rows * columns, n = columns * a + c and k = r + rows * b, the transform goes first down the
// columns, eight at a time; then each number is turned; then it goes along the rows, eight at a time. So
// every inner loop runs on whole vectors in the first two caches, and the memory is read and written
// twice.

static void NAME(fourier_short)(
  const struct etude_fourier_column *column, int is_inverse, double scale, ptrdiff_t count,
  const double *input, double *tile, double *output)
{
  const ptrdiff_t length = column->length;
  for (ptrdiff_t row = 0; row < length; row++) {
    const double *from = input + 2 * row;
    double *to = tile + column->place[row] * etude_tile_row;
    for (ptrdiff_t lane = 0; lane < etude_tile_width; lane++, from += 2 * length) {
      to[lane] = lane < count ? from[is_inverse] : 0;
      to[lane + etude_tile_width] = lane < count ? from[1 - is_inverse] : 0;
    }
  }
  NAME(transform)(column, tile);
  for (ptrdiff_t lane = 0; lane < count; lane++) {
    for (ptrdiff_t row = 0; row < length; row++, output += 2) {
      output[is_inverse] = tile[row * etude_tile_row + lane] * scale;
      output[1 - is_inverse] = tile[row * etude_tile_row + lane + etude_tile_width] * scale;
    }
  }
}

static void NAME(fourier_down)(
  const struct etude_fourier_grid *grid, int is_inverse, struct etude_blocks blocks,
  const double *input, double *tile, double *work)
{
  const ptrdiff_t rows = grid->down.length, columns = grid->along.length;
  const ptrdiff_t padded = NAME(block_count)(rows) * etude_tile_width;
  NAME(clear_rows)(tile, rows, padded);
  for (ptrdiff_t block = blocks.start; block < blocks.end; block++) {
    const ptrdiff_t first = block * etude_tile_width;
    for (ptrdiff_t row = 0; row < rows; row++)
      NAME(fill_complex)(
        tile + grid->down.place[row] * etude_tile_row, is_inverse,
        input + 2 * (row * columns + first), columns - first);
    NAME(transform)(&grid->down, tile);
    NAME(turn)(grid, block, padded, columns, tile, grid->along.place, columns, work);
  }
}

static void NAME(fourier_along)(
  const struct etude_fourier_grid *grid, int is_inverse, double scale, struct etude_blocks blocks,
  double *work, double *output)
{
  const ptrdiff_t rows = grid->down.length, columns = grid->along.length;
  for (ptrdiff_t block = blocks.start; block < blocks.end; block++) {
    double *tile = work + block * columns * etude_tile_row;
    const ptrdiff_t first = block * etude_tile_width;
    NAME(transform)(&grid->along, tile);
    for (ptrdiff_t row = 0; row < columns; row++)
      NAME(empty_complex)(
        tile + row * etude_tile_row, is_inverse, scale, output + 2 * (row * rows + first),
        rows - first);
  }
}
