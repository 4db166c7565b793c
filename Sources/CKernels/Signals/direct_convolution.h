// Convolutions by their definition, for floats and for doubles: the includer defines SCALAR, INTEGER (of
// the same size) and DIRECT(x), the name of a function. Each output is a sum of its own, over channels
// and taps in order, so it does not matter how many lie in a register.

typedef SCALAR DIRECT(vector) __attribute__((vector_size(8 * LANES), aligned(sizeof(SCALAR))));
typedef INTEGER DIRECT(mask) __attribute__((vector_size(8 * LANES)));
#define VECTOR DIRECT(vector)
#define MASK DIRECT(mask)
#define WIDTH ((ptrdiff_t)(8 * LANES / sizeof(SCALAR)))

#ifdef DIRECT_SLIDES
// The sums of one row, inside of the signal, whose taps reach samples side by side: each one the sample
// after (`slide` 1) or before (-1) that of the last tap. Nearly every load of samples lies in two cache
// lines, which takes twice as long. So half of the registers are not loaded again for a tap but moved
// by one sample, which a neighbour has.
static ALWAYS_INLINE void DIRECT(sliding)(
  const int V, const int slide, const struct etude_direct *shape,
  const struct etude_direct_tap *taps, const SCALAR *weights, const SCALAR *input, ptrdiff_t first,
  VECTOR sums[8])
{
  for (ptrdiff_t depth = 0; depth < shape->depth; depth++) {
    const SCALAR *from = input + depth * shape->input_depth + first;
    const SCALAR *weight = weights + depth * shape->weight_depth;
    VECTOR x[8];
    for (ptrdiff_t t = 0; t < shape->taps; t++) {
      const SCALAR *at = from + taps[t].input;
      UNROLL for (int u = 0; u < V; u++) {
        // Those that are moved come before the neighbours that they need.
        const int v = slide > 0 ? u : V - 1 - u;
        const int is_moved = slide > 0 ? v % 2 == 0 : v % 2 == 1;
        if (!is_moved || t == 0) x[v] = *(const VECTOR *)(at + v * WIDTH);
        else if (slide > 0) x[v] = __builtin_shufflevector(x[v], x[v + 1], NEXT_SAMPLES);
        else x[v] = __builtin_shufflevector(x[v - 1], x[v], PREVIOUS_SAMPLES);
      }
      const VECTOR w = weight[taps[t].weight] - (VECTOR){};
      UNROLL for (int v = 0; v < V; v++) sums[v] = FMA(w, x[v], sums[v]);
    }
  }
}
#endif

// R rows of V registers stay in registers for all taps. At the edge of the signal a lane takes part in
// a tap only where that is inside.
static ALWAYS_INLINE void DIRECT(tile)(
  const int R, const int V, const int is_edge, const int slide, const struct etude_direct *shape,
  const struct etude_direct_tap *taps, const SCALAR *weights, const SCALAR *bias,
  const SCALAR *input, SCALAR *output, ptrdiff_t first)
{
  VECTOR sums[8][8];
  MASK lane = {};
  for (int i = 0; i < WIDTH; i++) lane[i] = i;
  UNROLL for (int r = 0; r < R; r++)
    UNROLL for (int v = 0; v < V; v++) sums[r][v] = (bias ? bias[r] : 0) - (VECTOR){};
#ifdef DIRECT_SLIDES
  if (slide) DIRECT(sliding)(V, slide, shape, taps, weights, input, first, sums[0]);
#endif
  for (ptrdiff_t depth = 0; !slide && depth < shape->depth; depth++) {
    for (ptrdiff_t t = 0; t < shape->taps; t++) {
      const struct etude_direct_tap tap = taps[t];
      const SCALAR *from = input + depth * shape->input_depth + tap.input + first;
      const SCALAR *weight = weights + depth * shape->weight_depth + tap.weight;
      VECTOR x[8];
      UNROLL for (int v = 0; v < V; v++) x[v] = *(const VECTOR *)(from + v * WIDTH);
      UNROLL for (int r = 0; r < R; r++) {
        const VECTOR w = weight[r * shape->weight_row] - (VECTOR){};
        UNROLL for (int v = 0; v < V; v++) {
          const VECTOR sum = FMA(w, x[v], sums[r][v]);
          if (is_edge) {
            const ptrdiff_t at = first + v * WIDTH;
            const MASK inside =
              (lane >= (INTEGER)(tap.start - at)) & (lane < (INTEGER)(tap.end - at));
            sums[r][v] = (VECTOR)(((MASK)sum & inside) | ((MASK)sums[r][v] & ~inside));
          } else {
            sums[r][v] = sum;
          }
        }
      }
    }
  }
  UNROLL for (int r = 0; r < R; r++) {
    UNROLL for (int v = 0; v < V; v++) {
      const ptrdiff_t at = first + v * WIDTH, left = shape->count - at;
      const ptrdiff_t step = shape->output_step;
      SCALAR *to = output + r * shape->output_row + at * step;
      if (left >= WIDTH && step == 1)
        *(VECTOR *)to = sums[r][v];
      else
        for (ptrdiff_t i = 0; i < WIDTH && i < left; i++) to[i * step] = sums[r][v][i];
    }
  }
}

// 1 or -1 where taps reach samples side by side and sliding pays, else 0.
static ALWAYS_INLINE int DIRECT(slide)(
  const struct etude_direct *shape, const struct etude_direct_tap *taps)
{
#ifdef DIRECT_SLIDES
  if (shape->taps < 2) return 0;
  const ptrdiff_t step = taps[1].input - taps[0].input;
  for (ptrdiff_t t = 1; t < shape->taps; t++)
    if (taps[t].input - taps[t - 1].input != step) return 0;
  return step == 1 || step == -1 ? (int)step : 0;
#else
  return 0;
#endif
}

// All outputs of R rows.
static ALWAYS_INLINE void DIRECT(row)(
  const int R, const int V, const struct etude_direct *shape, const struct etude_direct_tap *taps,
  const SCALAR *weights, const SCALAR *bias, const SCALAR *input, SCALAR *output,
  ptrdiff_t start, ptrdiff_t end)
{
  const int slide = R == 1 ? DIRECT(slide)(shape, taps) : 0;
  for (ptrdiff_t first = 0; first < shape->count;) {
    const int is_wide = shape->count - first >= V * WIDTH;
    const ptrdiff_t width = (is_wide ? V : 1) * WIDTH;
    const ptrdiff_t last = first + width < shape->count ? first + width : shape->count;
    const int is_edge = first < start || last > end;
#define TILE(V, is_edge, slide) \
  DIRECT(tile)(R, V, is_edge, slide, shape, taps, weights, bias, input, output, first)
    if (is_wide && is_edge) TILE(V, 1, 0);
    else if (is_wide && slide > 0) TILE(V, 0, 1);
    else if (is_wide && slide < 0) TILE(V, 0, -1);
    else if (is_wide) TILE(V, 0, 0);
    else if (is_edge) TILE(1, 1, 0);
    else TILE(1, 0, 0);
#undef TILE
    first += width;
  }
}

static void DIRECT(direct)(
  const struct etude_direct *shape, const struct etude_direct_tap *taps, const SCALAR *weights,
  const SCALAR *bias, const SCALAR *input, SCALAR *output)
{
  // The outputs that all taps reach.
  ptrdiff_t start = 0, end = shape->count;
  for (ptrdiff_t t = 0; t < shape->taps; t++) {
    if (taps[t].start > start) start = taps[t].start;
    if (taps[t].end < end) end = taps[t].end;
  }
  ptrdiff_t row = 0;
#define ROWS(R, V) \
  for (; row + R <= shape->rows; row += R) \
    DIRECT(row)( \
      R, V, shape, taps, weights + row * shape->weight_row, bias ? bias + row : NULL, input, \
      output + row * shape->output_row, start, end)
  ROWS(DIRECT_ROWS, DIRECT_MANY);
  ROWS(2, DIRECT_TWO);
  ROWS(1, DIRECT_ONE);
#undef ROWS
}

// Samples first, first + step, ... of a signal; 0 outside of it.
static void DIRECT(spread)(
  ptrdiff_t step, ptrdiff_t count, const SCALAR *signal, ptrdiff_t length, ptrdiff_t first,
  SCALAR *samples)
{
  ptrdiff_t i = 0;
  for (; i < count && first + i * step < 0; i++) samples[i] = 0;
  const ptrdiff_t left = length - first - i * step;
  const ptrdiff_t inside = left <= 0 ? 0 : (left - 1) / step + 1;
  const ptrdiff_t end = inside < count - i ? i + inside : count;
  const SCALAR *from = signal + first;
  if (step == 1)
    for (; i < end; i++) samples[i] = from[i];
  else if (step == 2)
    for (; i < end; i++) samples[i] = from[2 * i];
  else
    for (; i < end; i++) samples[i] = from[i * step];
  for (; i < count; i++) samples[i] = 0;
}

#undef VECTOR
#undef MASK
#undef WIDTH
#undef SCALAR
#undef INTEGER
#undef NEXT_SAMPLES
#undef PREVIOUS_SAMPLES
#undef DIRECT
