/// Memory for tables and tiles: doubles aligned to 64 bytes, the size of the widest vectors.
///
/// Unchecked, because it holds a pointer: whoever makes it writes to it, and shares it only to read.
final class AlignedDoubles: @unchecked Sendable {
  let start: UnsafeMutablePointer<Double>
  let count: Int

  /// - Precondition: whoever reads has written before.
  init(count: Int) {
    self.count = count
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(8 * count, 64), alignment: 64)
    preferLargePages(memory, byteCount: 8 * count)
    start = memory.bindMemory(to: Double.self, capacity: count)
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }
}
