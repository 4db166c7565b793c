import Concurrency
import Messages

extension NDArray {
  /// As `np.convolve`: y[n] = Σ a[n - m] · b[m]. The longer array counts as the signal, whichever
  /// comes first. Types are promoted; integers wrap around, booleans give booleans.
  ///
  /// Floats are convolved directly or through transforms, whichever costs less unless `method` says
  /// which; both give the same values to 1e-12 of the largest one. Integers and values that are not
  /// finite are always convolved directly.
  ///
  /// - Throws: for empty arrays, arrays of several axes, and work that would take minutes.
  package static func convolve(
    _ a: NDArray, _ b: NDArray, mode: ConvolutionMode = .full, method: ConvolutionMethod = .auto
  ) throws(Diagnostic) -> NDArray {
    for array in [a, b] {
      guard array.axisCount <= 1 else {
        throw Diagnostic(
          "convolution takes arrays of one axis, not of shape \(describe(shape: array.shape))",
          hint: "select one channel first, as in x[:, 0]")
      }
      guard array.count > 0 else {
        throw Diagnostic("an array without elements has no convolution")
      }
    }
    let type = a.type.promoted(with: b.type)
    let (signal, kernel) = a.count >= b.count ? (a, b) : (b, a)
    _ = try checkedCount(shape: [signal.count + kernel.count - 1], type: type)
    let range = mode.range(longer: signal.count, shorter: kernel.count)
    return try releasingTemporaries { () throws(Diagnostic) in
      switch type {
      case .bool:
        // At least one pair of true: a count above 0.
        try checkDirectWork(signal, kernel)
        let counts: [Int] = try convolveDirectly(try signal.values(), try kernel.values())
        return try part(.bool(try counts.mapInChunks { $0 != 0 }))
      case .uint8: return try integers(UInt8.self)
      case .int16: return try integers(Int16.self)
      case .int32: return try integers(Int32.self)
      case .int64: return try integers(Int.self)
      case .float32:
        let values = try floats(try signal.doubles, try kernel.doubles, range, method)
        return NDArray(try values.mapInChunks { Float($0) })
      case .float64:
        return NDArray(try floats(try signal.doubles, try kernel.doubles, range, method))
      case .complex128: return try complexes()
      }
    }

    func part(_ full: Elements) throws(Diagnostic) -> NDArray {
      let view = StridedView(shape: [range.count], strides: [1], offset: range.lowerBound)
      return NDArray(
        shape: [range.count],
        elements: try range.count == full.count ? full : full.gathered(view))
    }

    func integers<T: ArrayElement & FixedWidthInteger>(
      _ type: T.Type
    ) throws(Diagnostic) -> NDArray {
      try checkDirectWork(signal, kernel)
      return try part(
        T.elements(try convolveDirectly(try signal.values(as: T.self), try kernel.values())))
    }

    func complexes() throws(Diagnostic) -> NDArray {
      let (xr, xi) = (try signal.realPart().doubles, try signal.imaginaryPart().doubles)
      let (hr, hi) = (try kernel.realPart().doubles, try kernel.imaginaryPart().doubles)
      let (rr, ii) = (try floats(xr, hr, range, method), try floats(xi, hi, range, method))
      let (ri, ir) = (try floats(xr, hi, range, method), try floats(xi, hr, range, method))
      return NDArray(
        try [Complex](computing: rr.count) { Complex(rr[$0] - ii[$0], ri[$0] + ir[$0]) })
    }
  }

  /// A part of the full convolution of floats.
  private static func floats(
    _ signal: [Double], _ kernel: [Double], _ range: Range<Int>, _ method: ConvolutionMethod
  ) throws(Diagnostic) -> [Double] {
    try [Double](initializing: range.count) { (target) throws(Diagnostic) in
      try convolve(signal, kernel, range: range, into: target, method)
    }
  }

  /// A part of the full convolution, directly or by transforms.
  package static func convolve(
    _ signal: [Double], _ kernel: [Double], range: Range<Int>,
    into result: UnsafeMutablePointer<Double>, _ method: ConvolutionMethod,
    _ kernels: SignalKernels = .chosen
  ) throws(Diagnostic) {
    try signal.withUnsafeBufferPointer { (signal) throws(Diagnostic) in
      try kernel.withUnsafeBufferPointer { (kernel) throws(Diagnostic) in
        try convolve(signal, kernel, range: range, into: result, method, kernels)
      }
    }
  }

  private static func convolve(
    _ signal: UnsafeBufferPointer<Double>, _ kernel: UnsafeBufferPointer<Double>,
    range: Range<Int>, into result: UnsafeMutablePointer<Double>, _ method: ConvolutionMethod,
    _ kernels: SignalKernels
  ) throws(Diagnostic) {
    let taps = kernel.reduce(0) { $1 == 0 ? $0 : $0 + 1 }
    let plan = OverlapSave.Plan(outputs: range.count, kernelCount: kernel.count)
    let directCost = Double(range.count) * Double(taps) * directCostPerProduct
    let isTransformed =
      switch method {
      case .auto: directCost > plan.cost
      case .direct: false
      case .fft: true
      }
    // A transform would spread one nan or inf over its whole block, and 0 · inf is not 0.
    var isFinite = isTransformed || taps < kernel.count
    if isFinite { isFinite = try kernel.areAllFinite() }
    if isFinite { isFinite = try signal.areAllFinite() }
    if isTransformed, isFinite {
      guard plan.cost <= 1e10 else {
        throw Diagnostic(
          "a convolution of \(signal.count) with \(kernel.count) values takes too much time or memory",
          hint: "use a shorter kernel")
      }
      return try OverlapSave(plan, kernel: kernel, kernels)
        .convolve(signal, range: range, into: result)
    }
    try checkDirectWork(
      signal.count, kernel.count,
      products: Double(range.count) * Double(isFinite ? taps : kernel.count),
      hint: isTransformed
        ? "finite numbers have a faster method: np.where(np.isfinite(x), x, 0) replaces nan and inf"
        : "leave out method=\"direct\"")
    try convolveDirectly(
      signal, kernel, range: range, into: result, skippingZeros: isFinite, kernels)
  }

  private static func checkDirectWork(
    _ signal: NDArray, _ kernel: NDArray
  ) throws(Diagnostic) {
    try checkDirectWork(
      signal.count, kernel.count, products: Double(signal.count) * Double(kernel.count),
      hint: "floats have a faster method: convert integers with .astype(float)")
  }

  /// - Throws: when the multiplications would take longer than a cell may.
  private static func checkDirectWork(
    _ signal: Int, _ kernel: Int, products: Double, hint: String
  ) throws(Diagnostic) {
    guard products <= 1e10 else {
      throw Diagnostic(
        "a direct convolution of \(signal) with \(kernel) values takes more than 10 seconds",
        hint: hint)
    }
  }
}

extension UnsafeBufferPointer<Double> {
  /// Whether no value is nan or inf.
  func areAllFinite() throws(Diagnostic) -> Bool {
    // Multiplication by 0 leaves 0 of finite numbers and nan of all others.
    var sums = SIMD8<Double>.zero
    let whole = count / 8
    try Budget.forEachChunk(of: whole) { range in
      for index in range {
        sums += UnsafeRawPointer(baseAddress! + 8 * index).loadUnaligned(as: SIMD8<Double>.self) * 0
      }
    }
    return sums == .zero && self[(8 * whole)...].allSatisfy(\.isFinite)
  }
}

extension [Double] {
  /// Whether no value is nan or inf.
  package func areAllFinite() throws(Diagnostic) -> Bool {
    try withUnsafeBufferPointer { (values) throws(Diagnostic) in try values.areAllFinite() }
  }
}

/// Nanoseconds for one multiplication and addition of the direct sum, measured on processors with AVX2
/// and AVX-512.
private let directCostPerProduct = 0.08
