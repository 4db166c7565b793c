import CCUDADriver
import Concurrency
import Messages

/// A card with an open context: its memory, its kernels, and whether it still works.
///
/// Unchecked, because the driver's handles are pointers: they never change, and the driver's functions
/// may be called from any thread.
final class Card: @unchecked Sendable {
  let driver: Driver
  let name: String
  /// The compute capability.
  let version: (major: Int, minor: Int)
  /// In bytes.
  let memory: Int
  let multiprocessorCount: Int
  /// Whether the blocks of a kernel can wait for each other.
  let launchesCooperatively: Bool
  /// Of the memory, in bytes a second, as its clock and its width say; nil when the driver does not tell.
  let memoryBandwidth: Double?
  private let device: etude_cuda_device
  private let context: etude_cuda_context

  struct State {
    /// After a lasting failure no call is made any more.
    var failure: CUDAFailure?
    var pool = MemoryPool()
    var kernels: [KernelName: Kernel] = [:]
    var modules: [KernelName.Module: LoadedModule] = [:]
  }
  let state = Monitor(State())

  /// Opens the first card.
  ///
  /// - Throws: when there is none, or it cannot be used.
  init(_ driver: Driver) throws(CUDAFailure) {
    self.driver = driver
    let calls = driver.calls
    var (count, device) = (Int32(0), etude_cuda_device(0))
    try driver.check(calls.deviceCount(&count))
    guard count > 0 else { throw .noCard }
    try driver.check(calls.device(&device, 0))
    func attribute(_ number: Int) throws(CUDAFailure) -> Int {
      var value: Int32 = 0
      try driver.check(calls.deviceAttribute(&value, Int32(number), device))
      return Int(value)
    }
    var text = [CChar](repeating: 0, count: 256)
    try driver.check(calls.deviceName(&text, Int32(text.count), device))
    name = text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    version = (
      major: try attribute(etude_cuda_major_version), minor: try attribute(etude_cuda_minor_version)
    )
    guard version.major >= CUDAFailure.oldestCard else {
      throw .oldCard(name: name, major: version.major, minor: version.minor)
    }
    var bytes = 0
    try driver.check(calls.deviceMemory(&bytes, device))
    memory = bytes
    multiprocessorCount = try attribute(etude_cuda_multiprocessor_count)
    let launchesCooperatively = try attribute(etude_cuda_launches_cooperatively) != 0
    self.launchesCooperatively = launchesCooperatively && calls.launchCooperative != nil
    // Two transfers a cycle.
    let bandwidth =
      2e3 * Double((try? attribute(etude_cuda_memory_clock)) ?? 0)
      * Double((try? attribute(etude_cuda_memory_bus_width)) ?? 0) / 8
    memoryBandwidth = bandwidth > 0 ? bandwidth : nil
    var context: etude_cuda_context?
    try driver.check(calls.retainContext(&context, device))
    guard let context else { throw .inUse }
    self.device = device
    self.context = context
  }

  deinit {
    guard failure == nil, driver.calls.setContext(context) == etude_cuda_success else { return }
    for address in state.withLock({ $0.pool.takeAll() }) { _ = driver.calls.free(address) }
    _ = driver.calls.releaseContext(device)
  }

  /// Why it does not work any more; nil while it does.
  var failure: CUDAFailure? { state.withLock { $0.failure } }

  /// Makes calls of the driver on this thread. What fails for good is remembered.
  ///
  /// - Throws: when a call fails, or the card has failed before.
  func call<Result>(
    _ body: (etude_cuda_driver) throws(CUDAFailure) -> Result
  ) throws(CUDAFailure) -> Result {
    if let failure { throw failure }
    do throws(CUDAFailure) {
      try driver.check(driver.calls.setContext(context))
      return try body(driver.calls)
    } catch {
      if error.isLasting { state.withLock { $0.failure = $0.failure ?? error } }
      throw error
    }
  }

  /// Makes one call of the driver.
  func check(
    _ body: (etude_cuda_driver) -> etude_cuda_result
  ) throws(CUDAFailure) {
    try call { (calls) throws(CUDAFailure) in try driver.check(body(calls)) }
  }
}
