// libFuzzer comes with the compiler as a library without a header; `-sanitize=fuzzer` links it.

#include <stddef.h>
#include <stdint.h>

/// Calls `target` with one input after the other, as the arguments say; does not return while it
/// finds nothing and has time left.
int LLVMFuzzerRunDriver(
    int *argumentCount, char ***arguments, int (*target)(const uint8_t *data, size_t count));
