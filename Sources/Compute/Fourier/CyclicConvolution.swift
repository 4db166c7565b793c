import CKernels
import Concurrency
import Messages

/// Cyclic convolutions of complex numbers with one kernel, by transforms:
///
///     y[n] = Σ x[n - m] · h[m],   n, m and n - m modulo N
///
/// The kernel may be real, and two real signals then go at once, as real and imaginary parts.
final class CyclicConvolution: Sendable {
  let length: Int
  private let grid: FourierGrid
  /// The way back goes down the columns of what were rows.
  private let back: FourierGrid
  private let spectrum: AlignedDoubles

  /// - Precondition: the length has rows and columns; best it is one of
  ///   ``quickLength(atLeast:)``.
  init(
    length: Int, real: UnsafePointer<Double>, imaginary: UnsafePointer<Double>,
    _ kernels: SignalKernels
  ) throws(Diagnostic) {
    self.length = length
    grid = try FourierTables.grid(length: length, for: .there)
    back =
      grid.rows == grid.columns ? grid : try FourierTables.grid(length: length, for: .back)
    spectrum = AlignedDoubles(count: Self.spectrumCount(grid))
    let tile = Self.tile(grid)
    let spectrum = spectrum.start
    try grid.forEachPiece(of: blockCount(grid.columns), height: grid.rows) { shape, blocks in
      kernels.functions.cyclic_down(shape, blocks, real, imaginary, tile.start, spectrum)
    }
    try grid.forEachPiece(of: blockCount(grid.rows), height: grid.columns) { shape, blocks in
      kernels.functions.cyclic_spectrum(shape, blocks, spectrum)
    }
    // The way back does not divide; a power of two would change no bit.
    let scale = 1 / Double(length)
    for index in 0..<self.spectrum.count { spectrum[index] *= scale }
  }

  /// Bytes of the tables and the spectrum.
  var byteCount: Int { grid.byteCount + back.byteCount + 8 * spectrum.count }

  /// Memory for ``convolve(_:_:intoReal:imaginary:_:_:)``.
  struct Scratch {
    fileprivate let work: AlignedDoubles
    fileprivate let result: AlignedDoubles
    fileprivate let tile: AlignedDoubles
  }

  func scratch() -> Scratch {
    Scratch(
      work: AlignedDoubles(count: Self.spectrumCount(grid)),
      result: AlignedDoubles(count: Self.spectrumCount(back)), tile: Self.tile(grid))
  }

  /// - Parameters: pointers to ``length`` numbers each; the results may replace the arguments.
  func convolve(
    _ real: UnsafePointer<Double>, _ imaginary: UnsafePointer<Double>,
    intoReal resultReal: UnsafeMutablePointer<Double>,
    imaginary resultImaginary: UnsafeMutablePointer<Double>, _ scratch: Scratch,
    _ kernels: SignalKernels
  ) throws(Diagnostic) {
    let (work, result, tile) = (scratch.work.start, scratch.result.start, scratch.tile.start)
    let functions = kernels.functions
    try grid.forEachPiece(of: blockCount(grid.columns), height: grid.rows) { shape, blocks in
      functions.cyclic_down(shape, blocks, real, imaginary, tile, work)
    }
    var backShape = back.shape
    try grid.forEachPiece(of: blockCount(grid.rows), height: 2 * grid.columns) { shape, blocks in
      functions.cyclic_product(shape, &backShape, blocks, work, spectrum.start, tile, result)
    }
    try back.forEachPiece(of: blockCount(back.rows), height: back.columns) { shape, blocks in
      functions.cyclic_along(shape, blocks, result, resultReal, resultImaginary)
    }
  }

  private static func spectrumCount(_ grid: FourierGrid) -> Int {
    blockCount(grid.rows) * grid.columns * etude_tile_row
  }

  private static func tile(_ grid: FourierGrid) -> AlignedDoubles {
    AlignedDoubles(count: (max(grid.rows, grid.columns) + etude_tile_width) * etude_tile_row)
  }

  /// The shortest length at least as long whose grid is full of small factors: 64 · 2^a · 3^b · 5^c.
  static func quickLength(atLeast count: Int) -> Int {
    var best = Int.max
    var fives = 64
    while fives < best {
      var threes = fives
      while threes < best {
        var length = threes
        while length < count { length *= 2 }
        best = min(best, length)
        if threes >= count { break }
        threes *= 3
      }
      if fives >= count { break }
      fives *= 5
    }
    return best
  }
}
