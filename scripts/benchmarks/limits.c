// What the machine can do at most: prints the peak of fused multiply-adds in single precision, in flops
// per second, of one thread and of two at once, and how fast one copies 441,000 doubles, in bytes read
// and written per second.

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __AVX512F__
enum { lanes = 16 };
#else
enum { lanes = 8 };
#endif

enum { sums = 10, steps = 1000, rounds = 50000, elements = 441000, copies = 1000 };

typedef float floats __attribute__((vector_size(4 * lanes)));

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + 1e-9 * time.tv_nsec;
}

// One round: sums of `steps` products each. There are enough independent sums to hide the latency of an
// addition, and no more than there are registers. Each starts from a
// reading of its own: the compiler would compute equal sums once.
static void multiply_and_add(void) {
  volatile float start = 1e-9f;
  floats factor = (floats){} + start, sum[sums];
  for (int i = 0; i < sums; i++) sum[i] = (floats){} + start;
  for (int step = 0; step < steps; step++) {
#pragma GCC unroll 10
    for (int i = 0; i < sums; i++) sum[i] = sum[i] * factor + factor;
  }
  __asm__ volatile("" : : "r"(sum) : "memory");
}

static const double flops_of_round = 2.0 * lanes * sums * steps;

// One thread's flops per second, as the mean over all rounds: the best round may be one during which the
// other thread did not run.
static void *measure(void *result) {
  double before = now();
  for (int round = 0; round < rounds; round++) multiply_and_add();
  *(double *)result = flops_of_round * rounds / (now() - before);
  return NULL;
}

static double peak_of_two(void) {
  pthread_t other;
  double first = 0, second = 0;
  if (pthread_create(&other, NULL, measure, &second)) {
    fprintf(stderr, "limits: cannot start a second thread\n");
    exit(1);
  }
  measure(&first);
  pthread_join(other, NULL);
  return first + second;
}

static double copy_rate(void) {
  double best = 1e9;
  double *from = aligned_alloc(4096, 4096 * 1024), *to = aligned_alloc(4096, 4096 * 1024);
  memset(from, 1, elements * sizeof(double));
  for (int round = 0; round < copies; round++) {
    double before = now();
    // Without this, the compiler knows what `from` holds, and writes it without reading.
    __asm__ volatile("" : : "r"(from) : "memory");
    memcpy(to, from, elements * sizeof(double));
    double after = now();
    __asm__ volatile("" : : "r"(to) : "memory");
    if (after - before < best) best = after - before;
  }
  return 2.0 * sizeof(double) * elements / best;
}

int main(void) {
  double one;
  measure(&one);
  printf("%g %g %g\n", one, peak_of_two(), copy_rate());
  return 0;
}
