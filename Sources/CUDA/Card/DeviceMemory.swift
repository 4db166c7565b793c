import CCUDADriver

/// A block of the card's memory. Goes back to the card's pool when nobody refers to it any more.
///
/// Unchecked, because what is in it is written once, by whoever made it.
final class DeviceMemory: @unchecked Sendable {
  let card: Card
  let address: etude_cuda_address
  /// As many as were asked for; the block may be longer.
  let byteCount: Int
  fileprivate let blockSize: Int

  fileprivate init(_ card: Card, _ address: etude_cuda_address, byteCount: Int, blockSize: Int) {
    self.card = card
    self.address = address
    self.byteCount = byteCount
    self.blockSize = blockSize
  }

  deinit { card.recycle(address, blockSize: blockSize) }
}

/// Blocks that are free, by their size. To give memory back to the driver waits for all kernels, and
/// cells make and drop arrays all the time.
struct MemoryPool {
  private(set) var free: [Int: [etude_cuda_address]] = [:]

  /// Blocks come in few sizes, so that they fit again: multiples of an eighth of a power of two.
  static func blockSize(for byteCount: Int) -> Int {
    let step = max(512, (1 << (Int.bitWidth - 1 - max(1, byteCount).leadingZeroBitCount)) / 8)
    return (max(1, byteCount) + step - 1) / step * step
  }

  mutating func take(_ size: Int) -> etude_cuda_address? { free[size]?.popLast() }
  mutating func put(_ address: etude_cuda_address, size: Int) {
    free[size, default: []].append(address)
  }

  mutating func takeAll() -> [etude_cuda_address] {
    defer { free = [:] }
    return free.values.flatMap { $0 }
  }
}

extension Card {
  /// Memory with anything in it.
  ///
  /// - Throws: when there is not enough.
  func allocate(_ byteCount: Int) throws(CUDAFailure) -> DeviceMemory {
    let size = MemoryPool.blockSize(for: byteCount)
    if let address = state.withLock({ $0.pool.take(size) }) {
      return DeviceMemory(self, address, byteCount: byteCount, blockSize: size)
    }
    let address = try call { (calls) throws(CUDAFailure) in
      var address: etude_cuda_address = 0
      var result = calls.allocate(&address, size)
      if result == etude_cuda_out_of_memory {
        for unused in state.withLock({ $0.pool.takeAll() }) { try driver.check(calls.free(unused)) }
        result = calls.allocate(&address, size)
      }
      guard result != etude_cuda_out_of_memory else {
        var (free, total) = (0, 0)
        try driver.check(calls.freeMemory(&free, &total))
        throw .outOfMemory(bytes: byteCount, free: free)
      }
      try driver.check(result)
      return address
    }
    return DeviceMemory(self, address, byteCount: byteCount, blockSize: size)
  }

  /// Memory with the elements of an array in it, which are copied on a stream.
  func allocate<T: BitwiseCopyable>(
    _ values: [T], on stream: Stream
  ) throws(CUDAFailure) -> DeviceMemory {
    let memory = try allocate(values.count * MemoryLayout<T>.stride)
    try values.withUnsafeBufferPointer { (values) throws(CUDAFailure) in
      try stream.copy(UnsafeRawBufferPointer(values), to: memory)
    }
    return memory
  }

  fileprivate func recycle(_ address: etude_cuda_address, blockSize: Int) {
    state.withLock { $0.pool.put(address, size: blockSize) }
  }
}
