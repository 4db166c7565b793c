import Compute
import Concurrency
import Interpreter
import Messages

/// Convolution and correlation beyond `signal.convolve`.
extension Builtins {
  static let correlation: [Builtin] = [
    Builtin(
      "signal.correlate",
      [
        Parameter("in1", note: "N samples"), Parameter("in2", note: "M samples"),
        Parameter(
          "mode", default: .string("full"), note: "'full', 'same' (N samples) or 'valid'"),
        Parameter("method", default: .string("auto"), note: "'direct', 'fft' or 'auto'"),
      ],
      """
      The correlation of two signals: how alike they are at each shift. The largest value of "full" is \
      at the delay of in1, plus M - 1.
      """
    ) { call in
      let arguments = call.arguments
      let (a, v) = try (arguments.array("in1"), arguments.array("in2"))
      guard a.axisCount == v.axisCount else {
        throw arguments.error("in1", "and in2 must have the same number of axes")
      }
      let mode = try arguments.option("mode", ConvolutionMode.self)
      let method = try arguments.option("method", ConvolutionMethod.self)
      if a.isScalar {
        return .array(try .binary(.multiply, .array(a), .array(v.conjugate())))
      }
      guard mode != .full else { return .array(try correlated(a, v, mode: .full, method: method)) }
      guard mode == .same else {
        return .array(
          v.count > a.count
            ? try correlated(v, a, mode: .valid, method: method).flipped().conjugate()
            : try correlated(a, v, mode: .valid, method: method))
      }
      let full = try correlated(a, v, mode: .full, method: method)
      return .array(try middle(of: full, count: a.count))
    },
    transforming(
      "signal.fftconvolve",
      "The convolution of floats by Fourier transforms: signal.convolve with method=\"fft\"."),
    transforming(
      "signal.oaconvolve",
      "The convolution of a long signal, block by block: here the same as signal.fftconvolve."),
  ]

  /// Σ a[n + k] · conj(v[n])
  static func correlated(
    _ a: NDArray, _ v: NDArray, mode: ConvolutionMode, method: ConvolutionMethod = .auto
  ) throws -> NDArray {
    guard v.axisCount == 1 else {
      throw Diagnostic(
        "correlation takes arrays of one axis, not of shape \(NDArray.describe(shape: v.shape))",
        hint: "select one channel first, as in x[:, 0]")
    }
    return try .convolve(a, v.flipped().conjugate(), mode: mode, method: method)
  }

  private static func middle(of full: NDArray, count: Int) throws -> NDArray {
    let start = (full.count - count) / 2
    return try full.selecting([.slice(start: start, stop: start + count, step: nil)])
  }

  private static func transforming(_ name: String, _ summary: String) -> Builtin {
    Builtin(
      name,
      [
        Parameter("in1", note: "N samples"), Parameter("in2", note: "M samples"),
        Parameter(
          "mode", default: .string("full"), note: "'full', 'same' (N samples) or 'valid'"),
        .optional("axes", note: "the axis to convolve along, for several channels"),
      ], summary
    ) { call in
      let arguments = call.arguments
      let (a, b) = try (arguments.array("in1"), arguments.array("in2"))
      guard a.axisCount == b.axisCount else {
        throw arguments.error(
          "in1",
          "and in2 must have the same number of axes, but their shapes are "
            + NDArray.describe(shape: a.shape) + " and " + NDArray.describe(shape: b.shape),
          hint: a.axisCount == 2 ? "write in2[:, np.newaxis] and axes=0" : nil)
      }
      if a.count == 0 || b.count == 0 { return .array(NDArray([Double]())) }
      if a.isScalar { return .array(try .binary(.multiply, .array(a), .array(b))) }
      let mode = try arguments.option("mode", ConvolutionMode.self)
      guard a.axisCount > 1 else {
        let axes = try arguments.optionalInts("axes")
        guard axes?.isEmpty != true else { throw arguments.error("axes", "is empty") }
        for axis in axes ?? [] { _ = try a.resolvedAxis(axis) }
        // As in SciPy, one sample alone is a factor, and whole numbers stay whole.
        if a.count == 1 || b.count == 1 {
          let product = try NDArray.binary(.multiply, .array(a), .array(b))
          return .array(mode == .same ? try middle(of: product, count: a.count) : product)
        }
        return .array(try transformed(floats(a), floats(b), mode: mode))
      }
      guard let axes = try arguments.optionalInts("axes"), axes.count == 1 else {
        throw arguments.error(
          "axes", "must be one axis for signals of several axes", hint: "write axes=0")
      }
      return .array(try convolved(floats(a), floats(b), mode: mode, axis: axes[0]))
    }
  }

  /// Whole numbers as floats, which transforms give.
  private static func floats(_ array: NDArray) throws -> NDArray {
    array.type.isFloat || array.type == .complex128 ? array : try array.asType(.float64)
  }

  private static func transformed(
    _ a: NDArray, _ b: NDArray, mode: ConvolutionMode
  ) throws -> NDArray {
    guard mode == .same else { return try .convolve(a, b, mode: mode, method: .auto) }
    return try middle(of: .convolve(a, b, method: .auto), count: a.count)
  }

  /// Row by row along an axis; the other axes are broadcast.
  private static func convolved(
    _ a: NDArray, _ b: NDArray, mode: ConvolutionMode, axis: Int
  ) throws -> NDArray {
    let axis = try a.resolvedAxis(axis)
    let order = (0..<a.axisCount).filter { $0 != axis } + [axis]
    func rows(_ array: NDArray, _ outer: [Int]) throws -> NDArray {
      let moved = try array.transposed(axes: order)
      let length = moved.shape[order.count - 1]
      return try moved.broadcast(to: outer + [length]).reshaped([-1, length])
    }
    let outer = try NDArray.broadcastShape([
      order.dropLast().map { a.shape[$0] }, order.dropLast().map { b.shape[$0] },
    ])
    let (signals, kernels) = try (rows(a, outer), rows(b, outer))
    let results = try (0..<signals.shape[0]).map { row in
      try Budget.check()
      return try transformed(signals.row(row), kernels.row(row), mode: mode)
    }
    let moved = try NDArray.stacked(results, axis: 0).reshaped(outer + [results[0].count])
    var undo = Array(0..<order.count)
    for (new, old) in order.enumerated() { undo[old] = new }
    return try moved.transposed(axes: undo)
  }
}
