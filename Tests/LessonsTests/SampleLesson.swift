import Lessons

/// A short lesson that has one of everything, without a fault.
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

  /// A lesson of one page, so that a test need not write the front matter; it starts on line 5.
  init(page text: String) {
    self.init(sample: "---\ntitle: Test\nid: test\n---\n" + text)
  }
}
