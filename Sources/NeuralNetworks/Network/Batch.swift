import Compute

/// Some samples on their way through a network: all signals, and their gradients.
///
/// A region of the network takes its part of each slice: the slices of one region follow each other,
/// so that an operation goes through the whole batch.
struct Batch: Sendable {
  /// Samples; lanes of the last slice beyond them hold zeros at first, and no gradient ever.
  private(set) var count = 0
  private(set) var labels: [Int] = []
  var values: AlignedFloats
  var gradients: AlignedFloats

  var slices: Int { sliceCount(ofBatch: count) }

  /// - Parameter limit: the most samples that it will hold.
  /// - Throws: when that takes more than an array may.
  init(limit: Int, of network: Network, withGradients: Bool) throws(NetworkError) {
    let slices = sliceCount(ofBatch: limit)
    do {
      let count = try NDArray.checkedCount(shape: [slices, network.sliceSize], type: .float32)
      values = AlignedFloats(count: count)
      gradients = AlignedFloats(count: withGradients ? count : 0)
    } catch {
      throw NetworkError(
        "the signals inside of the network: \(error.message)",
        mend: "take smaller batches or a smaller network")
    }
  }

  /// Where the signals of a region start.
  func start(of region: Network.Region) -> Int { region.offset * slices }

  /// Lays the samples of a data set side by side.
  mutating func load(_ indices: some Collection<Int>, of data: DataSet, as input: Network.Region) {
    count = indices.count
    labels = indices.map { data.labels[$0] }
    let size = input.channels * input.length
    let (first, slices) = (start(of: input), slices)
    values.withMutablePointer { values in
      let values = values + first
      if count % sliceWidth != 0 {
        (values + (slices - 1) * size * sliceWidth).update(repeating: 0, count: size * sliceWidth)
      }
      data.inputs.withUnsafeBufferPointer { inputs in
        for (place, index) in indices.enumerated() {
          let to = values + (place / sliceWidth * size * sliceWidth + place % sliceWidth)
          let from = inputs.baseAddress! + index * size
          for offset in 0..<size { to[offset * sliceWidth] = from[offset] }
        }
      }
    }
  }

  /// What a region without length holds, sample by sample: `[count][channels]`.
  func samples(of region: Network.Region) -> [[Float]] {
    let first = start(of: region)
    return values.withPointer { values in
      (0..<count).map { sample in
        let at = values + first + sample / sliceWidth * region.count + sample % sliceWidth
        return (0..<region.channels).map { at[$0 * sliceWidth] }
      }
    }
  }
}
