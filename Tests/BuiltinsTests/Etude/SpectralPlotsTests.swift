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
    #expect(heatmap.xRange == 0...1)
    #expect(heatmap.yRange == 0...4000)
    #expect(figure.summary == "spectrogram of 1 s, 0 … 4,000 Hz; strongest 0 dB")
    #expect(figure.title == "a tone")
  }

  @Test("Segments, overlap, the highest frequency and the shades of a spectrogram can be chosen")
  func spectrogramOptions() throws {
    func heatmap(_ options: String) throws -> Figure.Heatmap {
      let figure = try #require(
        RunningCell("spectrogram(np.sin(np.arange(8000)), 8000\(options))").figures.first)
      return try #require(figure.heatmap)
    }
    #expect(try heatmap("").columns.count == 14)
    #expect(try heatmap(", noverlap=768").columns.count == 28)
    let fine = try heatmap(", nperseg=200, fmax=1000, vmin=-60, vmax=-10")
    #expect(fine.columns.count == 79 && fine.columns[0].count == 26)
    #expect(fine.yRange == 0...1000 && fine.levels == -60 ... -10)
  }

  @Test("Filters with feedback have a response: -3 dB at a Butterworth filter's cut-off")
  func feedback() throws {
    let figure = try #require(
      RunningCell("b, a = signal.butter(2, 1000, fs=8000)\nresponse(b, a, fs=8000, cutoff=1000)")
        .figures.first)
    let series = figure.series[0]
    let index = try #require(series.x.firstIndex { $0 >= 1000 })
    #expect(abs(series.x[index] - 1000) < 1 && abs(series.y[index] + 3.01) < 0.02)
    #expect(figure.markers.count == 2)
    #expect(try RunningCell("response([0.5, 0.5], 8000, 200)").figures[0].markers.count == 2)
    #expect(try RunningCell("response([0.5, 0.5], fs=8000)").figures[0].markers.count == 1)
    #expect(try RunningCell("response([1.0], 2.0, fs=8000)").figures[0].series[0].y[0] < -6)
  }

  @Test("A matrix becomes columns from bottom to top; large ones are reduced to their maxima")
  func images() throws {
    let figure = try #require(
      RunningCell(
        "image([[1, 2, 3], [4, 5, np.nan]], extent=(0, 3, 10, 20), title='t', vmax=9)"
      ).figures.first)
    let heatmap = try #require(figure.heatmap)
    #expect(heatmap.columns[0] == [1, 4] && heatmap.columns[1] == [2, 5])
    #expect(heatmap.columns[2] == [3, -.infinity])
    #expect(heatmap.xRange == 0...3 && heatmap.yRange == 10...20 && heatmap.levels == 1...9)
    #expect(figure.summary == "image of 2 rows and 3 columns, from 1 to 5")
    let large = try RunningCell("x = np.zeros((1000, 3000)); x[999, 2999] = 7; image(x)").figures[0]
    #expect(large.heatmap?.columns.count == 800 && large.heatmap?.columns[799][799] == 7)
    #expect(try RunningCell("image([[np.nan]])").figures[0].summary.contains("without finite"))
  }

  @Test(arguments: [
    ("image([1, 2])", "two axes"), ("image(np.fft.fft([[1, 2]]))", "real"),
    ("image(np.zeros((0, 3)))", "no elements"),
    ("image([[1]], extent=(1, 0, 0, 1))", "increasing"), ("image([[1, 2]], vmin=5)", "no shades"),
    ("image([[1, 2]], vmax=np.nan)", "finite"), ("spectrogram(np.ones(10), 8, nperseg=1)", "2 to"),
    ("spectrogram(np.ones(10), 8, noverlap=1024)", "less than nperseg"),
    ("spectrogram(np.ones(10), 8, fmax=5)", "fs / 2"), ("response([1.0])", "sample rate"),
    ("response([1.0], [1.0, 0.5])", "fs=sample_rate"), ("response()", "needs a kernel"),
    ("response([1.0], [0.0], fs=8000)", "not 0"), ("response([1.0], 8000, 1, 'a', 2)", "too many"),
    ("response([[1.0], [1.0]], [1.0], fs=8000)", "one filter"),
  ])
  func rejectsWhatCannotBeDrawn(source: String, message: String) {
    #expect(failure(of: source)?.contains(message) == true, "\(failure(of: source) ?? "drawn")")
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
