import Audio
import Glibc
import Testing

/// The lesson that we ship, through the program that we ship.
@Suite(.serialized) struct LessonTests {
  private static let lessons = "\(CPythonComparison.package)/lessons"

  private func etude(_ arguments: String...) -> (output: String, errors: String, status: Int32) {
    run(CPythonComparison.executable, arguments + ["--lessons", Self.lessons])
  }

  @Test("the checker finds nothing to mend")
  func check() {
    let result = etude("check", "convolution")
    #expect(result.output + result.errors == "")
    #expect(result.status == 0)
  }

  @Test("every page renders without an error", arguments: [80, 140], ["unicode", "ascii"])
  func render(width: Int, charset: String) {
    let result = etude("render", "convolution", "--width", "\(width)", "--charset", charset)
    #expect(result.status == 0)
    for page in 1...7 { #expect(result.output.contains("\(page)/7\n")) }
    for word in ["line 1, column", "waits for", "did you mean"] {
      #expect(!result.output.contains(word))
    }
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= width })
    #expect(charset == "unicode" || result.output.allSatisfy { $0.isASCII })
  }

  /// What the prose says, as far as it is a number: computed on the page, and known from elsewhere.
  @Test(
    arguments: [
      (2, ["-32768", "32118", "1.020"]),
      (3, ["[0.   1.   0.5  0.25 2.   2.   1.   0.25 0.   0.  ]", "[0.   0.25 0.5  1. "]),
      (4, ["300 ms after", "at 2 Hz", "14,700 Hz"]),
      // SciPy: 11 taps reach -6 dB at 3887.6 Hz, 300 at 206.0 Hz, 400 at 199.7 Hz.
      (5, ["only at 3,888 Hz", "it is 206 Hz", "get to 200 Hz", "now 5 samples, 0.11 ms"]),
      (6, ["165385", "165375", "165365", "differ by 0.0"]),
      (7, ["165,385 samples become 82,693", "22,050 of them", "above 11,025 Hz", "-37 dB"]),
    ])
  func numbersOnThePage(page: Int, numbers: [String]) {
    let result = etude("render", "convolution", "--page", "\(page)", "--width", "100")
    let words = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for number in numbers {
      let squeezed = number.split(separator: " ").joined(separator: " ")
      #expect(words.contains(squeezed), "page \(page) says \(number)")
    }
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
    try #require(terminal.screen(containing: "1/7") != nil)
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
    // A second and more, less the period in which leaving fades out.
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
