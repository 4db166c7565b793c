import Interpreter
import Lessons
import Messages
import Notebook
import Progress
import Sounds

/// Writes the parts of pages, and collects the sounds that they play.
struct HTMLWriter {
  let snapshot: Snapshot
  let progress: Progress?
  var sounds = EmbeddedSounds()

  init(snapshot: Snapshot, progress: Progress?) {
    self.snapshot = snapshot
    self.progress = progress
  }

  /// The blocks of a page. What follows a question, up to the next heading, is covered until it is answered.
  mutating func html(of page: Page) -> String {
    var result = ""
    var covering = 0
    for block in page.blocks {
      if case .heading = block {
        result += String(repeating: "</div>\n", count: covering)
        covering = 0
      }
      result += html(of: block) + "\n"
      if case .prediction(let prediction) = block {
        result += "<div class=\"covered\" data-question=\"\(prediction.id.escapedForMarkup)\">\n"
        covering += 1
      }
    }
    return result + String(repeating: "</div>\n", count: covering)
  }

  mutating func html(of blocks: [Block]) -> String {
    var parts: [String] = []
    for block in blocks { parts.append(html(of: block)) }
    return parts.joined(separator: "\n")
  }

  private mutating func html(of block: Block) -> String {
    switch block {
    case .heading(let level, let inlines):
      let tag = "h\(max(3, min(6, level)))"
      return "<\(tag)>\(html(of: inlines))</\(tag)>"
    case .paragraph(let inlines): return "<p>\(html(of: inlines))</p>"
    case .list(let start, let items): return list(start, items)
    case .quote(let blocks): return "<blockquote>\n\(html(of: blocks))\n</blockquote>"
    case .callout(kind: "TASK", let blocks): return task(blocks)
    case .callout(let kind, let blocks):
      return """
        <aside class="callout \(kind.lowercased().escapedForMarkup)">
        <p class="kind">\(String(kind.prefix(1) + kind.dropFirst().lowercased()).escapedForMarkup)</p>
        \(html(of: blocks))
        </aside>
        """
    case .prediction(let prediction): return question(prediction)
    case .table(let header, let alignments, let rows): return table(header, alignments, rows)
    case .code(_, let text): return "<pre><code>\(text.escapedForMarkup)</code></pre>"
    case .cell(let cell): return code(cell) + outputs(of: cell)
    case .mathematics(let tex): return Formula.mathML(tex, isDisplayed: true)
    case .problem(let problem): return "<p class=\"error\">\(problem.message.escapedForMarkup)</p>"
    }
  }

  private mutating func list(_ start: Int?, _ items: [ListItem]) -> String {
    var lines: [String] = []
    for item in items {
      let box = item.isChecked.map { $0 ? "☑ " : "☐ " } ?? ""
      // A paragraph alone needs no space around it.
      if item.blocks.count == 1, case .paragraph(let inlines) = item.blocks[0] {
        lines.append("<li>\(box)\(html(of: inlines))</li>")
      } else {
        lines.append("<li>\(box)\(html(of: item.blocks))</li>")
      }
    }
    let body = lines.joined(separator: "\n")
    guard let start else { return "<ul>\n\(body)\n</ul>" }
    return "<ol\(start == 1 ? "" : " start=\"\(start)\"")>\n\(body)\n</ol>"
  }

  private func table(
    _ header: [[Inline]], _ alignments: [Alignment], _ rows: [[[Inline]]]
  ) -> String {
    func row(_ cells: [[Inline]], _ tag: String) -> String {
      let texts = cells.enumerated().map { index, cell in
        let alignment = alignments.indices.contains(index) ? alignments[index] : .left
        let name =
          switch alignment {
          case .left: ""
          case .center: " class=\"center\""
          case .right: " class=\"right\""
          }
        return "<\(tag)\(name)>\(html(of: cell))</\(tag)>"
      }
      return "<tr>\(texts.joined())</tr>"
    }
    return """
      <div class="wide"><table>
      <thead>\(row(header, "th"))</thead>
      <tbody>
      \(rows.map { row($0, "td") }.joined(separator: "\n"))
      </tbody></table></div>
      """
  }

  // MARK: Text

  func html(of inlines: [Inline]) -> String { inlines.map(html(of:)).joined() }

  private func html(of inline: Inline) -> String {
    switch inline {
    case .text(let text): return text.escapedForMarkup
    case .code(let text): return "<code>\(text.escapedForMarkup)</code>"
    case .emphasis(let inner): return "<em>\(html(of: inner))</em>"
    case .strong(let inner): return "<strong>\(html(of: inner))</strong>"
    case .strikethrough(let inner): return "<s>\(html(of: inner))</s>"
    case .mathematics(let tex): return Formula.mathML(tex, isDisplayed: false)
    case .link(let inner, let destination):
      let text = html(of: inner)
      // Other schemes could run scripts.
      let isSafe = ["https://", "http://", "mailto:", "#"].contains { destination.hasPrefix($0) }
      return isSafe ? "<a href=\"\(destination.escapedForMarkup)\">\(text)</a>" : text
    case .value(let value): return html(of: value)
    case .lineBreak: return "<br>"
    case .softBreak: return " "
    }
  }

  private func html(of value: InlineValue) -> String {
    switch snapshot.inlineValues[value.id] {
    case .text(let text)?: "<span class=\"value\">\(text.escapedForMarkup)</span>"
    case .failed(let diagnostic)?:
      "<span class=\"error\">\(diagnostic.message.escapedForMarkup)</span>"
    case .waiting?, nil: "<span class=\"value\">…</span>"
    }
  }

  // MARK: Tasks and questions

  private mutating func task(_ blocks: [Block]) -> String {
    let cells = blocks.flatMap(\.cells).filter { !$0.isStatic }
    let isDone = cells.contains { progress?.doneTasks.contains($0.id) == true }
    let text = html(of: blocks.filter { $0.cells.isEmpty })
    let checks = cells.flatMap { snapshot.cells[$0.id]?.checks ?? [] }
    let hint = checks.first { !$0.isPassed }?.hint
    let verdict =
      isDone || hint == nil && !checks.isEmpty
      ? "<p class=\"done\">✓ done</p>"
      : hint.map { "<p class=\"note\">Hint: \($0.escapedForMarkup)</p>" } ?? ""
    return
      "<aside class=\"callout task\">\n<p class=\"kind\">Task</p>\n\(text)\n\(verdict)\n</aside>"
  }

  private mutating func question(_ prediction: Prediction) -> String {
    let id = prediction.id.escapedForMarkup
    var answers: [String] = []
    for (index, answer) in prediction.answers.enumerated() {
      var text = html(of: answer.blocks)
      if answer.blocks.count == 1, case .paragraph(let inlines) = answer.blocks[0] {
        text = html(of: inlines)
      }
      let right = answer.isRight ? " data-right" : ""
      answers.append(
        "<p><label\(right)><input type=\"radio\" name=\"\(id)\" value=\"\(index)\"> \(text)</label></p>"
      )
    }
    var given = ""
    switch progress?.predictions[prediction.id] {
    case .chosen(let index)?: given = " data-given=\"\(index)\""
    case .skipped?: given = " data-given=\"skipped\""
    case nil: break
    }
    return """
      <form class="callout question" data-question="\(id)"\(given)>
      <p class="kind">Question</p>
      \(html(of: prediction.question))
      <fieldset><legend class="hidden">Your answer</legend>
      \(answers.joined(separator: "\n"))
      </fieldset>
      <p class="buttons"><button type="submit">Answer</button> <button type="button" class="skip">Skip</button></p>
      <div class="explanation" aria-live="polite"><p class="verdict"></p>
      \(html(of: prediction.explanation))
      </div>
      </form>
      """
  }
}
