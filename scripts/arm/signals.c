// Cases of the kernels of transforms and convolutions.

#include "check.h"

enum { width = etude_tile_width, row = etude_tile_row, longest = 300 };

static ptrdiff_t blocks_of(ptrdiff_t count, ptrdiff_t size) { return (count + size - 1) / size; }

// A range of blocks.
static struct etude_blocks some(ptrdiff_t count) {
  const ptrdiff_t start = below(count);
  return (struct etude_blocks){start, between(start + 1, count)};
}

// Its tables are made up as well. The kernels multiply by whatever roots they find there, and the true ones come from
// the C library's sine, which may differ from system to system.
static struct etude_fourier_column made_up_column(struct etude_fourier_stage *stages, ptrdiff_t limit) {
  static const ptrdiff_t radices[] = {2, 3, 4, 5, 7, 8, 11, 13, 17, 31};
  struct etude_fourier_column column = {.length = 1, .stages = stages};
  do {
    const ptrdiff_t radix = radices[below(10)], length = column.length;
    if (radix * length > limit) continue;
    stages[column.stage_count++] =
      (struct etude_fourier_stage){radix, length, table(2 * (radix - 1) * length), table(2 * radix)};
    column.length *= radix;
  } while (column.stage_count == 0 || (2 * column.length <= limit && below(4)));
  // Any order of the rows.
  ptrdiff_t *place = bytes(column.length * sizeof *place);
  for (ptrdiff_t i = 0; i < column.length; i++) {
    const ptrdiff_t j = below(i + 1);
    place[i] = place[j];
    place[j] = i;
  }
  column.place = place;
  return column;
}

struct grid {
  struct etude_fourier_grid shape;
  ptrdiff_t rows, columns, points, row_blocks, column_blocks;
  // Blocks of which real numbers need only half the rows, or half the columns; and of which two go as one.
  ptrdiff_t half_row_blocks, half_column_blocks, row_pairs, column_pairs;
  // Doubles of a tile, of the numbers between the two steps, and of the spectrum of real numbers.
  ptrdiff_t tile, work, half_rows, half_columns, spectrum;
};

static struct etude_fourier_grid grid_of(struct etude_fourier_column down, struct etude_fourier_column along) {
  const ptrdiff_t blocks = blocks_of(along.length, width);
  return (struct etude_fourier_grid){
    down, along, table(blocks * blocks_of(down.length, 16) * row), table(blocks * 16 * row)};
}

static struct grid made_up_grid(void) {
  static struct etude_fourier_stage stages[2][9];
  const struct etude_fourier_column down = made_up_column(stages[0], longest);
  const struct etude_fourier_column along = made_up_column(stages[1], longest);
  const ptrdiff_t rows = down.length, columns = along.length, points = rows * columns;
  const ptrdiff_t row_blocks = blocks_of(rows, width), half_row_blocks = blocks_of(rows / 2 + 1, width);
  return (struct grid){
    grid_of(down, along), rows, columns, points, row_blocks, blocks_of(columns, width), half_row_blocks,
    blocks_of(columns / 2 + 1, width), blocks_of(rows, 2 * width), blocks_of(columns, 2 * width),
    .tile = 2 * (longest + 2 * width) * row, .work = row_blocks * columns * row,
    .half_rows = half_row_blocks * columns * row, .half_columns = row_blocks * (columns / 2 + 1) * row,
    .spectrum = 2 * (points / 2 + 1)};
}

static void check_transforms(const struct etude_signal_kernels *k) {
  struct etude_fourier_stage stages[9];
  CASES(fourier_short) {
    const struct etude_fourier_column column = made_up_column(stages, 64);
    const ptrdiff_t count = between(1, width), points = 2 * count * column.length;
    k->fourier_short(
      &column, below(2), number(), count, doubles(points), doubles(column.length * row), doubles(points));
  }
  CASES(fourier_down) {
    const struct grid g = made_up_grid();
    k->fourier_down(
      &g.shape, below(2), some(g.column_blocks), doubles(2 * g.points), doubles(g.tile), doubles(g.work));
  }
  CASES(fourier_along) {
    const struct grid g = made_up_grid();
    k->fourier_along(
      &g.shape, below(2), number(), some(g.row_blocks), doubles(g.work), doubles(2 * g.points));
  }
  CASES(real_short) {
    const struct etude_fourier_column column = made_up_column(stages, 64);
    const ptrdiff_t count = below(2) ? width : between(1, width);
    k->real_short(
      &column, count, doubles(count * column.length), doubles(column.length * row),
      doubles(2 * count * (column.length / 2 + 1)));
  }
  CASES(real_down) {
    const struct grid g = made_up_grid();
    k->real_down(&g.shape, some(g.column_pairs), doubles(g.points), doubles(g.tile), doubles(g.half_rows));
  }
  CASES(real_along) {
    const struct grid g = made_up_grid();
    k->real_along(&g.shape, some(g.half_row_blocks), doubles(g.half_rows), doubles(g.spectrum));
  }
  CASES(real_inverse_down) {
    const struct grid g = made_up_grid();
    k->real_inverse_down(
      &g.shape, some(g.half_column_blocks), doubles(g.spectrum), doubles(g.tile), doubles(g.half_columns));
  }
  CASES(real_inverse_along) {
    const struct grid g = made_up_grid();
    k->real_inverse_along(
      &g.shape, number(), some(g.row_pairs), doubles(g.half_columns), doubles(g.tile), doubles(g.points));
  }
}

static void check_cyclic(const struct etude_signal_kernels *k) {
  CASES(cyclic_down) {
    const struct grid g = made_up_grid();
    k->cyclic_down(
      &g.shape, some(g.column_blocks), doubles(g.points), doubles(g.points), doubles(g.tile), doubles(g.work));
  }
  CASES(cyclic_spectrum) {
    const struct grid g = made_up_grid();
    k->cyclic_spectrum(&g.shape, some(g.row_blocks), doubles(g.work));
  }
  CASES(cyclic_product) {
    const struct grid g = made_up_grid();
    const struct etude_fourier_grid back = grid_of(g.shape.along, g.shape.down);
    k->cyclic_product(
      &g.shape, &back, some(g.row_blocks), doubles(g.work), doubles(g.work), doubles(g.tile),
      doubles(g.column_blocks * g.rows * row));
  }
  CASES(cyclic_along) {
    const struct grid g = made_up_grid();
    k->cyclic_along(&g.shape, some(g.row_blocks), doubles(g.work), doubles(g.points), doubles(g.points));
  }
}

// A convolution of up to seven taps that reach no further than 20 numbers.
static struct etude_direct made_up_direct(struct etude_direct_tap *taps) {
  struct etude_direct shape = {
    .rows = between(1, 11), .depth = between(1, 4), .taps = between(1, 7), .count = between(1, 200),
    .output_step = between(1, 3)};
  shape.weight_row = shape.depth * shape.taps;
  shape.weight_depth = shape.taps;
  shape.input_depth = blocks_of(shape.count, 16) * 16 + 20;
  shape.output_row = shape.count * shape.output_step;
  const int has_edges = below(2);
  for (ptrdiff_t t = 0; t < shape.taps; t++)
    taps[t] = (struct etude_direct_tap){
      t, below(20), has_edges ? below(shape.count) : 0, has_edges ? between(1, shape.count) : shape.count};
  return shape;
}

static void check_direct(const struct etude_signal_kernels *k) {
  struct etude_direct_tap taps[7];
  CASES(direct_float) {
    const struct etude_direct shape = made_up_direct(taps);
    k->direct_float(
      &shape, taps, floats(shape.rows * shape.weight_row), below(2) ? floats(shape.rows) : NULL,
      floats(shape.depth * shape.input_depth), floats(shape.rows * shape.output_row));
  }
  CASES(direct_double) {
    const struct etude_direct shape = made_up_direct(taps);
    k->direct_double(
      &shape, taps, doubles(shape.rows * shape.weight_row), below(2) ? doubles(shape.rows) : NULL,
      doubles(shape.depth * shape.input_depth), doubles(shape.rows * shape.output_row));
  }
  CASES(spread_float) {
    const ptrdiff_t count = between(1, 100), length = between(1, 200);
    k->spread_float(between(1, 4), count, floats(length), length, between(-50, 50), floats(count));
  }
  CASES(spread_double) {
    const ptrdiff_t count = between(1, 100), length = between(1, 200);
    k->spread_double(between(1, 4), count, doubles(length), length, between(-50, 50), doubles(count));
  }
}

void check_signals(const struct etude_signal_kernels *k) {
  check_transforms(k);
  check_cyclic(k);
  check_direct(k);
}
