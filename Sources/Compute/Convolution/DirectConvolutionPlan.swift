import CKernels

/// How a network's convolution is computed directly, block of outputs by block.
///
/// Neighbouring outputs need samples that are a stride apart. So for each block, the samples are laid
/// out in rows in which they are neighbours: one row for every remainder of a tap's place by the
/// stride or, where taps are far apart, one for each tap.
struct DirectConvolutionPlan {
  /// A part of the outputs: those from `start`, `step` apart.
  struct Outputs {
    var start: Int
    var step: Int
    /// Of the part.
    var count: Int
    var taps: [Tap]
  }

  struct Tap {
    var index: Int
    /// The sample that output p of a part meets is the one at p · `stride` + `offset`.
    var offset: Int
    var row: Int
    /// In the row, of the first output's sample.
    var place: Int
  }

  /// The distance of the samples that neighbouring outputs of a part meet.
  let stride: Int
  /// For the first block: the first sample of each row.
  let rows: [Int]
  /// Samples of a row.
  let width: Int
  let parts: [Outputs]

  /// Of a convolution: all outputs are one part.
  init(convolving geometry: ConvolutionGeometry) {
    let parameters = geometry.parameters
    let offsets = (0..<geometry.kernelSize).map {
      $0 * parameters.dilation - parameters.padding
    }
    self.init(
      stride: parameters.stride,
      parts: [
        Outputs(
          start: 0, step: 1, count: geometry.outputLength,
          taps: offsets.enumerated().map { Tap(index: $0, offset: $1, row: 0, place: 0) })
      ])
  }

  /// Of a transposed convolution: as many parts as the stride. Only the taps with its own remainder
  /// reach a part.
  init(scattering geometry: ConvolutionGeometry) {
    let parameters = geometry.parameters
    let stride = parameters.stride
    let parts = (0..<min(stride, geometry.length)).map { start in
      // Output start + p · stride meets tap k at sample p + (start + padding - k · dilation) / stride.
      let taps = (0..<geometry.kernelSize).compactMap { tap -> Tap? in
        let distance = start + parameters.padding - tap * parameters.dilation
        return distance % stride == 0
          ? Tap(index: tap, offset: distance / stride, row: 0, place: 0) : nil
      }
      return Outputs(
        start: start, step: stride, count: blockCount(geometry.length - start, by: stride),
        taps: taps)
    }
    self.init(stride: 1, parts: parts)
  }

  private init(stride: Int, parts: [Outputs]) {
    let offsets = Set(parts.flatMap { $0.taps.map(\.offset) })
    // The place of each remainder's first sample.
    var firsts: [Int: Int] = [:]
    func remainder(_ offset: Int) -> Int { (offset % stride + stride) % stride }
    for offset in offsets {
      firsts[remainder(offset)] = min(firsts[remainder(offset)] ?? offset, offset)
    }
    let overhang = offsets.map { ($0 - firsts[remainder($0)]!) / stride }.max() ?? 0
    // One row for each tap holds less than long rows where most samples meet no tap.
    let isSparse = firsts.count * (overhang + Self.block) > 2 * offsets.count * Self.block
    let rows = (isSparse ? Array(offsets) : Array(firsts.values)).sorted()
    var rowOfKey: [Int: Int] = [:]
    for (row, first) in rows.enumerated() { rowOfKey[isSparse ? first : remainder(first)] = row }
    self.stride = stride
    self.rows = rows
    width = Self.block + (isSparse ? 0 : overhang) + Self.readAhead
    self.parts = parts.map { part in
      var part = part
      for index in part.taps.indices {
        let offset = part.taps[index].offset
        let row = rowOfKey[isSparse ? offset : remainder(offset)]!
        part.taps[index].row = row
        part.taps[index].place = (offset - rows[row]) / stride
      }
      return part
    }
  }

  /// Outputs of a block: whole tiles of every instruction set.
  static let block = 960

  /// How many samples beyond a block's outputs the kernels may read.
  private static let readAhead = 16
}
