import Interpreter
import Lessons
import Notebook
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

    > [!PREDICT]
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

  private func script() -> String {
    let lesson = Lesson(
      parsing: "---\ntitle: T\nid: t\n---\n" + Self.body, file: "lesson.md", folder: "/nowhere")
    let session = Session(lesson: lesson, files: FileAccess(.folders([])))
    for index in lesson.pages.indices { session.run(page: index) }
    return ScriptExporter().export(lesson, session.snapshot, pages: [0, 1])
  }

  private func notebook() -> String {
    let lesson = Lesson(
      parsing: "---\ntitle: T\nid: t\n---\n" + Self.body, file: "lesson.md", folder: "/nowhere")
    let session = Session(lesson: lesson, files: FileAccess(.folders([])))
    for index in lesson.pages.indices { session.run(page: index) }
    return NotebookExporter().export(lesson, session.snapshot, pages: [0, 1])
  }

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
