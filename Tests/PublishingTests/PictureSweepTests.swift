import Glibc
import Interpreter
import Lessons
import Notebook
import Pages
import Publishing
import Terminal
import Testing

/// Every picture over odd data: it must not trap at any width, and say nothing false.
struct PictureSweepTests {
  private static let data = [
    "[3.0]", "[2.0, 2.0, 2.0]", "np.zeros(5)", "[np.nan]", "[np.inf, -np.inf, np.nan]",
    "[1.0, np.nan, np.inf, 2.0, -np.inf]", "[1e308, -1e308, 0.0]", "[1.7e308, 1.7e308]",
    "[5e-324, 0.0, 1e-323]", "[5e-324]", "[1e-310, 0.0, 2e-310]", "[-1.0, -2.0]",
    "[0.0, 1e-20, 1e20]", "[5.0, 5.0 + 1e-15, 5.0]", "[1e-300, 1e300]", "[np.nan, 1.0]",
    "np.array([True, False, True])", "np.array([0, 255, 128]).astype(np.uint8)",
    "np.array([-32768, 32767]).astype(np.int16)",
    "np.array([-2147483648, 2147483647]).astype(np.int32)", "np.array([-2**62, 2**62])",
    "np.array([1.5, -3e38, 3e38]).astype(np.float32)",
  ]

  /// What a cell shows, as a page of this width.
  private func page(_ source: String, width: Int, charset: Charset = .unicode) -> String {
    Self.page(Self.results(source), width: width, charset: charset)
  }

  private static func results(_ source: String) -> (lesson: Lesson, snapshot: Snapshot) {
    let lesson = Lesson(
      parsing: "---\ntitle: T\nid: t\n---\n## P\n\n```python {#cell .hidden}\n\(source)\n```\n",
      file: "lesson.md", folder: "/nowhere")
    let session = Session(lesson: lesson, files: FileAccess(.folders([])))
    session.run(page: 0)
    return (lesson, session.snapshot)
  }

  private static func page(
    _ results: (lesson: Lesson, snapshot: Snapshot), width: Int, charset: Charset = .unicode
  ) -> String {
    TextExporter(
      look: PageLook(width: width, height: nil, theme: .monochrome, charset: charset),
      isColored: false, describesPictures: true
    ).export(results.lesson, results.snapshot, pages: [0])
  }

  private func figure(_ source: String) throws -> Figure {
    let cell = try #require(Self.results(source).snapshot.cells["cell"])
    for case .figure(let figure) in cell.outputs { return figure }
    throw FigureMissing(state: "\(cell.state)")
  }

  private struct FigureMissing: Error { var state: String }

  // MARK: No width is a trap

  @Test("Any data can be drawn at any width", arguments: data)
  func anyWidth(data: String) {
    let source = """
      x = \(data)
      plot(x); stem(x); plot(x, yscale="log"); plot(x, x, xscale="log"); plot(x, x, x, x)
      table(["a", "b"], [[1, 2]])
      play(x, 8000)
      np.array(x)
      stepper(x, x)
      """
    let results = Self.results(source)
    if case .failed(let error)? = results.snapshot.cells["cell"]?.state { Issue.record("\(error)") }
    for width in [12, 13, 20, 39, 40, 80, 119, 120, 121, 300] {
      for charset in Charset.allCases {
        #expect(Self.page(results, width: width, charset: charset).contains("P"), "\(width)")
      }
    }
    for source in ["spectrum(\(data), 8000)", "response(\(data), 8000)"] {
      for width in [12, 80, 300] { #expect(page(source, width: width).contains("P")) }
    }
  }

  // MARK: Axes

  /// The labels of the y axis, from the top.
  private func yLabels(_ page: String) -> [Double] {
    page.split(separator: "\n").compactMap { line in
      guard let tick = line.firstIndex(of: "┤") else { return nil }
      let text = line[..<tick].replacing("−", with: "-").filter { $0 != " " }
      let factors: [Character: Double] = ["k": 1e3, "M": 1e6, "G": 1e9]
      if let last = text.last, let factor = factors[last] {
        return Double(text.dropLast()).map { $0 * factor }
      }
      return Double(text)
    }
  }

  @Test("The axis is that of the data, or there is none", arguments: data)
  func axesAreTrue(data: String) throws {
    for (call, isLogarithmic) in [
      ("plot(\(data))", false), ("plot(\(data), yscale=\"log\")", true),
    ] {
      let figure = try figure(call)
      let page = page(call, width: 80)
      let labels = yLabels(page)
      let shown = figure.series[0].y.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
      guard let low = shown.min(), let high = shown.max() else {
        #expect(labels.isEmpty, "\(call): \(labels)")
        #expect(page.contains("no data") || page.contains("nothing above 0"))
        continue
      }
      #expect(labels.count >= 1, "\(call)\n\(page)")
      #expect(zip(labels, labels.dropFirst()).allSatisfy { $0 > $1 }, "\(call): \(labels)")
      if isLogarithmic {
        // The ends may lie beyond the data by a part of the axis.
        let margin = max(3, 0.05 * (log10(high) - log10(low)))
        #expect(
          labels.allSatisfy { log10($0) > log10(low) - margin && log10($0) < log10(high) + margin },
          "\(call): \(labels)")
      } else if low < high, high / 2 - low / 2 > max(abs(low), abs(high)) * 1e-9 {
        // The axis may be a third longer than the data.
        let margin = high * 0.36 - low * 0.36
        #expect(
          labels.allSatisfy { $0 >= low - margin && $0 <= high + margin }, "\(call): \(labels)")
        // The labels span most of the axis.
        let span = (labels.first ?? 0) / 2 - (labels.last ?? 0) / 2
        #expect(span > (high / 2 - low / 2) * 0.3 || span == 0, "\(call): \(labels)")
      } else {
        #expect(labels.allSatisfy { abs($0) <= 2 * max(1, abs(high)) })
      }
    }
  }

  @Test("Points that cannot be drawn are counted below the plot", arguments: data)
  func undrawnPoints(data: String) throws {
    let values = try figure("plot(\(data))").series[0].y
    let count = values.count { !$0.isFinite }
    let page = page("plot(\(data))", width: 120)
    #expect(page.contains("nan or inf: not drawn") == (count > 0))
    if count > 0 { #expect(page.contains("\(count) point")) }
    let notPositive = values.count { $0.isFinite && $0 <= 0 }
    #expect(
      self.page("plot(\(data), yscale=\"log\")", width: 120).contains("not above 0")
        == (notPositive > 0))
  }

  @Test("Lines of 1e308 slope as those of 1e299 do")
  func hugeLines() {
    let huge = page("plot([1e308, -1e308, 0])", width: 60)
    let large = page("plot([1e299, -1e299, 0])", width: 60)
    func curve(_ page: String) -> [String] {
      page.split(separator: "\n").map { line in
        String(line.map { ("\u{2800}"..."\u{28FF}").contains($0) ? $0 : " " })
          .trimmingPrefix { $0 == " " }.description
      }
    }
    #expect(huge.contains("1e308") && huge.contains("−1e308"))
    #expect(
      curve(huge).map(\.count) != [] && huge.contains { ("\u{2801}"..."\u{28FE}").contains($0) })
    #expect(
      huge.filter { ("\u{2801}"..."\u{28FF}").contains($0) }.count
        == large.filter { ("\u{2801}"..."\u{28FF}").contains($0) }.count)
  }

  // MARK: Spectra

  private static let shades: Set<Character> = ["░", "▒", "▓", "█"]

  /// Without the row of the title, where the key is.
  private func dataRows(_ page: String) -> String {
    page.split(separator: "\n").filter { $0.contains("│") || $0.contains("┤") }.joined()
  }

  @Test("Silence is blank in a spectrogram, and a tone is strongest in its row")
  func spectrograms() {
    for silence in ["np.zeros(8000)", "1e-9 * np.sin(np.arange(8000))"] {
      let page = page("spectrogram(\(silence), 8000)", width: 80)
      #expect(!dataRows(page).contains { Self.shades.contains($0) }, "\(silence)")
      #expect(page.contains("silence"))
    }
    let unsigned = page(
      "spectrogram((np.zeros(8000) + 128).astype(np.uint8), 8000)", width: 80)
    #expect(!dataRows(unsigned).contains { Self.shades.contains($0) })

    let tone = page(
      "spectrogram(0.5 * np.sin(2 * np.pi * 1000 * np.arange(16000) / 8000), 8000)", width: 80)
    #expect(tone.contains("strongest −6 dB"))
    // Of 0 … 4000 Hz, 1000 Hz is a quarter of the way up.
    let rows = tone.split(separator: "\n").filter { $0.contains("│") || $0.contains("┤") }
    let full = rows.indices.filter { rows[$0].contains("█") }
    #expect(
      full.count <= 2 && full.allSatisfy { abs(Double($0) - 0.75 * Double(rows.count)) < 1.5 })
  }

  @Test(
    "Integers are scaled as play scales them",
    arguments: [
      "(0.5 * t * 127 + 128).astype(np.uint8)", "(0.5 * t * 32767).astype(np.int16)",
      "(0.5 * t * 2147483647).astype(np.int32)", "(0.5 * t).astype(np.float32)", "0.5 * t",
    ])
  func integers(sound: String) {
    let tone = "t = np.sin(2 * np.pi * 440 * np.arange(8000) / 8000)\n"
    #expect(
      page("\(tone)spectrum(\(sound), 8000)", width: 100).contains("strongest at 440 Hz, −6"))
    #expect(page("\(tone)spectrogram(\(sound), 8000)", width: 100).contains("strongest −7 dB"))
  }

  @Test("The gain of a kernel of integers is that of its scaled values")
  func integerKernels() throws {
    let scaled = try figure("response(np.array([16384, 16384]).astype(np.int16), 8000)")
    let plain = try figure("response([0.5, 0.5], 8000)")
    #expect(zip(scaled.series[0].y, plain.series[0].y).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  // MARK: Waveforms and sparklines

  @Test("Samples that are nan or inf get a mark in the waveform")
  func waveforms() {
    let broken = page("x = np.zeros(1000)\nx[500] = np.nan\nplay(x, 1000)", width: 80)
    #expect(broken.contains("✗"))
    #expect(!page("play(np.zeros(1000), 1000)", width: 80).contains("✗"))
  }

  @Test("A sparkline of huge numbers has a shape, and a constant has none")
  func sparklines() {
    let huge = page("np.array([1e308] * 20 + [-1e308] * 20)", width: 80)
    #expect(huge.contains("█") && huge.contains("▁"))
    let constant = page("np.array([1e308] * 50)", width: 80)
    #expect(!constant.contains("█") && constant.contains("▅▅"))
  }

  // MARK: Runs

  @Test(
    "A run can be drawn over any data at any width",
    arguments: [
      "dataset(np.zeros((2, 8)), [0, 0])", "dataset(np.zeros((4, 8)), [0, 1, 0, 1])",
      "dataset(np.ones((4, 8)) * 1e-310, [0, 1, 2, 1])",
      "dataset(np.ones((4, 8)) * 1e18, [0, 0, 0, 0])",
      "dataset(np.arange(32).reshape(4, 8).astype(np.uint8), [1, 0, 1, 0])",
      "dataset(np.arange(32).reshape(4, 8) % 2 == 1, [1, 0, 1, 0])",
      "dataset(np.arange(32).reshape(4, 8) - 2**30, [1, 0, 2, 3])",
    ])
  func runs(data: String) {
    let results = Self.results(
      """
      data = \(data)
      model = nn.Sequential(nn.Conv1d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(12, 4))
      fit = train(model, data, optim.SGD(lr=1e-40), epochs=2, test=data)
      curves(fit); examples(fit, data, count=2); kernels(fit); confusion(fit, data)
      curves(fit, fit)
      """)
    if case .failed(let error)? = results.snapshot.cells["cell"]?.state { Issue.record("\(error)") }
    for width in [12, 20, 40, 80, 120, 300] {
      for charset in Charset.allCases {
        let page = Self.page(results, width: width, charset: charset)
        #expect(!page.contains("nan") && !page.contains("inf"), "\(width)\n\(page)")
      }
    }
  }

  // MARK: Complex numbers

  @Test(
    "Complex numbers are drawn by a part, or refused with a way to do it",
    arguments: ["plot(z)", "stem(z)", "play(z, 8000)", "spectrum(z, 8000)", "table(['z'], [[z]])"])
  func complex(call: String) {
    let results = Self.results("z = np.fft.fft(np.array([1.0, 2.0, 4.0, -1e308]))\n\(call)")
    guard case .failed(let error)? = results.snapshot.cells["cell"]?.state else {
      for width in [12, 80, 300] { #expect(Self.page(results, width: width).contains("P")) }
      return
    }
    #expect("\(error)".contains("np.real"), "\(error)")
  }
}
