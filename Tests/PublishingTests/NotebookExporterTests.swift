import Interpreter
import Lessons
import Notebook
import Progress
import Publishing
import Testing

/// A lesson for Jupyter, and as a Python script.
struct NotebookExporterTests {
  private static let body = """
    ## First
    Half of {{ten}} is `{python} ten / 2`.

    ```python {#later .folded}
    half = ten / 2
    ```

    > [!PREDICT] {#guess}
    > How many?
    >
    > - [ ] one
    > - [x] two
    >
    > <details>
    >
    > Count them.
    >
    > </details>

    > [!TASK]
    > Do it.
    >
    > ```python {#task .hidden}
    > check(half == 5, "how?")
    > ```

    ## Second
    ```python {#first}
    ten = 10
    ```

    ```python {.static}
    import this
    ```

    """

  private func export(
    _ body: String = body, with exporter: any Exporter, saved: SavedState = SavedState()
  ) -> String {
    let lesson = Lesson(
      parsing: "---\ntitle: T\nid: t\n---\n" + body, file: "lesson.md", folder: "/nowhere")
    let session = Session(lesson: lesson, files: FileAccess(.folders([])))
    session.resume(saved)
    for index in lesson.pages.indices { session.run(page: index) }
    return exporter.export(lesson, session.snapshot, pages: Array(lesson.pages.indices))
  }

  private func script() -> String { export(with: ScriptExporter()) }
  private func notebook() -> String { export(with: NotebookExporter()) }

  @Test("A cell comes after those whose names it uses")
  func order() throws {
    let script = script()
    let ten = try #require(script.firstRange(of: "# %% first\nten = 10"))
    let half = try #require(script.firstRange(of: "# %% later\nhalf = ten / 2"))
    let check = try #require(script.firstRange(of: "# %% task\ncheck(half == 5, \"how?\")"))
    #expect(ten.upperBound <= half.lowerBound && half.upperBound <= check.lowerBound)
    // Once.
    #expect(script.matches(of: /ten = 10/).count == 1)
  }

  @Test("Inline values are numbers")
  func values() {
    #expect(script().contains("# Half of {{ten}} is 5.0."))
  }

  @Test("A question hides its answer, a task keeps its text")
  func callouts() {
    let script = script()
    for part in [
      "# > **Question**", "# > - [ ] one\n# > - [ ] two", "<details><summary>Answer</summary>",
      "# > **two**",
      "# > Count them.", "# > **Task**\n# >\n# > Do it.",
    ] { #expect(script.contains(part), "\(part)") }
    #expect(!script.contains("[x]") && !script.contains("[!"))
  }

  @Test("With progress the student's answer is marked, the right one is not")
  func answers() {
    var progress = Progress()
    progress.predictions["guess"] = .chosen(0)
    let script = export(with: ScriptExporter(progress: progress))
    #expect(script.contains("# > - [x] one (your answer)\n# > - [ ] two"))
  }

  @Test(
    "A widget that was moved starts where it stands",
    arguments: [
      ("slider(0, 9, value=3)", WidgetValue.number(7), "slider(0, 9, value=7)"),
      ("slider(0, 9, 1, 3)", .number(7), "slider(0, 9, 1, 7)"),
      ("slider(0, 9, label=(\"é\"))", .number(7), "slider(0, 9, label=(\"é\"), value=7)"),
      ("slider(0, 9,)", .number(7), "slider(0, 9,value=7)"),
      (
        "slider(\n  0,\n  9.5  # at most, or so\n)", .number(2.5),
        "slider(\n  0,\n  9.5  # at most, or so\n, value=2.5)"
      ),
      ("slider(0, 9, value=3)", .number(3), "slider(0, 9, value=3)"),
      (
        "choice([\"a\", \"b, c\"])", .option(1, text: "b, c"),
        "choice([\"a\", \"b, c\"], value=\"b, c\")"
      ),
      ("choice([1] + [2])", .option(1), "choice([1] + [2], value=([1] + [2])[1])"),
      ("toggle()", .isOn(true), "toggle(value=True)"),
      ("toggle(True, \"on\")", .isOn(false), "toggle(False, \"on\")"),
    ])
  func movedWidgets(call: String, value: WidgetValue, moved: String) {
    var saved = SavedState()
    saved.widgets = ["cell": ["x": value]]
    let script = export(
      "## P\n```python {#cell}\nx = \(call); y = 1\n```\n", with: ScriptExporter(), saved: saved)
    #expect(script.contains("# %% cell\nx = \(moved); y = 1\n"), "\(script)")
  }

  @Test("The student's runs are curves in her notebook, and the lesson's own notebook has none")
  func curves() throws {
    let body = """
      ## P
      ```python {#cell}
      X, y = waveforms(count=4)
      net = nn.Sequential(nn.Flatten(), nn.Linear(128, 3))
      fit = train(net, dataset(X, y), epochs=3)
      ```

      """
    let notebook = export(body, with: NotebookExporter(progress: Progress()))
    let picture = try #require(
      notebook.firstMatch(of: /"image\/svg\+xml": "(<svg xmlns=(?:[^"\\]|\\.)*)"/))
    #expect(picture.1.contains("<style>") && picture.1.hasSuffix("</svg>"))
    #expect(notebook.contains("epoch 3 of 3, training loss"))
    #expect(!export(body, with: NotebookExporter()).contains("svg"))
  }

  @Test("Every line of a script is Python or a comment, and static code is not run")
  func lines() {
    #expect(script().contains("# ```python\n# import this\n# ```"))
  }

  @Test("A notebook begins with its title, then imports what cells need")
  func notebookForm() throws {
    let notebook = notebook()
    let title = try #require(notebook.firstRange(of: "\"source\": \"# T"))
    let names = try #require(notebook.firstRange(of: "\"source\": \"from etude import *\""))
    #expect(title.lowerBound < names.lowerBound)
    #expect(notebook.contains("\"nbformat\": 4"))
    #expect(notebook.contains("{\"jupyter\": {\"source_hidden\": true}}"))
    #expect(notebook.hasSuffix("}\n"))
  }

  @Test("The companion file is Python for every lesson")
  func companion() {
    #expect(Companion.text.hasPrefix("\"\"\""))
    #expect(Companion.text.contains("def waveforms("))
  }
}
