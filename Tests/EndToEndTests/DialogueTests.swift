import Glibc
import Testing

/// The shipped lesson in plain lines, through the shipped program.
@Suite(.serialized) struct DialogueTests {
  /// From the first page to the last: every question, every task, players, a stepper, edited cells,
  /// trainings, a measurement, a search.
  private static let script = """
    player
    n
    player
    plot 2.5
    n
    stepper
    stepper
    stepper f
    n
    delay 22
    n
    length M 401
    n
    player 2
    n
    stride 16
    filter first off
    player 2
    n
    question 3
    kernel K 29
    stride S 1
    n
    n
    before the stride firwin
    between the samples firwin
    n
    d
    n
    output_padding 1
    n
    signal 5
    player 3
    n
    n
    optimiser Adam
    epochs 150
    training b
    training f
    training
    wait
    n
    e five-runs
    c 1000 to 5
    k
    training five-runs f
    training five-runs
    wait
    n
    n
    question 3
    training by-heart f
    training by-heart
    wait
    e recovery
    c 160000 to 800
    k
    training recovery f
    training recovery
    wait
    n
    question 3
    phases up to ± 3.1
    training narrow-runs f
    training narrow-runs
    wait
    e half-runs
    c 200 to 5
    k
    training half-runs f
    training half-runs
    wait
    n
    phase 0.9
    phase 0
    noise 0.15
    n
    taps M 3
    longest: 10 to the power of 4
    measure
    question 3
    n
    question 2
    question 3
    question 2
    question 3
    t
    /alias
    q
    """

  private struct Folder {
    let path = "/tmp/etude-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    init() { _ = run("mkdir", ["-p", path]) }
    func remove() { _ = run("rm", ["-r", path]) }
  }

  /// Types lines at the lesson, which is kept in the folder.
  private func read(
    _ lines: String, in folder: Folder, locale: String = "C.UTF-8",
    arguments: [String] = ["read", "convolution"], environment: String = ""
  ) -> (output: String, errors: String, status: Int32) {
    let command = """
      printf '%s\\n' "$1" > \(folder.path)/lines
      XDG_STATE_HOME=\(folder.path) LC_ALL=\(locale) \(environment) \(CPythonComparison.executable) \
      \(arguments.joined(separator: " ")) --lessons \(CPythonComparison.package)/lessons < \(folder.path)/lines
      """
    return run("sh", ["-c", command, "sh", lines])
  }

  @Test("A script of lines goes from the first page to the last, and does all of the lesson")
  func wholeLesson() throws {
    let folder = Folder()
    defer { folder.remove() }
    let result = read(Self.script, in: folder)
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    let text = result.output
    for page in 1...22 { #expect(text.contains("\nPage \(page) of 22: "), "page \(page)") }
    #expect(text.contains("Task done, and with it all 10 of this lesson. Well done!"))
    #expect(!text.contains("open task"))
    #expect(text.ranges(of: "You chose, and that is right").count == 8)
    #expect(!text.contains("that is wrong"))
    #expect(text.contains("Playing track 2, filtered."))
    #expect(text.contains("Training has finished in "))
    #expect(text.contains("Run 5 of 5 has finished in "))
    #expect(text.contains("Batch 1 of 8, zero_grad: gradients set to 0."))
    for word in ["I do not know", "There is no thing", "Mistake in", "\u{1B}", "│", "⠉"] {
      #expect(!text.contains(word), "\(word)")
    }
    // All of it is there the next time, in the reader, too.
    let again = read("page 5", in: folder)
    #expect(again.output.contains("Page 22 of 22"))
    #expect(again.output.contains("Slider length M: 401."))
    #expect(again.output.contains("This task is done."))
  }

  @Test("ACCESSIBLE opens lessons like this; without UTF-8 all of it is ASCII")
  func surroundings() {
    let folder = Folder()
    defer { folder.remove() }
    let result = read(
      "page 3\nstepper\nq", in: folder, locale: "C", arguments: ["convolution"],
      environment: "ACCESSIBLE=1")
    #expect(result.status == 0 && result.errors == "")
    #expect(result.output.contains("Page 3 of 22: What convolution is."))
    #expect(result.output.contains("Step 1 of 10"))
    #expect(result.output.allSatisfy { $0.isASCII })
  }

  @Test("A closed pipe ends it quietly, a signal saves first")
  func endings() {
    let folder = Folder()
    defer { folder.remove() }
    let command = "XDG_STATE_HOME=\(folder.path) \(CPythonComparison.executable) read convolution "
    let lessons = "--lessons \(CPythonComparison.package)/lessons"
    let pipe = run(
      "sh",
      [
        "-c",
        "(echo 'page 5'; echo 'page 6'; echo 'page 7'; sleep 2) | \(command)\(lessons) | head -n 3",
      ])
    #expect(pipe.errors == "")
    let signal = run(
      "sh",
      [
        "-c",
        """
        mkfifo \(folder.path)/lines
        \(command)\(lessons) < \(folder.path)/lines > \(folder.path)/said &
        program=$!
        exec 3> \(folder.path)/lines
        echo 'page 5' >&3; echo 'length M 401' >&3
        for i in $(seq 200); do grep -q 'Task done' \(folder.path)/said && break; sleep 0.1; done
        kill -TERM $program
        wait $program
        echo "ended with $?"
        """,
      ])
    #expect(signal.output == "ended with 143\n")
    #expect(read("again", in: folder).output.contains("Slider length M: 401."))
  }
}
