import CellLanguage
import Glibc
import Lessons
import TemporaryFolders
import Testing

/// What is called here is not what these tests are about.
private func takingAnything(_ name: String) -> Signature {
  Signature(
    name,
    [
      Signature.Parameter("args", kind: .variadic), Signature.Parameter("options", kind: .keywords),
    ])
}

@Suite struct LessonCheckTests {
  private static let builtins = KnownNames(
    signatures: [
      "len", "slider", "load", "np.convolve", "np.ones", "np.fft.rfft", "wavfile.read", "array.sum",
    ].map(takingAnything),
    others: ["np", "np.fft", "np.pi", "wavfile"])
  private let folder = TemporaryFolder()

  /// The problems of a lesson whose first page holds `text` from line 7 on.
  private func problems(_ text: String, audioFolders: [String] = []) -> [Problem] {
    Lesson(
      parsing: "---\ntitle: Test\nid: test\n---\n## P\n\n" + text, file: "lesson.md",
      folder: folder.path + "/lesson"
    ).check(builtins: Self.builtins, audioFolders: audioFolders)
  }

  private func summaries(_ cells: String..., prose: String = "") -> [String] {
    problems(cells.map { "```python\n\($0)\n```\n" }.joined() + prose).summaries
  }

  @Test(
    "What other libraries have is named with what takes its place, in the words of a cell's error")
  func absentNames() {
    #expect(
      summaries("x = np.load(\"x.npy\")\nplt.plot(x)\nwavfile.write(\"a.wav\", 1, x)") == [
        "8:8 np has no load here; load(file) reads .npy files",
        "9:1 the name plt is not defined; write plot(x, y)",
        "10:9 wavfile has no write here; save((sample_rate, samples), \"name.wav\") writes sound files",
      ])
  }

  @Test("A random generator is used in its own cell only")
  func generators() {
    let builtins = KnownNames(
      signatures: ["np.random.default_rng", "np.random.RandomState"].map(takingAnything),
      others: ["np", "np.random"])
    func summaries(_ first: String, _ second: String, prose: String = "") -> [String] {
      Lesson(
        parsing: "---\ntitle: Test\nid: test\n---\n## P\n\n```python {#a}\n\(first)\n```\n\n"
          + "```python {#b}\n\(second)\n```\n\(prose)", file: "lesson.md", folder: folder.path
      ).check(builtins: builtins, audioFolders: []).summaries
    }
    let hint = "make another one here, or draw there and use the result"
    func problem(_ place: String, _ name: String) -> String {
      "\(place) '\(name)' is a random generator, which belongs to the cell 'a'; \(hint)"
    }
    let maker = "rng = np.random.default_rng(0)"
    #expect(summaries(maker, "x = rng.random()") == [problem("12:5", "rng")])
    #expect(
      summaries("s = np.random.RandomState(1); t = s", "y = [t.rand() for k in [1, 2]]")
        == [problem("12:6", "t")])
    #expect(
      summaries(maker, "y = 1", prose: "\nA `{python} rng.random()`.") == [problem("15:13", "rng")])
    #expect(summaries(maker + "; x = rng.random()", "y = x") == [])
    #expect(summaries("\(maker); rng = 3", "y = rng") == [])
  }

  @Test func aValidLessonHasNoProblems() {
    #expect(Lesson(sample: sampleLesson).check(builtins: Self.builtins) == [])
  }

  @Test("Ids are suggested where two parts say the same")
  func ambiguities() {
    let question = "> [!PREDICT]\n> a\n>\n> - [x] b\n> - [ ] c\n\n"
    let reordered = "> [!PREDICT]\n> a\n>\n> - [ ] c\n> - [x] b\n\n"
    let show = "```python\nlen([1])\n```\n\n"
    let found = problems(question + reordered + show + show)
    let warnings = found.filter(\.isWarning)
    #expect(warnings.count == found.count)
    #expect(
      found.summaries == [
        "13:1 this question says the same as the one on line 7: when you change the lesson, what a "
          + "student did in one may be taken for the other's; give them ids: '> [!PREDICT] {#name}'",
        "23:1 this cell says the same as the one on line 19: when you change the lesson, what a "
          + "student did in one may be taken for the other's; give them ids: '```python {#name}'",
      ])
    let named = reordered.replacing("[!PREDICT]", with: "[!PREDICT] {#second}")
    #expect(problems(question + named + show + show.replacing("python", with: "python {#a}")) == [])
    #expect(problems(show.replacing("python", with: "python {.hidden}") + show) == [])
  }

  @Test("A widget with more plots than a screen shows beside it is a warning")
  func crowdedStage() {
    let builtins = KnownNames(
      signatures: ["slider", "plot", "stem"].map(takingAnything), others: [])
    func warnings(_ cells: String...) -> [Problem] {
      let text = cells.map { "```python\n\($0)\n```\n" }.joined()
      return Lesson(
        parsing: "---\ntitle: Test\nid: test\n---\n## P\n\n" + text, file: "lesson.md",
        folder: folder.path + "/lesson"
      ).check(builtins: builtins)
    }
    #expect(warnings("k = slider(1, 2)", "plot([k])\nstem([k])", "plot([1])") == [])
    let found = warnings("k = slider(1, 2)", "plot([k])\nstem([k])", "m = k\nplot([m])")
    #expect(found.count == 1 && found[0].isWarning)
    #expect(found.first?.message.contains("change 3 plots") == true)
  }

  @Test func unknownNames() {
    #expect(
      summaries("kernel = np.ones(3)", "y = kernal + lenn(kernel)") == [
        "11:5 the name kernal is not defined; did you mean kernel?",
        "11:14 the name lenn is not defined; did you mean len?",
      ])
    #expect(summaries("y = qqqqq") == ["8:5 the name qqqqq is not defined; define it in a cell"])
    #expect(
      summaries("_x = 1", "y = _x") == [
        "11:5 the name _x is not defined; names that begin with '_' are local to their cell; "
          + "use a name without it"
      ])
    #expect(
      summaries("x = 1", prose: "a `{python} X` b\n") == [
        "10:13 the name X is not defined; did you mean x?"
      ])
  }

  @Test func namesInACellWithASyntaxErrorAreNotReported() {
    #expect(summaries("x = = 1", "y = x").count == 1)
    #expect(summaries("x = = 1\nz = 2", "y = x + z").count == 1)
  }

  @Test("A cell with faults of all kinds reports each, where it is")
  func severalFaults() {
    #expect(
      summaries("a = = 1\nb = np.convole(a)\nfor i in a:\n  b\n  c\nd = lenn(b)\ne = (1") == [
        "8:5 a value is missing before '='",
        "9:8 np has no convole here; did you mean convolve?",
        "10:1 a cell has no for loops; compute with whole arrays, or write a list comprehension: "
          + "[e for x in xs]",
        "13:5 the name lenn is not defined; did you mean len?",
        "14:5 '(' is not closed; add ')'",
      ])
  }

  @Test("What is known of a value is known in other cells, too")
  func kindsAcrossCells() {
    let builtins = KnownNames(
      signatures: [Signature("np.ones", [Signature.Parameter("shape")])], others: ["np"],
      results: ["np.ones": .always(.value(.array))], attributes: [.array: ["shape": .tuple]])
    func found(_ cells: String...) -> [String] {
      let text = cells.map { "```python\n\($0)\n```\n" }.joined()
      return Lesson(
        parsing: "---\ntitle: Test\nid: test\n---\n## P\n\n" + text, file: "lesson.md",
        folder: folder.path + "/lesson"
      ).check(builtins: builtins).summaries
    }
    #expect(
      found("y = x.shap; f = x.shape", "x = np.ones(3)") == [
        "8:7 'ndarray' has no attribute or method shap; did you mean shape?"
      ])
    #expect(found("y = x.shap", "x = [np.ones(3), 'a'][True]") == [])
    #expect(
      found("make = np.ones", "x = make()") == [
        "11:5 np.ones needs an argument for shape; call it as np.ones(shape)"
      ])
    #expect(found("make = 3", "x = make()", "ones = [np.foo for np in [1]]") == [])
  }

  @Test func unknownMembersOfModules() {
    #expect(
      summaries("y = np.convole([1], np.fft.rffft([1]))") == [
        "8:8 np has no convole here; did you mean convolve?",
        "8:28 np.fft has no rffft here; did you mean rfft?",
      ])
    #expect(summaries("y = np.pi.real; z = [np.x for np in [1]]; w = y.sam") == [])
  }

  @Test func aNameDefinedTwice() {
    #expect(
      summaries("x = 1", "y = 1; x = 2") == [
        "11:8 x is already defined by the cell 1-1 on line 8; choose another name; one that begins "
          + "with _ is private to this cell"
      ])
  }

  @Test func cycles() {
    #expect(
      summaries("z = 1", "x = y + z", "y = x") == [
        "11:5 these cells depend on each other: x needs y, and y needs x; "
          + "compute one of them without the others"
      ])
    #expect(
      summaries("x = x + 1") == [
        "8:5 x is used before it is assigned; assign x first, or give the new value another name"
      ])
  }

  @Test func aNameThatHidesABuiltIn() {
    let problems = problems("```python\nlen = 3\n```\n")
    #expect(problems.map(\.message) == ["'len' hides the built-in len in all cells"])
    #expect(problems.map(\.isWarning) == [true])
  }

  @Test func widgetsAndSharedValues() {
    let found = problems(
      "```python\nx = slider(0, 1) + 1\n```\n\n```python\ny = np.ones(3)\n```\n\n"
        + "```python\ny[0] = 1\n```\n")
    #expect(found.map(\.line) == [8, 16])
  }

  @Test func staticCellsAreNotChecked() {
    #expect(problems("```python {.static}\nx = unknown\nfor i in y: pass\n```\n") == [])
  }

  @Test func problemsAreSortedByPosition() {
    let found = problems("```python {.x}\na = u\n```\n\n```python\nb = = 1\n```\n\n[c](d.md)\n")
    #expect(found.map(\.line) == [7, 8, 12, 15])
  }

  @Test func missingFiles() {
    folder.write("x", to: "lesson/own.wav")
    folder.write("x", to: "audio/steps.wav")
    folder.write("x", to: "secret.wav")
    mkdir(folder.path + "/lesson/sub", 0o700)
    symlink(folder.path + "/secret.wav", folder.path + "/lesson/link.wav")
    func messages(_ argument: String) -> [String] {
      problems(
        "```python\nrate, x = wavfile.read(\(argument))\n```\n",
        audioFolders: [folder.path + "/audio"]
      ).map { $0.message + ($0.hint.map { "; " + $0 } ?? "") }
    }
    // A cell may read files in either folder, also through a symlink from elsewhere.
    symlink(folder.path + "/audio/steps.wav", folder.path + "/lesson/fine.wav")
    #expect(messages("'fine.wav'") == [])
    let hint = "put it into the lesson's folder or the audio folder"
    #expect(messages("'own.wav'") == [])
    #expect(messages("'steps.wav'") == [])
    #expect(messages("filename='steps.wav'") == [])
    #expect(messages("'step.wav'") == ["there is no file 'step.wav'; did you mean 'steps.wav'?"])
    #expect(messages("'other.flac'") == ["there is no file 'other.flac'; \(hint)"])
    #expect(messages("'sub'") == ["'sub' is not a regular file; \(hint)"])
    for path in ["../secret.wav", "link.wav", "/etc/passwd", "../none.wav"] {
      #expect(
        messages("'\(path)'") == [
          "'\(path)' is outside the folders that a lesson may read; \(hint)"
        ])
    }
  }

  @Test func missingLinks() {
    folder.write("x", to: "lesson/a b.md")
    folder.write("x", to: "lesson/ä,b%.md")
    let links = [
      "a%20b.md#top", "%C3%A4%2cb%.md", "#top", "https://example.org", "mailto:a@b.c",
      "//example.org",
    ]
    #expect(problems(links.map { "[x](\($0))\n" }.joined(separator: "\n")) == [])
    #expect(
      problems("see [x](c.md) and ![y](d.png)\n").map { "\($0.line):\($0.column) \($0.message)" }
        == ["7:9 there is no file 'c.md' to link to", "7:24 there is no file 'd.png' to link to"])
  }

  @Test(arguments: [
    "../../secret.wav", "/etc/passwd", "../../../../../../etc/passwd", "../none.md",
  ])
  func linksThatLeaveTheFolder(destination: String) {
    #expect(
      problems("[x](\(destination))\n").map(\.message)
        == ["'\(destination)' points outside the lesson's folder"])
  }
}
