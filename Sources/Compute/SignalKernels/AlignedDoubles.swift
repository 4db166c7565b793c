import Glibc

/// Memory for tables and tiles: doubles aligned to 64 bytes, the size of the widest vectors.
///
/// Unchecked, because it holds a pointer: whoever makes it writes to it, and shares it only to read.
final class AlignedDoubles: @unchecked Sendable {
  let start: UnsafeMutablePointer<Double>
  let count: Int

  /// - Precondition: whoever reads has written before.
  init(count: Int) {
    self.count = count
    let bytes = max(8 * count, 64)
    // Large memory comes in large pages, since the system takes a microsecond for each new one.
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: bytes >= 2 * hugePage ? hugePage : 64)
    if bytes >= 2 * hugePage { madvise(memory, bytes, MADV_HUGEPAGE) }
    start = memory.bindMemory(to: Double.self, capacity: count)
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }
}

private let hugePage = 2 << 20
