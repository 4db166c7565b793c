import FileFormats
import Lessons
import Notebook

/// Writes a lesson as a Jupyter notebook (nbformat 4.5), without outputs. It needs ``Companion/text`` beside it, and
/// the files that the lesson reads.
package struct NotebookExporter: Exporter {
  package init() {}

  package func export(_ lesson: Lesson, _ snapshot: Snapshot, pages: [Int]) -> String {
    var cells = [cell("code", "from etude import *", id: "etude")]
    for (number, part) in LessonScript(lesson, snapshot, pages: pages).parts.enumerated() {
      // Ids are of letters, digits, - and _, and at most 64 characters long.
      let id = "part-\(number + 1)"
      switch part {
      case .markdown(let text): cells.append(cell("markdown", text, id: id))
      case .listing(let text): cells.append(cell("markdown", "```python\n\(text)\n```", id: id))
      case .code(let text, _, let isFolded):
        cells.append(cell("code", text, id: id, isFolded: isFolded))
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
    _ type: String, _ text: String, id: String, isFolded: Bool = false
  ) -> JSONValue {
    let hiding = JSONValue.object([("source_hidden", .bool(true))])
    var members: [(key: String, value: JSONValue)] = [
      ("cell_type", .string(type)), ("id", .string(id)),
      ("metadata", .object(isFolded ? [("jupyter", hiding)] : [])), ("source", .string(text)),
    ]
    if type == "code" { members += [("execution_count", .null), ("outputs", .array([]))] }
    return .object(members)
  }
}
