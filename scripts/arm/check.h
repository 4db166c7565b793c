// What the checks of the three tables of kernels share: made-up inputs, and a hash of all that kernels write.

#ifndef ETUDE_CHECK_H
#define ETUDE_CHECK_H

#include "CKernels.h"

/// Runs the block that follows for each case of a kernel, and prints a line: the kernel's name, how many cases there
/// were, and a hash of all memory below as each case left it.
#define CASES(kernel) for (begin_kernel(#kernel); next_case();)

void begin_kernel(const char *name);
int next_case(void);

/// A number from 0 to `count` - 1, or from `low` to `high`. Calls have several of these among their arguments: both
/// programs come from one compiler, which evaluates these in the same order.
ptrdiff_t below(ptrdiff_t count);
ptrdiff_t between(ptrdiff_t low, ptrdiff_t high);

/// A number as a setting or a table has it: from 2 to the -8th to 2 to the 9th, of either sign.
double number(void);

/// Memory for one case, with its kind of inputs: numbers as above, numbers of all magnitudes, or numbers as above with
/// zeros of both signs, denormals, infinities and nan among them. Outputs start so, too: it shows what stays unwritten.
float *floats(ptrdiff_t count);
double *doubles(ptrdiff_t count);
/// With numbers as above, and with zeros.
double *table(ptrdiff_t count);
void *bytes(ptrdiff_t count);

void check_training(const struct etude_kernels *k);
void check_signals(const struct etude_signal_kernels *k);
void check_arrays(const struct etude_array_kernels *k);

#endif
