// For sched_getaffinity.
#define _GNU_SOURCE
#include <sched.h>

#include "CThreads.h"

long etude_allowed_processor_count(void) {
  cpu_set_t allowed;
  return sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : 0;
}

enum { cache_line = 64 };

void etude_fetch(const void *start, long bytes) {
  const char *const end = (const char *)start + bytes;
  for (const char *at = start; at < end; at += cache_line) __builtin_prefetch(at, 0, 2);
}

void etude_claim(void *start, long bytes) {
  volatile char *const end = (char *)start + bytes;
  for (volatile char *at = start; at < end; at += cache_line) *at = *at;
}
