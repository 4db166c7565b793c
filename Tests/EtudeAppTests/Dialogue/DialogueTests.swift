import Builtins
import EtudeApp
import Lessons
import Progress
import TemporaryState
import Testing

/// A lesson as it is read in plain lines. Each test is a script: what is typed, and what is said.
@Suite("Dialogue")
struct DialogueTests {
  private static func lesson(_ pages: String) -> Lesson {
    Lesson(
      parsing: "---\ntitle: Loops\nid: loops\n---\n\(pages)", file: "/nowhere/lesson.md",
      folder: "/")
  }

  private let lesson = Self.lesson(
    """
    ## Ramps
    The ramp ends at `{python} n - 1`. So says $a_{n-1}$, and nobody else.

    ```python {#ramp}
    n = slider(2, 9, value=3, label="length")
    stem(np.arange(n), title="ramp")
    play(np.ones(10 * n), 10, label="low"); play(np.zeros(40), 10, label="high")
    ```

    > [!TASK]
    > Make it five.
    >
    > ```python {#five .hidden}
    > check(n == 5, "count the stems")
    > ```

    ## Even or odd
    > [!PREDICT]
    > Is it even?
    >
    > - [x] yes
    > - [ ] no
    >
    > <details>
    > Two goes into it.
    > </details>

    ```python {#parity .folded}
    table(["number", "rest"], [[k, k % 2] for k in [4, 7]])
    ```

    ## A mistake
    ```python {#mistake}
    y = nope + 1
    ```
    """)

  private func said(
    _ lines: String..., of lesson: Lesson? = nil, hasUnicode: Bool = true
  ) -> String {
    let terminal = ScriptedTerminal(lines, hasUnicode: hasUnicode)
    terminal.read(lesson ?? self.lesson)
    return terminal.output
  }

  @Test("A page is read from top to bottom, with numbers for what can be used")
  func page() {
    #expect(
      said().hasSuffix(
        """
        Page 1 of 3: Ramps.

        The ramp ends at 2. So says a_(n-1), and nobody else.

        1. Cell ramp, 3 lines:
        n = slider(2, 9, value=3, label="length")
        stem(np.arange(n), title="ramp")
        play(np.ones(10 * n), 10, label="low"); play(np.zeros(40), 10, label="high")

        2. Slider length: 3. From 2 to 9, in steps of 1.

        3. Plot ramp: 1 set of stems of 3 points, x 0 to 2, y 0 to 2.
        From x 0 to 2: 0; 1; 2.

        4. Player: track 1, low, 3 seconds; track 2, high, 4 seconds.

        Task: Make it five.
        Not yet: count the stems.

        End of page 1.

        """))
  }

  @Test("A slider by its number or its label: what it changes is said, and nothing else")
  func slider() {
    #expect(
      said("2 4", "length 5").hasSuffix(
        """
        End of page 1.
        length: 4.
        The ramp ends at 3.
        3. Plot ramp: 1 set of stems of 4 points, x 0 to 3, y 0 to 3.
        4. The player has new sounds.
        length: 5.
        The ramp ends at 4.
        3. Plot ramp: 1 set of stems of 5 points, x 0 to 4, y 0 to 4.
        4. The player has new sounds.
        Task done. Well done!

        """))
    #expect(said("2 99").contains("length takes 2 to 9, in steps of 1.\nlength: 9.\n"))
    #expect(said("2 +", "2 r").contains("length: 4.\n"))
    #expect(said("2 five").contains("five: I do not know this here. Type 2 and a value"))
  }

  @Test("A question covers the results below it until it is answered")
  func question() {
    let text = said("n", "1 2")
    #expect(text.contains("1. Question: Is it even?\nAnswer 1: yes\nAnswer 2: no\n"))
    #expect(text.contains("covered until you answer the question above"))
    #expect(
      text.hasSuffix(
        """
        Right answer: yes
        You chose, and that is wrong: no
        Two goes into it.
        3. Table, 2 rows; columns: number; rest.
        4: rest 0.
        7: rest 1.

        """))
    #expect(said("n", "1 7").contains("The answers go from 1 to 2."))
  }

  @Test("A plot is read at a place, between two, or as a longer table; a player plays a track")
  func plotAndPlayer() {
    #expect(said("3 1.2").contains("At x 1: y 1."))
    #expect(said("3 1 2").contains("From x 1 to 2: 1; 2."))
    #expect(said("3 2 1").contains("From x 1 to 2: 1; 2."))
    let sound = said("4", "4 2", "4 l")
    #expect(sound.contains("Playing track 1, low.\n"))
    #expect(sound.contains("Playing track 2, high.\n"))
  }

  @Test("Keys that the text names: space, and a key without a number; the devices")
  func keys() {
    let text = said("space", "f", "t", "d", "page 3", "/ramp", "page 2", "1 1", "")
    #expect(text.contains("Page 2 of 3: Even or odd.\n"))
    #expect(
      text.contains("f: I do not know this. A key comes after the number of the thing it is for"))
    #expect(text.contains("2. Even or odd, here.\n"))
    #expect(text.contains("Computing:\nSound:\nNo card.\nThis lists cards:\nlspci\n"))
    #expect(text.hasSuffix("Page 2 of 3: Even or odd. A question mark tells what you can type.\n"))
    let help = said("? length", "? wait")
    #expect(help.contains("Type 2 and a value to set it"))
    #expect(help.hasSuffix("wait: takes the next line only when the trainings are done.\n"))
    let asked = said("t", "", "things", of: Self.lesson("## Why?\nSo.\n"))
    #expect(asked.contains("1. Why? Here.\n"))
    #expect(asked.contains("Page 1 of 1: Why? A question mark"))
    #expect(asked.hasSuffix("There is nothing to use on this page.\n"))
  }

  @Test("The next thing to do, round and round")
  func tab() {
    let text = said("tab", "tab", "2 4", "tab", "tab", "tab", "tab")
    #expect(
      text.contains("2. length: 3.\nType 2 and a value to set it, as in 2 9;"), "cells come last")
    #expect(text.contains("3. plot ramp.\nType 3 for a longer table"))
    // After what was used comes what follows it.
    #expect(text.ranges(of: "3. plot ramp.\nType 3").count == 2)
    #expect(text.contains("4. player of low, high.\nType 4 to play"))
    #expect(text.contains("1. cell ramp.\nType 1 to hear it"))
    #expect(
      text.contains("That was the last thing of this page; n is the next page.\n2. length: 4."))
    #expect(
      said("n", "1 1", "tab").contains("3. table.\nType 3 for all of its rows."),
      "an answered question is passed over")
  }

  @Test("Only a player of several sounds is said to switch, match and compare them")
  func usageOfPlayers() {
    #expect(said("? 4").contains("4 2 plays track 2; 4 right and 4 left seek; 4 m matches"))
    let alone = Self.lesson(
      """
      ## One sound
      ```python {#one}
      play(np.ones(10), 10, label="low")
      ```
      """)
    let text = said("? 2", of: alone)
    #expect(text.contains("Type 2 to play or pause; 2 right and 2 left seek; 2 l repeats;"))
    #expect(!text.contains("track 2"))
  }

  @Test("An option is chosen by its number or its name, even one called left")
  func options() {
    let lesson = Self.lesson(
      """
      ## Sides
      ```python {#side}
      side = choice(["both", "left", "right"], label="side")
      ```
      """)
    #expect(said("side right", of: lesson).contains("side: right.\n"))
    #expect(said("side 2", of: lesson).contains("side: left.\n"))
    #expect(said("side +", of: lesson).contains("side: left.\n"))
    for line in ["side middle", "side 4", "side \(Int.min)"] {
      #expect(said(line, of: lesson).contains("There is no option"))
    }
  }

  @Test("Ten rounds of a blind test, and its result")
  func blindTest() {
    let terminal = ScriptedTerminal(
      ["4 x", "1", "a", "b", "", "?"] + Array(repeating: ["x", "2"], count: 10).flatMap(\.self)
        + ["4 x", "x", "1", "end", "things"])
    terminal.hasSound = true
    terminal.read(lesson)
    let text = terminal.output
    #expect(text.contains("Blind test. A is low, B is high. X is A or B; in each round"))
    #expect(
      text.contains("Round 1 of 10. 1: X is A, low. 2: X is B, high.\nFirst listen to X: type x."))
    #expect(text.contains("Playing A.\nPlaying B.\n"))
    #expect(text.ranges(of: "Round 10 of 10.").count == 1)
    #expect(text.contains(/The blind test is complete\.\n\d+ of 10 right\. By guessing alone/))
    #expect(text.contains("4 x is another one.\n"))
    #expect(text.contains("The blind test is over after 1 of 10 rounds. It has no result"))
    #expect(text.hasSuffix("4. player of low, high.\n"), "the page is there again")
  }

  @Test("Where nothing is heard, the reason is said in place of a blind test")
  func silentBlindTest() {
    let text = said("4 x", "3")
    #expect(
      text.contains(
        "A blind test is for the ears, and there is no sound: a test needs no sound.\nPlot ramp:"))
    #expect(!text.contains("Round 1"))
  }

  @Test("A cell is edited line by line; a text that cannot be read is asked about")
  func editing() {
    let text = said("e 1", "c value=3 to value=7", "l", "k")
    #expect(text.contains("1: n = slider(2, 9, value=7, label=\"length\")\n"))
    #expect(text.contains("Cell ramp runs with your text.\n"))
    #expect(text.contains("The ramp ends at 6."))
    let broken = said("e ramp", "a x = (", "k", "u", "k", "1")
    #expect(broken.contains("Line 4: x = (\n"))
    #expect(broken.contains("This cannot be read: "))
    #expect(broken.contains("The text is unchanged.\nCell ramp, 3 lines:"))
    #expect(said("e 1", "x 2", "k", "1 r", "1").contains("Cell ramp, 3 lines:"))
    #expect(said("e 1", "1 n = 4", "d", "1").hasSuffix("label=\"high\")\n"))
    let outside = said("e 1", "x 0", "i 9 n = 4", "\(Int.min)", "d")
    #expect(outside.ranges(of: "The lines go from 1 to 3.").count == 3)
  }

  @Test("A mistake in a cell is said with its place and its line")
  func mistake() {
    let text = said("page 3")
    #expect(text.contains("Mistake in cell mistake, line 1, column 5: "))
    #expect(text.contains("y = nope + 1\n"))
  }

  @Test("Pages, contents, search, a reset, and lines that mean nothing")
  func goingAbout() {
    let text = said("t", "/is it even", "B", "page 9", "nonsense", "? 2", "things", "p")
    #expect(text.contains("1. Ramps, 1 open task, here.\n2. Even or odd.\n3. A mistake.\n"))
    #expect(
      text.contains("Page 2: Even or odd. The line again reads it from its start.")
    )
    #expect(text.contains("Question: Is it even?"))
    // A search gives no answer away.
    #expect(!text.contains("Two goes into it."))
    #expect(text.contains("Type page and a number from 1 to 3."))
    #expect(text.contains("nonsense: I do not know this."))
    #expect(text.contains("Type 2 and a value to set it, as in 2 9;"))
    #expect(text.contains("2. length: 3.\n3. plot ramp.\n4. player of low, high.\n"))
    #expect(text.contains("This is the first page."))
    let reset = said("2 5", "R", "y")
    #expect(reset.contains("The page is reset.\n"))
    #expect(reset.contains("The ramp ends at 2."))
    #expect(said("2 5", "R", "no").contains("Nothing is reset."))
  }

  @Test("A training is told until its end, then what follows from it")
  func training() {
    let lesson = Self.lesson(
      """
      ## Learn
      ```python {#fit}
      X = np.array([[np.sin(k * n) for n in range(8)] for k in range(12)])
      data = dataset(X, np.arange(12) % 2)
      fit = train(nn.Sequential(nn.Flatten(), nn.Linear(8, 2)), data, epochs=3)
      ```

      After `{python} fit.epochs` epochs it knows.
      """)
    let text = said("training f", "training", "wait", "training c", "training s", of: lesson)
    #expect(text.contains("After (not known yet) epochs it knows."))
    #expect(text.contains("2. Training: "))
    #expect(text.contains("Training has finished in "))
    #expect(text.contains("Epoch 3 of 3, loss "))
    #expect(text.contains("After 3 epochs it knows."))
    #expect(text.contains("Table, 3 rows; columns: epoch; loss.\nEpoch 1: loss "))
    #expect(text.contains("This run has done all its epochs; r starts it again"))
  }

  @Test("A cell that takes long is announced, and a line need not wait for it")
  func longCell() {
    let lesson = Self.lesson(
      """
      ## Slow
      ```python {#slow}
      x = sum([sum(range(1000)) for k in range(1000000)])
      ```

      The sum is `{python} x`.

      ## Quick
      Here we are.
      """)
    let terminal = ScriptedTerminal([])
    terminal.later = ("Cell slow takes long", ["n"])
    terminal.read(lesson)
    #expect(terminal.output.contains("Cell slow takes long. Wait, or type the next line"))
    #expect(terminal.output.hasSuffix("Here we are.\n\nThis is the end of the last page.\n"))
  }

  @Test("The end of the input saves, as q does; the next reading begins where this one ended")
  func saving() {
    let state = StateFolder()
    ScriptedTerminal(["2 7", "n", "1 1"]).read(lesson, store: state.store())
    let again = ScriptedTerminal(["p", "q", "n"])
    again.read(lesson, store: state.store())
    #expect(
      again.output.contains("Page 2 of 3: Even or odd.\n\nQuestion: Is it even?\nYou chose, and"))
    #expect(again.output.contains("Slider length: 7."))
    #expect(again.output.hasSuffix("End of page 1.\nWhat you did is kept.\n"))
  }

  @Test("An edit that the end of the input left open is there again, and said after the page")
  func unfinishedEdit() {
    let state = StateFolder()
    ScriptedTerminal(["e 1", "c value=3 to value=7"]).read(lesson, store: state.store())
    let again = ScriptedTerminal(["k"])
    again.read(lesson, store: state.store())
    #expect(
      again.output.contains(
        "End of page 1.\nYour unfinished text is back.\nYou are editing cell ramp. k keeps the text"
      ))
    #expect(!again.output.contains("Ctrl"))
    #expect(again.output.contains("Cell ramp runs with your text.\n"))
    #expect(again.output.contains("The ramp ends at 6."))
  }

  @Test("Nobody reads any more: the dialogue ends, and what was done is kept")
  func closedOutput() {
    let state = StateFolder()
    let terminal = ScriptedTerminal(["2 7", "n", "n"])
    terminal.closesAfter = "length: 7."
    terminal.read(lesson, store: state.store())
    #expect(!terminal.output.contains("Page 2"))
    #expect(state.store().saved?.entries.cells.map(\.widgets) == [["n": .number(7)]])
  }

  @Test("In ASCII, and without the controls that a lesson may have")
  func plainText() {
    let lesson = Self.lesson(
      "## Café\nA − b…\n\n```python\nprint('\\x1b[2Jé', '│')\nplot([-1, 2])\n```\n")
    let text = said("things", of: lesson, hasUnicode: false)
    #expect(text.allSatisfy { $0.isASCII })
    #expect(!text.contains("\u{1B}"))
    #expect(text.contains("Cafe"))
  }
}
