// The samples of a window, dilation apart, without those of the padding.
struct NAME(window) {
  ptrdiff_t start, end;
};

static ALWAYS_INLINE struct NAME(window) NAME(window)(const struct etude_pooling *shape, ptrdiff_t index) {
  const ptrdiff_t first = index * shape->stride - shape->padding;
  const ptrdiff_t end = first + shape->dilation * (shape->size - 1) + 1;
  struct NAME(window) window = {first, end < shape->length ? end : shape->length};
  while (window.start < 0) window.start += shape->dilation;
  return window;
}

// What the sum of a window is divided by.
static ALWAYS_INLINE floats NAME(divisor)(const struct etude_pooling *shape, ptrdiff_t index) {
  ptrdiff_t start = index * shape->stride - shape->padding;
  ptrdiff_t end = start + shape->size, limit = shape->length + shape->padding;
  if (!shape->counts_padding) {
    start = start < 0 ? 0 : start;
    limit = shape->length;
  }
  return NAME(splat)((float)((end < limit ? end : limit) - start));
}

// Most pools have short windows that lie within the signal: their loops are unrolled.
static ALWAYS_INLINE int NAME(is_plain)(const struct etude_pooling *shape) {
  return shape->padding == 0 && shape->dilation == 1
    && (shape->outputs - 1) * shape->stride + shape->size <= shape->length;
}

#define PLAIN_CASES \
  case 2: PLAIN(2); continue; \
  case 3: PLAIN(3); continue; \
  case 4: PLAIN(4); continue;

static ALWAYS_INLINE void NAME(plain_max)(
  const int size, const struct etude_pooling *shape, const float *from, float *to)
{
  for (ptrdiff_t index = 0; index < shape->outputs; index++) {
    const float *window = from + index * shape->stride * etude_chunk_width;
    floats largest = NAME(load)(window);
    UNROLL for (int i = 1; i < size; i++) {
      floats value = NAME(load)(window + i * etude_chunk_width);
      largest = NAME(choose)((value > largest) | (value != value), value, largest);
    }
    NAME(store)(to + index * etude_chunk_width, largest);
  }
}

static void NAME(max_pool)(
  struct etude_share share, const struct etude_pooling *shape, const float *input, float *output)
{
  const int is_plain = NAME(is_plain)(shape);
  const ptrdiff_t end = share_end(share, shape->rows, 1);
  for (ptrdiff_t row = share_start(share, shape->rows, 1); row < end; row++) {
    const float *from = input + row * shape->length * etude_chunk_width;
#define PLAIN(size) \
  NAME(plain_max)(size, shape, from, output + row * shape->outputs * etude_chunk_width)
    switch (is_plain ? shape->size : 0) { PLAIN_CASES }
#undef PLAIN
    for (ptrdiff_t index = 0; index < shape->outputs; index++) {
      const struct NAME(window) window = NAME(window)(shape, index);
      floats largest = NAME(splat)(-__builtin_inff());
      for (ptrdiff_t i = window.start; i < window.end; i += shape->dilation) {
        floats value = NAME(load)(from + i * etude_chunk_width);
        largest = NAME(choose)((value > largest) | (value != value), value, largest);
      }
      NAME(store)(output + (row * shape->outputs + index) * etude_chunk_width, largest);
    }
  }
}

// Of windows that do not overlap either.
static ALWAYS_INLINE void NAME(plain_max_gradient)(
  const int size, const struct etude_pooling *shape, const float *from, const float *output,
  const float *gradient, int relu, float *to)
{
  for (ptrdiff_t index = 0; index < shape->outputs; index++) {
    const ptrdiff_t start = index * shape->stride;
    floats largest = NAME(load)(output + index * etude_chunk_width);
    floats left = NAME(load)(gradient + index * etude_chunk_width);
    if (relu) left = NAME(where)(largest > 0, left);
    UNROLL for (int i = 0; i < size; i++) {
      const ptrdiff_t at = (start + i) * etude_chunk_width;
      integers is_largest = NAME(load)(from + at) == largest;
      // Adding to 0 makes -0 a 0.
      NAME(store)(to + at, (floats){} + NAME(where)(is_largest, left));
      left = NAME(where)(~is_largest, left);
    }
    const ptrdiff_t next = index + 1 < shape->outputs ? start + shape->stride : shape->length;
    NAME(clear)(to + (start + size) * etude_chunk_width, to + next * etude_chunk_width);
  }
}

static void NAME(max_pool_gradient)(
  struct etude_share share, const struct etude_pooling *shape, const float *input,
  const float *output, const float *gradient, int relu, float *input_gradient)
{
  // The gradients of overlapping windows add up. Others are written once, and the gaps are cleared.
  const int overlap = shape->dilation > 1 || shape->stride < shape->size;
  const int is_plain = NAME(is_plain)(shape) && !overlap;
  const ptrdiff_t end = share_end(share, shape->rows, 1);
  for (ptrdiff_t row = share_start(share, shape->rows, 1); row < end; row++) {
    const float *from = input + row * shape->length * etude_chunk_width;
    float *to = input_gradient + row * shape->length * etude_chunk_width;
    float *const row_end = to + shape->length * etude_chunk_width;
    const ptrdiff_t first = row * shape->outputs * etude_chunk_width;
#define PLAIN(size) \
  NAME(plain_max_gradient)(size, shape, from, output + first, gradient + first, relu, to)
    switch (is_plain ? shape->size : 0) { PLAIN_CASES }
#undef PLAIN
    if (overlap) NAME(clear)(to, row_end);
    for (ptrdiff_t index = 0; index < shape->outputs; index++) {
      const struct NAME(window) window = NAME(window)(shape, index);
      const ptrdiff_t at = (row * shape->outputs + index) * etude_chunk_width;
      floats largest = NAME(load)(output + at);
      floats left = NAME(load)(gradient + at);
      if (relu) left = NAME(where)(largest > 0, left);
      for (ptrdiff_t i = window.start; i < window.end; i += shape->dilation) {
        integers is_largest = NAME(load)(from + i * etude_chunk_width) == largest;
        floats part = NAME(where)(is_largest, left);
        float *here = to + i * etude_chunk_width;
        // Adding to 0 makes -0 a 0.
        NAME(store)(here, (overlap ? NAME(load)(here) : (floats){}) + part);
        left = NAME(where)(~is_largest, left);
      }
      if (!overlap) {
        const int is_last = index + 1 == shape->outputs;
        NAME(clear)(
          to + window.end * etude_chunk_width,
          is_last ? row_end : to + NAME(window)(shape, index + 1).start * etude_chunk_width);
      }
    }
  }
}

#undef PLAIN_CASES

static void NAME(average_pool)(
  struct etude_share share, const struct etude_pooling *shape, const float *input, float *output)
{
  const ptrdiff_t end = share_end(share, shape->rows, 1);
  for (ptrdiff_t row = share_start(share, shape->rows, 1); row < end; row++) {
    const float *from = input + row * shape->length * etude_chunk_width;
    for (ptrdiff_t index = 0; index < shape->outputs; index++) {
      const struct NAME(window) window = NAME(window)(shape, index);
      floats sum = {};
      for (ptrdiff_t i = window.start; i < window.end; i++)
        sum += NAME(load)(from + i * etude_chunk_width);
      NAME(store)(
        output + (row * shape->outputs + index) * etude_chunk_width,
        sum / NAME(divisor)(shape, index));
    }
  }
}

static void NAME(average_pool_gradient)(
  struct etude_share share, const struct etude_pooling *shape, const float *gradient,
  float *input_gradient)
{
  const ptrdiff_t end = share_end(share, shape->rows, 1);
  for (ptrdiff_t row = share_start(share, shape->rows, 1); row < end; row++) {
    float *to = input_gradient + row * shape->length * etude_chunk_width;
    NAME(clear)(to, to + shape->length * etude_chunk_width);
    for (ptrdiff_t index = 0; index < shape->outputs; index++) {
      const struct NAME(window) window = NAME(window)(shape, index);
      floats part = NAME(load)(gradient + (row * shape->outputs + index) * etude_chunk_width)
        / NAME(divisor)(shape, index);
      for (ptrdiff_t i = window.start; i < window.end; i++) {
        float *here = to + i * etude_chunk_width;
        NAME(store)(here, NAME(load)(here) + part);
      }
    }
  }
}
