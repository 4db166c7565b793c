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

  @Test("devices says why something cannot be used")
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

  @Test("render prints a page at the width that is asked for", arguments: [80, 140])
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

  @Test("render in ASCII is ASCII; with ansi it is coloured")
  func renderFormats() {
    let ascii = etude("render", "filters", "--lessons", Self.lessons, "--charset", "ascii")
    #expect(ascii.output.allSatisfy { $0.isASCII })
    let ansi = etude("render", "filters", "--lessons", Self.lessons, "--format", "ansi")
    #expect(ansi.output.contains("\u{1B}["))
  }

  @Test("eval prints what cells show, or one JSON object")
  func eval() {
    #expect(etude("eval", "2 ** 10").output == "1024\n")
    #expect(
      etude("eval", "x = 3; y = [1, 2]; z = np.zeros(4)", "--json").output
        == "{\"x\": 3, \"y\": [1, 2], \"z\": {\"shape\": [4], \"dtype\": \"float64\"}}\n")
  }

  @Test("Work that fails exits with 1 and one line; nonsense exits with 2")
  func exitCodes() {
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
      [], ["list"], ["devices"], ["check"], ["render"], ["eval"],
    ])
  func help(command: [String]) {
    let result = run(CPythonComparison.executable, command + ["--help"])
    #expect(result.status == 0)
    #expect(result.output.contains("Examples:"))
  }

  @Test("Without a terminal the reader says what to do instead")
  func noTerminal() {
    let result = etude("filters", "--lessons", Self.lessons)
    #expect(result.status == 1)
    #expect(result.errors.contains("etude render"))
  }
}
