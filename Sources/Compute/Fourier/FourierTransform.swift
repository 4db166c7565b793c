import CKernels
import Concurrency
import Messages

/// The discrete Fourier transform of one length, prepared once and applied as often as needed:
///
///     X[k] = Σ x[n] · exp(-2πi · k · n / N)
///
/// Mixed radices up to 61 by ``FourierGrid``, other lengths by ``Bluestein``: O(N log N) for every N,
/// prime ones too. The root-mean-square error is about 2 in 10^16 of the largest value.
package struct FourierTransform: Sendable {
  package let length: Int
  private let kernels: SignalKernels
  private let plan: FourierPlan

  /// Asks for all memory that the transform needs, now and while it works.
  ///
  /// - Precondition: the length is at least 1 and at most 2^40.
  package init(length: Int, kernels: SignalKernels = .chosen) throws(Diagnostic) {
    precondition(length >= 1 && length <= 1 << 40, "a transform needs a length from 1 to 2^40")
    self.length = length
    self.kernels = kernels
    try Self.reserve(length)
    plan = try FourierTables.plan(length: length, for: .complex)
  }

  /// Asks for the memory of tables and work space; known tables count again, so that what a cell may
  /// do does not depend on what was done before.
  static func reserve(_ length: Int) throws(Diagnostic) {
    // Chirps need ten times as much for the convolution.
    let isSmooth = FourierColumn.radices(of: length) != nil
    try Budget.reserve(
      Double(length) * (isSmooth ? 24 : 240), for: "the tables of a transform of \(length) points")
  }

  /// The tables of a short transform, which goes eight rows at a time.
  var column: FourierColumn? {
    if case .short(let column) = plan { column } else { nil }
  }

  /// Transforms rows of ``length`` numbers.
  ///
  /// - Parameter isInverse: the inverse transform, divided by the length.
  package func transform(
    _ input: UnsafePointer<Complex>, rows: Int, isInverse: Bool = false,
    into output: UnsafeMutablePointer<Complex>
  ) throws(Diagnostic) {
    let scale = isInverse ? 1 / Double(length) : 1
    let sign: Int32 = isInverse ? 1 : 0
    let functions = kernels.functions
    switch plan {
    case .short(let column):
      let tile = AlignedDoubles(count: length * etude_tile_row)
      try Budget.forEachChunk(of: blockCount(rows), steps: 64 * length) { range in
        for block in range {
          let first = block * etude_tile_width
          var shape = column.shape
          functions.fourier_short(
            &shape, sign, scale, min(etude_tile_width, rows - first),
            parts(of: input + first * length), tile.start, parts(of: output + first * length))
        }
      }
    case .grid(let grid):
      let work = AlignedDoubles(count: blockCount(grid.rows) * grid.columns * etude_tile_row)
      let tile = AlignedDoubles(count: (grid.rows + etude_tile_width) * etude_tile_row)
      var pace = Budget.Pace()
      for row in 0..<rows {
        let source = parts(of: input + row * length)
        let target = parts(of: output + row * length)
        try grid.forEachPiece(of: blockCount(grid.columns), height: grid.rows) { shape, blocks in
          functions.fourier_down(shape, sign, blocks, source, tile.start, work.start)
        }
        try grid.forEachPiece(of: blockCount(grid.rows), height: grid.columns) { shape, blocks in
          functions.fourier_along(shape, sign, scale, blocks, work.start, target)
        }
        try pace.advance(by: 8 * length)
      }
    case .chirp(let bluestein):
      for row in 0..<rows {
        try bluestein.transform(
          input + row * length, isInverse: isInverse, into: output + row * length, kernels)
      }
    }
  }
}

extension FourierGrid {
  /// Calls `body` with consecutive ranges of blocks of so many rows, and looks at the clock between
  /// them.
  func forEachPiece(
    of blockCount: Int, height: Int,
    _ body: (UnsafePointer<etude_fourier_grid>, etude_blocks) -> Void
  ) throws(Diagnostic) {
    var shape = shape
    try withUnsafePointer(to: &shape) { (shape) throws(Diagnostic) in
      try Budget.forEachChunk(of: blockCount, steps: 16 * height) { range in
        body(shape, etude_blocks(start: range.lowerBound, end: range.upperBound))
      }
    }
  }
}
