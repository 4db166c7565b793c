#include "grid.h"

#include <csetjmp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

#include <sys/mman.h>
#include <ucontext.h>

#include "emulation.h"

namespace emulated {

namespace {

constexpr unsigned warp_size = 32;
constexpr size_t stack_size = 128 * 1024;
constexpr size_t shared_size = 48 * 1024;
constexpr size_t page_size = 4096;
/// Unwritten bytes: floats and doubles of them are nan.
constexpr int poison = 0xff;
constexpr size_t guard_size = 64;
constexpr int guard = 0xa5;

enum class State { ready, waits_for_block, waits_for_warp, spins, ended };

struct Fibre {
  unsigned index = 0;
  State state = State::ready;
  bool has_started = false;
  ucontext_t start;
  jmp_buf place;
  char *stack = nullptr;
  /// What it gave to the others of its warp, last time and the time before.
  uint64_t given[2] = {};
  unsigned exchanges = 0;
};

struct SharedArray {
  int identifier;
  size_t start, size;
};

struct Block {
  unsigned index = 0;
  std::vector<Fibre> fibres;
  /// For each warp, how many wait.
  std::vector<unsigned> waiting_lanes;
  unsigned waiting = 0, ended = 0;
  std::vector<SharedArray> arrays;
  size_t shared_end = 0;
  /// Of shared_size, with a page behind it that cannot be touched.
  char *shared = nullptr;
};

/// What runs at present: launches take turns.
const Launch *launch;
Block *block;
Fibre *fibre;
jmp_buf scheduler;
sigjmp_buf fault;
/// Counts what threads do, but for looking whether another block has arrived.
uint64_t events;
std::mt19937 random_numbers;

/// Kept, since the next launch uses it again.
char *pages(size_t size) {
  void *memory = mmap(
    nullptr, size + page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
    -1, 0);
  if (memory == MAP_FAILED) abort();
  mprotect(static_cast<char *>(memory) + size, page_size, PROT_NONE);
  return static_cast<char *>(memory);
}

std::vector<char *> stacks;

char *stack(size_t index) {
  while (stacks.size() <= index) stacks.push_back(pages(stack_size));
  return stacks[index];
}

void body() {
  launch->kernel(launch->argument);
  fibre->state = State::ended;
  block->ended++;
  events++;
  _longjmp(scheduler, 1);
}

/// Back to the scheduler, until the fibre is ready again.
void pause(State state) {
  fibre->state = state;
  if (_setjmp(fibre->place) == 0) _longjmp(scheduler, 1);
}

void resume(Fibre &next) {
  fibre = &next;
  threadIdx = {next.index, 0, 0};
  if (_setjmp(scheduler) != 0) return;
  if (next.has_started) _longjmp(next.place, 1);
  next.has_started = true;
  getcontext(&next.start);
  next.start.uc_stack.ss_sp = next.stack;
  next.start.uc_stack.ss_size = stack_size;
  next.start.uc_link = nullptr;
  makecontext(&next.start, body, 0);
  setcontext(&next.start);
}

void begin(Block &next, unsigned index, size_t first_stack) {
  next.index = index;
  next.fibres.assign(launch->threads, Fibre());
  next.waiting_lanes.assign(launch->threads / warp_size, 0);
  next.waiting = next.ended = 0;
  next.arrays.clear();
  next.shared_end = 0;
  if (!next.shared) next.shared = pages(shared_size);
  memset(next.shared, poison, shared_size);
  for (unsigned i = 0; i < launch->threads; i++) {
    next.fibres[i].index = i;
    next.fibres[i].stack = stack(first_stack + i);
  }
}

std::vector<unsigned> turns(unsigned count) {
  std::vector<unsigned> turns(count);
  for (unsigned i = 0; i < count; i++)
    turns[i] = launch->order == Order::backward ? count - 1 - i : i;
  if (launch->order == Order::shuffled)
    for (unsigned i = count; i > 1; i--) std::swap(turns[i - 1], turns[random_numbers() % i]);
  return turns;
}

enum class Progress { ended, spins, stuck };

/// Runs a block until all of its threads have ended or wait for another block.
Progress run_block(Block &next) {
  block = &next;
  blockIdx = {next.index, 0, 0};
  for (;;) {
    bool ran = false, spins = false;
    for (unsigned i : turns(launch->threads)) {
      if (next.fibres[i].state == State::spins) spins = true;
      if (next.fibres[i].state != State::ready) continue;
      resume(next.fibres[i]);
      ran = true;
    }
    if (next.ended == launch->threads) return Progress::ended;
    if (ran) continue;
    if (!spins) return Progress::stuck;
    for (Fibre &each : next.fibres)
      if (each.state == State::spins) each.state = State::ready;
    return Progress::spins;
  }
}

bool has_intact_guards(const Block &block) {
  for (const SharedArray &array : block.arrays)
    for (size_t i = 0; i < guard_size; i++)
      if (block.shared[array.start + array.size + i] != char(guard)) return false;
  return true;
}

/// Blocks that were given so many turns only to wait for each other will wait for ever.
constexpr int patience = 100;

Outcome run_blocks() {
  const unsigned together = launch->is_cooperative ? launch->blocks : 1;
  static std::vector<Block> blocks;
  if (blocks.size() < together) blocks.resize(together);
  std::vector<unsigned> starts = turns(launch->blocks);
  for (unsigned first = 0; first < launch->blocks; first += together) {
    std::vector<bool> is_running(together, true);
    for (unsigned i = 0; i < together; i++)
      begin(
        blocks[i], launch->is_cooperative ? i : starts[first], size_t(i) * launch->threads);
    unsigned left = together;
    for (int idle = 0; left > 0; idle++) {
      const uint64_t events_before = events;
      for (unsigned i : turns(together)) {
        if (!is_running[i]) continue;
        switch (run_block(blocks[i])) {
          case Progress::stuck: return Outcome::deadlock;
          case Progress::spins: break;
          case Progress::ended:
            if (!has_intact_guards(blocks[i])) return Outcome::shared_memory_overrun;
            is_running[i] = false;
            left--;
        }
      }
      if (events > events_before) idle = 0;
      if (idle > patience) return Outcome::deadlock;
    }
  }
  return Outcome::complete;
}

// MARK: Faults

/// Whether this thread runs a launch.
thread_local bool runs_launch;
struct sigaction segmentation_before, bus_before;

/// Ends the launch of this thread. A fault of another thread is somebody else's: tests load copies of this
/// library, each of which has a thread and a handler of its own.
void handle_fault(int signal, siginfo_t *information, void *context) {
  if (runs_launch) siglongjmp(fault, 1);
  const struct sigaction &before = signal == SIGSEGV ? segmentation_before : bus_before;
  if (before.sa_flags & SA_SIGINFO) return before.sa_sigaction(signal, information, context);
  // The instruction is tried again, and this time ends the program.
  sigaction(signal, &before, nullptr);
}

void catch_faults() {
  static const bool is_done = [] {
    struct sigaction action = {};
    action.sa_sigaction = handle_fault;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &action, &segmentation_before);
    sigaction(SIGBUS, &action, &bus_before);
    return true;
  }();
  (void)is_done;
}

#if defined(__x86_64__)
unsigned flush_denormals(bool flushes) {
  const unsigned state = __builtin_ia32_stmxcsr();
  // Results (bit 15) and operands (bit 6).
  __builtin_ia32_ldmxcsr(flushes ? state | 0x8040 : state & ~0x8040u);
  return state;
}
void restore_denormals(unsigned state) { __builtin_ia32_ldmxcsr(state); }
#elif defined(__aarch64__)
unsigned long flush_denormals(bool flushes) {
  unsigned long state;
  __asm__ volatile("mrs %0, fpcr" : "=r"(state));
  __asm__ volatile("msr fpcr, %0" : : "r"(flushes ? state | 1ul << 24 : state & ~(1ul << 24)));
  return state;
}
void restore_denormals(unsigned long state) { __asm__ volatile("msr fpcr, %0" : : "r"(state)); }
#endif

}  // namespace

Outcome run(const Launch &next) {
  launch = &next;
  blockDim = {next.threads, 1, 1};
  gridDim = {next.blocks, 1, 1};
  random_numbers.seed(1);
  catch_faults();
  const auto state = flush_denormals(next.flushes_denormals);
  runs_launch = true;
  // A fault abandons all fibres where they are.
  const Outcome outcome = sigsetjmp(fault, 1) == 0 ? run_blocks() : Outcome::illegal_address;
  runs_launch = false;
  restore_denormals(state);
  return outcome;
}

void forget_stacks() {
  for (char *stack : stacks) madvise(stack, stack_size, MADV_DONTNEED);
}

void wait_for_block() {
  events++;
  if (++block->waiting < launch->threads) return pause(State::waits_for_block);
  block->waiting = 0;
  for (Fibre &each : block->fibres)
    if (each.state == State::waits_for_block) each.state = State::ready;
}

void wait_for_warp() {
  events++;
  const unsigned warp = fibre->index / warp_size;
  if (++block->waiting_lanes[warp] < warp_size) return pause(State::waits_for_warp);
  block->waiting_lanes[warp] = 0;
  for (unsigned i = 0; i < warp_size; i++) {
    Fibre &each = block->fibres[warp * warp_size + i];
    if (each.state == State::waits_for_warp) each.state = State::ready;
  }
}

void spin() { pause(State::spins); }

uint64_t exchange(unsigned mask, uint64_t bits, int distance) {
  if (mask != 0xffffffff) {
    fprintf(stderr, "fake CUDA: only whole warps exchange values\n");
    abort();
  }
  // Two places in turn: one that is written again has been read by all, since they met in between.
  const unsigned place = fibre->exchanges++ % 2;
  fibre->given[place] = bits;
  Fibre *self = fibre;
  wait_for_warp();
  const unsigned warp = self->index / warp_size * warp_size;
  return block->fibres[warp + ((self->index % warp_size) ^ distance)].given[place];
}

void *shared_memory(int identifier, size_t size) {
  for (const SharedArray &array : block->arrays)
    if (array.identifier == identifier) return &block->shared[array.start];
  const SharedArray array = {identifier, block->shared_end, size};
  block->shared_end += (size + guard_size + 63) / 64 * 64;
  if (block->shared_end > shared_size) {
    fprintf(stderr, "fake CUDA: more shared memory than a block has\n");
    abort();
  }
  memset(&block->shared[array.start + size], guard, guard_size);
  block->arrays.push_back(array);
  return &block->shared[array.start];
}

}  // namespace emulated
