// What threads need from the processor and the system, and Swift cannot say.

#ifndef ETUDE_CTHREADS_H
#define ETUDE_CTHREADS_H

/// Logical processors on which this process may run; 0 when the system does not say.
long etude_allowed_processor_count(void);

/// Asks for memory that another processor has written, all of it at once: met line by line, each one
/// costs the time of a hundred operations.
void etude_fetch(const void *start, long bytes);

/// The same before writing to memory that another processor has read: a store that meets such a line holds up
/// those behind it. Writes what is there, so only the thread that may write to the memory can call it.
void etude_claim(void *start, long bytes);

/// Gives free memory back to the system, where the allocator keeps it for later otherwise. Takes some
/// milliseconds.
void etude_return_free_memory(void);

/// For loops that wait for another thread: leaves the core's units to the thread that shares them.
static inline void etude_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
