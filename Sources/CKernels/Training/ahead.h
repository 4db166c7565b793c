// Lines of memory that other threads have written or read. Their caches hand each one over in the time of a
// hundred operations, so a kernel asks for them while it computes: some at a time, since a processor ignores
// requests that it has no room for.
struct NAME(lines) {
  // Rows of `width` lines, `step` floats apart; the next line, and how many are left.
  float *row;
  ptrdiff_t step, width, next, left;
};

static ALWAYS_INLINE struct NAME(lines) NAME(lines)(const float *start, ptrdiff_t count) {
  const ptrdiff_t lines = (count + etude_chunk_width - 1) / etude_chunk_width;
  return (struct NAME(lines)){(float *)start, 0, lines, 0, lines};
}

static ALWAYS_INLINE float *NAME(next_line)(struct NAME(lines) *lines) {
  float *line = lines->row + lines->next * etude_chunk_width;
  lines->left--;
  if (++lines->next == lines->width) {
    lines->next = 0;
    lines->row += lines->step;
  }
  return line;
}

// Before reading what other threads have written.
static ALWAYS_INLINE void NAME(fetch_lines)(struct NAME(lines) *lines, int limit) {
  for (; limit > 0 && lines->left > 0; limit--) __builtin_prefetch(NAME(next_line)(lines));
}

// Before writing what other threads have read. Each line is written, with what is there: some processors ignore
// a request to write a line that they may already read.
static ALWAYS_INLINE void NAME(claim_lines)(struct NAME(lines) *lines, int limit) {
  for (; limit > 0 && lines->left > 0; limit--) {
    volatile float *line = NAME(next_line)(lines);
    *line = *line;
  }
}

// What a thread asks for while it computes a tile.
struct NAME(ahead) {
  struct NAME(lines) fetched, claimed;
};
