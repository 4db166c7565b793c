// A driver of NVIDIA's without a card: the library FakeCUDA has the functions of the driver API that Etude
// calls, and runs the kernels of Sources/CCUDAKernels, compiled for the processor. ETUDE_CUDA_DRIVER takes
// the library's path.
//
// It is stricter than a driver: addresses of the device are none of the host's, fresh memory is full of
// nan, and copies and kernels that leave an allocation are errors.

#ifndef FAKE_CUDA_H
#define FAKE_CUDA_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What goes wrong from now on; also in the environment variable FAKE_CUDA when the driver is initialised.
///
///     no-device       there is none
///     stub            the library is a stub
///     mismatch        the driver was updated while the system ran
///     old-driver      it is older than the PTX
///     old-card        so is the device
///     busy            another process has the device
///     out-of-memory   there is none left
///     lost            launches fail, and then everything does until the context is released
///     stopped         launches run into the time limit of a display, likewise
///     one-block       no cooperative launches
///     none            nothing
///
/// "lost:3" lets three such calls succeed first.
void fake_cuda_fail(const char *what);

/// The order in which blocks and threads take turns: "forward", "backward" or "shuffled"; also in the
/// environment variable FAKE_CUDA_ORDER.
void fake_cuda_order(const char *order);

/// Bytes of the device's and of pinned memory that are allocated.
size_t fake_cuda_allocated(void);

#ifdef __cplusplus
}
#endif

#endif
