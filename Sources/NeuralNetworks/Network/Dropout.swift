import Compute

/// The masks of Dropout.
enum Dropout {
  /// 0 with the probability, else what keeps the mean: 1 / (1 - probability).
  ///
  /// Draws once for each value, sample by sample in PyTorch's order of values. The draws come from
  /// PyTorch's generator, but PyTorch itself hands over to a vector library here, so the masks are
  /// not the same as there.
  static func fill(
    _ mask: UnsafeMutablePointer<Float>, region: Network.Region, count: Int, probability: Double,
    random: inout PyTorchGenerator
  ) {
    mask.update(repeating: 0, count: region.count * sliceCount(ofBatch: count))
    guard probability < 1 else { return }
    let scale = Float(1 / (1 - probability))
    let threshold = Float(1 - probability)
    for sample in 0..<count {
      let at = mask + sample / sliceWidth * region.count + sample % sliceWidth
      for index in 0..<region.channels * region.length {
        at[index * sliceWidth] = random.uniform(0, 1) < threshold ? scale : 0
      }
    }
  }
}
