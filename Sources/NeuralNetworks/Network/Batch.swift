import Compute

/// The signals of some samples in every layer of a network, and their gradients.
///
/// A region of the network takes its part of each chunk: the chunks of one region follow each
/// other, so that an operation goes through the whole batch.
struct Batch: Sendable {
  /// Samples; lanes of the last chunk beyond them hold zeros at first, and no gradient ever.
  private(set) var count = 0
  private(set) var labels: [Int] = []
  var values = AlignedFloats(count: 0)
  var gradients = AlignedFloats(count: 0)

  var chunks: Int { chunkCount(ofBatch: count) }

  /// Takes memory once, for all batches to come.
  ///
  /// - Parameter limit: the most samples that it will hold.
  /// - Precondition: they do not take too much memory; see ``Network/checkMemory(ofBatch:)``.
  mutating func reserve(_ limit: Int, of network: Network, withGradients: Bool = false) {
    let size = chunkCount(ofBatch: limit) * network.chunkSize
    guard values.count < size else { return }
    values = AlignedFloats(count: size)
    gradients = AlignedFloats(count: withGradients ? size : 0)
  }

  /// Where the signals of a region start.
  func start(of region: Network.Region) -> Int { region.offset * chunks }

  /// Lays the samples of a data set side by side.
  mutating func load(_ indices: some Collection<Int>, of data: DataSet, as input: Network.Region) {
    count = indices.count
    labels = indices.map { data.labels[$0] }
    let size = input.channels * input.length
    let (first, chunks) = (start(of: input), chunks)
    values.withMutablePointer { values in
      let values = values + first
      if count % chunkWidth != 0 {
        (values + (chunks - 1) * size * chunkWidth).update(repeating: 0, count: size * chunkWidth)
      }
      data.inputs.withUnsafeBufferPointer { inputs in
        for (sample, index) in indices.enumerated() {
          let to = values + (sample / chunkWidth * size * chunkWidth + sample % chunkWidth)
          let from = inputs.baseAddress! + index * size
          for offset in 0..<size { to[offset * chunkWidth] = from[offset] }
        }
      }
    }
  }

  /// What a region without length holds of one sample.
  func sample(_ index: Int, of region: Network.Region) -> [Float] {
    let first = start(of: region)
    return values.withPointer { values in
      let at = values + first + index / chunkWidth * region.count + index % chunkWidth
      return (0..<region.channels).map { at[$0 * chunkWidth] }
    }
  }

  /// The same of all samples: `[count][channels]`.
  func samples(of region: Network.Region) -> [[Float]] {
    (0..<count).map { sample($0, of: region) }
  }
}
