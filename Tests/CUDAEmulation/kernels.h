// The kernels, compiled for the processor.

#pragma once

#include <cstddef>
#include <vector>

namespace emulated {

struct Kernel {
  const char *name;
  void (*run)(const void *argument);
  size_t argument_size;
  unsigned thread_limit;
  bool flushes_denormals;
};

template <typename Argument, void (*kernel)(Argument)>
void call(const void *argument) {
  kernel(*static_cast<const Argument *>(argument));
}

extern const std::vector<Kernel> operator_kernels, training_kernels;

}  // namespace emulated
