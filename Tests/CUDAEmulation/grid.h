// The threads of a launch as fibres, and what they wait for.

#pragma once

#include <cstddef>
#include <cstdint>

namespace emulated {

struct Index {
  unsigned x = 0, y = 0, z = 0;
};

/// Between an address that the host sees and the one that kernels use: addresses of the device are none
/// of the processor's.
constexpr uint64_t address_offset = 0x0100'0000'0000'0000;

/// The order in which blocks, and threads of a block, take turns.
enum class Order { forward, backward, shuffled };

enum class Outcome {
  complete,
  /// Outside of the memory that was allocated.
  illegal_address,
  /// All wait, and nothing can come; or a thread is gone for which others wait.
  deadlock,
  /// Behind an array in shared memory.
  shared_memory_overrun,
};

struct Launch {
  void (*kernel)(const void *argument);
  const void *argument;
  unsigned blocks, threads;
  /// Whether all blocks run at the same time; otherwise one starts after the other has ended.
  bool is_cooperative;
  bool flushes_denormals;
  Order order;
};

Outcome run(const Launch &launch);

/// Gives back the memory of the threads' stacks. Not during a launch.
void forget_stacks();

// What threads call.
void wait_for_block();
void wait_for_warp();
void spin();
uint64_t exchange(unsigned mask, uint64_t bits, int distance);
void *shared_memory(int identifier, size_t size);

}  // namespace emulated
