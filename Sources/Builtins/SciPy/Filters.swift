import Compute
import Interpreter
import Signals

/// SciPy's functions for filters.
extension Builtins {
  static let filters: [Builtin] = [
    Builtin(
      "signal.convolve",
      [
        Parameter("in1", note: "N samples"), Parameter("in2", note: "M samples"),
        Parameter(
          "mode", default: .string("full"), note: "'full', 'same' (N samples) or 'valid'"),
        Parameter(
          "method", default: .string("auto"),
          note: "'direct', by the sum; 'fft', by spectra; 'auto', the faster of the two"),
      ],
      """
      The convolution of two signals, as np.convolve, with a choice of method. Integers are always \
      convolved directly. Spectra are computed block by block, so that the time grows as N log M.
      """
    ) { call in
      let arguments = call.arguments
      let (signal, kernel) = (try arguments.array("in1"), try arguments.array("in2"))
      guard signal.axisCount == kernel.axisCount else {
        throw arguments.error(
          "in1",
          "and in2 must have the same number of axes, but their shapes are "
            + NDArray.describe(shape: signal.shape) + " and "
            + NDArray.describe(shape: kernel.shape))
      }
      let mode = try arguments.option("mode", ConvolutionMode.self)
      let method = try arguments.option("method", ConvolutionMethod.self)
      if signal.axisCount == 0 {
        return .array(try .binary(.multiply, .array(signal), .array(kernel)))
      }
      guard mode == .same else {
        return .array(try NDArray.convolve(signal, kernel, mode: mode, method: method))
      }
      // As long as the first one, even if that is the shorter.
      let full = try NDArray.convolve(signal, kernel, method: method)
      let start = (kernel.count - 1) / 2
      return .array(
        try full.selecting([.slice(start: start, stop: start + signal.count, step: nil)]))
    },

    Builtin(
      "signal.firwin",
      [
        Parameter("numtaps", note: "the length of the filter in samples"),
        Parameter("cutoff", note: "where the gain is half, in Hz with fs; several for bands"),
        Parameter(
          "window", kind: .keywordOnly, default: .string("hamming"),
          note: "'hamming', 'hann', 'blackman', 'boxcar' or ('kaiser', beta)"),
        Parameter(
          "pass_zero", kind: .keywordOnly, default: .bool(true),
          note: "False, 'lowpass', 'highpass', 'bandpass' or 'bandstop'"),
        Parameter(
          "scale", kind: .keywordOnly, default: .bool(true),
          note: "whether the gain in the middle of the first band is exactly 1"),
        .optionalKeyword("fs", note: "the sample rate in Hz; 2 by default"),
      ],
      """
      The kernel of a filter by the window method: the ideal filter's response, cut to numtaps \
      samples and tapered by a window. More taps give a steeper edge. The gain at the cut-off is \
      half (-6 dB) once the filter is long enough.
      """
    ) { call in
      let arguments = call.arguments
      let cutoff =
        try arguments["cutoff"].realNumber.map { [$0] } ?? arguments.signal("cutoff")
      return .array(
        NDArray(
          try firwin(
            arguments.int("numtaps"), cutoff: cutoff, window: window(arguments),
            pass: passBand(arguments), scale: arguments.bool("scale"),
            sampleRate: arguments.optionalDouble("fs"))))
    },

    Builtin(
      "signal.freqz",
      [
        Parameter("b", note: "the kernel, or the numerator of a filter with feedback"),
        Parameter("a", default: .int(1), note: "the denominator"),
        Parameter("worN", default: .int(512), note: "how many frequencies, or which"),
        Parameter("whole", default: .bool(false), note: "up to fs instead of fs / 2"),
        Parameter(
          "fs", kind: .keywordOnly, default: .float(2 * .pi), note: "the sample rate in Hz"),
      ],
      """
      The response of a filter as (w, h): frequencies, and a complex number for each, whose \
      magnitude is the gain. w, h = signal.freqz(kernel, fs=sample_rate).
      """
    ) { call in
      let arguments = call.arguments
      let grid: FrequencyGrid
      if arguments["worN"].isNone {
        grid = .count(512, whole: try arguments.bool("whole"))
      } else if let count = arguments["worN"].wholeNumber {
        grid = .count(count, whole: try arguments.bool("whole"))
      } else if let frequency = arguments["worN"].realNumber {
        grid = .frequencies([frequency])
      } else {
        grid = .frequencies(try arguments.signal("worN"))
      }
      let (frequencies, response) = try freqz(
        arguments.array("b"), arguments.array("a"), at: grid, sampleRate: arguments.double("fs"))
      return .tuple([.array(frequencies), .array(response)])
    },

    Builtin(
      "signal.get_window",
      [
        Parameter("window", note: "'hamming', 'hann', 'blackman', 'boxcar' or ('kaiser', beta)"),
        Parameter("Nx", note: "samples"),
        Parameter(
          "fftbins", default: .bool(true),
          note: "periodic, as for spectra; False: symmetric, as for filters"),
      ],
      "A window: samples that fade in and out."
    ) { call in
      if case .bool = call.arguments["Nx"] {
        throw call.arguments.wrongType("Nx", "a whole number")
      }
      let count = try call.arguments.int("Nx")
      guard count >= 1 else {
        throw call.arguments.error("Nx", "is \(count), but must be at least 1")
      }
      guard case .bool(let isPeriodic) = call.arguments["fftbins"] else {
        throw call.arguments.wrongType("fftbins", "True or False")
      }
      try call.context.reserve(shape: [count], type: .float64)
      let values = try window(call.arguments).values(count, isPeriodic: isPeriodic)
      return .array(NDArray(values))
    },
  ]

  // MARK: Arguments

  /// A window by name, as (name, parameter), or as Kaiser's beta alone.
  static func window(_ arguments: Arguments) throws -> Window {
    let value = arguments["window"]
    if let beta = value.realNumber { return .kaiser(beta: beta) }
    var parts = [value]
    if case .tuple(let items) = value { parts = items }
    guard case .string(let name)? = parts.first else {
      throw arguments.error("window", "must be a name, or a tuple (name, parameter)")
    }
    if ["kaiser", "ksr"].contains(name), parts.count == 2, let beta = parts[1].realNumber {
      return .kaiser(beta: beta)
    }
    guard parts.count == 1, let window = Window(name: name) else {
      let names = Window.names.map { "'\($0)'" }.joined(separator: ", ")
      throw arguments.error(
        "window", "is \(value.shortRepr)",
        hint: name == "hanning"
          ? "the window is called 'hann'" : "use one of \(names), or ('kaiser', beta)")
    }
    return window
  }

  private static func passBand(_ arguments: Arguments) throws -> PassBand {
    guard case .string(let name) = arguments["pass_zero"] else {
      guard case .bool(let isPassed) = arguments["pass_zero"] else {
        throw arguments.wrongType("pass_zero", "True, False or a string")
      }
      return .zero(isPassed)
    }
    guard let band = PassBand(name: name) else {
      throw arguments.error(
        "pass_zero", "is '\(name)'",
        hint: "use True, False, 'lowpass', 'highpass', 'bandpass' or 'bandstop'")
    }
    return band
  }
}
