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
  /// 1 / (1 - probability). One thread's share.
  static func fill(
    _ mask: UnsafeMutablePointer<Float>, region: Network.Region, keeping kept: [Bool], count: Int,
    probability: Double, _ share: Share
  ) {
    let scale = 1 / Float(1 - probability)
    let size = region.channels * region.length
    for sample in share.range(of: chunkCount(ofBatch: count) * chunkWidth, step: chunkWidth) {
      let at = mask + sample / chunkWidth * region.count + sample % chunkWidth
      for index in 0..<size {
        at[index * chunkWidth] = sample < count && kept[sample * size + index] ? scale : 0
      }
    }
  }
}

extension Network {
  /// Lays out the masks of all Dropouts, as they were drawn: one thread's share.
  func fillMasks(_ masks: [[Bool]], _ pass: Pass, _ share: Share) {
    var next = 0
    for operation in operations {
      guard case .dropout(let probability, let region) = operation.kind else { continue }
      if probability > 0 {
        Dropout.fill(
          pass.values(region), region: region, keeping: masks[next], count: pass.count,
          probability: probability, share)
      }
      next += 1
    }
  }

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
