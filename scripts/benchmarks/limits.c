// What the machine can do at most, on one thread: prints the peak of fused multiply-adds in single
// precision, in flops per second, and how fast 441,000 doubles are copied, in bytes read and written
// per second.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __AVX512F__
enum { lanes = 16 };
#else
enum { lanes = 8 };
#endif

enum { sums = 10, steps = 1000, elements = 441000, rounds = 1000 };

typedef float floats __attribute__((vector_size(4 * lanes)));

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + 1e-9 * time.tv_nsec;
}

int main(void) {
  volatile float start = 1e-9f;
  floats factor = (floats){} + start, sum[sums] = {};
  double best_sum = 1e9, best_copy = 1e9;
  double *from = aligned_alloc(4096, 4096 * 1024), *to = aligned_alloc(4096, 4096 * 1024);
  memset(from, 1, elements * sizeof(double));
  for (int round = 0; round < rounds; round++) {
    double before = now();
    for (int step = 0; step < steps; step++) {
      // Enough independent sums to hide the latency of each, and not more than there are registers.
#pragma GCC unroll 10
      for (int i = 0; i < sums; i++) sum[i] = sum[i] * factor + factor;
    }
    double between = now();
    // Without this, the compiler knows what `from` holds, and writes it without reading.
    __asm__ volatile("" : : "r"(from) : "memory");
    memcpy(to, from, elements * sizeof(double));
    double after = now();
    __asm__ volatile("" : : "r"(to), "r"(sum) : "memory");
    if (between - before < best_sum) best_sum = between - before;
    if (after - between < best_copy) best_copy = after - between;
  }
  printf("%g %g\n", 2.0 * lanes * sums * steps / best_sum, 2.0 * sizeof(double) * elements / best_copy);
  return 0;
}
