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
    ("response([1.0], 8000, cutoff=4000)", "fs / 2"), ("spectrum(np.zeros((2, 3)), 8000)", "axis"),
    ("spectrum([[1.0], [1.0]], 8000, labels=[\"a\"])", "must be 2"),
    ("spectrum([1.0, np.nan], 8000)", "nan or inf"), ("spectrogram([np.inf], 8000)", "nan or inf"),
  ])
  func rejectsWhatHasNoSpectrum(source: String, message: String) {
    #expect(failure(of: source)?.contains(message) == true, "\(failure(of: source) ?? "drawn")")
  }
}
