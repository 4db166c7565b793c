import FileFormats
import Interpreter
import Lessons
import Notebook
import Progress

/// Writes a lesson as a Jupyter notebook (nbformat 4.5), without outputs but the curves of a student's runs. It needs ``Companion/text`` beside it, and
/// the files that the lesson reads.
package struct NotebookExporter: Exporter {
  /// What a student did: her answers and runs; nil for the lesson as it is.
  package var progress: Progress?

  package init(progress: Progress? = nil) { self.progress = progress }

  package func export(_ lesson: Lesson, _ snapshot: Snapshot, pages: [Int]) -> String {
    var cells = [cell("code", "from etude import *", id: "etude")]
    let script = LessonScript(lesson, snapshot, pages: pages, progress: progress)
    for (number, part) in script.parts.enumerated() {
      // Ids are of letters, digits, - and _, and at most 64 characters long.
      let id = "part-\(number + 1)"
      switch part {
      case .markdown(let text): cells.append(cell("markdown", text, id: id))
      case .listing(let text): cells.append(cell("markdown", "```python\n\(text)\n```", id: id))
      case .code(let text, let cellID, let isFolded):
        let curves = progress == nil ? [] : Self.curves(snapshot, cellID)
        cells.append(cell("code", text, id: id, isFolded: isFolded, outputs: curves))
      }
    }
    // The title comes first.
    cells.swapAt(0, 1)
    let kernel = JSONValue.object([
      ("display_name", .string("Python 3")), ("language", .string("python")),
      ("name", .string("python3")),
    ])
    let notebook = JSONValue.object([
      ("cells", .array(cells)),
      ("metadata", .object([("kernelspec", kernel), ("title", .string(lesson.title))])),
      ("nbformat", .integer(4)), ("nbformat_minor", .integer(5)),
    ])
    return JSONText.text(of: notebook) + "\n"
  }

  private func cell(
    _ type: String, _ text: String, id: String, isFolded: Bool = false, outputs: [JSONValue] = []
  ) -> JSONValue {
    let hiding = JSONValue.object([("source_hidden", .bool(true))])
    var members: [(key: String, value: JSONValue)] = [
      ("cell_type", .string(type)), ("id", .string(id)),
      ("metadata", .object(isFolded ? [("jupyter", hiding)] : [])), ("source", .string(text)),
    ]
    if type == "code" { members += [("execution_count", .null), ("outputs", .array(outputs))] }
    return .object(members)
  }

  /// The runs of a cell as outputs, which stand until the cell is run in Jupyter.
  private static func curves(_ snapshot: Snapshot, _ cellID: String) -> [JSONValue] {
    (snapshot.cells[cellID]?.outputs ?? []).flatMap { output -> [JSONValue] in
      guard case .trainer(let id) = output, let state = snapshot.trainers[id], state.epoch > 0
      else { return [] }
      let run = TrainerPicture(state: state)
      return run.plots.enumerated().map { index, plot in
        let words = index == 0 ? "\(state.title): \(run.facts)" : plot.plot.title ?? ""
        return .object([
          ("output_type", .string("display_data")), ("metadata", .object([])),
          (
            "data",
            .object([("image/svg+xml", .string(plot.file)), ("text/plain", .string(words))])
          ),
        ])
      }
    }
  }
}
