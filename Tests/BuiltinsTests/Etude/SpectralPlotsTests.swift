import Interpreter
import RunningCells
import Testing

@Suite struct SpectralPlotsTests {
  /// According to SciPy's freqz, the gain of the notebook's filter (11 taps, 200 Hz) is half at
  /// 3,888 Hz.
  @Test func marksTheHalfGain() throws {
    let figure = try #require(
      RunningCell("response(signal.firwin(11, 200, fs=44100), 44100, cutoff=200)").figures.first)
    #expect(figure.kind == .response)
    #expect(figure.markers.map(\.label) == ["−6 dB at 3,888 Hz", "cut-off 200 Hz"])
    let halfGain = try #require(figure.markers.first)
    #expect(abs(try #require(halfGain.x) - 3888) < 1)
    #expect(abs(try #require(halfGain.y) + 6.0206) < 0.001)
    #expect(figure.summary == "1 curve over 0 … 22,050 Hz; −6 dB at 3,888 Hz; cut-off 200 Hz")
  }

  @Test func comparesKernels() throws {
    let figure = try #require(
      RunningCell("response([[1.0], [0.5, 0.5]], 8000, labels=[\"one\", \"two\"])").figures.first)
    #expect(figure.series.map(\.label) == ["one", "two"])
    // A single tap passes everything; cos(pi f / fs) is a half at a third of the sample rate.
    #expect(figure.summary == "2 curves over 0 … 4,000 Hz; two: −6 dB at 2,667 Hz")
    #expect(figure.series[0].y.allSatisfy { $0 == 0 })
  }

  /// The axis is logarithmic, so no point may lie at 0.
  @Test(arguments: ["response([1.0, 1.0], 8000)", "spectrum([1.0, 0.0, 0.5], 8000)"])
  func leavesZeroOut(source: String) throws {
    let figure = try #require(RunningCell(source).figures.first)
    #expect(figure.isXLogarithmic)
    #expect(figure.series.allSatisfy { series in series.x.allSatisfy { $0 > 0 } })
  }

  @Test func findsTheStrongestFrequency() throws {
    let figure = try #require(
      RunningCell(
        "spectrum(np.sin(2 * np.pi * 1000 * np.arange(16384) / 16384 * 4), 16384)"
      ).figures.first)
    #expect(figure.summary == "1 curve over 0 … 8,192 Hz; strongest at 4,000 Hz, 0 dB")
  }

  /// The spectrum's bins are 10.8 Hz apart; 440 Hz is between two of them.
  @Test func findsTonesBetweenBins() throws {
    let figure = try #require(
      RunningCell("spectrum(np.sin(2 * np.pi * 440 * np.arange(44100) / 44100), 44100)")
        .figures.first)
    #expect(figure.summary == "1 curve over 0 … 22,050 Hz; strongest at 440 Hz, 0 dB")
  }

  @Test func silenceAndHugeSamplesHaveASpectrum() throws {
    let silence = try #require(RunningCell("spectrum(np.zeros(100), 1)").figures.first)
    #expect(silence.summary == "1 curve over 0 … 0.5 Hz; silence")
    let huge = try #require(
      RunningCell("spectrum(1e30 * np.sin(np.arange(8192) / 2), 384000)").figures.first)
    #expect(huge.summary.contains("600 dB"))
  }

  @Test(
    "A constant offset is no tone",
    arguments: [
      ("(128 + 20 * t).astype(np.uint8).astype(float) / 255", "strongest at 440 Hz, −22.1 dB"),
      ("np.abs(t)", "strongest at 880 Hz, −7.4 dB"),
      ("np.full(8000, 0.3)", "constant, without tones"),
      ("np.full(1000, 1e308)", "constant, without tones"), ("[1.0]", "constant, without tones"),
      ("np.zeros(1000, dtype=np.uint8)", "constant, without tones"),
      ("1e308 * t", "strongest at 440 Hz, 6,160 dB"),
    ])
  func offsets(sound: String, strongest: String) throws {
    let figure = try #require(
      RunningCell(
        "t = np.sin(2 * np.pi * 440 * np.arange(8000) / 8000); spectrum(\(sound), 8000)"
      ).figures.first)
    #expect(figure.summary == "1 curve over 0 … 4,000 Hz; \(strongest)")
  }

  @Test("Kernels of any size have their true response, and a floor below it")
  func extremeKernels() throws {
    func response(_ kernel: String) throws -> Figure {
      try #require(RunningCell("response(\(kernel), 44100)").figures.first)
    }
    let plain = try response("[1.0, 1.0]")
    for kernel in ["[1e308, 1e308]", "[1e-10, 1e-10]", "[1e-320, 1e-320]"] {
      let figure = try response(kernel)
      #expect(figure.summary == plain.summary, "\(kernel)")
      #expect(figure.undrawnPoints == nil)
      let shift = figure.series[0].y[0] - plain.series[0].y[0]
      #expect(abs(figure.markers[0].y! - plain.markers[0].y! - shift) < 1e-6)
    }
    #expect(try response("[0, 0]").summary == "1 curve over 0 … 22,050 Hz; every gain is 0")
    #expect(try response("[np.nan]").undrawnPoints?.contains("nan") == true)
  }

  @Test func hugeSoundsHaveASpectrogram() throws {
    let figure = try #require(
      RunningCell("spectrogram(np.full(10000, 1e308), 8000)").figures.first)
    #expect(figure.summary.contains("strongest 6,166 dB"))
  }

  @Test func showsTimeAndFrequency() throws {
    let figure = try #require(
      RunningCell("spectrogram(np.sin(np.arange(8000)), 8000, title='a tone')").figures.first)
    let heatmap = try #require(figure.heatmap)
    #expect(heatmap.seconds == 1)
    #expect(heatmap.maximumFrequency == 4000)
    #expect(figure.summary == "spectrogram of 1 s, 0 … 4,000 Hz; strongest 0 dB")
    #expect(figure.title == "a tone")
  }

  @Test(arguments: [
    ("response([], 44100)", "nothing"), ("response([1.0], 0)", "above 0 Hz"),
    ("spectrum([1.0, 0.0], 1e308)", "must be from"),
    ("spectrum([1.0, 0.0], 5e-324)", "must be from"),
    ("response([1.0], 8000, cutoff=4000)", "fs / 2"), ("spectrum(np.zeros((2, 3)), 8000)", "axis"),
    ("spectrum([[1.0], [1.0]], 8000, labels=[\"a\"])", "must be 2"),
    ("spectrum([1.0, np.nan], 8000)", "nan or inf"), ("spectrogram([np.inf], 8000)", "nan or inf"),
  ])
  func rejectsWhatHasNoSpectrum(source: String, message: String) {
    #expect(failure(of: source)?.contains(message) == true, "\(failure(of: source) ?? "drawn")")
  }
}
