#include "kernels.h"

#include "emulation.h"

#include "fusing.h"

#include "../../Sources/CCUDAKernels/Kernels/training.cu"

#if defined(__x86_64__)
#pragma clang attribute pop
#endif

const std::vector<emulated::Kernel> emulated::training_kernels = {
  {"train", call<const etude_cuda_training, train>, sizeof(etude_cuda_training), 256, true},
};
