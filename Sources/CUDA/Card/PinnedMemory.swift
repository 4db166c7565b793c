import CCUDADriver

/// Memory of the processor that kernels write while they run: numbers, of which the host reads those
/// that a kernel says are complete.
///
/// Unchecked, because it holds a pointer: whoever has it decides who reads what when.
final class PinnedMemory<Element: BitwiseCopyable>: @unchecked Sendable {
  private let card: Card
  let elements: UnsafeMutableBufferPointer<Element>
  /// As kernels see it.
  let address: etude_cuda_address

  init(_ card: Card, count: Int) throws(CUDAFailure) {
    self.card = card
    let byteCount = max(1, count) * MemoryLayout<Element>.stride
    var memory: UnsafeMutableRawPointer?
    var address: etude_cuda_address = 0
    try card.call { (calls) throws(CUDAFailure) in
      let result = calls.allocatePinned(&memory, byteCount, UInt32(etude_cuda_pinned_mapped))
      if result == etude_cuda_out_of_memory { throw .outOfMemory(bytes: byteCount, free: 0) }
      try card.driver.check(result)
      try card.driver.check(calls.addressOfPinned(&address, memory, 0))
    }
    memory!.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    elements = UnsafeMutableBufferPointer(
      start: memory!.bindMemory(to: Element.self, capacity: count), count: count)
    self.address = address
  }

  deinit { try? card.check { $0.freePinned(UnsafeMutableRawPointer(elements.baseAddress!)) } }
}
