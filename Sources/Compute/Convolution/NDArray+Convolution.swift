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
      let full: Elements
      switch type {
      case .bool:
        // At least one pair of true: a count above 0.
        try checkDirectWork(signal, kernel)
        let counts: [Int] = try convolveDirectly(try signal.values(), try kernel.values())
        full = .bool(try counts.mapInChunks { $0 != 0 })
      case .uint8: full = try integers(UInt8.self)
      case .int16: full = try integers(Int16.self)
      case .int32: full = try integers(Int32.self)
      case .int64: full = try integers(Int.self)
      case .float32:
        full = .float32(
          try floats(try signal.doubles, try kernel.doubles, method).mapInChunks { Float($0) })
      case .float64: full = .float64(try floats(try signal.doubles, try kernel.doubles, method))
      case .complex128: full = try complexes()
      }
      let view = StridedView(shape: [range.count], strides: [1], offset: range.lowerBound)
      return NDArray(
        shape: [range.count],
        elements: try range.count == full.count ? full : full.gathered(view))
    }

    func integers<T: ArrayElement & FixedWidthInteger>(
      _ type: T.Type
    ) throws(Diagnostic) -> Elements {
      try checkDirectWork(signal, kernel)
      return T.elements(
        try convolveDirectly(try signal.values(as: T.self), try kernel.values()))
    }

    func complexes() throws(Diagnostic) -> Elements {
      let (xr, xi) = (try signal.realPart().doubles, try signal.imaginaryPart().doubles)
      let (hr, hi) = (try kernel.realPart().doubles, try kernel.imaginaryPart().doubles)
      let (rr, ii) = (try floats(xr, hr, method), try floats(xi, hi, method))
      let (ri, ir) = (try floats(xr, hi, method), try floats(xi, hr, method))
      return .complex128(
        try [Complex](computing: rr.count) { Complex(rr[$0] - ii[$0], ri[$0] + ir[$0]) })
    }
  }

  /// The full convolution of floats.
  private static func floats(
    _ signal: [Double], _ kernel: [Double], _ method: ConvolutionMethod
  ) throws(Diagnostic) -> [Double] {
    let plan = OverlapAdd.Plan(signalCount: signal.count, kernelCount: kernel.count)
    let directCost = Double(signal.count) * Double(kernel.count) * directCostPerProduct
    // A transform would spread one nan or inf over its whole block.
    let isTransformed =
      switch method {
      case .auto: directCost > plan.cost
      case .direct: false
      case .fft: true
      }
    if isTransformed, try kernel.areAllFinite(), try signal.areAllFinite() {
      guard plan.transformLength <= longestTransform, plan.cost <= 1e10 else {
        throw Diagnostic(
          "a convolution of \(signal.count) with \(kernel.count) values takes too much time or memory",
          hint: "use a shorter kernel")
      }
      return try OverlapAdd(plan, kernel: kernel).convolve(signal)
    }
    try checkDirectWork(signal.count, kernel.count)
    return try convolveDirectly(signal, kernel)
  }

  private static func checkDirectWork(
    _ signal: NDArray, _ kernel: NDArray
  ) throws(Diagnostic) {
    try checkDirectWork(signal.count, kernel.count)
  }

  /// - Throws: when the multiplications would take longer than a cell may.
  private static func checkDirectWork(_ signal: Int, _ kernel: Int) throws(Diagnostic) {
    guard Double(signal) * Double(kernel) <= 1e10 else {
      throw Diagnostic(
        "a direct convolution of \(signal) with \(kernel) values takes more than 10 seconds",
        hint: "finite floats have a faster method: convert integers with .astype(float), and "
          + "np.where(np.isfinite(x), x, 0) replaces nan and inf")
    }
  }
}

extension [Double] {
  /// Whether no value is nan or inf.
  package func areAllFinite() throws(Diagnostic) -> Bool {
    // Multiplication by 0 leaves 0 of finite numbers and nan of all others.
    try withUnsafeBufferPointer { (values) throws(Diagnostic) in
      try values.reduceInChunks(0) { $0 + $1 * 0 } == 0
    }
  }
}

/// Nanoseconds for one multiplication and addition of the direct sum; measured on a 2.3 GHz Xeon.
private let directCostPerProduct = 0.25
