import Concurrency
import Glibc
import Messages

/// The discrete Fourier transform of one length, prepared once and applied as often as needed:
///
///     X[k] = Σ x[n] · exp(-2πi · k · n / N)
///
/// Powers of two go through Stockham's radix-4 passes, which need no reordering; every other
/// length through Bluestein's chirp, a convolution by transforms of a power of two. The work is
/// O(N log N) for every N, prime ones too. The root-mean-square error is a few parts in 10^16.
///
/// Real and imaginary parts are in arrays of their own, so that the loops vectorise.
package struct FourierTransform: Sendable {
  package let length: Int
  private let method: Method

  private indirect enum Method: Sendable {
    case powerOfTwo(cosines: [Double], sines: [Double])
    case bluestein(Bluestein)
  }

  /// Asks for all memory that the transform needs, now and while it works.
  ///
  /// - Precondition: the length is at least 1 and at most 2^40.
  package init(length: Int) throws(Diagnostic) {
    precondition(length >= 1 && length <= 1 << 40, "a transform needs a length from 1 to 2^40")
    self.length = length
    if length & (length - 1) == 0 {
      try Self.reserve(length, 2)
      let (cosines, sines) = try unitRoots(length)
      method = .powerOfTwo(cosines: cosines, sines: sines)
    } else {
      method = .bluestein(try Bluestein(length: length))
    }
  }

  /// Asks for the memory of complex numbers, so many for each point.
  static func reserve(_ points: Int, _ numbers: Int) throws(Diagnostic) {
    try Budget.reserve(
      Double(points) * Double(16 * numbers), for: "the tables of a transform of \(points) points")
  }

  /// Transforms in place, without scaling.
  ///
  /// - Precondition: both arrays have ``length`` elements.
  package func forward(
    _ real: inout [Double], _ imaginary: inout [Double]
  ) throws(Diagnostic) {
    precondition(real.count == length && imaginary.count == length)
    switch method {
    case .powerOfTwo(let cosines, let sines):
      try stockham(&real, &imaginary, cosines, sines)
    case .bluestein(let bluestein): try bluestein.forward(&real, &imaginary)
    }
  }

  /// The inverse of ``forward(_:_:)``, without the division by the length.
  package func backward(
    _ real: inout [Double], _ imaginary: inout [Double]
  ) throws(Diagnostic) {
    // Swapping the parts conjugates and turns by a quarter, before and after: the sign of the
    // exponent changes and nothing else.
    try forward(&imaginary, &real)
  }
}

/// cos and sin of 2π·k/N for k in 0 ..< N, each rounded once: computed in the first eighth of the
/// circle, where the angles are small, and mirrored.
func unitRoots(_ length: Int) throws(Diagnostic) -> (cosines: [Double], sines: [Double]) {
  var cosines = [Double](repeating: 1, count: length)
  var sines = [Double](repeating: 0, count: length)
  let step = 2 * Double.pi / Double(length)
  guard length % 8 == 0 else {
    try Budget.forEachChunk(of: length, steps: 64) { range in
      for k in range {
        cosines[k] = cos(step * Double(k))
        sines[k] = sin(step * Double(k))
      }
    }
    return (cosines, sines)
  }
  let eighth = length / 8
  let quarter = length / 4
  try Budget.forEachChunk(of: eighth + 1, steps: 64) { range in
    for k in range {
      let (c, s) = (cos(step * Double(k)), sin(step * Double(k)))
      (cosines[k], sines[k]) = (c, s)
      (cosines[quarter - k], sines[quarter - k]) = (s, c)
    }
  }
  for k in quarter..<2 * quarter {
    (cosines[k], sines[k]) = (-sines[k - quarter], cosines[k - quarter])
  }
  for k in 2 * quarter..<length {
    (cosines[k], sines[k]) = (-cosines[k - 2 * quarter], -sines[k - 2 * quarter])
  }
  return (cosines, sines)
}

/// Stockham's transform of a power of two (Van Loan, Computational Frameworks for the Fast Fourier
/// Transform, 1.7), decimating in frequency by 4 and at the end by 2 where a factor is left over.
///
/// A pass sees the data as `size` rows by `stride` columns, joins rows a quarter of the size
/// apart and writes them next to each other; the innermost loop runs along the columns.
private func stockham(
  _ real: inout [Double], _ imaginary: inout [Double], _ cosines: [Double], _ sines: [Double]
) throws(Diagnostic) {
  let length = real.count
  if length == 1 { return }
  var spareReal = [Double](repeating: 0, count: length)
  var spareImaginary = [Double](repeating: 0, count: length)
  var isInSpare = false
  try real.withUnsafeMutableBufferPointer { (real) throws(Diagnostic) in
    try imaginary.withUnsafeMutableBufferPointer { (imaginary) throws(Diagnostic) in
      try spareReal.withUnsafeMutableBufferPointer { (spareReal) throws(Diagnostic) in
        try spareImaginary.withUnsafeMutableBufferPointer { (spareImaginary) throws(Diagnostic) in
          try cosines.withUnsafeBufferPointer { (cosines) throws(Diagnostic) in
            try sines.withUnsafeBufferPointer { (sines) throws(Diagnostic) in
              var from = SplitPointer(real.baseAddress!, imaginary.baseAddress!)
              var to = SplitPointer(spareReal.baseAddress!, spareImaginary.baseAddress!)
              let roots = (cosines.baseAddress!, sines.baseAddress!)
              var size = length
              var stride = 1
              while size > 1 {
                if size % 4 == 0 {
                  try Budget.forEachChunk(of: size / 4, steps: 4 * stride) { rows in
                    radix4(from, to, rows, size: size, stride: stride, roots)
                  }
                  size /= 4
                  stride *= 4
                } else {
                  radix2(from, to, stride: stride)
                  size /= 2
                  stride *= 2
                }
                swap(&from, &to)
                isInSpare.toggle()
              }
            }
          }
        }
      }
    }
  }
  if isInSpare {
    swap(&real, &spareReal)
    swap(&imaginary, &spareImaginary)
  }
}

private struct SplitPointer {
  var real: UnsafeMutablePointer<Double>
  var imaginary: UnsafeMutablePointer<Double>

  init(_ real: UnsafeMutablePointer<Double>, _ imaginary: UnsafeMutablePointer<Double>) {
    self.real = real
    self.imaginary = imaginary
  }

  func advanced(by distance: Int) -> SplitPointer {
    SplitPointer(real + distance, imaginary + distance)
  }
}

private func radix4(
  _ from: SplitPointer, _ to: SplitPointer, _ rows: Range<Int>, size: Int, stride: Int,
  _ roots: (cosines: UnsafePointer<Double>, sines: UnsafePointer<Double>)
) {
  let quarter = size / 4
  for row in rows {
    // exp(-2πi·row/size), its square and its cube: size · stride is the length of the table.
    let turn = row * stride
    let (c1, s1) = (roots.cosines[turn], -roots.sines[turn])
    let (c2, s2) = (roots.cosines[2 * turn], -roots.sines[2 * turn])
    let (c3, s3) = (roots.cosines[3 * turn], -roots.sines[3 * turn])
    let a = from.advanced(by: stride * row)
    let b = from.advanced(by: stride * (row + quarter))
    let c = from.advanced(by: stride * (row + 2 * quarter))
    let d = from.advanced(by: stride * (row + 3 * quarter))
    let p = to.advanced(by: stride * 4 * row)
    let q = p.advanced(by: stride)
    let r = p.advanced(by: stride * 2)
    let t = p.advanced(by: stride * 3)
    for column in 0..<stride {
      let (sumReal, sumImaginary) = (
        a.real[column] + c.real[column], a.imaginary[column] + c.imaginary[column]
      )
      let (differenceReal, differenceImaginary) = (
        a.real[column] - c.real[column], a.imaginary[column] - c.imaginary[column]
      )
      let (otherSumReal, otherSumImaginary) = (
        b.real[column] + d.real[column], b.imaginary[column] + d.imaginary[column]
      )
      // -i · (b - d)
      let (turnedReal, turnedImaginary) = (
        b.imaginary[column] - d.imaginary[column], d.real[column] - b.real[column]
      )
      p.real[column] = sumReal + otherSumReal
      p.imaginary[column] = sumImaginary + otherSumImaginary
      let (x1, y1) = (differenceReal + turnedReal, differenceImaginary + turnedImaginary)
      q.real[column] = x1 * c1 - y1 * s1
      q.imaginary[column] = x1 * s1 + y1 * c1
      let (x2, y2) = (sumReal - otherSumReal, sumImaginary - otherSumImaginary)
      r.real[column] = x2 * c2 - y2 * s2
      r.imaginary[column] = x2 * s2 + y2 * c2
      let (x3, y3) = (differenceReal - turnedReal, differenceImaginary - turnedImaginary)
      t.real[column] = x3 * c3 - y3 * s3
      t.imaginary[column] = x3 * s3 + y3 * c3
    }
  }
}

/// The last pass of an odd power of two: two rows, no turning.
private func radix2(_ from: SplitPointer, _ to: SplitPointer, stride: Int) {
  for column in 0..<stride {
    let (aReal, aImaginary) = (from.real[column], from.imaginary[column])
    let (bReal, bImaginary) = (from.real[column + stride], from.imaginary[column + stride])
    to.real[column] = aReal + bReal
    to.imaginary[column] = aImaginary + bImaginary
    to.real[column + stride] = aReal - bReal
    to.imaginary[column + stride] = aImaginary - bImaginary
  }
}
