// NVIDIA's driver API, found at run time: a student has the driver and nothing else, and most have not
// even that. So nothing is linked, and no header of CUDA is needed to build.

#ifndef ETUDE_CCUDADRIVER_H
#define ETUDE_CCUDADRIVER_H

#include <stddef.h>
#include <stdint.h>

typedef int32_t etude_cuda_result;
typedef int32_t etude_cuda_device;
typedef void *etude_cuda_context;
typedef void *etude_cuda_module;
typedef void *etude_cuda_function;
typedef void *etude_cuda_stream;
typedef void *etude_cuda_event;
// An address in the card's memory.
typedef uint64_t etude_cuda_address;

// Every function that Etude calls: (required or optional, its name here, its symbol in the library, its
// parameters). The symbols are those of CUDA 12.0; a suffix is the version of the function's parameters.
// This is the only place that names them.
#define ETUDE_CUDA_DRIVER_FUNCTIONS(FUNCTION) \
  FUNCTION(required, initialize, "cuInit", (uint32_t flags)) \
  FUNCTION(required, driverVersion, "cuDriverGetVersion", (int32_t *version)) \
  FUNCTION(required, errorName, "cuGetErrorName", (etude_cuda_result result, const char **name)) \
  \
  FUNCTION(required, deviceCount, "cuDeviceGetCount", (int32_t *count)) \
  FUNCTION(required, device, "cuDeviceGet", (etude_cuda_device *device, int32_t ordinal)) \
  FUNCTION(required, deviceName, "cuDeviceGetName", (char *name, int32_t size, etude_cuda_device device)) \
  FUNCTION(required, deviceMemory, "cuDeviceTotalMem_v2", (size_t *bytes, etude_cuda_device device)) \
  FUNCTION(required, deviceAttribute, "cuDeviceGetAttribute", \
    (int32_t *value, int32_t attribute, etude_cuda_device device)) \
  \
  FUNCTION(required, retainContext, "cuDevicePrimaryCtxRetain", \
    (etude_cuda_context *context, etude_cuda_device device)) \
  FUNCTION(required, releaseContext, "cuDevicePrimaryCtxRelease_v2", (etude_cuda_device device)) \
  FUNCTION(required, setContext, "cuCtxSetCurrent", (etude_cuda_context context)) \
  \
  FUNCTION(required, loadModule, "cuModuleLoadDataEx", \
    (etude_cuda_module *module, const void *image, uint32_t optionCount, int32_t *options, void **values)) \
  FUNCTION(required, function, "cuModuleGetFunction", \
    (etude_cuda_function *function, etude_cuda_module module, const char *name)) \
  FUNCTION(required, blocksPerMultiprocessor, "cuOccupancyMaxActiveBlocksPerMultiprocessor", \
    (int32_t *count, etude_cuda_function function, int32_t blockSize, size_t sharedBytes)) \
  FUNCTION(required, launch, "cuLaunchKernel", \
    (etude_cuda_function function, uint32_t gridX, uint32_t gridY, uint32_t gridZ, uint32_t blockX, \
     uint32_t blockY, uint32_t blockZ, uint32_t sharedBytes, etude_cuda_stream stream, void **parameters, \
     void **extra)) \
  FUNCTION(optional, launchCooperative, "cuLaunchCooperativeKernel", \
    (etude_cuda_function function, uint32_t gridX, uint32_t gridY, uint32_t gridZ, uint32_t blockX, \
     uint32_t blockY, uint32_t blockZ, uint32_t sharedBytes, etude_cuda_stream stream, void **parameters)) \
  \
  FUNCTION(required, allocate, "cuMemAlloc_v2", (etude_cuda_address *address, size_t bytes)) \
  FUNCTION(required, free, "cuMemFree_v2", (etude_cuda_address address)) \
  FUNCTION(required, freeMemory, "cuMemGetInfo_v2", (size_t *free, size_t *total)) \
  FUNCTION(required, copyToDevice, "cuMemcpyHtoDAsync_v2", \
    (etude_cuda_address to, const void *from, size_t bytes, etude_cuda_stream stream)) \
  FUNCTION(required, copyToHost, "cuMemcpyDtoHAsync_v2", \
    (void *to, etude_cuda_address from, size_t bytes, etude_cuda_stream stream)) \
  FUNCTION(required, clear, "cuMemsetD8Async", \
    (etude_cuda_address address, uint8_t value, size_t bytes, etude_cuda_stream stream)) \
  FUNCTION(required, allocatePinned, "cuMemHostAlloc", (void **memory, size_t bytes, uint32_t flags)) \
  FUNCTION(required, freePinned, "cuMemFreeHost", (void *memory)) \
  FUNCTION(required, addressOfPinned, "cuMemHostGetDevicePointer_v2", \
    (etude_cuda_address *address, void *memory, uint32_t flags)) \
  \
  FUNCTION(required, createStream, "cuStreamCreate", (etude_cuda_stream *stream, uint32_t flags)) \
  FUNCTION(required, queryStream, "cuStreamQuery", (etude_cuda_stream stream)) \
  FUNCTION(required, synchronizeStream, "cuStreamSynchronize", (etude_cuda_stream stream)) \
  FUNCTION(required, destroyStream, "cuStreamDestroy_v2", (etude_cuda_stream stream)) \
  \
  FUNCTION(optional, createEvent, "cuEventCreate", (etude_cuda_event *event, uint32_t flags)) \
  FUNCTION(optional, recordEvent, "cuEventRecord", (etude_cuda_event event, etude_cuda_stream stream)) \
  FUNCTION(optional, synchronizeEvent, "cuEventSynchronize", (etude_cuda_event event)) \
  FUNCTION(optional, elapsedTime, "cuEventElapsedTime", \
    (float *milliseconds, etude_cuda_event start, etude_cuda_event end)) \
  FUNCTION(optional, destroyEvent, "cuEventDestroy_v2", (etude_cuda_event event))

// The functions of a driver; null where an optional one is missing.
typedef struct {
#define ETUDE_CUDA_DRIVER_MEMBER(need, name, symbol, parameters) etude_cuda_result (*name) parameters;
  ETUDE_CUDA_DRIVER_FUNCTIONS(ETUDE_CUDA_DRIVER_MEMBER)
#undef ETUDE_CUDA_DRIVER_MEMBER
} etude_cuda_driver;

typedef enum {
  etude_cuda_driver_loaded,
  // There is no such library.
  etude_cuda_driver_not_found,
  // There is a file that cannot be loaded; `fault` says why.
  etude_cuda_driver_not_loadable,
  // `fault` is the first required symbol that the library lacks.
  etude_cuda_driver_incomplete,
} etude_cuda_driver_status;

// Loads the library, for as long as the process lives: a driver does not like to be unloaded.
//
// `path` is a name that the system looks for, or a path. `fault` has room for `size` characters.
etude_cuda_driver_status etude_cuda_load_driver(
  const char *path, etude_cuda_driver *driver, char *fault, size_t size);

// Results that have a sentence of their own; all others are told by their names.
enum {
  etude_cuda_success = 0,
  etude_cuda_out_of_memory = 2,
  etude_cuda_stub_library = 34,
  etude_cuda_device_unavailable = 46,
  etude_cuda_no_device = 100,
  etude_cuda_invalid_device = 101,
  etude_cuda_no_binary_for_device = 209,
  etude_cuda_unsupported_ptx = 222,
  etude_cuda_not_ready = 600,
  etude_cuda_launch_timeout = 702,
  etude_cuda_system_not_ready = 802,
  etude_cuda_driver_mismatch = 803,
};

// Attributes of devices, by NVIDIA's numbers.
enum {
  etude_cuda_multiprocessor_count = 16,
  // In kHz, and in bits.
  etude_cuda_memory_clock = 36,
  etude_cuda_memory_bus_width = 37,
  etude_cuda_major_version = 75,
  etude_cuda_minor_version = 76,
  etude_cuda_launches_cooperatively = 95,
};

// Flags and options.
enum {
  // Pinned memory that kernels can write.
  etude_cuda_pinned_mapped = 2,
  etude_cuda_stream_non_blocking = 1,
  etude_cuda_jit_error_log = 5,
  etude_cuda_jit_error_log_size = 6,
};

#endif
