import Interpreter
import Lessons
import Notebook
import Pages
import Sounds
import Terminal

/// A lesson with one of everything, and the results that its cells would produce.
package enum SampleLesson {
  package static let text = """
    ---
    title: Filters
    id: filters
    version: 1
    language: en
    ---
    # Filters
    ## A low-pass filter
    A *short* kernel cannot **cut** at `200` Hz: the length decides.

    > [!NOTE]
    > Headphones help.

    ```python {#filter}
    taps = slider(3, 101, step=2, value=11, label="length M")
    kernel = signal.firwin(taps, 200, fs=44100)
    stem(kernel)
    ```

    ```python {#listen}
    play(audio, 44100, label="original"); play(filtered, 44100, label="filtered")
    ```

    ## Steps
    - one
    - two

    | tap | value |
    |-----|------:|
    | 0   |   0.5 |

    ```python {#steps .hidden}
    stepper([0, 1, 2], [1, 0.5])
    ```

    ## A fault
    ```python {#fault}
    x = firwn(3)
    ```
    """

  package static var lesson: Lesson { Lesson(parsing: text, file: "lesson.md", folder: "/") }

  package static let slider = FocusTarget.widget(cell: "filter", name: "taps")
  package static let plot = FocusTarget.figure(cell: "filter", index: 0)
  package static let player = FocusTarget.player(cell: "listen", index: 0)
  package static let stepper = FocusTarget.stepper(cell: "steps", index: 0)

  package static func snapshot(taps: Double = 11, revision: Int = 1) -> Snapshot {
    var figure = Figure(kind: .stem, summary: "11 values, 0.1 to 1, peak at 5")
    figure.series = [
      Figure.Series(
        label: "kernel", x: (0..<41).map(Double.init),
        y: (0..<41).map { 1 - abs(Double($0) - 20) / 20 })
    ]
    let widget = Widget(
      name: "taps", label: "length M",
      kind: .slider(
        start: 3, stop: 101, step: 2, isInteger: true, isLogarithmic: false, unit: "taps",
        value: taps, lessonValue: 11))
    let samples = (0..<4410).map { Float($0 % 100) / 100 - 0.5 }
    var snapshot = Snapshot()
    snapshot.revision = revision
    snapshot.cells["filter"] = CellResult(
      state: .succeeded, outputs: [.widget(widget), .figure(figure), .text("peak 1.0")],
      revision: revision)
    snapshot.cells["listen"] = CellResult(
      state: .succeeded,
      outputs: [
        .track(Track(samples: samples, sampleRate: 44100, label: "original")),
        .track(Track(samples: samples.reversed(), sampleRate: 44100, label: "filtered")),
      ], revision: revision)
    snapshot.cells["steps"] = CellResult(
      state: .succeeded,
      outputs: [.stepper(Stepper(signal: [0, 1, 2], kernel: [1, 0.5], flips: true))],
      revision: revision)
    return snapshot
  }

  package static func look(width: Int, height: Int?, charset: Charset = .unicode) -> PageLook {
    PageLook(width: width, height: height, theme: .monochrome, charset: charset)
  }
}
