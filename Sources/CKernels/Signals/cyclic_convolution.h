// Cyclic convolutions of N = rows * columns points: transform, multiply, transform back. Between the
// two steps of either transform the frequencies may stay where they are, [rows / 8][columns][8], so each
// product is made in the cache, after the last step forwards and before the first one back.

static void NAME(cyclic_down)(
  const struct etude_fourier_grid *grid, struct etude_blocks blocks, const double *real,
  const double *imaginary, double *tile, double *work)
{
  const ptrdiff_t rows = grid->down.length, columns = grid->along.length;
  const ptrdiff_t padded = NAME(block_count)(rows) * etude_tile_width;
  NAME(clear_rows)(tile, rows, padded);
  for (ptrdiff_t block = blocks.start; block < blocks.end; block++) {
    const ptrdiff_t first = block * etude_tile_width;
    for (ptrdiff_t row = 0; row < rows; row++) {
      const ptrdiff_t from = row * columns + first;
      NAME(fill)(
        tile + grid->down.place[row] * etude_tile_row, real + from, columns - first,
        imaginary + from, columns - first);
    }
    NAME(transform)(&grid->down, tile);
    NAME(turn)(grid, block, padded, columns, tile, grid->along.place, columns, work);
  }
}

static void NAME(cyclic_spectrum)(
  const struct etude_fourier_grid *grid, struct etude_blocks blocks, double *work)
{
  for (ptrdiff_t block = blocks.start; block < blocks.end; block++)
    NAME(transform)(&grid->along, work + block * grid->along.length * etude_tile_row);
}

// `back` has the columns of `grid` as rows.
static void NAME(cyclic_product)(
  const struct etude_fourier_grid *grid, const struct etude_fourier_grid *back,
  struct etude_blocks blocks, double *work, const double *factors, double *tile, double *result)
{
  const ptrdiff_t rows = grid->down.length, columns = grid->along.length;
  const ptrdiff_t padded = NAME(block_count)(columns) * etude_tile_width;
  NAME(clear_rows)(tile, columns, padded);
  for (ptrdiff_t block = blocks.start; block < blocks.end; block++) {
    double *from = work + block * columns * etude_tile_row;
    const double *factor = factors + block * columns * etude_tile_row;
    NAME(transform)(&grid->along, from);
    for (ptrdiff_t row = 0; row < columns; row++) {
      double *to = tile + back->down.place[row] * etude_tile_row;
      for (ptrdiff_t lane = 0; lane < etude_tile_width; lane += LANES) {
        const ptrdiff_t at = row * etude_tile_row + lane;
        const pair x = NAME(product)(NAME(load_pair)(from + at), NAME(load_pair)(factor + at));
        NAME(store_pair)(to + lane, NAME(exchanged)(x, 1));
      }
    }
    NAME(transform)(&back->down, tile);
    NAME(turn)(back, block, padded, rows, tile, back->along.place, rows, result);
  }
}

static void NAME(cyclic_along)(
  const struct etude_fourier_grid *back, struct etude_blocks blocks, double *work, double *real,
  double *imaginary)
{
  const ptrdiff_t rows = back->down.length, columns = back->along.length;
  for (ptrdiff_t block = blocks.start; block < blocks.end; block++) {
    double *tile = work + block * columns * etude_tile_row;
    const ptrdiff_t first = block * etude_tile_width;
    NAME(transform)(&back->along, tile);
    for (ptrdiff_t row = 0; row < columns; row++) {
      const ptrdiff_t to = row * rows + first;
      NAME(empty)(
        tile + row * etude_tile_row, 1, imaginary + to, rows - first, real + to, rows - first);
    }
  }
}
