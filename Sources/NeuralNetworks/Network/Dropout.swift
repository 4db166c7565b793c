import Compute

/// The masks of Dropout.
enum Dropout {
  /// Whether each value is kept.
  ///
  /// Draws once for each value, sample by sample in PyTorch's order of values: the masks are those
  /// of PyTorch 2.15 on the CPU, bit for bit. (Some builds of earlier versions drew them with a
  /// vector library.) Probabilities of 0 and 1 draw nothing; 0 needs no mask.
  static func draw(
    count: Int, probability: Double, random: inout PyTorchGenerator
  ) -> [Bool] {
    guard probability > 0 else { return [] }
    guard probability < 1 else { return [Bool](repeating: false, count: count) }
    return (0..<count).map { _ in random.bernoulli(1 - probability) }
  }

  /// Lays a mask out in chunks: 0 where a value is dropped, else what keeps the mean,
  /// 1 / (1 - probability).
  static func fill(
    _ mask: UnsafeMutablePointer<Float>, region: Network.Region, keeping kept: [Bool], count: Int,
    probability: Double
  ) {
    mask.update(repeating: 0, count: region.count * chunkCount(ofBatch: count))
    let scale = 1 / Float(1 - probability)
    let size = region.channels * region.length
    for sample in 0..<count {
      let at = mask + sample / chunkWidth * region.count + sample % chunkWidth
      for index in 0..<size where kept[sample * size + index] { at[index * chunkWidth] = scale }
    }
  }
}

extension Network {
  /// A mask for each Dropout, in order, for a batch of so many samples.
  func drawMasks(count: Int, random: inout PyTorchGenerator) -> [[Bool]] {
    var masks: [[Bool]] = []
    for operation in operations {
      guard case .dropout(let probability, let mask) = operation.kind else { continue }
      masks.append(
        Dropout.draw(
          count: count * mask.channels * mask.length, probability: probability, random: &random))
    }
    return masks
  }
}
