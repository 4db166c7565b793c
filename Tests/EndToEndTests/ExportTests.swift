import Glibc
import TemporaryFolders
import Testing

/// `etude export`, as a teacher runs it.
struct ExportTests {
  private let folder = TemporaryFolder()
  private static let lessons =
    String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)) + "/Fixtures/networks"

  private func export(
    _ lesson: String = "learning", _ arguments: String...
  ) -> (output: String, errors: String, status: Int32) {
    run(
      CPythonComparison.executable, ["export", lesson, "--lessons", Self.lessons] + arguments)
  }

  private func text(_ path: String) -> String { run("cat", [path]).output }

  @Test("The lesson is one file, with its network trained")
  func html() {
    let path = "\(folder.path)/learning.html"
    let result = export("learning", "-o", path)
    #expect(result.status == 0, "\(result.errors)")
    let html = text(path)
    #expect(html.hasPrefix("<!DOCTYPE html>"))
    #expect(html.contains("epoch 30 of 30"))
    #expect(html.contains("right in the end: 1.00"))
  }

  @Test("The output's ending chooses the format, and what the cells read lies beside it")
  func notebook() {
    let lesson = folder.path + "/lessons/bells"
    folder.write(
      """
      # Bells

      ## One

      ```python
      name = "sounds/bell.wav"
      rates = [wavfile.read(file)[0] for file in [name, "tick.wav"]]
      ```

      """, to: "lessons/bells/lesson.md")
    for (path, rate) in [("lessons/bells/sounds/bell.wav", 8000), ("audio/tick.wav", 4000)] {
      folder.write("", to: path)
      let sound = run(
        CPythonComparison.executable,
        ["eval", "--save", "x=\(folder.path)/\(path)", "x = (\(rate), np.zeros(3))"])
      #expect(sound.status == 0, "\(sound.errors)")
    }
    folder.write("", to: "out/placeholder")
    for name in ["bells.ipynb", "bells.py"] {
      let result = run(
        CPythonComparison.executable, ["export", lesson, "-o", "\(folder.path)/out/\(name)"])
      #expect(result.status == 0, "\(result.errors)")
    }
    #expect(text("\(folder.path)/out/bells.ipynb").hasPrefix("{"))
    #expect(text("\(folder.path)/out/bells.py").contains("from etude import"))
    for (copy, original) in [
      ("sounds/bell.wav", "lessons/bells/sounds/bell.wav"), ("tick.wav", "audio/tick.wav"),
    ] {
      let difference = run("cmp", ["\(folder.path)/out/\(copy)", "\(folder.path)/\(original)"])
      #expect(difference.status == 0, "\(difference.output)\(difference.errors)")
    }
  }

  @Test("Neither the lesson nor what a notebook imports is replaced by the output")
  func reserved() {
    let lesson = folder.write("# A\n\n## B\n\nC\n", to: "a/lesson.md")
    let own = run(
      CPythonComparison.executable,
      ["export", "\(folder.path)/a", "-o", lesson, "--force", "--format", "py"])
    #expect(own.errors == "etude: \(lesson) is the lesson itself; choose another name\n")
    #expect(text(lesson).hasPrefix("# A"))
    let module = run(
      CPythonComparison.executable, ["export", "\(folder.path)/a", "-o", "\(folder.path)/etude.py"])
    #expect(
      module.errors
        == "etude: etude.py is the file that the cells import, beside the output; choose another name\n"
    )
  }

  @Test("A file that exists stays, unless it is to be replaced")
  func existing() {
    let path = "\(folder.path)/kept.html"
    folder.write("kept", to: "kept.html")
    let result = export("learning", "-o", path)
    #expect(result.status == 1)
    #expect(result.errors == "etude: \(path) exists; --force replaces it\n")
    #expect(text(path) == "kept")
    #expect(export("learning", "-o", path, "--force").status == 0)
    #expect(text(path).hasPrefix("<!DOCTYPE html>"))
  }

  @Test("Without progress there is nothing to export it with")
  func noProgress() {
    let result = run(
      "env",
      ["XDG_STATE_HOME=\(folder.path)", CPythonComparison.executable, "export", "learning"]
        + ["--lessons", Self.lessons, "--with-progress", "-o", "\(folder.path)/x.html"])
    #expect(result.status == 1)
    #expect(
      result.errors
        == "etude: there is no progress in the lesson 'learning'; leave --with-progress out\n")
  }

  @Test("A folder that is not there, or a full disk: a sentence, and nothing half-written")
  func cannotWrite() {
    let missing = export("learning", "-o", "\(folder.path)/none/x.html")
    #expect(missing.status == 1)
    #expect(
      missing.errors == "etude: \(folder.path)/none/x.html was not written: there is no folder "
        + "\(folder.path)/none; make it first\n")
    let isFolder = export("learning", "-o", folder.path, "--force")
    #expect(isFolder.status == 1)
    #expect(
      isFolder.errors
        == "etude: \(folder.path) is a folder; name a file, as in \(folder.path)/lesson.html\n")
    // Said before anything is trained.
    #expect(
      export("learning", "-o", "/proc/x.html").errors.hasPrefix("etude: /proc/x.html was not"))
    #expect(
      export("learning", "-o", "/dev/full", "--force").errors
        == "etude: /dev/full was not written: it is a pipe or a device\n")
    // The shell counts in kilobytes; the file has more.
    let full = run(
      "bash",
      [
        "-c",
        "ulimit -f 8; \(CPythonComparison.executable) export learning --lessons \(Self.lessons)"
          + " -o \(folder.path)/full.html",
      ])
    #expect(full.status == 1)
    #expect(full.errors.contains("full.html was not written: File too large"))
    #expect(run("ls", [folder.path]).output == "")
  }

  @Test("A disk that fills up between a notebook and its companion leaves both as they were")
  func fullInTheMiddle() {
    let text = String(repeating: "A sentence of a long lesson.\n", count: 3000)
    folder.write("---\ntitle: F\nid: f\n---\n## P\n\(text)", to: "f/lesson.md")
    folder.write("old", to: "etude.py")
    folder.write("old", to: "f.ipynb")
    // In kilobytes: room for etude.py, not for the notebook.
    let result = run(
      "bash",
      [
        "-c",
        "ulimit -f 64; \(CPythonComparison.executable) export \(folder.path)/f --format ipynb --force"
          + " -o \(folder.path)/f.ipynb",
      ])
    #expect(result.status == 1)
    #expect(
      result.errors == "etude: \(folder.path)/f.ipynb was not written: File too large\n")
    #expect(
      self.text("\(folder.path)/etude.py") == "old" && self.text("\(folder.path)/f.ipynb") == "old")
    #expect(run("ls", [folder.path]).output == "etude.py\nf\nf.ipynb\n")
  }

  @Test("A lesson with a fault is written as far as it goes, and says so")
  func faulty() {
    folder.write(
      "---\ntitle: F\nid: f\n---\n## P\n```python {#bad}\nx = 1 / 0\n```\n## Q\nStill here.\n",
      to: "f/lesson.md")
    let path = "\(folder.path)/f.html"
    let result = run(CPythonComparison.executable, ["export", "\(folder.path)/f", "-o", path])
    #expect(result.status == 1)
    #expect(
      result.errors.contains(
        "was written, but not all of the lesson worked: cell bad on page 1 (division by zero)"))
    #expect(text(path).contains("Still here."))
  }
}
