import Lessons

/// A short lesson that contains one of everything and has no problems.
let sampleLesson = #"""
  ---
  title: A short lesson
  id: short
  version: 2
  language: en
  ---
  # A short lesson

  Before the first page.

  ## Filters

  The kernel $h_m$ has *few* `taps`; at `{python} taps` it costs $5 and not $6.

  ```python {#taps}
  taps = slider(3, 99, step=2, value=11)
  ```

  $$
  y[n] = \sum_{m=0}^{M-1} x[n-m]\,h[m]
  - 0
  $$

  > [!NOTE]
  > A call-out with a cell:
  >
  > ```python {#kernel .folded}
  > kernel = np.ones(taps) / taps
  > ```

  ---

  The same title, page two.

  | left | right |
  |:-----|------:|
  | $a|b$ | `{python} taps + 1` |

  1. one
  2. two

  - [x] done
  - [ ] open

  ## The end

  ```python
  result = np.convolve(kernel, kernel)
  result.shape
  ```

  ```python {.static}
  for x in y: pass
  ```

  ```bash
  echo $HOME $PATH
  ```
  """#

extension Lesson {
  init(sample text: String) {
    self.init(parsing: text, file: "lesson.md", folder: "/nowhere")
  }

  /// A lesson of one page with front matter added; the text starts on line 5.
  init(page text: String) {
    self.init(sample: "---\ntitle: Test\nid: test\n---\n" + text)
  }
}

extension [Problem] {
  /// "6:3 message; hint", if there is a hint.
  var summaries: [String] {
    map { "\($0.line):\($0.column) \($0.message)" + ($0.hint.map { "; " + $0 } ?? "") }
  }
}

extension [Inline] {
  /// A paragraph as one line, with its kinds of mark-up spelt out.
  var outline: String {
    map {
      switch $0 {
      case .text(let text): text
      case .code(let text): "`\(text)`"
      case .emphasis(let inner): "<em>\(inner.outline)</em>"
      case .strong(let inner): "<strong>\(inner.outline)</strong>"
      case .strikethrough(let inner): "<del>\(inner.outline)</del>"
      case .mathematics(let tex): "<tex>\(tex)</tex>"
      case .link(let inner, let destination): "<a \(destination)>\(inner.outline)</a>"
      case .value(let value): "<value>\(value.source)</value>"
      case .lineBreak: "<br>"
      case .softBreak: " "
      }
    }.joined()
  }
}

extension [Block] {
  /// One line per block, nested ones indented by "| ".
  var outline: [String] {
    flatMap { block -> [String] in
      switch block {
      case .heading(let level, let inlines): ["h\(level) \(inlines.outline)"]
      case .paragraph(let inlines): [inlines.outline]
      case .list(let start, let items):
        items.enumerated().flatMap { index, item -> [String] in
          let mark = start.map { "\($0 + index)." } ?? "-"
          let box = item.isChecked.map { $0 ? "[x]" : "[ ]" } ?? ""
          return ["\(mark)\(box)"] + item.blocks.outline.map { "| " + $0 }
        }
      case .quote(let blocks): ["quote"] + blocks.outline.map { "| " + $0 }
      case .callout(let kind, let blocks): [kind] + blocks.outline.map { "| " + $0 }
      case .prediction(let prediction):
        ["PREDICT \(prediction.id)"] + prediction.question.outline.map { "| " + $0 }
          + prediction.answers.flatMap { answer in
            ["| \(answer.isRight ? "[x]" : "[ ]")"] + answer.blocks.outline.map { "| | " + $0 }
          } + prediction.explanation.outline.map { "| why: " + $0 }
      case .table(let header, let alignments, let rows):
        ["table \(alignments)"]
          + ([header] + rows).map { "| " + $0.map(\.outline).joined(separator: " | ") }
      case .code(let language, let text): ["code \(language): \(text)"]
      case .cell(let cell): ["cell \(cell.id): \(cell.source)"]
      case .mathematics(let tex): ["tex \(tex)"]
      case .problem(let problem): ["problem \(problem.message)"]
      }
    }
  }
}
