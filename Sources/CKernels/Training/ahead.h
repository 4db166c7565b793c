// Lines of memory that other threads have written or read. Their caches hand each one over in the time of a
// hundred operations, so a kernel asks for them while it computes: some at a time, since a processor ignores
// requests that it has no room for.
struct NAME(lines) {
  // The next line and the end of its row, the floats of a row and those between two, and how many lines are left.
  float *next, *row_end;
  ptrdiff_t width, gap, left;
};

// Rows of `width` lines, `step` floats apart.
static ALWAYS_INLINE struct NAME(lines) NAME(lines)(
  const float *start, ptrdiff_t rows, ptrdiff_t width, ptrdiff_t step)
{
  float *first = (float *)start;
  const ptrdiff_t floats_of_row = width * etude_chunk_width;
  return (struct NAME(lines)){
    first, first + floats_of_row, floats_of_row, step - floats_of_row, rows * width};
}

static ALWAYS_INLINE struct NAME(lines) NAME(lines_of)(const float *start, ptrdiff_t count) {
  return NAME(lines)(start, 1, (count + etude_chunk_width - 1) / etude_chunk_width, 0);
}

static ALWAYS_INLINE float *NAME(next_line)(struct NAME(lines) *lines) {
  float *line = lines->next;
  lines->next += etude_chunk_width;
  lines->left--;
  if (lines->next == lines->row_end) {
    lines->next += lines->gap;
    lines->row_end = lines->next + lines->width;
  }
  return line;
}

// Before reading what other threads have written.
static ALWAYS_INLINE void NAME(fetch_lines)(struct NAME(lines) *lines, ptrdiff_t limit) {
  for (; limit > 0 && lines->left > 0; limit--) __builtin_prefetch(NAME(next_line)(lines));
}

// Before writing what other threads have read. Each line is written, with what is there: some processors ignore
// a request to write a line that they may already read.
static ALWAYS_INLINE void NAME(claim_lines)(struct NAME(lines) *lines, ptrdiff_t limit) {
  for (; limit > 0 && lines->left > 0; limit--) {
    volatile float *line = NAME(next_line)(lines);
    *line = *line;
  }
}
