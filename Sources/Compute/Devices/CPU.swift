import Concurrency
import Glibc

/// The processor of this machine, with all of its memory.
package struct CPU: Device {
  package let kind = DeviceKind.cpu
  /// The inner loops that training runs on.
  package let kernels: any BatchKernels
  /// The most threads that compute at a time.
  package let threads: Int

  /// The cores that this process may use: two threads of a core share its units for products and sums,
  /// so a second one gains nothing.
  package static var coreCount: Int {
    min(Processor.current.physicalCores, ThreadTeam.processorCount)
  }

  package init(
    kernels: any BatchKernels = AvailableKernels.chosen,
    threads: Int = CPU.coreCount
  ) {
    self.kernels = kernels
    self.threads = threads
  }

  /// How many threads share a piece of work that takes one of them so many steps, of which a core does a
  /// billion a second: another thread is worth starting for half a millisecond.
  package func threads(forSteps steps: Int) -> Int { max(1, min(threads, 4, steps / 500_000)) }

  package var name: String { Processor.current.name }

  package var details: String {
    let processor = Processor.current
    let (cores, threads) = (processor.physicalCores, processor.logicalCores)
    return "\(cores) \(cores == 1 ? "core" : "cores"), "
      + "\(threads) \(threads == 1 ? "thread" : "threads"), \(processor.instructionSet.rawValue)"
  }

  package var remark: String? {
    kernels.isFused
      ? nil
      : "This processor rounds a product and its sum separately: runs differ in the last digits "
        + "from those of processors made since 2013."
  }

  package var memory: Int? {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    return pages > 0 ? pages * sysconf(Int32(_SC_PAGESIZE)) : nil
  }
}
