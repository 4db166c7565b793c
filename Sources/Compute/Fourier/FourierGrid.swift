import CKernels
import Concurrency
import Messages

/// The tables of a transform of rows · columns points: down the columns, then along the rows (Bailey,
/// FFTs in External or Hierarchical Memory, 1990).
///
/// Immutable; unchecked, because it holds pointers into what it owns.
final class FourierGrid: @unchecked Sendable {
  let shape: etude_fourier_grid
  let rows: Int
  let columns: Int
  private let parts: (FourierColumn, FourierColumn)
  private let turns: AlignedDoubles

  /// Between the steps, the number in row r and column c is turned by exp(-2πi · r·c / N): a product
  /// of one root for the 16 rows that r is in, and one for r modulo 16. So the tables have a tenth of
  /// the data's size.
  init(rows: Int, columns: Int) throws(Diagnostic) {
    self.rows = rows
    self.columns = columns
    let down = try FourierColumn(length: rows)
    let along = rows == columns ? down : try FourierColumn(length: columns)
    parts = (down, along)
    let (blocks, steps) = (blockCount(columns), (rows + 15) / 16)
    let turns = AlignedDoubles(count: blocks * (16 + steps) * etude_tile_row)
    let coarse = turns.start + blocks * 16 * etude_tile_row
    func write(_ row: Int, _ block: Int, to target: UnsafeMutablePointer<Double>) {
      for lane in 0..<etude_tile_width {
        let root = unitRoot(-row * (block * etude_tile_width + lane), of: rows * columns)
        target[lane] = root.real
        target[lane + etude_tile_width] = root.imaginary
      }
    }
    try Budget.forEachChunk(of: blocks, steps: 256 * (16 + steps)) { range in
      for block in range {
        for row in 0..<16 {
          write(row, block, to: turns.start + (block * 16 + row) * etude_tile_row)
        }
        for step in 0..<steps {
          write(16 * step, block, to: coarse + (block * steps + step) * etude_tile_row)
        }
      }
    }
    self.turns = turns
    shape = etude_fourier_grid(
      down: down.shape, along: along.shape, coarse: coarse, fine: turns.start)
  }

  /// Bytes of the tables.
  var byteCount: Int { 8 * turns.count + parts.0.byteCount + parts.1.byteCount }

  /// The quickest rows and columns; nil where a factor is a large prime. O(√length).
  ///
  /// - Returns: with an estimate of the work, as ``FourierColumn/cost(ofLength:)``.
  static func split(
    _ length: Int, for use: FourierUse
  ) -> (rows: Int, columns: Int, cost: Double)? {
    guard FourierColumn.radices(of: length) != nil else { return nil }
    var best: (rows: Int, columns: Int, cost: Double)?
    let isPower = length & (length - 1) == 0
    let powers = isPower ? 1 : 1 << min(length.trailingZeroBitCount, 5)
    var divisor = 2
    while divisor * divisor <= length {
      if length % divisor == 0 {
        for (rows, columns) in [(divisor, length / divisor), (length / divisor, divisor)] {
          // Where the powers of two are in the columns, kernels that cancel at a half, a quarter and so
          // on of the sampling rate do so exactly.
          guard use == .there || use == .back || columns % powers == 0 else { continue }
          let cost = cost(rows, columns, isReal: use == .real)
          if best == nil || cost < best!.cost { best = (rows, columns, cost) }
        }
      }
      divisor += 1
    }
    if use == .back, let there = best { return (there.columns, there.rows, there.cost) }
    return best
  }

  private static func cost(_ rows: Int, _ columns: Int, isReal: Bool) -> Double {
    // Memory and turns cost as much as two stages.
    let down = 2 + FourierColumn.cost(ofLength: rows)!
    let along = 2 + FourierColumn.cost(ofLength: columns)!
    let first = isReal ? blockCount(blockCount(columns), by: 2) : blockCount(columns)
    let second = blockCount(isReal ? rows / 2 + 1 : rows)
    return 8 * (Double(first * rows) * down + Double(second * columns) * along)
  }
}

/// Blocks of eight, or of another size, the last one perhaps in part.
func blockCount(_ count: Int, by size: Int = etude_tile_width) -> Int { (count + size - 1) / size }
