import Builtins
import EtudeApp
import Lessons
import Testing

/// What a page says: plots, formulas, tables, players, tasks and trainings in words.
@Suite("Spoken page")
struct SpokenPageTests {
  private func said(_ lines: String..., of lesson: Lesson) -> String {
    let terminal = ScriptedTerminal(lines)
    terminal.read(lesson)
    return terminal.output
  }

  private static func lesson(_ pages: String) -> Lesson {
    Lesson(
      parsing: "---\ntitle: Words\nid: words\n---\n\(pages)", file: "/nowhere/lesson.md",
      folder: "/")
  }

  @Test("Curves are told by what they span, a spectrogram also by its upper half")
  func plotsInWords() {
    let lesson = Self.lesson(
      """
      ## Plots
      ```python {#plots}
      plot(np.arange(100), np.arange(100), xlabel="epoch")
      plot(np.arange(100), np.arange(100), np.arange(100), np.zeros(100), labels=["a, b", "c"], xlabel="seconds")
      response(np.array([0.5] + [0] * 99 + [0.5]), 1000)
      _angle = 2 * np.pi * np.arange(4000) / 8000
      spectrogram(np.sin(500 * _angle) + 0.3 * np.sin(3000 * _angle), 8000)
      ```
      """)
    let text = said(of: lesson)
    #expect(text.contains("From epoch 0 to 20: between 0 and 20.\n"))
    #expect(text.contains("From 0 to 20 seconds: a, b between 0 and 20; c 0.\n"))
    // A comb is not told by the points that happen to lie between its notches.
    #expect(text.contains(/From 100 to 500 Hz: between −\d\d+\.\d dB and/))
    #expect(
      text.contains(/loudest near 500 Hz, \S+ dB; of the upper half near 3,?000 Hz,\s\S+ dB\./))
  }

  @Test("Axes are told with their units; a part of one curve point by point")
  func axesInWords() {
    let lesson = Self.lesson(
      """
      ## Axes
      ```python {#axes}
      plot(np.arange(64), np.arange(64) / 2, xlabel="shift in samples", ylabel="right, %")
      plot(np.arange(64), 0.001 * np.arange(64), xlabel="seconds", ylabel="seconds")
      ```
      """)
    let text = said("2 1", "2 0 20", "3 1", "3 1.2 3", of: lesson)
    #expect(text.contains("From shift 0 to 10 samples: between 0 % and 5 %.\n"))
    #expect(text.contains("At shift 1 sample: right 0.5 %.\n"))
    #expect(text.contains("From shift 0 to 20 samples: 0 %; 0.5 %; 1 %; 1.5 %;"))
    #expect(text.contains("At 1 second: y 1 ms.\n"))
    #expect(text.contains("From 2 to 3 seconds: 2 ms; 3 ms.\n"))
    let narrow = said("2 0.2 0.8", "3 2.9 3.1", of: lesson)
    #expect(narrow.contains("From shift 0.2 to 0.8 samples: nothing.\n"))
    #expect(narrow.contains("At 3 seconds: y 3 ms.\n"))
  }

  @Test("A formula is said with words for the signs that voices leave out")
  func formula() {
    let text = said(
      of: Self.lesson(
        """
        ## Sums
        $$ y[n] = \\sum_m x[n-m]\\,h[m] $$

        $$ L_{out} = \\sum_{k=0}^{K-1} a_{n-1} + b_k^2 $$

        $$ \\text{low-pass} = \\frac{1}{2} $$

        $$ \\text{state-of-the-art} = x^{-n} - y $$
        """))
    #expect(text.contains("Formula: y[n] = sum over m of x[n minus m] h[m]\n"))
    #expect(
      text.contains("sum from k=0 to K minus 1 of a sub (n minus 1) + b sub k to the power of 2\n"))
    #expect(text.contains("low-pass = 1 divided by 2\n"))
    #expect(text.contains("state-of-the-art = x to the power of (minus n) minus y\n"))
  }

  @Test("The sounds of a player are new only when they differ; a plot of the same span by its rows")
  func unchangedSounds() {
    let lesson = Self.lesson(
      """
      ## Same
      ```python {#same}
      guess = choice(["low", "high"], label="guess")
      place = slider(0, 2, label="place")
      plot(np.arange(30), np.where(np.arange(30) // 10 == place, 1, 0))
      play(np.ones(40) * (0.5 if place < 2 else 0.25), 10, label="tone")
      ```
      """)
    let guess = said("guess high", of: lesson)
    #expect(guess.hasSuffix("This is the end of the last page.\nguess: high.\n"))
    let moved = said("place 1", of: lesson)
    #expect(
      moved.contains(
        "place: 1.\n4. Plot: 1 curve of 30 points, x 0 to 29, y 0 to 1.\nFrom x 0 to 5: 0.\n"))
    #expect(!moved.contains("new sounds"))
    #expect(said("place 2", of: lesson).contains("5. The player has new sounds.\n"))
  }

  @Test("Several tasks of a page have numbers, and so have their verdicts")
  func tasks() {
    let lesson = Self.lesson(
      """
      ## Two tasks
      ```python {#value}
      number = slider(0, 9, value=3, label="number")
      ```

      > [!TASK]
      > Make it five.
      >
      > ```python {#five .hidden}
      > check(number >= 5, "larger")
      > ```

      > [!TASK]
      > Make it nine.
      >
      > ```python {#nine .hidden}
      > check(number == 9, "as large as it gets" if number < 5 else "larger still")
      > ```
      """)
    let text = said("number 6", of: lesson)
    #expect(text.contains("Task 1: Make it five.\nTask 1, not yet: larger.\n"))
    #expect(text.contains("Task 2: Make it nine.\nTask 2, not yet: as large as it gets.\n"))
    #expect(text.contains("Task 1 is done.\nTask 2, not yet: larger still.\n"))
  }

  @Test("Numbers at the head of a table do not run into those below; prints follow one another")
  func tables() {
    let text = said(
      of: Self.lesson(
        """
        ## Tables
        ```python {#tables}
        table(["seed", "0", "1", "a step of 64"], [["right, %", 94, 83, 5]])
        table(["true \\\\ said", "sine"], [["sine", 51]])
        print("one")
        print("two")
        ```
        """))
    #expect(text.contains("\nright, %: seed 0: 94; seed 1: 83; a step of 64: 5.\n"))
    #expect(text.contains("columns: true by said; sine.\nsine: sine 51.\n"))
    #expect(text.contains("\none\ntwo\n"))
  }

  @Test("A training that was paused goes on; other settings are told")
  func trainingGoesOn() {
    let lesson = Self.lesson(
      """
      ## Learn
      ```python {#fit}
      rate = slider(0.1, 1, value=0.5, step=0.1, label="rate")
      X = np.array([[np.sin(k * n) for n in range(8)] for k in range(12)])
      data = dataset(X, np.arange(12) % 2)
      network = nn.Sequential(nn.Flatten(), nn.Linear(8, 2))
      fit = train(network, data, optimizer=optim.SGD(lr=rate), epochs=4)
      ```
      """)
    let terminal = ScriptedTerminal(["training s"])
    terminal.later = ("Epoch 1 of 4", ["training", "wait", "rate 1", "training f"])
    terminal.read(lesson)
    let text = terminal.output
    #expect(text.contains("Training continues with epoch 2 of 4.\n"))
    #expect(text.contains("Training has finished in "))
    #expect(
      text.contains(
        "rate: 1.\nThe settings of the training have changed; r starts it again with the new ones.\n"
      ))
    #expect(text.hasSuffix("It trains as fast as it can, once it is started.\n"))
  }

  @Test("A batch stage by stage: each says what is new, and what the step has done to the loss")
  func stages() {
    let lesson = Self.lesson(
      """
      ## Learn
      ```python {#fit}
      X = np.array([[np.sin(k * n) for n in range(8)] for k in range(12)])
      network = nn.Sequential(nn.Flatten(), nn.Linear(8, 2))
      fit = train(network, dataset(X, np.arange(12) % 2), optimizer=optim.SGD(lr=1e-3), epochs=4)
      ```
      """)
    let terminal = ScriptedTerminal(
      Array(repeating: ["training b", "wait"], count: 5).flatMap(\.self))
    terminal.read(lesson)
    let text = terminal.output
    #expect(!text.contains("Training starts") && !text.contains("continues"))
    #expect(text.ranges(of: "The first signal is of class").count == 1)
    let step =
      /Batch 1 of 1, step: weights updated\. The loss of this batch goes from (\S+) to\s(\S+)\.\n/
    #expect(text.firstMatch(of: step).map { $0.1 != $0.2 } == true)
  }

  @Test("Code to read is not a cell")
  func codeToRead() {
    let lesson = Self.lesson("## Code\n```python {.static}\nimport os\n```\n")
    #expect(
      said("1", "? 1", of: lesson).hasSuffix(
        "Code to read, 1 line:\nimport os\nType 1 to hear it.\n"))
  }

  @Test("Each run of a cell has its name")
  func runs() {
    let lesson = Self.lesson(
      """
      ## Learn
      ```python {#fits}
      X = np.array([[np.sin(k * n) for n in range(8)] for k in range(12)])
      data = dataset(X, np.arange(12) % 2)
      fits = [train(nn.Sequential(nn.Flatten(), nn.Linear(8, 2)), data, epochs=2) for k in range(2)]
      ```
      """)
    #expect(said("things", of: lesson).hasSuffix("1. cell fits.\n2. run 1 of 2.\n"))
    #expect(said("run 12", of: lesson).contains("run 12: I do not know this."))
    #expect(
      said("run 1 f", of: lesson).contains("It trains as fast as it can, once it is started.\n"))
  }
}
