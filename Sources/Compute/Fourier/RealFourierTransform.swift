import CKernels
import Concurrency
import Messages

/// The transform of real numbers: N of them give N/2 + 1 complex ones, and the other half of the
/// spectrum is their mirror image.
///
/// Takes half the time of a complex transform: two columns of the grid go as the real and imaginary
/// part of one, and of the rows only half are needed.
package struct RealFourierTransform: Sendable {
  package let length: Int
  private let kernels: SignalKernels
  /// nil where the length has no rows and columns; ``complex`` does the work then.
  private let grid: FourierGrid?
  private let complex: FourierTransform?

  /// The number of frequencies, from 0 to half the sampling rate.
  package var frequencyCount: Int { length / 2 + 1 }

  /// Asks for all memory that the transform needs, now and while it works.
  ///
  /// - Precondition: the length is at least 1 and at most 2^40.
  package init(length: Int, kernels: SignalKernels = .chosen) throws(Diagnostic) {
    precondition(length >= 1 && length <= 1 << 40, "a transform needs a length from 1 to 2^40")
    self.length = length
    self.kernels = kernels
    if length > 64, FourierColumn.radices(of: length) != nil {
      try FourierTransform.reserve(length)
      grid = try FourierTables.grid(length: length, for: .real)
      complex = nil
    } else {
      grid = nil
      complex = try FourierTransform(length: length, kernels: kernels)
    }
  }

  /// The spectra of rows of ``length`` samples, ``frequencyCount`` numbers each.
  package func forward(
    _ input: UnsafePointer<Double>, rows: Int, into output: UnsafeMutablePointer<Complex>
  ) throws(Diagnostic) {
    if let column = complex?.column {
      let tile = AlignedDoubles(count: length * etude_tile_row)
      var shape = column.shape
      return try Budget.forEachChunk(of: blockCount(rows), steps: 16 * length) { range in
        for first in range.lazy.map({ $0 * etude_tile_width }) {
          kernels.functions.real_short(
            &shape, min(etude_tile_width, rows - first), input + first * length, tile.start,
            parts(of: output + first * frequencyCount))
        }
      }
    }
    guard let grid else {
      return try throughComplex(rows: rows, isInverse: false) { row, numbers in
        for index in 0..<length { numbers[index] = Complex(input[row * length + index], 0) }
      } take: { row, numbers in
        let target = output + row * frequencyCount
        target.initialize(from: numbers, count: frequencyCount)
        // Sums of real numbers: what stands here comes from rounding.
        target[0].imaginary = 0
        if length % 2 == 0 { target[length / 2].imaginary = 0 }
      }
    }
    let half = blockCount(grid.rows / 2 + 1)
    let work = AlignedDoubles(count: half * grid.columns * etude_tile_row)
    let tile = AlignedDoubles(count: 2 * (grid.rows + 2 * etude_tile_width) * etude_tile_row)
    var pace = Budget.Pace()
    for row in 0..<rows {
      let target = parts(of: output + row * frequencyCount)
      let pairs = blockCount(grid.columns, by: 2 * etude_tile_width)
      try grid.forEachPiece(of: pairs, height: 2 * grid.rows) { shape, blocks in
        kernels.functions.real_down(shape, blocks, input + row * length, tile.start, work.start)
      }
      try grid.forEachPiece(of: half, height: grid.columns) { shape, blocks in
        kernels.functions.real_along(shape, blocks, work.start, target)
      }
      try pace.advance(by: 4 * length)
    }
  }

  /// The inverse of ``forward(_:rows:into:)``, divided by the length: the samples come back. The
  /// imaginary parts at frequency 0 and, for even lengths, at the last one are ignored.
  package func inverse(
    _ input: UnsafePointer<Complex>, rows: Int, into output: UnsafeMutablePointer<Double>
  ) throws(Diagnostic) {
    guard let grid else {
      return try throughComplex(rows: rows, isInverse: true) { row, numbers in
        let source = input + row * frequencyCount
        numbers[0] = Complex(source[0].real, 0)
        for k in 1..<max(1, frequencyCount) {
          numbers[length - k] = Complex(source[k].real, -source[k].imaginary)
          numbers[k] = source[k]
        }
        if length % 2 == 0 { numbers[length / 2].imaginary = 0 }
      } take: { row, numbers in
        for index in 0..<length { output[row * length + index] = numbers[index].real }
      }
    }
    let half = grid.columns / 2 + 1
    let work = AlignedDoubles(count: blockCount(grid.rows) * half * etude_tile_row)
    let tile = AlignedDoubles(
      count: (max(grid.rows, grid.columns) + etude_tile_width) * etude_tile_row)
    let scale = 1 / Double(length)
    var pace = Budget.Pace()
    for row in 0..<rows {
      let source = parts(of: input + row * frequencyCount)
      try grid.forEachPiece(of: blockCount(half), height: grid.rows) { shape, blocks in
        kernels.functions.real_inverse_down(shape, blocks, source, tile.start, work.start)
      }
      let pairs = blockCount(grid.rows, by: 2 * etude_tile_width)
      try grid.forEachPiece(of: pairs, height: 2 * grid.columns) { shape, blocks in
        kernels.functions.real_inverse_along(
          shape, scale, blocks, work.start, tile.start, output + row * length)
      }
      try pace.advance(by: 4 * length)
    }
  }

  /// Short lengths and those with large prime factors, as complex numbers: some rows at a time, which stay in
  /// the first caches.
  @inline(__always)
  private func throughComplex(
    rows: Int, isInverse: Bool, fill: (Int, UnsafeMutablePointer<Complex>) -> Void,
    take: (Int, UnsafeMutablePointer<Complex>) -> Void
  ) throws(Diagnostic) {
    guard rows > 0 else { return }
    let blocks = complex!.column == nil ? 1 : max(1, 4096 / (length * etude_tile_width))
    let side = min(rows, blocks * etude_tile_width)
    let memory = AlignedDoubles(count: 4 * side * length)
    let numbers = UnsafeMutableRawPointer(memory.start).bindMemory(
      to: Complex.self, capacity: 2 * side * length)
    let spectra = numbers + side * length
    var pace = Budget.Pace()
    for first in stride(from: 0, to: rows, by: side) {
      let count = min(side, rows - first)
      for row in 0..<count { fill(first + row, numbers + row * length) }
      try complex!.transform(numbers, rows: count, isInverse: isInverse, into: spectra)
      for row in 0..<count { take(first + row, spectra + row * length) }
      try pace.advance(by: 8 * count * length)
    }
  }

  /// The spectrum of `length` samples, without scaling.
  package func forward(_ samples: [Double]) throws(Diagnostic) -> [Complex] {
    precondition(samples.count == length)
    return try [Complex](initializing: frequencyCount) { (target) throws(Diagnostic) in
      try samples.withUnsafeBufferPointer { (samples) throws(Diagnostic) in
        try forward(samples.baseAddress!, rows: 1, into: target)
      }
    }
  }
}
