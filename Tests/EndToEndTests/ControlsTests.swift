import Glibc
import Testing

/// Escape sequences in strings, hints and file names: a terminal shows them, a pipe gets every byte.
@Suite struct ControlsTests {
  private static let escapes = #"\x1b[2J\x1b]0;title\x07\x9b1m\x7f\u202eabc"#

  private func etude(_ arguments: String...) -> (output: String, errors: String, status: Int32) {
    run(CPythonComparison.executable, arguments)
  }

  /// What eval shows in a terminal.
  private func shown(_ code: String) throws -> String {
    let folder = "/tmp/etude-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    defer { _ = run("rm", ["-r", folder]) }
    _ = run("mkdir", ["-p", folder])
    _ = run("sh", ["-c", "printf '%s\\n' \"$1\" > \"$2\"", "sh", code, "\(folder)/code.py"])
    let terminal = TerminalSession(
      "\(CPythonComparison.executable) eval --file \(folder)/code.py", width: 120)
    return try #require(terminal.screen(containing: "ended with"))
  }

  @Test("Piped output has every byte")
  func pipes() {
    let result = etude("eval", "print('\(Self.escapes)\\tx\\ny\\r')")
    #expect(
      result.output
        == "\u{1B}[2J\u{1B}]0;title\u{7}\u{9B}1m\u{7F}\u{202E}abc\tx\ny\r\n")
  }

  @Test("A terminal shows escape sequences and obeys none")
  func terminals() throws {
    let screen = try shown(
      """
      print('before')
      print('\(Self.escapes)')
      print('\\x1b[2J\\x1b[H' + 'two\\nlines')
      check(False, hint='\\x1b[31mhint')
      """)
    #expect(screen.contains("before"))
    #expect(screen.contains(#"\x1b[2J\x1b]0;title\x07\u009b1m\u007f\u202eabc"#))
    #expect(screen.contains("\\x1b[2J\\x1b[Htwo\nlines"))
    #expect(screen.contains(#"\x1b[31mhint"#))
  }

  @Test("Names with line breaks and controls are refused")
  func fileNames() {
    let folder = "/tmp/etude-test-\(getpid())-names"
    defer { _ = run("rm", ["-r", folder]) }
    _ = run("mkdir", ["-p", "\(folder)/good", "\(folder)/bad\nname", "\(folder)/bad\u{1B}[31m"])
    for name in ["good", "bad\nname", "bad\u{1B}[31m"] {
      let file = "\(folder)/\(name)/lesson.md"
      _ = run("sh", ["-c", "printf '# A\\n\\n## B\\n\\nText\\n' > \"$1\"", "sh", file])
    }
    let list = etude("list", "--lessons", folder)
    #expect(list.output.split(separator: "\n").count == 1)
    #expect(list.errors.contains(#"the name 'bad\x0aname' contains a line break, U+000A"#))
    #expect(list.errors.contains(#"the name 'bad\x1b[31m' contains a control character, U+001B"#))
    #expect(list.status == 1)
    for arguments in [
      ["check", "bad\nname", "--lessons", folder], ["eval", "load('a\\x1b.npy')"],
      ["eval", "save(np.zeros(1), 'a\\nb.npy')"], ["eval", "x = 1", "--save", "x=a\u{1B}.npy"],
    ] {
      let result = run(CPythonComparison.executable, arguments)
      #expect(result.errors.contains("contains a"), "\(arguments): \(result.errors)")
      #expect(result.status == 1)
    }
  }

  @Test("The words of libraries about damaged sounds are not shown")
  func damagedSounds() {
    let folder = "/tmp/etude-test-\(getpid())-sounds"
    defer { _ = run("rm", ["-r", folder]) }
    _ = run("mkdir", ["-p", folder])
    // The start of an MP3 file, and nothing after it.
    let header = #"\377\373\020\304"# + String(repeating: #"\000"#, count: 56)
    _ = run("sh", ["-c", "printf '\(header)' > \(folder)/a.mp3"])
    let result = etude("eval", "wavfile.read('\(folder)/a.mp3')")
    #expect(result.errors.hasPrefix("etude: line 1, column 1: wavfile.read: "))
    #expect(result.errors.filter { $0 == "\n" }.count == 1)
  }
}
