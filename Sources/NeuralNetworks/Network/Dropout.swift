import Compute

/// The masks of Dropout.
enum Dropout {
  /// 0 with the probability, else what keeps the mean: 1 / (1 - probability).
  ///
  /// Draws once for each value, sample by sample in PyTorch's order of values: the masks are those of
  /// PyTorch 2.15 on the CPU, bit for bit. (Some builds of earlier versions drew them with a vector
  /// library.) A probability of 1 draws nothing.
  static func fill(
    _ mask: UnsafeMutablePointer<Float>, region: Network.Region, count: Int, probability: Double,
    random: inout PyTorchGenerator
  ) {
    mask.update(repeating: 0, count: region.count * sliceCount(ofBatch: count))
    guard probability < 1 else { return }
    let scale = 1 / Float(1 - probability)
    for sample in 0..<count {
      let at = mask + sample / sliceWidth * region.count + sample % sliceWidth
      for index in 0..<region.channels * region.length {
        at[index * sliceWidth] = random.bernoulli(1 - probability) ? scale : 0
      }
    }
  }
}
