// libFuzzer comes with the compiler without a header; `-sanitize=fuzzer` links it.

#include <stddef.h>
#include <stdint.h>

/// Calls `target` with inputs as directed by the arguments, until it finds a failure or the time is
/// up.
int LLVMFuzzerRunDriver(
    int *argumentCount, char ***arguments, int (*target)(const uint8_t *data, size_t count));
