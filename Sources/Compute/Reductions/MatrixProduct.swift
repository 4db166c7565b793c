import Concurrency
import Messages

/// Columns of b that stay in the cache while all rows of a pass over them: a multiple of the 24 that
/// the kernels take at a time.
private let columnsPerTile = 240
/// Rows of b, and columns of a, that do.
private let innerPerTile = 128
/// Rows that a thread takes at a time, at least.
private let rowsPerTile = 8

/// The product of row-major matrices, (rows, inner) times (inner, columns). Each element is the sum
/// of its products from the first to the last, so the tiles do not show in the bits.
///
/// O(rows · inner · columns).
///
/// - Parameter multiplyAdd: (sum, a, b) to sum + a · b; inlined into the loops.
@inline(__always)
func matrixProduct<T>(
  _ a: [T], _ b: [T], rows: Int, inner: Int, columns: Int, zero: T,
  _ multiplyAdd: (T, T, T) -> T
) throws(Diagnostic) -> [T] {
  var result = try [T](filled: zero, count: rows * columns)
  // Nothing is added up; and rows without columns could be any number.
  guard inner > 0, !result.isEmpty else { return result }
  try result.withUnsafeMutableBufferPointer { (result) throws(Diagnostic) in
    try a.withUnsafeBufferPointer { (a) throws(Diagnostic) in
      try b.withUnsafeBufferPointer { (b) throws(Diagnostic) in
        for firstColumn in stride(from: 0, to: columns, by: columnsPerTile) {
          let width = min(columnsPerTile, columns - firstColumn)
          for first in stride(from: 0, to: inner, by: innerPerTile) {
            let last = min(first + innerPerTile, inner)
            try Budget.forEachChunk(of: rows, steps: width * (last - first)) { range in
              for row in range {
                let y = result.baseAddress! + (row * columns + firstColumn)
                let x = a.baseAddress! + row * inner
                let z = b.baseAddress! + firstColumn
                var k = first
                // Four products share one load and one store of the sum.
                while k + 4 <= last {
                  let (x0, x1, x2, x3) = (x[k], x[k + 1], x[k + 2], x[k + 3])
                  let z0 = z + k * columns
                  let (z1, z2, z3) = (z0 + columns, z0 + 2 * columns, z0 + 3 * columns)
                  for column in 0..<width {
                    var sum = multiplyAdd(y[column], x0, z0[column])
                    sum = multiplyAdd(sum, x1, z1[column])
                    sum = multiplyAdd(sum, x2, z2[column])
                    y[column] = multiplyAdd(sum, x3, z3[column])
                  }
                  k += 4
                }
                while k < last {
                  let z0 = z + k * columns
                  for column in 0..<width {
                    y[column] = multiplyAdd(y[column], x[k], z0[column])
                  }
                  k += 1
                }
              }
            }
            try Budget.check()
          }
        }
      }
    }
  }
  return result
}

/// The same for doubles, with the widest vectors that the processor has, and on several threads where that
/// pays.
///
/// - Parameter threads: nil for as many as may compute, and have work.
func matrixProduct(
  _ a: [Double], _ b: [Double], rows: Int, inner: Int, columns: Int, threads: Int? = nil
) throws(Diagnostic) -> [Double] {
  var result = try [Double](filled: 0, count: rows * columns)
  guard inner > 0, !result.isEmpty else { return result }
  let kernels = ArrayKernels.chosen
  // A core computes some eight products in a nanosecond.
  let useful = Devices.cpu.threads(forSteps: rows * inner * columns / 8)
  let threads = min(threads ?? useful, max(1, rows / rowsPerTile))
  let team = threads > 1 ? ThreadTeam(threadCount: threads) : nil
  try result.withUnsafeMutableBufferPointer { (result) throws(Diagnostic) in
    try a.withUnsafeBufferPointer { (a) throws(Diagnostic) in
      try b.withUnsafeBufferPointer { (b) throws(Diagnostic) in
        for firstColumn in stride(from: 0, to: columns, by: columnsPerTile) {
          let width = min(columnsPerTile, columns - firstColumn)
          for first in stride(from: 0, to: inner, by: innerPerTile) {
            let depth = min(innerPerTile, inner - first)
            let x = a.baseAddress! + first
            let z = b.baseAddress! + first * columns + firstColumn
            let y = result.baseAddress! + firstColumn
            func add(_ rows: Range<Int>) {
              let row = rows.lowerBound
              kernels.addMatrixProduct(
                rows: rows.count, inner: depth, columns: width, x + row * inner, row: inner, z,
                row: columns, to: y + row * columns, row: columns)
            }
            // Some milliseconds for a team, so that threads seldom wait for each other.
            let pace = team == nil ? 4 : 256
            try Budget.forEachChunk(of: rows, steps: width * depth / pace) { range in
              guard let team else { return add(range) }
              team.run { index in
                let share = Share(index, of: team.count).range(of: range.count, step: rowsPerTile)
                guard !share.isEmpty else { return }
                add(range.lowerBound + share.lowerBound..<range.lowerBound + share.upperBound)
              }
            }
            try Budget.check()
          }
        }
      }
    }
  }
  return result
}
