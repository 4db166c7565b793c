import CCUDADriver

/// A queue of copies and kernels, which the card works off in order.
///
/// Unchecked, because it holds a handle of the driver, whose functions may be called from any thread.
final class Stream: @unchecked Sendable {
  let card: Card
  let handle: etude_cuda_stream

  init(_ card: Card) throws(CUDAFailure) {
    self.card = card
    var handle: etude_cuda_stream?
    try card.check { $0.createStream(&handle, UInt32(etude_cuda_stream_non_blocking)) }
    guard let handle else { throw .lost(result: "no stream") }
    self.handle = handle
  }

  deinit {
    // A card that has failed gives up everything by itself.
    try? card.check { $0.destroyStream(handle) }
  }

  /// Queues a copy; the memory may be changed once it returns.
  func copy(_ bytes: UnsafeRawBufferPointer, to memory: DeviceMemory) throws(CUDAFailure) {
    guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
    precondition(bytes.count <= memory.byteCount, "a copy is not longer than its target")
    try card.check { $0.copyToDevice(memory.address, source, bytes.count, handle) }
  }

  /// Copies, after all that is queued, and waits for it.
  func copy(_ memory: DeviceMemory, to bytes: UnsafeMutableRawBufferPointer) throws(CUDAFailure) {
    guard let target = bytes.baseAddress, !bytes.isEmpty else { return }
    precondition(bytes.count <= memory.byteCount, "a copy is not longer than its source")
    try card.check { $0.copyToHost(target, memory.address, bytes.count, handle) }
    try synchronize()
  }

  /// Queues zeros.
  func clear(_ memory: DeviceMemory) throws(CUDAFailure) {
    guard memory.byteCount > 0 else { return }
    try card.check { $0.clear(memory.address, 0, memory.byteCount, handle) }
  }

  /// Waits for all that is queued.
  func synchronize() throws(CUDAFailure) { try card.check { $0.synchronizeStream(handle) } }

  /// Whether all that was queued is done.
  func isIdle() throws(CUDAFailure) -> Bool {
    try card.call { (calls) throws(CUDAFailure) in
      let result = calls.queryStream(handle)
      if result == etude_cuda_not_ready { return false }
      try card.driver.check(result)
      return true
    }
  }
}
