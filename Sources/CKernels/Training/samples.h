// Lays samples of a data set side by side, a chunk at a time.
static void NAME(load_samples)(
  struct etude_share share, ptrdiff_t count, const ptrdiff_t *indices, ptrdiff_t size,
  const float *data, float *chunks)
{
  const ptrdiff_t end = share_end(share, count, etude_chunk_width);
  for (ptrdiff_t sample = share_start(share, count, etude_chunk_width); sample < end;
       sample += etude_chunk_width) {
    const float *from[etude_chunk_width];
    for (int lane = 0; lane < etude_chunk_width; lane++)
      from[lane] = sample + lane < count ? data + indices[sample + lane] * size : NULL;
    float *to = chunks + sample * size;
    for (ptrdiff_t first = 0; first < size; first += etude_chunk_width) {
      const ptrdiff_t left = size - first;
      floats block[etude_chunk_width];
      UNROLL for (int lane = 0; lane < etude_chunk_width; lane++)
        block[lane] = from[lane] ? NAME(load_block)(from[lane] + first, left) : (floats){};
      NAME(transpose_block)(block);
      UNROLL for (int i = 0; i < etude_chunk_width; i++)
        if (i < left) NAME(store)(to + (first + i) * etude_chunk_width, block[i]);
    }
  }
}
