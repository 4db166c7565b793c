import Compute
import Interpreter
import Messages
import Signals

/// SciPy's functions that take signals apart: envelopes, spectra over time, peaks.
extension Builtins {
  static let signalAnalysis: [Builtin] = [
    Builtin(
      "signal.hilbert",
      [
        Parameter("x"), .optional("N", note: "the length of the transform"),
        Parameter("axis", default: .int(-1)),
      ],
      """
      The analytic signal: x as the real part, and x shifted by a quarter of each period as the \
      imaginary one. Its magnitude is the envelope: np.abs(signal.hilbert(x)).
      """
    ) { call in
      let x = try call.arguments.array("x")
      guard x.type != .complex128 else { throw call.arguments.error("x", "must be real") }
      try checkSpectrum("x", of: x, call.arguments)
      if let length = try call.arguments.optionalInt("N"), length < 1 {
        throw call.arguments.error("N", "must be at least 1")
      }
      let (moved, undo) = try x.withLastAxis(call.arguments.int("axis"))
      return .array(
        try moved.analyticSignal(length: call.arguments.optionalInt("N")).transposed(axes: undo))
    },

    Builtin(
      "signal.stft",
      [
        Parameter("x"), Parameter("fs", default: .float(1), note: "the sample rate in Hz"),
        Parameter("window", default: .string("hann"), note: "a name, or the samples"),
        Parameter("nperseg", default: .int(256), note: "samples in a segment"),
        .optional("noverlap", note: "samples that neighbours share; half by default"),
        .optional("nfft", note: "the length of the transform; nperseg by default"),
        Parameter("detrend", default: .bool(false), note: "False"),
        Parameter("return_onesided", default: .bool(true), note: "True"),
        Parameter(
          "boundary", default: .string("zeros"),
          note: "'zeros': half a segment around; None for nothing"),
        Parameter("padded", default: .bool(true), note: "zeros complete the last segment"),
        Parameter("axis", default: .int(-1)),
        Parameter("scaling", default: .string("spectrum"), note: "'spectrum' or 'psd'"),
      ],
      """
      The spectra of overlapping segments as (f, t, Z): frequencies in Hz, times in seconds, and Z[f, t]. \
      image(np.abs(Z)) shows them; spectrogram(x, fs) draws a sound's at once.
      """
    ) { call in try shortTimeFourier(call.arguments) },

    Builtin(
      "signal.find_peaks",
      [
        Parameter("x"),
        .optional("height", note: "the lowest, or (lowest, highest)"),
        .optional("threshold", note: "None"),
        .optional("distance", note: "samples: of nearer peaks the highest one stays"),
        .optional("prominence", note: "how far above what is around, at least; or (least, most)"),
        .optional("width", note: "None"),
        .optional("wlen", note: "how many samples around a peak prominence looks at"),
      ],
      """
      The local maxima of a signal as (peaks, properties): indices, and a dictionary with \
      "peak_heights" if height is given, and with "prominences", "left_bases" and "right_bases" if \
      prominence is.
      """
    ) { call in try findPeaks(call.arguments) },
  ]

  private static func checkSpectrum(
    _ name: String, of array: NDArray, _ arguments: Arguments
  ) throws {
    guard array.type != .float32 else {
      throw arguments.error(
        name, "is float32, whose spectrum would be complex64, which is not supported here",
        hint: "convert it first: x.astype(float)")
    }
    guard !array.isScalar, array.count > 0 else {
      throw arguments.error(name, "has no samples")
    }
  }

  // MARK: Spectra

  private enum Scaling: String, CaseIterable { case spectrum, psd }

  private static func shortTimeFourier(_ arguments: Arguments) throws -> Value {
    let x = try arguments.array("x")
    guard x.type != .complex128 else { throw arguments.error("x", "must be real") }
    try checkSpectrum("x", of: x, arguments)
    guard try !arguments["detrend"].isTrue(), try arguments["return_onesided"].isTrue() else {
      throw Diagnostic("signal.stft: detrend must be False and return_onesided True here")
    }
    let boundary = arguments["boundary"]
    if case .string(let text) = boundary, text != "zeros" {
      throw arguments.error("boundary", "is '\(text)'", hint: "use 'zeros' or None")
    }
    let (moved, undo) = try x.withLastAxis(arguments.int("axis"))
    let sampleRate = try arguments.double("fs")
    guard sampleRate > 0, sampleRate.isFinite else {
      throw arguments.error("fs", "must be above 0 Hz")
    }
    let taper: [Double]
    if case .array = arguments["window"] {
      taper = try arguments.signal("window")
    } else {
      let length = min(try arguments.int("nperseg"), moved.shape[x.axisCount - 1])
      guard length >= 1 else { throw arguments.error("nperseg", "must be at least 1") }
      taper = try window(arguments).values(length, isPeriodic: true)
    }
    guard !taper.isEmpty else { throw arguments.error("window", "has no samples") }
    let overlap = try arguments.optionalInt("noverlap") ?? taper.count / 2
    guard (0..<taper.count).contains(overlap) else {
      throw arguments.error(
        "noverlap", "is \(overlap), but must be less than nperseg, \(taper.count)")
    }
    let length = try arguments.optionalInt("nfft") ?? taper.count
    guard length >= taper.count else {
      throw arguments.error("nfft", "must be at least nperseg, \(taper.count)")
    }
    let result = try ShortTimeFourier(
      of: moved, sampleRate: sampleRate, taper: taper, overlap: overlap, transformLength: length,
      isExtended: !boundary.isNone, isPadded: arguments.bool("padded"),
      isDensity: arguments.option("scaling", Scaling.self) == .psd)
    // The frequencies take the place of the axis; the segments come last.
    return .tuple([
      .array(result.frequencies), .array(result.times),
      .array(try result.values.transposed(axes: undo + [x.axisCount])),
    ])
  }

  // MARK: Peaks

  private static func findPeaks(_ arguments: Arguments) throws -> Value {
    for name in ["threshold", "width"] where !arguments[name].isNone {
      throw arguments.error(name, "is not supported here", hint: "use height or prominence")
    }
    var peaks = try Peaks(of: arguments.signal("x"))
    var properties: [(name: String, value: Value)] = []
    let height = try interval("height", arguments)
    if let height { peaks.keep(heights: height) }
    if let distance = try arguments.optionalDouble("distance") {
      guard distance >= 1 else { throw arguments.error("distance", "must be at least 1") }
      try peaks.keep(distance: distance < 1e15 ? Int(distance.rounded(.up)) : Int.max / 2)
    }
    if let prominence = try interval("prominence", arguments) {
      let window = try arguments.optionalInt("wlen")
      if let window, window <= 1 { throw arguments.error("wlen", "must be above 1") }
      try peaks.keep(prominences: prominence, window: window)
    }
    if height != nil { properties.append(("peak_heights", .array(NDArray(peaks.heights)))) }
    if let prominences = peaks.prominences {
      properties.append(("prominences", .array(NDArray(prominences.map(\.value)))))
      properties.append(("left_bases", .array(NDArray(prominences.map(\.left)))))
      properties.append(("right_bases", .array(NDArray(prominences.map(\.right)))))
    }
    return .tuple([.array(NDArray(peaks.indices)), .dictionary(properties)])
  }

  /// The lowest number, or (lowest, highest), where either may be None.
  private static func interval(
    _ name: String, _ arguments: Arguments
  ) throws -> ClosedRange<Double>? {
    if arguments[name].isNone { return nil }
    if let low = arguments[name].realNumber {
      guard !low.isNaN else { throw arguments.error(name, "must not be nan") }
      return low...Double.infinity
    }
    let ends = try arguments.list(name)
    guard ends.count == 2, let low = ends[0].isNone ? -.infinity : ends[0].realNumber,
      let high = ends[1].isNone ? .infinity : ends[1].realNumber, low <= high
    else { throw arguments.error(name, "must be a number, or (lowest, highest)") }
    return low...high
  }
}
