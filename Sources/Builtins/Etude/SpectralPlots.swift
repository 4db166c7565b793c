import Compute
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
        Parameter("kernel", note: "taps, or a list of kernels to compare"),
        Parameter("fs", note: "the sample rate in Hz"),
        .optional("cutoff", note: "a line at this frequency, in Hz"), labels,
      ],
      """
      The frequency response of a kernel: the gain in dB up to half the sample rate. The point \
      where it is half (-6 dB) is marked.
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
      amplitude 1 reaches 0 dB.
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
      ],
      "How the spectrum of a sound changes: time to the right, frequency upwards, level as shading."
    ) { call in
      call.context.show(.figure(try spectrogram(call.arguments)))
      return .none
    },
  ]

  // MARK: Figures

  private static func response(_ arguments: Arguments) throws -> Figure {
    let kernels = try signals("kernel", arguments)
    let sampleRate = try sampleRate(arguments)
    let labels = try labels(arguments, count: kernels.count)
    let responses = try kernels.map { try FrequencyResponse(of: $0, sampleRate: sampleRate) }

    var figure = frequencyFigure(.response, yLabel: "gain")
    var notes: [String] = []
    for (index, response) in responses.enumerated() {
      // The axis is logarithmic: it cannot show 0 Hz.
      figure.series.append(
        Figure.Series(
          label: labels?[index], x: Array(response.frequencies.dropFirst()),
          y: Array(response.decibels(floor: -100).dropFirst())))
      guard let crossing = response.crossing() else { continue }
      let shown = crossing < 10 ? (10 * crossing).rounded() / 10 : crossing.rounded()
      let note = "−6 dB at \(Quantity(shown, unit: "Hz"))"
      notes.append(labels.map { "\($0[index]): \(note)" } ?? note)
      figure.markers.append(
        Figure.Marker(
          x: crossing, y: Decibels.of(amplitude: response.passGain / 2, floor: -100), label: note))
    }
    if let cutoff = try arguments.optionalDouble("cutoff") {
      guard cutoff > 0, cutoff < sampleRate / 2 else {
        throw arguments.error("cutoff", "must be between 0 and fs / 2")
      }
      let label = "cut-off \(Quantity(cutoff, unit: "Hz"))"
      figure.markers.append(Figure.Marker(x: cutoff, y: nil, label: label))
      notes.append(label)
    }
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
      let spectrum = try Spectrum(of: sound, sampleRate: sampleRate)
      let (frequencies, levels) = (
        Array(spectrum.frequencies.dropFirst()), Array(spectrum.decibels.dropFirst())
      )
      figure.series.append(Figure.Series(label: labels?[index], x: frequencies, y: levels))
      let peak = peak(frequencies, levels)
      let note =
        peak.level <= Spectrum.floor
        ? "silence"
        : "strongest at \(Quantity(peak.frequency.rounded(), unit: "Hz")), "
          + "\(Quantity(peak.level.rounded(), unit: "dB"))"
      notes.append(labels.map { "\($0[index]): \(note)" } ?? note)
    }
    figure.summary = summary(count: sounds.count, sampleRate: sampleRate, notes: notes)
    return figure
  }

  /// The peak of the parabola through the highest level and its neighbours. The spectrum's bins are
  /// about 10 Hz apart; the main lobe of a Hann window in dB is nearly a parabola, so its peak
  /// gives a tone's frequency to a fraction of that.
  private static func peak(
    _ frequencies: [Double], _ levels: [Double]
  ) -> (frequency: Double, level: Double) {
    guard let top = levels.indices.max(by: { levels[$0] < levels[$1] }) else { return (0, 0) }
    guard top > 0, top + 1 < levels.count else { return (frequencies[top], levels[top]) }
    let (before, after) = (levels[top - 1], levels[top + 1])
    let curvature = before - 2 * levels[top] + after
    guard curvature < 0 else { return (frequencies[top], levels[top]) }
    // Between -1/2 and 1/2 of the bin spacing.
    let offset = (before - after) / (2 * curvature)
    let spacing = frequencies[top] - frequencies[top - 1]
    return (frequencies[top] + offset * spacing, levels[top] - (before - after) * offset / 4)
  }

  private static func spectrogram(_ arguments: Arguments) throws -> Figure {
    let samples = try samples(arguments["x"], for: arguments.function)
    let sampleRate = try sampleRate(arguments)
    let spectrogram = try Spectrogram(of: samples, sampleRate: sampleRate)
    let seconds = Double(samples.count) / sampleRate

    var figure = Figure(kind: .spectrogram, summary: "")
    figure.title = try arguments.optionalString("title")
    figure.heatmap = Figure.Heatmap(
      columns: spectrogram.columns, seconds: seconds, maximumFrequency: sampleRate / 2)
    (figure.xLabel, figure.xUnit) = ("time", "s")
    (figure.yLabel, figure.yUnit) = ("frequency", "Hz")
    figure.summary =
      "spectrogram of \(Quantity(seconds, unit: "s")), "
      + "0 … \(Quantity(sampleRate / 2, unit: "Hz"))"
    return figure
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

  /// One signal, or the signals of a list.
  private static func signals(_ name: String, _ arguments: Arguments) throws -> [[Double]] {
    let value = arguments[name]
    switch value {
    case .list(let items) where items.contains { $0.realNumber == nil },
      .tuple(let items) where items.contains { $0.realNumber == nil }:
      return try items.map { try samples($0, for: arguments.function) }
    default: return [try samples(value, for: arguments.function)]
    }
  }

  private static func sampleRate(_ arguments: Arguments) throws -> Double {
    let sampleRate = try arguments.double("fs")
    guard sampleRate > 0, sampleRate.isFinite else {
      throw arguments.error("fs", "must be above 0 Hz")
    }
    return sampleRate
  }
}
