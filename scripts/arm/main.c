// Runs every kernel of one instruction set on made-up inputs, and prints a hash of what each one writes:
// scripts/check-arm compares these lines between processors. Argument: baseline, avx2 or avx512.

#include "check.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { cases = 200 };

static int current;
static const char *kernel;
static uint64_t hash, state;

// MARK: Inputs

// The C library's random numbers differ from system to system. The low bits of this generator are weak, so the high
// ones are mixed into them.
static uint64_t random_bits(void) {
  state = state * 0x5851f42d4c957f2d + 0x14057b7ef767814f;
  return state ^ state >> 32;
}

ptrdiff_t below(ptrdiff_t count) { return (ptrdiff_t)(random_bits() >> 1) % count; }
ptrdiff_t between(ptrdiff_t low, ptrdiff_t high) { return low + below(high - low + 1); }

static float random_float(ptrdiff_t exponent) {
  const uint32_t bits = (random_bits() & 0x807fffff) | exponent << 23;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static double random_double(ptrdiff_t exponent) {
  const uint64_t bits = (random_bits() & 0x800fffffffffffff) | exponent << 52;
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

double number(void) { return random_double(between(1023 - 8, 1023 + 8)); }

// No normal float near the smallest one, 1.2e-38, is here: its products with numbers near 1 could be within half an ulp
// of that, where x86 and ARM may differ about what is denormal. Products of random numbers do not come so near.
static const float special_floats[] = {
  0, -0.0f, 1, -1, 0.5f, 1e-40f, -1e-40f, FLT_MAX, -FLT_MAX, INFINITY, -INFINITY, NAN};
// The last ones are at the limits of integers, and where exp becomes denormal, or infinite.
static const double special_doubles[] = {
  0, -0.0, 1, -1, 0.5, -2.5, 1e-310, -1e-310, DBL_MAX, -DBL_MAX, INFINITY, -INFINITY, NAN, 2147483647, 2147483648,
  -2147483648, -2147483649, 0x1p63, -0x1p63, -745, 709.75};

// The memory of the current case. The size is that of its numbers: 4 and 8 are floats and doubles.
static struct {
  void *start;
  ptrdiff_t count, size;
} blocks[64];
static int block_count;

static void *block(ptrdiff_t count, ptrdiff_t size) {
  if (block_count == sizeof blocks / sizeof *blocks) abort();
  blocks[block_count].count = count;
  blocks[block_count].size = size;
  return blocks[block_count++].start = calloc((size_t)count + 1, (size_t)size);
}

void *bytes(ptrdiff_t count) { return block(count, 1); }

// Where one number in eight is special, hardly a sum is finite; so in half of the arrays these are rare. And in half of
// those of all magnitudes, the exponents stay below `limit`, where products do not overflow.
#define FILL(type, limit, all) \
  type *values = block(count, sizeof(type)); \
  const ptrdiff_t rarity = below(2) ? 8 : 512, end = below(2) ? limit : all; \
  for (ptrdiff_t i = 0; i < count; i++) { \
    values[i] = current % 3 == 1 ? random_##type(below(end)) : (type)number(); \
    if (current % 3 == 2 && below(rarity) == 0) \
      values[i] = special_##type##s[below(sizeof special_##type##s / sizeof(type))]; \
  } \
  return values

float *floats(ptrdiff_t count) { FILL(float, 160, 255); }
double *doubles(ptrdiff_t count) { FILL(double, 1100, 2047); }

double *table(ptrdiff_t count) {
  double *values = block(count, sizeof *values);
  for (ptrdiff_t i = 0; i < count; i++) values[i] = number();
  return values;
}

// MARK: Hashes

static void add_to_hash(uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  hash ^= hash >> 32;
}

// Every nan counts as the same one: its sign and payload are not promised.
static void hash_and_free(void *start, ptrdiff_t count, ptrdiff_t size) {
  for (ptrdiff_t i = 0; i < count; i++) {
    uint64_t bits = 0;
    memcpy(&bits, (char *)start + i * size, (size_t)size);
    if (size == 4 && (bits & 0x7fffffff) > 0x7f800000) bits = 0x7fc00000;
    if (size == 8 && (bits & 0x7fffffffffffffff) > 0x7ff0000000000000) bits = 0x7ff8000000000000;
    add_to_hash(bits);
  }
  free(start);
}

void begin_kernel(const char *name) {
  kernel = name;
  current = -1;
  hash = 0;
  // Of the name, so that a new kernel changes no inputs of others.
  state = 0;
  for (; *name; name++) state = state * 31 + (unsigned char)*name;
}

int next_case(void) {
  for (int i = 0; i < block_count; i++) hash_and_free(blocks[i].start, blocks[i].count, blocks[i].size);
  block_count = 0;
  if (++current < cases) return 1;
  printf("%s %d %016llx\n", kernel, cases, (unsigned long long)hash);
  return 0;
}

// MARK: Instruction sets

int main(int count, char **arguments) {
  const char *set = count == 2 ? arguments[1] : "";
  const struct etude_kernels *training = NULL;
  const struct etude_signal_kernels *signals = NULL;
  const struct etude_array_kernels *arrays = NULL;
#define TAKE(name, pointer_of) \
  if (!strcmp(set, #name)) { \
    training = pointer_of(etude_kernels_##name); \
    signals = pointer_of(etude_signal_kernels_##name); \
    arrays = pointer_of(etude_array_kernels_##name); \
  }
#define ADDRESS(table) &table
#define CALL(function) function()
  TAKE(baseline, ADDRESS)
  TAKE(avx2, CALL)
  TAKE(avx512, CALL)
  if (!training || !signals || !arrays || !training->is_fused || !signals->is_fused) {
    fprintf(stderr, "There are no kernels named \"%s\" here that fuse products and sums.\n", set);
    return 2;
  }
  // As in training only.
  const unsigned long denormals = etude_flush_denormals();
  check_training(training);
  etude_restore_denormals(denormals);
  check_signals(signals);
  check_arrays(arrays);
}
