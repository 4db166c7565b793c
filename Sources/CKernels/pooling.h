static void NAME(max_pool)(
  struct etude_share share, const struct etude_pooling *shape, const float *input, float *output)
{
  const ptrdiff_t end = share_end(share, shape->rows, 1);
  for (ptrdiff_t row = share_start(share, shape->rows, 1); row < end; row++) {
    for (ptrdiff_t index = 0; index < shape->outputs; index++) {
      const float *window =
        input + (row * shape->length + index * shape->stride) * etude_chunk_width;
      floats largest = NAME(load)(window);
      for (ptrdiff_t i = 1; i < shape->size; i++) {
        floats value = NAME(load)(window + i * etude_chunk_width);
        largest = NAME(choose)((value > largest) | (value != value), value, largest);
      }
      NAME(store)(output + (row * shape->outputs + index) * etude_chunk_width, largest);
    }
  }
}

static void NAME(max_pool_gradient)(
  struct etude_share share, const struct etude_pooling *shape, const float *input,
  const float *output, const float *gradient, float *input_gradient)
{
  // The gradients of overlapping windows add up. Others are written once, and the gaps are cleared.
  const int overlap = shape->stride < shape->size;
  const ptrdiff_t end = share_end(share, shape->rows, 1);
  for (ptrdiff_t row = share_start(share, shape->rows, 1); row < end; row++) {
    const float *from = input + row * shape->length * etude_chunk_width;
    float *to = input_gradient + row * shape->length * etude_chunk_width;
    if (overlap) NAME(clear)(to, to + shape->length * etude_chunk_width);
    for (ptrdiff_t index = 0; index < shape->outputs; index++) {
      const ptrdiff_t start = index * shape->stride;
      const ptrdiff_t at = (row * shape->outputs + index) * etude_chunk_width;
      floats largest = NAME(load)(output + at);
      floats left = NAME(load)(gradient + at);
      for (ptrdiff_t i = start; i < start + shape->size; i++) {
        integers is_largest = NAME(load)(from + i * etude_chunk_width) == largest;
        floats part = NAME(where)(is_largest, left);
        float *here = to + i * etude_chunk_width;
        NAME(store)(here, overlap ? NAME(load)(here) + part : part);
        left = NAME(where)(~is_largest, left);
      }
      const ptrdiff_t next = index + 1 < shape->outputs ? start + shape->stride : shape->length;
      if (!overlap)
        NAME(clear)(to + (start + shape->size) * etude_chunk_width, to + next * etude_chunk_width);
    }
  }
}

static void NAME(average_pool)(
  struct etude_share share, const struct etude_pooling *shape, const float *input, float *output)
{
  const ptrdiff_t end = share_end(share, shape->rows, 1);
  for (ptrdiff_t row = share_start(share, shape->rows, 1); row < end; row++) {
    for (ptrdiff_t index = 0; index < shape->outputs; index++) {
      const float *window =
        input + (row * shape->length + index * shape->stride) * etude_chunk_width;
      floats sum = {};
      for (ptrdiff_t i = 0; i < shape->size; i++)
        sum += NAME(load)(window + i * etude_chunk_width);
      NAME(store)(
        output + (row * shape->outputs + index) * etude_chunk_width,
        sum / NAME(splat)((float)shape->size));
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
      floats part = NAME(load)(gradient + (row * shape->outputs + index) * etude_chunk_width)
        / NAME(splat)((float)shape->size);
      float *window = to + index * shape->stride * etude_chunk_width;
      for (ptrdiff_t i = 0; i < shape->size; i++) {
        float *here = window + i * etude_chunk_width;
        NAME(store)(here, NAME(load)(here) + part);
      }
    }
  }
}
