/// One position of all samples of a chunk.
package typealias SampleLanes = SIMD16<Float>

extension UnsafePointer<Float> {
  /// The samples at a position, counted from the pointer.
  package subscript(lanes position: Int) -> SampleLanes {
    UnsafeRawPointer(self).loadUnaligned(
      fromByteOffset: position * MemoryLayout<SampleLanes>.size, as: SampleLanes.self)
  }
}

extension UnsafeMutablePointer<Float> {
  /// The samples at a position, counted from the pointer.
  package subscript(lanes position: Int) -> SampleLanes {
    get { UnsafePointer(self)[lanes: position] }
    nonmutating set {
      UnsafeMutableRawPointer(self).storeBytes(
        of: newValue, toByteOffset: position * MemoryLayout<SampleLanes>.size, as: SampleLanes.self)
    }
  }
}
