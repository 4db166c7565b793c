import Glibc
import SoundFiles
import Testing

/// The shipped lesson, tested through the shipped program.
@Suite(.serialized) struct LessonTests {
  private static let lessons = "\(CPythonComparison.package)/lessons"

  private func etude(_ arguments: String...) -> (output: String, errors: String, status: Int32) {
    run(CPythonComparison.executable, arguments + ["--lessons", Self.lessons])
  }

  @Test("the checker finds no problems")
  func check() {
    let result = etude("check", "convolution")
    #expect(result.output + result.errors == "")
    #expect(result.status == 0)
  }

  @Test("every page renders without an error", arguments: [80, 140], ["unicode", "ascii"])
  func render(width: Int, charset: String) {
    let folder = shortLessons()
    defer { _ = run("rm", ["-r", folder]) }
    let result = run(
      CPythonComparison.executable,
      ["render", "convolution", "--lessons", folder]
        + ["--width", "\(width)", "--charset", charset])
    #expect(result.status == 0, "\(result.errors)")
    let count = Self.titles.count
    #expect(count >= 15)
    for page in 1...max(count, 1) { #expect(result.output.contains("\(page)/\(count)\n")) }
    for word in ["line 1, column", "waits for", "did you mean"] {
      #expect(!result.output.contains(word))
    }
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= width })
    #expect(charset == "unicode" || result.output.allSatisfy { $0.isASCII })
  }

  /// The lesson with runs of 20 epochs, for tests that do not depend on the final results: a folder to
  /// be removed by `rm`.
  private func shortLessons() -> String {
    lessons(replacing: [
      "s/epochs=1000/epochs=20/", "s/epochs=200/epochs=20/", "s/value=1000/value=20/",
      "s/160000/3200/",
    ])
  }

  /// The lesson edited by sed commands, in a folder to be removed by `rm`.
  private func lessons(replacing commands: [String]) -> String {
    let folder = "/tmp/etude-test-\(getpid())-lessons"
    let script = """
      mkdir -p \(folder)/convolution
      cd \(folder)/convolution
      cp \(CPythonComparison.package)/audio/foot_steps.wav .
      sed '\(commands.joined(separator: "; "))' \(Self.lessons)/convolution/lesson.md > lesson.md
      """
    _ = run("sh", ["-c", script])
    return folder
  }

  /// The numbers in the prose, computed on the page and known from other sources.
  @Test(
    arguments: [
      ("Hear the recording", ["sample is −32768", "to −32768", "32118", "1.020"]),
      (
        "What convolution is",
        ["[0.   1.   0.5  0.25 2.   2.   1.   0.25 0.   0.  ]", "[0.   0.25 0.5  1. "]
      ),
      ("From echo to filter", ["300 ms after", "at 1.7 Hz", "14,700 Hz"]),
      // SciPy: 11 taps reach -6 dB at 3887.6 Hz, 301 at 205.8 Hz, 401 at 199.7 Hz.
      (
        "A low-pass filter",
        ["only at 3,888 Hz", "now 5, or 0.11 ms", "600 Hz keeps 98.4 %"]
      ),
      (
        "If you come from the notebook", ["−6 dB only at 3,888 Hz; 301 taps", "206 Hz, 401 200 Hz"]
      ),
      ("Pad and convolve", ["165,385", "165,375", "165,365", "difference from full is 0.0"]),
      ("Stride", ["165,385 samples become 82,693", "22,050 of them", "above 11,025 Hz"]),
      ("Aliasing", ["above 11,025 Hz by at least 37 dB"]),
      ("How long is the output?", ["[::2])) 62"]),
      ("The length in a formula", ["plus 1: 62 results", "span of 5 samples", "the end: 1."]),
      // NumPy: the sums of the even and of the odd taps, and the places of the peaks.
      (
        "And back: the transposed convolution",
        [
          "add up to 0.507, the odd ones to 0.493",
          "sample 14 of this plot comes back at sample 24",
        ]
      ),
      // SciPy: the error of zero stuffing, and the power above 11,025 Hz.
      ("What was lost", ["is now −3.0 dB", "below −14.8 dB", "above 11,025 Hz was"]),
      ("The same in PyTorch", ["[1, 1, 82693]"]),
      ("It does not flip", ["F.conv1d [0.5 1. 0.5 1.25 2.5 1. ]"]),
      ("It does not flip", ["F.conv1d, flipped [0.5 0.25 2. 2. 1. 0.25]"]),
      // PyTorch: 12 taps are one sample short if N is odd.
      (
        "If you come from the notebook",
        ["165,374 82,692 82,692 82,692", "165,375 82,693 82,693 82,692"]
      ),
      // PyTorch: an error of 0.00347, 9.2 dB above the signal; alike 9.6e-19, -146 dB.
      (
        "If you come from the notebook",
        ["0.0035 +9 dB", OneArithmeticTests.canFuse ? "-146 dB" : "-145 dB"]
      ),
      ("Transposed convolution in PyTorch", ["2L + 10 165,396", "output_padding 165,396"]),
      ("It scatters", ["conv_transpose1d [1. 0.5 0.25 0. 2. 1. 3.5 1.5 0.75]"]),
      ("Listen to the shapes", ["a tick of 16 ms"]),
      ("Some to learn from, some to test", ["480 signals, are for learning", "the other 120"]),
      ("The network", ["Of 17,283 parameters, 14,400 sit", "make do with 2,688"]),
      ("What one number sees", ["depends on 31 samples", "start 16 samples apart"]),
      ("Watch it learn", ["ln 3 = 1.10"]),
      ("What gets mixed up", ["only 1.4 %", "difference of 0.07 (RMS)"]),
      ("Without convolution", ["It has 74,371 parameters"]),
      ("By heart", ["parameters 17,283 74,371"]),
      ("Can an MLP learn it?", ["With 480 signals"]),
      ("The time of training", ["CNN 17,283 55,328", "MLP 74,371 73,920"]),
      (
        "What you have seen",
        ["has 11 taps and a cut-off of 200 Hz", "kept one sample in 2.", "After 1,000 epochs"]
      ),
    ])
  func numbersOnThePage(page: String, numbers: [String]) {
    let words = Self.words[page] ?? ""
    for number in numbers {
      let squeezed = number.split(separator: " ").joined(separator: " ")
      #expect(words.contains(squeezed), "page \(page) says \(number)")
    }
  }

  /// The lesson with all training completed.
  private static let rendered = run(
    CPythonComparison.executable,
    ["render", "convolution", "--width", "100", "--lessons", lessons]
  ).output

  /// The title of each page.
  private static let titles = rendered.split(separator: "\n").compactMap(title)

  /// The words of each page by its title.
  private static let words: [String: String] = {
    var pages: [String: String] = [:]
    var page = ""
    for line in rendered.split(separator: "\n") {
      page = title(of: line) ?? page
      let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      pages[page, default: ""] += words + " "
    }
    return pages
  }()

  /// The title, if the line is the first of a page; otherwise nil.
  private static func title(of line: Substring) -> String? {
    line.firstMatch(of: /Convolutional layers › (.+?) +\d+\/\d+$/).map { String($0.1) }
  }

  /// The number after these words on the page.
  private func number(after words: String, onPage page: String) throws -> Double {
    let text = try #require(Self.words[page])
    let place = try #require(text.firstRange(of: words), "page \(page) says \(words)")
    return try #require(Double(text[place.upperBound...].prefix { $0.isNumber || $0 == "." }))
  }

  @Test("24 bits are 144 dB, and PyTorch's error is 145 dB below the signal")
  func precision() throws {
    let row = try #require(
      Self.words["How exact is it?"]?.firstMatch(of: /float32 \S+ -(\d+) dB/))
    #expect((138...160).contains(try #require(Int(row.1))))
  }

  @Test("what the prose says about the runs is true")
  func runs() throws {
    // PyTorch's run with this seed ends at 113 of 120; another order of summation shifts it by a few.
    let right = try number(after: "Right: ", onPage: "How good is it?")
    #expect(abs(right * 1.2 - 113) < 6)
    #expect(try number(after: "moves the result between ", onPage: "One seed misleads") < right)
    #expect(
      (150...350).contains(try number(after: "In epoch ", onPage: "By heart")))
    #expect(
      (40...60).contains(
        try number(after: "With 480 signals it gets ", onPage: "Can an MLP learn it?")))
    // What the answer of the question says: two thirds at every shift.
    let page = "Phases it has not met"
    #expect(try number(after: "At its worst shift the CNN gets ", onPage: page) < 66)
    #expect(try number(after: "% right, the MLP ", onPage: page) < 45)
    #expect(try number(after: "%, the mean over time ", onPage: page) > 67)
  }

  @Test(
    "upside down the MLP is worse than guessing; the CNN loses some accuracy, the mean hardly any")
  func otherHalf() throws {
    let row = try #require(
      Self.words["The other half circle"]?.firstMatch(
        of: /CNN (\d+) (\d+) MLP (\d+) (\d+) CNN, mean over time (\d+) (\d+)/))
    let numbers = [row.1, row.2, row.3, row.4, row.5, row.6].compactMap { Int($0) }
    #expect((8...22).contains(numbers[0] - numbers[1]))
    #expect(numbers[3] < 30)
    #expect((0...6).contains(numbers[4] - numbers[5]))
  }

  @Test(
    "a task is not done initially, and is done after following its hint",
    arguments: [
      (
        "From echo to filter",
        [
          "value=13230, label=\"delay\"/value=22, label=\"delay\"",
          "level = slider(0, 1, value=1/level = slider(0, 1, value=0.6",
        ]
      ),
      (
        "A low-pass filter",
        [
          "step=2, value=11, label=\"length/step=2, value=401, label=\"length",
          "value=200/value=340",
        ]
      ),
      (
        "The length in a formula",
        ["31, value=5, label=\"kernel/31, value=29, label=\"kernel", "8, value=2/8, value=1"]
      ),
      (
        "What was lost",
        [
          "choice(\\[\"nothing\", \"firwin\"\\]/choice([\"firwin\"]",
          "choice(\\[\"nothing\", \"hold\", \"linear\", \"firwin\"\\]/choice([\"firwin\"]",
        ]
      ),
      (
        "Transposed convolution in PyTorch",
        ["24, value=12/24, value=11", "12, value=0, label=\"padding/12, value=10, label=\"padding"]
      ),
      ("Phases it has not met", ["value=0.1/value=2.4"]),
      (
        "How good is it?",
        [
          "choice(\\[\"ASGD\", \"SGD with momentum\", \"Adam\"\\]/choice([\"Adam\"]",
          "value=1000, label=\"epochs\"/value=100, label=\"epochs\"",
        ]
      ),
      (
        "Fool the network",
        ["value=0.5, step=0.05/value=0, step=0.05", "value=0.2, step=0.1/value=1.2, step=0.1"]
      ),
      (
        "Fool the network",
        ["value=0.5, step=0.05/value=0, step=0.05", "value=0.05, step=0.01/value=0.3, step=0.01"]
      ),
      // Where the draw is depends on the machine.
      ("Which device is faster?", ["value=255/value=3", "0.75 < _ratio < 1.33/0 < _ratio < 99"]),
    ])
  func tasks(page: String, changes: [String]) throws {
    let asItStands = try #require(Self.words[page])
    #expect(asItStands.contains("not yet: ") && !asItStands.contains("✓ done"))
    let number = try #require(Self.titles.firstIndex(of: page)) + 1
    // A task that asks for thought is not done by any one of the changes.
    for (count, isDone) in changes.count > 1 ? [(1, false), (changes.count, true)] : [(1, true)] {
      let folder = lessons(replacing: changes.prefix(count).map { "s/\($0)/" })
      defer { _ = run("rm", ["-r", folder]) }
      let result = run(
        CPythonComparison.executable,
        ["render", "convolution", "--lessons", folder, "--page", "\(number)"])
      #expect(result.output.contains("✓ done") == isDone, "\(result.output)")
    }
  }

  @Test("experiments suggested in the prose turn out as it says")
  func trials() {
    let code = """
      X, y = waveforms()
      train_set, test_set = split(dataset(X, y), 0.8)
      cnn = nn.Sequential(
          nn.Conv1d(1, 16, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
          nn.Conv1d(16, 32, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
          nn.Flatten(), nn.Linear(224, 64), nn.ReLU(), nn.Linear(64, 3))
      slow = train(cnn, train_set, epochs=60, test=test_set)
      print("asleep", slow.history[29] > 1.05, slow.history[59] < 1)
      quick = train(cnn, train_set, optimizer=optim.Adam(lr=0.01), epochs=100, test=test_set)
      print("a tenth", max(quick.test_accuracy) > 0.95)
      wild = train(cnn, train_set, optimizer=optim.Adam(lr=1), epochs=100)
      print("leaps", wild.history[-1] > 1)
      mlp = nn.Sequential(
          nn.Flatten(), nn.Linear(128, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
          nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 3))
      heart = train(mlp, train_set, test=test_set)
      print("by heart", heart.history[-1] < 0.015, heart.test_history[-1] > 2)
      print("half right", 0.4 < accuracy(heart, test_set) < 0.6)
      slow_fit = train(cnn, train_set, test=test_set)
      _angle = 2 * np.pi * 5 * np.arange(128) / 128 + 0.2
      _sine, _triangle, _square = np.sin(_angle), signal.sawtooth(_angle + np.pi / 2, 0.5), signal.square(_angle)
      _hiss = 0.05 * np.random.default_rng(0).standard_normal(128)
      _pure = [0, 0.05, 0.1, 0.9, 0.95, 1, 1.05, 1.1, 1.9, 1.95, 2]
      _waves = np.array([max(1 - s, 0) * _sine + (1 - abs(1 - s)) * _triangle + max(s - 1, 0) * _square + _hiss for s in _pure])
      _wrong = [max([p[k] for p, s in zip(probabilities(one, _waves), _pure) for k in range(3) if k != round(s)])
          for one in [slow_fit, heart]]
      print("the shape alone fools nobody", max(_wrong) < 0.9)
      _high = np.array([[np.sin(a), signal.sawtooth(a + np.pi / 2, 0.5), signal.square(a)][k] + _hiss
          for p in range(6) for k in range(3) for a in [2 * np.pi * f * np.arange(128) / 128 + p for f in [13, 15, 17, 20]]])
      _squares = [np.mean(np.argmax(probabilities(one, _high), axis=1) == 2) for one in [slow_fit, heart]]
      print("above 12 Hz", _squares[0] > 0.95, 0.6 < _squares[1])
      X_more, y_more = waveforms(count=8000, seed=1)
      more = train(mlp, dataset(X_more, y_more), optimizer=optim.Adam(lr=0.001), epochs=20)
      X_new, y_new = waveforms(count=500, seed=2)
      print("recovers", accuracy(more, dataset(X_new, y_new)) > 0.92)
      _late, _classes = waveforms(count=100, shift=32, seed=3)
      _early, _classes = waveforms(count=100, seed=3)
      _right = [[accuracy(one, dataset(part, _classes)) for part in [_early, _late]]
          for one in [quick, heart]]
      print("flat", [abs(one[0] - one[1]) < 0.08 for one in _right])
      averaging = nn.Sequential(
          nn.Conv1d(1, 16, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
          nn.Conv1d(16, 32, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
          nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 3))
      _X, _y = waveforms(phase=(-0.1, 0.1), seed=1)
      _fits = [train(network, dataset(_X, _y), optimizer=optim.Adam(lr=0.001), epochs=200)
          for network in [cnn, mlp, averaging]]
      _waves = [waveforms(count=100, phase=(-0.1, 0.1), shift=shift, seed=3)
          for shift in [0, 6, 12, 24, 40, 64]]
      _right = [[accuracy(one, dataset(wave[0], wave[1])) for wave in _waves] for one in _fits]
      print("from 100 to 60", _right[0][0] > 0.97, 0.52 < min(_right[0]) < 0.66)
      print("guesses", _right[1][0] > 0.9, max(_right[1][1:]) < 0.45)
      print("four fifths", _right[2][0] > 0.95, 0.72 < min(_right[2]) < 0.9)
      """
    let result = run(CPythonComparison.executable, ["eval", code])
    #expect(
      result.output == """
        asleep True True
        a tenth True
        leaps True
        by heart True True
        half right True
        the shape alone fools nobody True
        above 12 Hz True True
        recovers True
        flat [True, True]
        from 100 to 60 True True
        guesses True True
        four fifths True True

        """, "\(result.errors)")
  }

  @Test(
    "Enter on the player of page 2 sends the recording's left channel to ALSA, sample by sample",
    .enabled(if: run("tmux", ["-V"]).status == 0, "needs tmux: scripts/setup --tests installs it"))
  func playing() throws {
    let file = "/tmp/etude-test-\(getpid()).raw"
    defer { unlink(file) }
    let terminal = TerminalSession(
      "\(CPythonComparison.executable) convolution --lessons \(Self.lessons)"
        + " --audio-device file:FILE=\(file),FORMAT=raw")
    try #require(terminal.screen(containing: "1/\(Self.titles.count)") != nil)
    terminal.press("n")
    try #require(terminal.screen(containing: "footsteps  ") != nil)
    terminal.press("Tab", "Tab", "Enter")
    try #require(terminal.screen { $0.contains("0:01.") } != nil, "the playhead moves")
    terminal.press("q")
    try #require(terminal.screen(containing: "ended with 0") != nil)

    let recording = try SoundFile.read("\(CPythonComparison.package)/audio/foot_steps.wav")
    guard case .int16(let frames) = recording.samples else {
      Issue.record("not 16 bit")
      return
    }
    let played = samples(in: file)
    // A little over a second, minus the period in which leaving the page fades out.
    let compared = 2 * 44_100
    try #require(played.count >= compared)
    let differences = (0..<compared).filter { played[$0] != frames[$0 & ~1] }
    #expect(differences.isEmpty, "both speakers play the left channel as it is in the file")
  }

  private func samples(in path: String) -> [Int16] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var samples: [Int16] = []
    var chunk = [Int16](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 2, chunk.count, file), count > 0 {
      samples += chunk[..<count]
    }
    return samples
  }
}
