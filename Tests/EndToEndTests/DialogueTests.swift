import Glibc
import Testing

/// The shipped lesson in plain lines, through the shipped program.
@Suite(.serialized) struct DialogueTests {
  /// From the first page to the last: every question, every task, players, a stepper, edited cells,
  /// trainings, a measurement, a search.
  private static let script = """
    tab
    player
    n
    player
    plot 2.5
    n
    stepper
    stepper
    stepper f
    n
    player 3
    n
    delay 22
    level of the copy 0.6
    n
    length M 401
    cut-off 340
    n
    n
    player 2
    n
    n
    stride 16
    filter first off
    player 2
    n
    question 3
    n
    kernel K 29
    stride S 1
    n
    n
    n
    kernel K 4
    n
    before the stride firwin
    between the samples firwin
    n
    d
    n
    n
    n
    taps K 11
    padding P 10
    n
    n
    signal 5
    show the class on
    n
    player 3
    n
    sound 1 sine
    sound 2 square
    sound 3 triangle
    sound 4 triangle
    sound 5 sine
    n
    n
    n
    taps of the first kernels 15
    n
    position 5
    n
    n
    optimiser Adam
    epochs 100
    training b
    wait
    training f
    training
    wait
    n
    n
    n
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
    n
    n
    e recovery
    c 160000 to 800
    k
    training recovery f
    training recovery
    wait
    n
    question 3
    n
    question 3
    phases up to ± 2.4
    training narrow-runs f
    training narrow-runs
    wait
    n
    question 3
    e half-runs
    c 200 to 5
    k
    training half-runs f
    training half-runs
    wait
    n
    shape 0
    phase 1.2
    phase 0
    noise 0.3
    n
    n
    longest: 10 to the power of 5
    taps M 21
    measure
    taps M 33
    measure
    taps M 51
    measure
    taps M 79
    measure
    taps M 121
    measure
    n
    question 3
    epochs 20
    training race f
    training race
    wait
    n
    n
    question 2
    question 3
    question 2
    question 3
    n
    n
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
    for page in 1...49 { #expect(text.contains("\nPage \(page) of 49: "), "page \(page)") }
    #expect(text.contains("Task done, and with it all 11 of this lesson. Well done!"))
    #expect(!text.contains("open task"))
    #expect(text.ranges(of: "You chose, and that is right").count == 10)
    #expect(!text.contains("that is wrong"))
    #expect(text.contains("Playing track 2, filtered."))
    #expect(text.contains("Training has finished in "))
    #expect(text.contains("Run 5 of 5 has finished in "))
    #expect(text.contains("Batch 1 of 8, zero_grad: gradients set to 0."))
    for word in [
      "I do not know", "There is no thing", "Mistake in", "Sound is on", "?.\n", " .\n", "\u{1B}",
      "│", "⠉",
    ] {
      #expect(!text.contains(word), "\(word)")
    }
    // As each page is read, the numbers of its things go up by one.
    for page in text.split(separator: "\nPage ").dropFirst() {
      let end = page.firstRange(of: /\n(End of page|This is the end)/)?.lowerBound
      let reading = page[..<(end ?? page.endIndex)]
      let numbers = reading.matches(of: /\n(\d+)\. [A-Z]/).compactMap { Int($0.1) }
      #expect(numbers == Array(1..<numbers.count + 1), "page \(page.prefix(40))")
    }
    // All of it is there the next time, in the reader, too.
    let again = read("page 6", in: folder)
    // The search found it on this page.
    #expect(again.output.contains("Page 10 of 49"))
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
    #expect(result.output.contains("Page 3 of 49: What convolution is."))
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
        mkfifo \(folder.path)/pipe
        \(command)\(lessons) < \(folder.path)/pipe > \(folder.path)/said &
        program=$!
        exec 3> \(folder.path)/pipe
        echo 'page 6' >&3; echo 'length M 401' >&3; echo 'cut-off 340' >&3
        for i in $(seq 200); do grep -q 'Task done' \(folder.path)/said && break; sleep 0.1; done
        kill -TERM $program
        wait $program
        echo "ended with $?"
        tail -n 1 \(folder.path)/said
        """,
      ])
    #expect(signal.output == "ended with 143\nWhat you did is kept.\n")
    #expect(read("again", in: folder).output.contains("Slider length M: 401."))
  }
}
