import Glibc
import Interpreter
import Lessons
import Notebook
import Progress
import Publishing
import SoundFiles
import TemporaryFolders
import Testing

/// A lesson as one HTML file.
struct HTMLExporterTests {
  private func export(_ body: String, progress: Progress? = nil) -> String {
    let lesson = Lesson(
      parsing: "---\ntitle: T <1>\nid: t\n---\n" + body, file: "lesson.md", folder: "/nowhere")
    let session = Session(lesson: lesson, files: FileAccess(.folders([])))
    for index in lesson.pages.indices { session.run(page: index) }
    return HTMLExporter(progress: progress)
      .export(lesson, session.snapshot, pages: Array(lesson.pages.indices))
  }

  private func cell(_ source: String) -> String { "## P\n\n```python {#cell}\n\(source)\n```\n" }

  /// Every element is closed, in the right order: what a browser would mend in silence.
  private func isNested(_ html: String) -> Bool {
    let void: Set<Substring> = ["meta", "br", "input", "img", "!DOCTYPE"]
    var open: [Substring] = []
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      guard let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      let name = tag.drop { $0 == "/" }.prefix { !$0.isWhitespace && $0 != "/" }
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("/") {
        guard open.popLast() == name else { return false }
      } else if !tag.hasSuffix("/"), !void.contains(name) {
        open.append(name)
        // Scripts and styles may contain anything.
        if name == "script" || name == "style", let close = rest.firstRange(of: "</\(name)>") {
          rest = rest[close.lowerBound...]
        }
      }
    }
    return open.isEmpty
  }

  @Test("All parts of a page are there, and every element is closed")
  func parts() {
    let html = export(
      """
      ## First & last
      *Some* **text** with `code`, $x^2$ and [a link](https://example.org). A value: `{python} 1 + 1`.

      - one
      - two

      > [!NOTE]
      > Mind this.

      | a | b |
      |---|--:|
      | 1 | 2 |

      $$ \\frac{a}{b} $$

      ```python {#cell}
      cut = slider(1, 10, value=3, label="cut", unit="Hz")
      kind = choice(["a", "b"], label="kind")
      on = toggle(True, label="on")
      print("printed")
      plot([1, 2, 3], title="a plot")
      stem([1, 2, 3])
      spectrogram(np.sin(np.arange(8000)), 8000)
      table(["x"], [["1.5"]])
      stepper([1, 2], [1, 1])
      play(np.zeros(100), 8000, label="silence")
      ```

      ```python {.static .folded}
      import this
      ```
      """)
    #expect(isNested(html))
    for part in [
      "<html lang=\"en\">", "<title>T &lt;1&gt;</title>",
      "<a href=\"#page-1\">First &amp; last</a>",
      "<em>Some</em>", "<a href=\"https://example.org\">a link</a>",
      "A value: <span class=\"value\">2</span>", "<msup><mi>x</mi><mn>2</mn></msup>",
      "<mfrac><mi>a</mi><mi>b</mi></mfrac>", "<li>one</li>", "<p class=\"kind\">Note</p>",
      "<td class=\"right\">2</td>", "cut: <strong>3 Hz</strong>", "kind: <strong>a</strong>",
      "on: <strong>on</strong>", "<pre class=\"printed\">printed</pre>", ">a plot</text>",
      "data:image/png;base64,iVBORw0KGgo", "<td class=\"right\">1.5</td>", ">silence</button>",
      "<summary>Code, 1 line</summary>",
    ] { #expect(html.contains(part), "\(part)") }
    // Nothing is fetched.
    #expect(!html.contains("src=\"http") && !html.contains("@import") && !html.contains("url("))
  }

  @Test("What a lesson says is text, never mark-up")
  func escapes() {
    let evil = "<script>alert(1)</script>"
    let html = export(
      """
      ## \(evil)
      Text \(evil) [link](javascript:alert) `\(evil)` `{python} "<b>"`

      ```python {#cell}
      print("\(evil)")
      plot([1, 2], title="\(evil)", xlabel="\(evil)", labels=["\(evil)"])
      table(["\(evil)"], [["\(evil)"]])
      play(np.zeros(9), 8000, label="\(evil)")
      kind = choice(["\(evil)"], label="\(evil)")
      ```
      """)
    #expect(!html.contains("<script>alert"))
    #expect(!html.contains("javascript:"))
    #expect(!html.contains("<b>"))
    #expect(isNested(html))
  }

  private static let question = """
    ## P
    > [!PREDICT] {#guess}
    > How many?
    >
    > - [ ] one
    > - [x] two
    >
    > <details>
    >
    > Count them.
    >
    > </details>

    ```python {#cell}
    print("the answer")
    ```

    ### Later

    ```python
    print("not covered")
    ```
    """

  @Test("A question covers what follows it, up to the next heading")
  func questions() throws {
    let html = export(Self.question)
    let covered = try #require(
      html.firstRange(of: "<div class=\"covered\" data-question=\"guess\">"))
    let answer = try #require(html.firstRange(of: "the answer</pre>"))
    let later = try #require(html.firstRange(of: "<h3>Later</h3>"))
    #expect(covered.upperBound < answer.lowerBound && answer.upperBound < later.lowerBound)
    #expect(html[answer.upperBound..<later.lowerBound].contains("</div>\n</div>"))
    #expect(
      html.contains("<label data-right><input type=\"radio\" name=\"guess\" value=\"1\"> two"))
    #expect(!html.contains("data-given="))
    #expect(isNested(html))
  }

  @Test("A student's answers and done tasks are those of her progress")
  func progress() {
    var progress = Progress()
    progress.predictions["guess"] = .chosen(0)
    progress.doneTasks = ["task"]
    let task = """

      > [!TASK]
      > Do it.
      >
      > ```python {#task .hidden}
      > check(False, "how?")
      > ```
      """
    #expect(export(Self.question, progress: progress).contains("data-given=\"0\""))
    progress.edits["cell"] = Progress.Edit(source: "print(\"the answer\")", original: "print(1)")
    #expect(
      export(Self.question, progress: progress).contains("</pre>\n<p class=\"note\">As the student")
    )
    #expect(!export(Self.question).contains("As the student"))
    #expect(export("## P\n" + task).contains("Hint: how?"))
    #expect(export("## P\n" + task, progress: progress).contains("✓ done"))
  }

  @Test("A cell that fails or waits says so")
  func failures() {
    let html = export(cell("x = undefined_name"))
    #expect(html.contains("<p class=\"error\">"))
    #expect(html.contains("undefined_name"))
  }

  // MARK: Pictures

  @Test(
    "Any data has a picture, of numbers only",
    arguments: [
      "[3.0]", "[2.0, 2.0]", "[np.nan]", "[np.inf, -np.inf, 1.0]", "[1e308, -1e308, 0.0]",
      "[5e-324, 0.0]", "np.zeros(0)", "[0.0, 1e-20, 1e20]",
    ])
  func oddData(data: String) throws {
    let html = export(
      cell("x = \(data)\nplot(x); stem(x); plot(x, yscale=\"log\"); plot(x, ylim=(-1, 1))"))
    #expect(isNested(html))
    for path in html.matches(of: /[ ]d="([^"]*)"/) {
      #expect(!path.1.contains("n") && !path.1.contains("i"), "\(path.1.prefix(200))")
    }
  }

  @Test("The label of a vertical line is moved off the curve")
  func markerLabels() throws {
    func height(_ source: String) throws -> Double {
      let label = try #require(
        export(cell(source)).firstMatch(of: /<text[^>]* y="([0-9.]+)"[^>]*>cut-off/))
      return try #require(Double(label.1))
    }
    // Flat near 0 dB, at the top; and far below it.
    #expect(try height("response(signal.firwin(11, 200, fs=8000), 8000, cutoff=200)") > 45)
    #expect(try height("response(np.array([1, -1]), 8000, cutoff=60)") < 45)
  }

  @Test("A curve of a million points takes a few points for each pixel")
  func longCurve() throws {
    let html = export(cell("plot(np.sin(np.arange(1000000)))"))
    #expect(html.utf8.count < 100_000)
  }

  // MARK: Sounds

  private func sounds(_ html: String) throws -> [[UInt8]] {
    let json = try #require(
      html.firstMatch(of: /<script type="application\/json" id="sounds">\n\[([^\]]*)\]/))
    return json.1.split(separator: ",").map { part in
      decoded(part.filter { $0 != "\"" && $0 != "\n" })
    }
  }

  private func decoded(_ base64: String) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var (bits, count, bytes) = (0, 0, [UInt8]())
    for character in base64 {
      guard let digit = digits.firstIndex(of: character) else { continue }
      (bits, count) = (bits << 6 | digit, count + 6)
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(bits >> count & 255))
      }
    }
    return bytes
  }

  private func read(_ bytes: [UInt8]) throws -> SoundFile {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/sound.flac"
    let file = try #require(fopen(path, "wb"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    return try SoundFile.read(path)
  }

  @Test("Equal sounds are embedded once, to the last bit")
  func soundsOnce() throws {
    let html = export(
      cell(
        "x = np.sin(np.arange(500))\nplay(x, 8000, label=\"a\"); play(x, 8000, label=\"b\")\nplay(-x, 8000)"
      ))
    let files = try sounds(html)
    #expect(files.count == 2)
    #expect(html.matches(of: /data-sound="0"/).count == 2)
    let sound = try read(files[0])
    #expect(sound.sampleRate == 8000 && sound.frameCount == 500)
    guard case .int16(let samples) = sound.samples else {
      Issue.record("not 16 bits")
      return
    }
    #expect(
      samples
        == (0..<500).map { Int16((max(-1, min(32767 / 32768, sin(Double($0)))) * 32768).rounded()) }
    )
  }

  @Test("A rate that browsers do not play is raised, and the pitch stays")
  func lowRate() throws {
    let html = export(cell("play(0.5 * np.sin(2 * np.pi * 0.1 * np.arange(2000)), 2000)"))
    let sound = try read(sounds(html)[0])
    #expect(sound.sampleRate == 8000)
    #expect(sound.frameCount == 8000)
    let samples = sound.channels()[0]
    // 200 Hz, away from the ends.
    for index in 400..<7600 {
      let wanted = 0.5 * sin(2 * Double.pi * 200 * Double(index) / 8000)
      #expect(abs(Double(samples[index]) - wanted) < 0.005)
    }
  }
}
