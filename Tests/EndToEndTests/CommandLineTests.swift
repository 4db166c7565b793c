import Glibc
import TemporaryFolders
import Testing

@Suite struct CommandLineTests {
  private static let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!))
  private static let lessons = "\(folder)/Fixtures/lessons"

  private func etude(_ arguments: String...) -> (output: String, errors: String, status: Int32) {
    run(CPythonComparison.executable, arguments)
  }

  @Test("list names the lessons")
  func list() {
    let result = etude("list", "--lessons", Self.lessons)
    #expect(result.output == "filters  Filters, 4 pages\n")
    #expect(result.status == 0)
  }

  @Test("devices says why a device cannot be used")
  func devices() {
    let result = etude("devices")
    #expect(result.output.contains("cpu: "))
    #expect(result.output.contains("mps: MPS"))
    #expect(result.status == 0)
  }

  @Test("check exits with 0 for a lesson without mistakes")
  func check() {
    let result = etude("check", "filters", "--lessons", Self.lessons)
    #expect(result.output == "")
    #expect(result.status == 0)
  }

  @Test("render prints a page at the requested width", arguments: [80, 140])
  func render(width: Int) {
    let result = etude(
      "render", "filters", "--lessons", Self.lessons, "--page", "1", "--width", "\(width)")
    #expect(result.output.contains("A moving average"))
    #expect(result.output.contains("8 taps, each 0.1250"))
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= width })
    #expect(result.status == 0)
  }

  @Test("render exits with 1 when a cell fails, and names it")
  func renderFailure() {
    let result = etude("render", "filters", "--lessons", Self.lessons)
    #expect(result.output.contains("line 1, column"))
    #expect(result.errors == "etude: failed: cell fault on page 4\n")
    #expect(result.status == 1)
  }

  @Test("render prints pure ASCII, or colours with ansi")
  func renderFormats() {
    let ascii = etude("render", "filters", "--lessons", Self.lessons, "--charset", "ascii")
    #expect(ascii.output.allSatisfy { $0.isASCII })
    let ansi = etude("render", "filters", "--lessons", Self.lessons, "--format", "ansi")
    #expect(ansi.output.contains("\u{1B}["))
  }

  @Test("A long training says how far it is, stops at once, and leaves nothing on the terminal")
  func interruptedTraining() throws {
    let code =
      "d = dataset([[0, 1], [1, 0]], [0, 1]); "
      + "fit = train(nn.Sequential(nn.Flatten(), nn.Linear(2, 2)), d, epochs=10**6)"
    let session = TerminalSession("\(CPythonComparison.executable) eval '\(code)'")
    let screen = try #require(session.screen(containing: "train fit: epoch"))
    #expect(screen.contains("of 1,000,000"))
    session.signalProgram(SIGINT)
    let end = try #require(session.screen(containing: "ended with"))
    #expect(end.contains("ended with 130"))
    #expect(end.contains("etude: interrupted"))
    #expect(!end.contains("epoch"))
  }

  @Test("eval prints the outputs of cells, or one JSON object")
  func eval() {
    #expect(etude("eval", "2 ** 10").output == "1024\n")
    #expect(
      etude("eval", "x = 3; y = [1, 2]; z = np.zeros(4)", "--json").output
        == "{\"x\": 3, \"y\": [1, 2], \"z\": {\"shape\": [4], \"dtype\": \"float64\"}}\n")
  }

  @Test("Failures exit with 1 and one line; invalid usage exits with 2")
  func exitCodes() {
    #expect(etude("eval", "np.convolve([1, 2.5], [1, 1])").output == "array([1. , 3.5, 2.5])\n")
    #expect(
      etude("eval", "play(np.ones(3) * 2, 8000)").output.hasPrefix("sound clips: its peak is 2,"))
    let several = etude("eval", "print(1)\nx = np.zeros(3, dtyp=1)\ny = x.shap + (2")
    #expect(several.output == "")
    #expect(
      several.errors == """
        etude: line 2, column 17: np.zeros has no parameter dtyp; did you mean dtype?
        etude: line 3, column 14: '(' is not closed; add ')'

        """)
    #expect(several.status == 1)
    let failed = etude("eval", "x = undefined_name")
    #expect(failed.status == 1)
    #expect(failed.errors.hasPrefix("etude: line 1, column 5: "))
    #expect(failed.errors.filter { $0 == "\n" }.count == 1)
    for arguments in [["--nonsense"], ["render"], ["eval", "1", "--file", "x"]] {
      let result = run(CPythonComparison.executable, arguments)
      #expect(result.status == 2)
      #expect(result.errors.hasPrefix("etude: "))
      #expect(result.errors.filter { $0 == "\n" }.count == 1)
    }
  }

  @Test(
    "Every command explains itself with examples",
    arguments: [
      [], ["read"], ["list"], ["devices"], ["check"], ["render"], ["eval"],
    ])
  func help(command: [String]) {
    let result = run(CPythonComparison.executable, command + ["--help"])
    #expect(result.status == 0)
    #expect(result.output.contains("Examples:"))
  }

  @Test("The text of --help is wrapped only at the window's edge")
  func helpLines() {
    #expect(
      etude("check", "--help").output.contains("to do. Exits with\n1 when there is one; warnings"))
    #expect(etude("eval", "--help").output.contains("printed as Python"))
  }

  @Test("A missing page is reported before anything is drawn")
  func missingPage() {
    let read = etude("open", "filters", "--lessons", Self.lessons, "--page", "5")
    #expect(read.errors == "etude: there is no page 5; pages go from 1 to 4\n")
    #expect(etude("open", "filters", "--lessons", Self.lessons, "--page", "0").status == 2)
  }

  @Test("check continues after a lesson that it cannot read")
  func checkGoesOn() {
    let result = etude("check", "none", "absent", "filters", "--lessons", Self.lessons)
    #expect(
      result.errors == """
        etude: there is no lesson 'none'; the lessons are: filters
        etude: there is no lesson 'absent'; the lessons are: filters

        """)
    #expect(result.status == 1)
  }

  @Test("Escape sequences in names are shown, not interpreted")
  func escapeSequences() {
    let result = etude("check", "a\u{1B}[31m\nb", "--lessons", Self.lessons)
    #expect(result.errors == "etude: there is no lesson 'a␛[31m b'; the lessons are: filters\n")
  }

  @Test(
    "Escape sequences in lessons are shown, not interpreted", arguments: ["render", "check"])
  func escapeSequencesInLessons(command: String) {
    let escape = "\u{1B}[2J"
    let folder = "/tmp/etude-test-\(getpid())-\(command)"
    let file = "\(folder)/lesson.md"
    let lesson = """
      ---
      title: Title\(escape)
      id: id\(escape)
      ---
      ## Page\(escape)
      Text\(escape), `code\(escape)`, $x\(escape)$, [link](a\(escape).md)

      ```python {#cell\(escape)}
      print("printed\\x1b[2J")
      plot([1, 2], title="plotted\(escape)")
      play([0.5] * 100, 8000, label="played\(escape)")
      ```

      ```python
      rate, sound = wavfile.read("sound\(escape).wav")
      ```

      ```python
      y = "\(escape)" + 3
      ```
      """
    defer { _ = run("rm", ["-r", folder]) }
    _ = run("mkdir", ["-p", folder])
    _ = run("sh", ["-c", "printf '%s\\n' \"$1\" > \"$2\"", "sh", lesson, file])
    let result = etude(command, file, "--lessons", Self.lessons)
    #expect(result.status == 1)
    #expect(!(result.output + result.errors).unicodeScalars.contains("\u{1B}"))
    #expect(result.output.contains(#"'sound\x1b[2J.wav'"#))
    if command == "render" {
      for word in ["Title", "Page", "Text", "code", "printed", "plotted", "played"] {
        #expect(result.output.contains("\(word)␛[2J"), "\(word)")
      }
    }
  }

  @Test("--save needs a name and a path", arguments: ["x", "=x", "x=", "="])
  func saveRequest(request: String) {
    let result = etude("eval", "x = 1", "--save", request)
    #expect(result.errors.hasPrefix("etude: --save \(request) is not of the form name=path"))
    #expect(result.status == 2)
  }

  @Test("Output that cannot be written is a failure")
  func fullDisk() {
    let result = run("/bin/sh", ["-c", "\(CPythonComparison.executable) eval 1 > /dev/full"])
    #expect(result.errors.hasPrefix("etude: the output cannot be written: No space left"))
    #expect(result.status == 1)
  }

  @Test("Without a terminal the reader says what to use instead")
  func noTerminal() {
    let result = etude("filters", "--lessons", Self.lessons)
    #expect(result.status == 1)
    #expect(result.errors.contains("etude read"))
  }

  @Test("check names a neighbour with the same id, and a lesson checked before")
  func namesakes() {
    let folder = TemporaryFolder()
    for (name, id) in [
      ("a/one", "same"), ("a/two", "same"), ("b/three", "same"), ("b/four", "other"),
    ] {
      folder.write(
        "---\ntitle: T\nid: \(id)\n---\n\n## B\n\nText.\n", to: "\(name)/lesson.md")
    }
    func check(_ names: String...) -> String {
      run(CPythonComparison.executable, ["check"] + names.map { "\(folder.path)/\($0)" }).output
    }
    #expect(check("a/one").contains("the id 'same' is also that of \(folder.path)/a/two/lesson.md"))
    #expect(check("b/three") == "")
    #expect(
      check("b/four", "b/three", "a/one").contains(
        "the id 'same' is also that of \(folder.path)/b/three/lesson.md"))
  }
}
