/// Memory for signals in chunks: floats aligned to 64 bytes, the size of the widest vectors.
///
/// A value: a copy shares the memory until one of the two changes it.
package struct AlignedFloats: Sendable {
  // Unchecked, because it holds a pointer: only its owner writes through it, and only while it is not
  // shared.
  private final class Memory: @unchecked Sendable {
    let floats: UnsafeMutableBufferPointer<Float>

    init(count: Int) {
      let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(4 * count, 64), alignment: 64)
      floats = UnsafeMutableBufferPointer(
        start: bytes.bindMemory(to: Float.self, capacity: count), count: count)
    }

    deinit { UnsafeMutableRawPointer(floats.baseAddress!).deallocate() }
  }

  private var memory: Memory

  /// Zeros.
  package init(count: Int) {
    memory = Memory(count: count)
    memory.floats.initialize(repeating: 0)
  }

  package var count: Int { memory.floats.count }

  package func withPointer<Result>(_ body: (UnsafePointer<Float>) -> Result) -> Result {
    withExtendedLifetime(memory) { body(UnsafePointer($0.floats.baseAddress!)) }
  }

  package mutating func withMutablePointer<Result>(
    _ body: (UnsafeMutablePointer<Float>) -> Result
  ) -> Result {
    if !isKnownUniquelyReferenced(&memory) {
      let copy = Memory(count: count)
      _ = copy.floats.initialize(fromContentsOf: memory.floats)
      memory = copy
    }
    return withExtendedLifetime(memory) { body($0.floats.baseAddress!) }
  }
}
