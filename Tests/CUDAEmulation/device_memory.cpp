#include "device_memory.h"

#include <cstring>
#include <map>
#include <mutex>

#include <sys/mman.h>

namespace emulated {

namespace {

constexpr size_t page = 4096;
constexpr size_t alignment = 16;
constexpr int poison = 0xff, canary = 0xa5;

struct Allocation {
  MemoryKind kind;
  size_t size;
  /// Of the pages, the last one of which cannot be touched.
  char *pages;
  size_t page_bytes;
};

std::mutex mutex;
std::map<char *, Allocation> allocations;

size_t rounded(size_t size, size_t unit) { return (size + unit - 1) / unit * unit; }

}  // namespace

void *allocate(MemoryKind kind, size_t size) {
  const size_t used = rounded(size, alignment);
  const size_t bytes = rounded(used, page) + page;
  void *pages = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) return nullptr;
  char *end = static_cast<char *>(pages) + bytes - page;
  mprotect(end, page, PROT_NONE);
  // At the end, so that what is behind it is the page that cannot be touched.
  char *start = end - used;
  memset(start, poison, size);
  memset(start + size, canary, used - size);
  const std::lock_guard<std::mutex> lock(mutex);
  allocations[start] = {kind, size, static_cast<char *>(pages), bytes};
  return start;
}

bool release(MemoryKind kind, const void *start) {
  const std::lock_guard<std::mutex> lock(mutex);
  const auto found = allocations.find(static_cast<char *>(const_cast<void *>(start)));
  if (found == allocations.end() || found->second.kind != kind) return false;
  munmap(found->second.pages, found->second.page_bytes);
  allocations.erase(found);
  return true;
}

bool contains(MemoryKind kind, const void *start, size_t size) {
  const std::lock_guard<std::mutex> lock(mutex);
  char *first = static_cast<char *>(const_cast<void *>(start));
  auto next = allocations.upper_bound(first);
  if (next == allocations.begin()) return false;
  const auto &[place, allocation] = *--next;
  const size_t offset = first - place;
  return allocation.kind == kind && offset <= allocation.size && size <= allocation.size - offset;
}

bool has_intact_ends() {
  const std::lock_guard<std::mutex> lock(mutex);
  for (const auto &[start, allocation] : allocations)
    for (size_t i = allocation.size; i < rounded(allocation.size, alignment); i++)
      if (start[i] != char(canary)) return false;
  return true;
}

size_t allocated_bytes() {
  const std::lock_guard<std::mutex> lock(mutex);
  size_t sum = 0;
  for (const auto &[start, allocation] : allocations) sum += allocation.size;
  return sum;
}

}  // namespace emulated
