#include "kernels.h"

#include "emulation.h"

#include "fusing.h"

#include "../../Sources/CCUDAKernels/Kernels/operators.cu"

#if defined(__x86_64__)
#pragma clang attribute pop
#endif

#define OPERATOR(name, argument) \
  {#name "_float", call<const argument, name##_float>, sizeof(argument), 512, false}, \
  { \
    #name "_double", call<const argument, name##_double>, sizeof(argument), 512, false \
  }

const std::vector<emulated::Kernel> emulated::operator_kernels = {
  OPERATOR(convolve, etude_cuda_convolution),
  OPERATOR(convolve_transposed, etude_cuda_convolution),
  OPERATOR(max_pool, etude_cuda_pooling),
  OPERATOR(average_pool, etude_cuda_pooling),
  OPERATOR(linear, etude_cuda_linear),
  OPERATOR(elementwise, etude_cuda_elementwise),
  OPERATOR(reduce, etude_cuda_reduce),
};
