import Compute
import Concurrency
import Glibc
import Interpreter
import Messages
import Signals

/// Plots over frequency: the response of kernels, the spectrum of sounds.
extension Builtins {
  private static let labels = Parameter.optional("labels", note: "a name for each curve")

  static let spectralPlots: [Builtin] = [
    Builtin(
      "response",
      [
        Parameter(
          "args", kind: .variadic,
          note: "kernel, fs; a list of kernels, fs; or b, a of a filter with feedback, with fs=…"),
        .optionalKeyword("fs", note: "the sample rate in Hz"),
        .optionalKeyword("cutoff", note: "a line at this frequency, in Hz"),
        .optionalKeyword("labels", note: "a name for each curve"),
      ],
      """
      The frequency response of a filter: response(kernel, fs), or response(b, a, fs=fs). The gain in dB up \
      to half the sample rate; the point where it is half (-6 dB) is marked. Integers are scaled as in \
      play.
      """
    ) { call in
      call.context.show(.figure(try response(call.arguments)))
      return .none
    },
    Builtin(
      "spectrum",
      [
        Parameter("x", note: "a signal, or a list of signals to compare"),
        Parameter("fs", note: "the sample rate in Hz"), labels,
      ],
      """
      How much of each frequency a sound contains, in dB, averaged over short segments. A sine of \
      amplitude 1 reaches 0 dB; integers are scaled as in play.
      """
    ) { call in
      call.context.show(.figure(try spectrum(call.arguments)))
      return .none
    },
    Builtin(
      "spectrogram",
      [
        Parameter("x"), Parameter("fs", note: "the sample rate in Hz"),
        .optionalKeyword("title"),
        Parameter(
          "nperseg", kind: .keywordOnly, default: .int(1024),
          note: "samples in a segment: long ones tell frequencies apart, short ones times"),
        .optionalKeyword("noverlap", note: "samples that neighbours share; half by default"),
        .optionalKeyword("fmax", note: "the highest frequency in Hz; fs / 2 by default"),
        .optionalKeyword("vmin", note: "the level of the faintest shade in dB"),
        .optionalKeyword("vmax", note: "the level of the fullest shade in dB"),
      ],
      """
      How the spectrum of a sound changes: time to the right, frequency upwards, level as shading. \
      The shades cover 80 dB up to the strongest level; what is below -120 dB is blank. Integers are \
      scaled as in play.
      """
    ) { call in
      call.context.show(.figure(try spectrogram(call.arguments)))
      return .none
    },
  ]

  // MARK: Figures

  private static func response(_ arguments: Arguments) throws -> Figure {
    let filter = try filter(arguments)
    let (kernels, sampleRate, arguments) = (filter.kernels, filter.sampleRate, filter.arguments)
    let labels = try labels(arguments, count: kernels.count)
    let points = kernels.reduce(0) {
      $0 + FrequencyResponse.pointCount(tapCount: max($1.count, filter.denominator.count))
    }
    try Budget.reserve(
      16 * Double(points), for: "\(kernels.count) responses with \(Quantity(points)) points")

    var figure = frequencyFigure(.response, yLabel: "gain")
    var notes: [String] = []
    for (index, kernel) in kernels.enumerated() {
      try Budget.check()
      let response = try Budget.releasing {
        try FrequencyResponse(
          of: kernel, denominator: filter.denominator, sampleRate: sampleRate)
      }
      guard let floor = response.visibleFloor else {
        figure.series.append(Figure.Series(label: labels?[index], y: []))
        notes.append((labels.map { "\($0[index]): " } ?? "") + "every gain is 0")
        continue
      }
      // The axis is logarithmic: it cannot show 0 Hz.
      figure.series.append(
        Figure.Series(
          label: labels?[index], x: Array(response.frequencies.dropFirst()),
          y: Array(try response.decibels(floor: floor).dropFirst())))
      guard let crossing = try response.crossing() else { continue }
      let shown = crossing < 10 ? (10 * crossing).rounded() / 10 : crossing.rounded()
      let note = "−6 dB at \(Quantity(shown, unit: "Hz"))"
      notes.append(labels.map { "\($0[index]): \(note)" } ?? note)
      figure.markers.append(
        Figure.Marker(
          x: crossing, y: response.decibels(of: response.passGain / 2, floor: floor), label: note))
    }
    if let cutoff = try arguments.optionalDouble("cutoff") {
      guard cutoff > 0, cutoff < sampleRate / 2 else {
        throw arguments.error("cutoff", "must be between 0 and fs / 2")
      }
      let label = "cut-off \(Quantity(cutoff, unit: "Hz"))"
      figure.markers.append(Figure.Marker(x: cutoff, y: nil, label: label))
      notes.append(label)
    }
    notes += [figure.undrawnPoints].compactMap { $0 }
    figure.summary = summary(count: kernels.count, sampleRate: sampleRate, notes: notes)
    return figure
  }

  private static func spectrum(_ arguments: Arguments) throws -> Figure {
    let sounds = try signals("x", arguments)
    let sampleRate = try sampleRate(arguments)
    let labels = try labels(arguments, count: sounds.count)

    var figure = frequencyFigure(.spectrum, yLabel: "level")
    var notes: [String] = []
    for (index, sound) in sounds.enumerated() {
      try Budget.check()
      let spectrum = try Spectrum(of: sound, sampleRate: sampleRate)
      let (frequencies, levels) = (
        Array(spectrum.frequencies.dropFirst()), Array(spectrum.decibels.dropFirst())
      )
      figure.series.append(Figure.Series(label: labels?[index], x: frequencies, y: levels))
      let note = try strongest(in: sound, spectrum, sampleRate: sampleRate)
      notes.append(labels.map { "\($0[index]): \(note)" } ?? note)
    }
    notes += [figure.undrawnPoints].compactMap { $0 }
    figure.summary = summary(count: sounds.count, sampleRate: sampleRate, notes: notes)
    return figure
  }

  /// "strongest at 440 Hz, −6 dB", or why there is no such tone.
  private static func strongest(
    in sound: [Double], _ spectrum: Spectrum, sampleRate: Double
  ) throws -> String {
    guard spectrum.decibels.contains(where: { $0 > Spectrum.floor }) else { return "silence" }
    var levels = spectrum.decibels
    let top = levels.indices.max { levels[$0] < levels[$1] } ?? 0
    // A constant offset is no tone, but it stands out at 0 Hz, and its lobe covers its neighbours.
    if zip(levels[..<top], levels[...top].dropFirst()).allSatisfy({ $0 >= $1 }) {
      let largest = sound.reduce(0) { max($0, abs($1)) }
      // In two steps: the sum of huge samples would overflow.
      let mean = sound.reduce(0) { $0 + $1 / largest } / Double(sound.count) * largest
      let rest = sound.map { $0 - mean }
      guard rest.contains(where: { abs($0) > 1e-12 * largest }) else {
        return "constant, without tones"
      }
      levels = try Spectrum(of: rest, sampleRate: sampleRate).decibels
    }
    // Of a shorter sound the lobes are wider than the window's.
    let isWhole = sound.count >= 2 * (levels.count - 1)
    let peak = peak(
      Array(spectrum.frequencies.dropFirst()), Array(levels.dropFirst()), isWhole: isWhole)
    return "strongest at \(Quantity(peak.frequency.rounded(), unit: "Hz")), "
      + "\(Quantity((10 * peak.level).rounded() / 10, unit: "dB"))"
  }

  /// The peak of the parabola through the highest level and its neighbours. The spectrum's bins are
  /// about 10 Hz apart; the main lobe of a Hann window in dB is nearly a parabola, so its peak
  /// gives a tone's frequency to a fraction of that.
  ///
  /// - Parameter isWhole: whether the lobe is as wide as that of the window. The level then follows from
  ///   the window's shape: at a distance of d bins, |sin πd / (πd (1 - d²))|.
  private static func peak(
    _ frequencies: [Double], _ levels: [Double], isWhole: Bool
  ) -> (frequency: Double, level: Double) {
    guard let top = levels.indices.max(by: { levels[$0] < levels[$1] }) else { return (0, 0) }
    guard top > 0, top + 1 < levels.count else { return (frequencies[top], levels[top]) }
    let (before, after) = (levels[top - 1], levels[top + 1])
    let curvature = before - 2 * levels[top] + after
    guard curvature < 0 else { return (frequencies[top], levels[top]) }
    // Between -1/2 and 1/2 of the bin spacing.
    let offset = (before - after) / (2 * curvature)
    let spacing = frequencies[top] - frequencies[top - 1]
    let frequency = frequencies[top] + offset * spacing
    guard isWhole else { return (frequency, levels[top] - (before - after) * offset / 4) }
    let ratio = pow(10, (max(before, after) - levels[top]) / 20)
    let distance = min(0.5, max(0, (2 * ratio - 1) / (1 + ratio)))
    guard distance > 1e-6 else { return (frequency, levels[top]) }
    let angle = Double.pi * distance
    let loss = sin(angle) / (angle * (1 - distance * distance))
    return (frequency, levels[top] - 20 * log10(loss))
  }

  private static func spectrogram(_ arguments: Arguments) throws -> Figure {
    let samples = try soundSamples(of: axis(arguments["x"], for: arguments.function))
    let sampleRate = try sampleRate(arguments)
    let length = try arguments.int("nperseg")
    guard (2...1 << 20).contains(length) else {
      throw arguments.error("nperseg", "is \(length), but must be 2 to \(Quantity(1 << 20))")
    }
    let overlap = try arguments.optionalInt("noverlap")
    if let overlap, !(0..<length).contains(overlap) {
      throw arguments.error(
        "noverlap", "is \(overlap), but must be less than nperseg, \(length)")
    }
    let spectrogram = try Spectrogram(
      of: samples, sampleRate: sampleRate, segmentLength: length, overlap: overlap)
    let highest = try arguments.optionalDouble("fmax") ?? sampleRate / 2
    guard highest > 0, highest <= sampleRate / 2 else {
      throw arguments.error("fmax", "must be above 0 and at most fs / 2")
    }
    let bins = max(1, spectrogram.frequencies.count { $0 <= highest })
    let columns = spectrogram.columns.map { Array($0.prefix(bins)) }
    let strongest = columns.reduce(-Double.infinity) { max($0, $1.max() ?? $0) }
    let seconds = Double(samples.count) / sampleRate

    var figure = Figure(kind: .spectrogram, summary: "")
    figure.title = try arguments.optionalString("title")
    figure.heatmap = Figure.Heatmap(
      columns: columns, levels: try shades(arguments, shadedLevels(upTo: strongest)),
      xRange: 0...max(seconds, .leastNormalMagnitude), yRange: 0...highest, unit: "dB")
    (figure.xLabel, figure.xUnit) = ("time", "s")
    (figure.yLabel, figure.yUnit) = ("frequency", "Hz")
    figure.summary =
      "spectrogram of \(Quantity(seconds, unit: "s")), "
      + "0 … \(Quantity(highest, unit: "Hz")); "
      + (strongest.isFinite
        ? "strongest \(Quantity(strongest.rounded(), unit: "dB"))"
        : "silence, below \(Quantity(Spectrum.floor, unit: "dB"))")
    return figure
  }

  /// The values of the faintest and the fullest shade, where vmin and vmax do not say.
  static func shades(
    _ arguments: Arguments, _ standard: ClosedRange<Double>
  ) throws -> ClosedRange<Double> {
    let low = try arguments.optionalDouble("vmin")
    let high = try arguments.optionalDouble("vmax")
    for (name, value) in [("vmin", low), ("vmax", high)] {
      if let value, !value.isFinite { throw arguments.error(name, "must be finite") }
    }
    let (lowest, highest) = (low ?? standard.lowerBound, high ?? standard.upperBound)
    guard low != nil || high != nil else { return standard }
    guard lowest < highest else {
      throw arguments.error(
        low == nil ? "vmax" : "vmin",
        "leaves no shades: they would go from \(Quantity(lowest)) to \(Quantity(highest))")
    }
    return lowest...highest
  }

  /// 80 dB is roughly what the ear distinguishes at one time. Silence has the scale of a full level.
  private static func shadedLevels(upTo strongest: Double) -> ClosedRange<Double> {
    guard strongest.isFinite else { return -80...0 }
    return max(Spectrum.floor, strongest - 80)...strongest
  }

  /// An empty figure over frequency. Hearing is logarithmic, and so is the axis: on a linear one
  /// everything below 1 kHz would fill a few columns.
  private static func frequencyFigure(_ kind: Figure.Kind, yLabel: String) -> Figure {
    var figure = Figure(kind: kind, summary: "")
    (figure.xLabel, figure.xUnit) = ("frequency", "Hz")
    (figure.yLabel, figure.yUnit) = (yLabel, "dB")
    figure.isXLogarithmic = true
    return figure
  }

  /// "2 curves over 0 … 22,050 Hz; −6 dB at 3,888 Hz; cut-off 200 Hz".
  private static func summary(count: Int, sampleRate: Double, notes: [String]) -> String {
    let curves = count == 1 ? "1 curve" : "\(count) curves"
    let range = "\(curves) over 0 … \(Quantity(sampleRate / 2, unit: "Hz"))"
    return ([range] + notes).joined(separator: "; ")
  }

  // MARK: Arguments

  private struct ResponseArguments {
    var kernels: [[Double]]
    var denominator: [Double]
    var sampleRate: Double
    /// With the cut-off and the labels, wherever they stood.
    var arguments: Arguments
  }

  /// The arguments of `response(kernel, fs, cutoff, labels)` and `response(b, a, fs=fs)`.
  private static func filter(_ arguments: Arguments) throws -> ResponseArguments {
    let function = arguments.function
    var values = try arguments.list("args")
    guard !values.isEmpty else {
      throw Diagnostic("\(function) needs a kernel", hint: "write response(kernel, fs)")
    }
    let first = values.removeFirst()
    var denominator: [Double]?
    func isGiven(_ name: String) -> Bool {
      if case .none = arguments[name] { false } else { arguments.isGiven(name) }
    }
    if let value = values.first, value.realNumber == nil || isGiven("fs") {
      if let number = value.realNumber {
        denominator = [number]
      } else {
        denominator = try samples(value, for: "\(function): a")
      }
      values.removeFirst()
    }
    var given = arguments
    for name in ["fs", "cutoff", "labels"] where !values.isEmpty {
      guard !isGiven(name) else { continue }
      given = given.replacing(name, values.removeFirst())
    }
    guard values.isEmpty else {
      throw Diagnostic(
        "\(function) got too many arguments", hint: "write response(kernel, fs, cutoff=200)")
    }
    guard !given["fs"].isNone else {
      throw Diagnostic(
        "\(function) needs the sample rate",
        hint: denominator == nil
          ? "write response(kernel, fs)" : "write response(b, a, fs=sample_rate)")
    }
    let kernels = try signals(first, function)
    guard denominator == nil || kernels.count == 1 else {
      throw Diagnostic("\(function) draws one filter with feedback at a time")
    }
    guard denominator?.allSatisfy(\.isFinite) != false,
      denominator?.contains(where: { $0 != 0 }) != false
    else { throw Diagnostic("\(function): a must be finite, and not 0 throughout") }
    return ResponseArguments(
      kernels: kernels, denominator: denominator ?? [1], sampleRate: try sampleRate(given),
      arguments: given)
  }

  /// One signal, or the signals of a list.
  private static func signals(_ name: String, _ arguments: Arguments) throws -> [[Double]] {
    try signals(arguments[name], arguments.function)
  }

  private static func signals(_ value: Value, _ function: String) throws -> [[Double]] {
    switch value {
    case .list(let items) where items.contains { $0.realNumber == nil },
      .tuple(let items) where items.contains { $0.realNumber == nil }:
      return try items.map { item in
        try Budget.check()
        return try soundSamples(of: axis(item, for: function))
      }
    default: return [try soundSamples(of: axis(value, for: function))]
    }
  }

  private static func sampleRate(_ arguments: Arguments) throws -> Double {
    let sampleRate = try arguments.double("fs")
    guard sampleRate > 0 else { throw arguments.error("fs", "must be above 0 Hz") }
    guard (1e-6...1e12).contains(sampleRate) else {
      throw arguments.error("fs", "must be from 0.000001 to 1,000,000,000,000 Hz")
    }
    return sampleRate
  }
}
