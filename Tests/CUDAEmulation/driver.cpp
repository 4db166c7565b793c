// The functions of the driver API. Work is done in order by a thread of its own, as a stream's is.

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "device_memory.h"
#include "grid.h"
#include "include/fake_cuda.h"
#include "kernels.h"

using namespace emulated;

namespace {

/// CUresult.
enum Result : int32_t {
  success = 0,
  invalid_value = 1,
  out_of_memory = 2,
  stub_library = 34,
  driver_mismatch = 803,
  device_unavailable = 46,
  no_device = 100,
  invalid_device = 101,
  invalid_context = 201,
  invalid_handle = 400,
  unsupported_ptx = 222,
  invalid_ptx = 218,
  not_found = 500,
  not_ready = 600,
  illegal_address = 700,
  launch_timeout = 702,
  launch_failed = 719,
  cooperative_launch_too_large = 720,
  not_supported = 801,
};

void say(const char *text) { fprintf(stderr, "fake CUDA: %s\n", text); }

int number(const char *variable, int otherwise) {
  const char *text = getenv(variable);
  return text ? atoi(text) : otherwise;
}

// MARK: Failures

struct Failures {
  std::mutex mutex;
  std::string what;
  /// Calls that succeed before it.
  int remaining = 0;

  void set(const char *text) {
    const std::lock_guard<std::mutex> lock(mutex);
    const char *colon = strchr(text, ':');
    what = colon ? std::string(text, colon) : text;
    remaining = colon ? atoi(colon + 1) : 0;
  }

  /// To be asked once for each call that may fail so.
  bool strikes(const char *name) {
    const std::lock_guard<std::mutex> lock(mutex);
    return what == name && remaining-- <= 0;
  }
} failures;

Order order = Order::forward;

Order order_named(const char *name) {
  if (strcmp(name, "backward") == 0) return Order::backward;
  return strcmp(name, "shuffled") == 0 ? Order::shuffled : Order::forward;
}

// MARK: The stream

/// There is one, whatever streams the caller makes.
struct Stream {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::function<void()>> work;
  bool is_working = false;
  /// Of a launch; stays until the context is released.
  Result error = success;

  void add(std::function<void()> next) {
    std::unique_lock<std::mutex> lock(mutex);
    // The thread lives as long as the process.
    static const bool started = [this] {
      std::thread([this] { run(); }).detach();
      return true;
    }();
    (void)started;
    work.push_back(std::move(next));
    changed.notify_all();
  }

  Result synchronize() {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [this] { return work.empty() && !is_working; });
    return error;
  }

  Result query() {
    const std::lock_guard<std::mutex> lock(mutex);
    if (error != success) return error;
    return work.empty() && !is_working ? success : not_ready;
  }

  Result status() {
    const std::lock_guard<std::mutex> lock(mutex);
    return error;
  }

  void fail(Result result) {
    const std::lock_guard<std::mutex> lock(mutex);
    if (error == success) error = result;
  }

  void reset() {
    synchronize();
    const std::lock_guard<std::mutex> lock(mutex);
    error = success;
  }

 private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex);
    for (;;) {
      changed.wait(lock, [this] { return !work.empty(); });
      const std::function<void()> next = std::move(work.front());
      work.pop_front();
      is_working = true;
      const bool skips = error != success;
      lock.unlock();
      if (!skips) next();
      lock.lock();
      is_working = false;
      changed.notify_all();
    }
  }
};

/// Never destroyed, since its thread may run to the end of the process.
Stream &stream = *new Stream;

// MARK: State

bool is_initialized = false;
int context_count = 0;
/// Contexts and the like are only compared with null.
int context, created_stream;

struct Module {
  std::string text;
  const std::vector<Kernel> *kernels;
};

void *host_pointer(uint64_t address) { return reinterpret_cast<void *>(address - address_offset); }

uint64_t device_address(void *memory) { return reinterpret_cast<uint64_t>(memory) + address_offset; }

bool is_device_memory(uint64_t address, size_t size) {
  return address >= address_offset && contains(MemoryKind::device, host_pointer(address), size);
}

int processors() { return number("FAKE_CUDA_PROCESSORS", 3); }

size_t memory_size() { return size_t(number("FAKE_CUDA_MEGABYTES", 1024)) << 20; }

Result state() {
  if (!is_initialized || context_count == 0) return invalid_context;
  return stream.status();
}

Result launch(
  const Kernel *kernel, unsigned blocks, unsigned threads, void **parameters, bool is_cooperative)
{
  if (const Result result = state(); result != success) return result;
  if (!kernel || !parameters || !parameters[0]) return invalid_value;
  if (blocks == 0 || threads == 0 || threads > kernel->thread_limit || threads % 32 != 0) {
    say("a launch with an impossible grid");
    return invalid_value;
  }
  const char *bytes = static_cast<const char *>(parameters[0]);
  std::vector<char> argument(bytes, bytes + kernel->argument_size);
  stream.add([=] {
    if (failures.strikes("lost")) return stream.fail(launch_failed);
    if (failures.strikes("stopped")) return stream.fail(launch_timeout);
    const Outcome outcome = run(
      {kernel->run, argument.data(), blocks, threads, is_cooperative, kernel->flushes_denormals,
       order});
    const char *fault = nullptr;
    switch (outcome) {
      case Outcome::complete: break;
      case Outcome::illegal_address: fault = "touches memory that was not allocated"; break;
      case Outcome::deadlock: fault = "has threads that wait for ever"; break;
      case Outcome::shared_memory_overrun: fault = "writes behind an array in shared memory"; break;
    }
    if (!fault && !has_intact_ends()) fault = "writes behind an allocation";
    if (!fault) return;
    fprintf(stderr, "fake CUDA: kernel %s %s\n", kernel->name, fault);
    stream.fail(outcome == Outcome::deadlock ? launch_timeout : illegal_address);
  });
  return success;
}

}  // namespace

// MARK: The API

#define API extern "C" __attribute__((visibility("default"))) int32_t
#define HOOK extern "C" __attribute__((visibility("default")))

HOOK void fake_cuda_fail(const char *what) { failures.set(what); }
HOOK void fake_cuda_order(const char *name) { order = order_named(name); }
HOOK size_t fake_cuda_allocated(void) { return allocated_bytes(); }

/// Once: before the driver's first answer, which may be its version.
static void heed_environment() {
  static bool is_heeded = false;
  if (is_heeded) return;
  is_heeded = true;
  if (const char *what = getenv("FAKE_CUDA")) failures.set(what);
  if (const char *name = getenv("FAKE_CUDA_ORDER")) order = order_named(name);
}

API cuInit(uint32_t) {
  heed_environment();
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("fma")) {
    say("this processor has no fused multiply-add");
    return no_device;
  }
#endif
  if (failures.strikes("no-device")) return no_device;
  if (failures.strikes("stub")) return stub_library;
  if (failures.strikes("mismatch")) return driver_mismatch;
  is_initialized = true;
  return success;
}

API cuDriverGetVersion(int32_t *version) {
  heed_environment();
  *version = failures.strikes("old-driver") ? 11040 : 12000;
  return success;
}

API cuGetErrorName(int32_t result, const char **name) {
  switch (result) {
    case success: *name = "CUDA_SUCCESS"; break;
    case invalid_value: *name = "CUDA_ERROR_INVALID_VALUE"; break;
    case out_of_memory: *name = "CUDA_ERROR_OUT_OF_MEMORY"; break;
    case stub_library: *name = "CUDA_ERROR_STUB_LIBRARY"; break;
    case driver_mismatch: *name = "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"; break;
    case device_unavailable: *name = "CUDA_ERROR_DEVICE_UNAVAILABLE"; break;
    case no_device: *name = "CUDA_ERROR_NO_DEVICE"; break;
    case invalid_device: *name = "CUDA_ERROR_INVALID_DEVICE"; break;
    case invalid_context: *name = "CUDA_ERROR_INVALID_CONTEXT"; break;
    case invalid_handle: *name = "CUDA_ERROR_INVALID_HANDLE"; break;
    case invalid_ptx: *name = "CUDA_ERROR_INVALID_PTX"; break;
    case unsupported_ptx: *name = "CUDA_ERROR_UNSUPPORTED_PTX_VERSION"; break;
    case not_found: *name = "CUDA_ERROR_NOT_FOUND"; break;
    case not_ready: *name = "CUDA_ERROR_NOT_READY"; break;
    case illegal_address: *name = "CUDA_ERROR_ILLEGAL_ADDRESS"; break;
    case launch_timeout: *name = "CUDA_ERROR_LAUNCH_TIMEOUT"; break;
    case launch_failed: *name = "CUDA_ERROR_LAUNCH_FAILED"; break;
    case cooperative_launch_too_large:
      *name = "CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE";
      break;
    case not_supported: *name = "CUDA_ERROR_NOT_SUPPORTED"; break;
    default: return invalid_value;
  }
  return success;
}

API cuDeviceGetCount(int32_t *count) {
  *count = 1;
  return success;
}

API cuDeviceGet(int32_t *device, int32_t ordinal) {
  *device = 0;
  return ordinal == 0 ? success : invalid_device;
}

API cuDeviceGetName(char *name, int32_t size, int32_t) {
  snprintf(name, size, "Imagined GPU");
  return success;
}

API cuDeviceTotalMem_v2(size_t *bytes, int32_t) {
  *bytes = memory_size();
  return success;
}

API cuDeviceGetAttribute(int32_t *value, int32_t attribute, int32_t) {
  switch (attribute) {
    case 1: *value = 1024; break;
    case 8: *value = 48 * 1024; break;
    case 10: *value = 32; break;
    case 16: *value = processors(); break;
    // 32 GB/s.
    case 36: *value = 1000000; break;
    case 37: *value = 128; break;
    case 75: *value = failures.strikes("old-card") ? 5 : 9; break;
    case 76: *value = 0; break;
    case 95: *value = failures.strikes("one-block") ? 0 : 1; break;
    default: *value = 0;
  }
  return success;
}

API cuDevicePrimaryCtxRetain(void **result, int32_t) {
  if (!is_initialized) return invalid_context;
  if (failures.strikes("busy")) return device_unavailable;
  context_count++;
  *result = &context;
  return success;
}

API cuDevicePrimaryCtxRelease_v2(int32_t) {
  if (context_count == 0) return invalid_context;
  if (--context_count == 0) {
    stream.reset();
    forget_stacks();
  }
  return success;
}

API cuCtxSetCurrent(void *) { return is_initialized ? success : invalid_context; }

API cuModuleLoadDataEx(void **module, const void *image, uint32_t, int32_t *, void **) {
  if (const Result result = state(); result != success) return result;
  if (failures.strikes("old-driver")) return unsupported_ptx;
  const std::string text = static_cast<const char *>(image);
  for (const std::vector<Kernel> *kernels : {&operator_kernels, &training_kernels}) {
    if (text.find(std::string(".entry ") + kernels->front().name) == std::string::npos) continue;
    *module = new Module{text, kernels};
    return success;
  }
  say("a module with other kernels");
  return invalid_ptx;
}

API cuModuleLoadData(void **module, const void *image) {
  return cuModuleLoadDataEx(module, image, 0, nullptr, nullptr);
}

API cuModuleUnload(void *module) {
  delete static_cast<Module *>(module);
  return success;
}

API cuModuleGetFunction(const void **function, void *module, const char *name) {
  const Module *loaded = static_cast<Module *>(module);
  if (!loaded) return invalid_handle;
  for (const Kernel &kernel : *loaded->kernels) {
    if (strcmp(kernel.name, name) != 0) continue;
    if (loaded->text.find(std::string(".entry ") + name + "(") == std::string::npos) break;
    *function = &kernel;
    return success;
  }
  return not_found;
}

API cuOccupancyMaxActiveBlocksPerMultiprocessor(int32_t *count, const void *, int32_t, size_t) {
  *count = 1;
  return success;
}

API cuLaunchKernel(
  const void *function, uint32_t blocks, uint32_t, uint32_t, uint32_t threads, uint32_t, uint32_t,
  uint32_t, void *, void **parameters, void **)
{
  return launch(static_cast<const Kernel *>(function), blocks, threads, parameters, false);
}

API cuLaunchCooperativeKernel(
  const void *function, uint32_t blocks, uint32_t, uint32_t, uint32_t threads, uint32_t, uint32_t,
  uint32_t, void *, void **parameters)
{
  if (failures.strikes("one-block")) return not_supported;
  if (blocks > uint32_t(processors())) return cooperative_launch_too_large;
  return launch(static_cast<const Kernel *>(function), blocks, threads, parameters, true);
}

API cuMemAlloc_v2(uint64_t *address, size_t size) {
  if (const Result result = state(); result != success) return result;
  if (size == 0) return invalid_value;
  if (failures.strikes("out-of-memory")) return out_of_memory;
  if (allocated_bytes() + size > memory_size()) return out_of_memory;
  void *memory = allocate(MemoryKind::device, size);
  if (!memory) return out_of_memory;
  *address = device_address(memory);
  return success;
}

API cuMemFree_v2(uint64_t address) {
  stream.synchronize();
  if (address == 0) return success;
  return release(MemoryKind::device, host_pointer(address)) ? success : invalid_value;
}

API cuMemGetInfo_v2(size_t *free, size_t *total) {
  *total = memory_size();
  *free = *total - allocated_bytes();
  return success;
}

API cuMemHostAlloc(void **memory, size_t size, uint32_t) {
  if (const Result result = state(); result != success) return result;
  if (failures.strikes("out-of-memory")) return out_of_memory;
  *memory = allocate(MemoryKind::pinned, size);
  return *memory ? success : out_of_memory;
}

API cuMemFreeHost(void *memory) {
  stream.synchronize();
  return release(MemoryKind::pinned, memory) ? success : invalid_value;
}

API cuMemHostGetDevicePointer_v2(uint64_t *address, void *memory, uint32_t) {
  if (!contains(MemoryKind::pinned, memory, 0)) return invalid_value;
  *address = device_address(memory);
  return success;
}

API cuMemcpyHtoDAsync_v2(uint64_t to, const void *from, size_t size, void *) {
  if (const Result result = state(); result != success) return result;
  if (!is_device_memory(to, size)) {
    say("a copy to the device leaves its allocation");
    return invalid_value;
  }
  const char *bytes = static_cast<const char *>(from);
  std::vector<char> content(bytes, bytes + size);
  stream.add([=] { memcpy(host_pointer(to), content.data(), content.size()); });
  return success;
}

API cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t size, void *) {
  if (const Result result = state(); result != success) return result;
  if (!is_device_memory(from, size)) {
    say("a copy from the device leaves its allocation");
    return invalid_value;
  }
  stream.add([=] { memcpy(to, host_pointer(from), size); });
  // Only pinned memory is written later.
  return contains(MemoryKind::pinned, to, size) ? success : stream.synchronize();
}

API cuMemcpyHtoD_v2(uint64_t to, const void *from, size_t size) {
  const int32_t result = cuMemcpyHtoDAsync_v2(to, from, size, nullptr);
  return result == success ? stream.synchronize() : result;
}

API cuMemcpyDtoH_v2(void *to, uint64_t from, size_t size) {
  const int32_t result = cuMemcpyDtoHAsync_v2(to, from, size, nullptr);
  return result == success ? stream.synchronize() : result;
}

API cuMemsetD8Async(uint64_t address, uint8_t value, size_t size, void *) {
  if (const Result result = state(); result != success) return result;
  if (!is_device_memory(address, size)) {
    say("clearing leaves its allocation");
    return invalid_value;
  }
  stream.add([=] { memset(host_pointer(address), value, size); });
  return success;
}

API cuStreamCreate(void **result, uint32_t) {
  if (const Result result = state(); result != success) return result;
  *result = &created_stream;
  return success;
}

API cuStreamQuery(void *) { return stream.query(); }
API cuStreamSynchronize(void *) { return stream.synchronize(); }
API cuCtxSynchronize() { return stream.synchronize(); }

API cuStreamDestroy_v2(void *) {
  stream.synchronize();
  return success;
}

// MARK: Events

using Clock = std::chrono::steady_clock;

API cuEventCreate(void **event, uint32_t) {
  *event = new Clock::time_point;
  return success;
}

API cuEventRecord(void *event, void *) {
  stream.add([=] { *static_cast<Clock::time_point *>(event) = Clock::now(); });
  return success;
}

API cuEventSynchronize(void *) { return stream.synchronize(); }

API cuEventElapsedTime(float *milliseconds, void *start, void *end) {
  const auto time = *static_cast<Clock::time_point *>(end) - *static_cast<Clock::time_point *>(start);
  *milliseconds = std::chrono::duration<float, std::milli>(time).count();
  return success;
}

API cuEventDestroy_v2(void *event) {
  stream.synchronize();
  delete static_cast<Clock::time_point *>(event);
  return success;
}
