// For a file of kernels: products are fused where they say so, by the processor's own instruction, and
// nowhere else.

#pragma once

// The library's function is as exact and a hundred times slower. All x86 processors since 2013 have the
// instruction; the driver refuses to start on others.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("fma"))), apply_to = function)
#endif
#pragma STDC FP_CONTRACT OFF
