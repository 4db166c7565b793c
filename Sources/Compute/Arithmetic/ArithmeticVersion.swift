/// The order and the rounding of every operation in training: docs/arithmetic.md.
///
/// The same version, the same seed: the same bits.
package struct ArithmeticVersion: Hashable, Sendable, CustomStringConvertible {
  /// "2", or "2 without fused products" on processors that cannot fuse a product and a sum.
  package let description: String

  package init(_ description: String) { self.description = description }

  /// This program's, on this processor.
  package static let current = ArithmeticVersion(
    AvailableKernels.chosen.isFused ? "2" : "2 without fused products")

  /// That of programs which did not record it.
  package static let unrecorded = ArithmeticVersion("0")
}
