// Memory of the device, and pinned memory, with pages behind it that nobody may touch.

#pragma once

#include <cstddef>
#include <cstdint>

namespace emulated {

enum class MemoryKind { device, pinned };

/// Of the processor's; null when there is none. Full of nan.
void *allocate(MemoryKind kind, size_t size);

/// Whether there was such an allocation.
bool release(MemoryKind kind, const void *start);

/// Whether all of these bytes are within one allocation.
bool contains(MemoryKind kind, const void *start, size_t size);

/// Whether nothing was written behind an allocation.
bool has_intact_ends();

size_t allocated_bytes();

}  // namespace emulated
