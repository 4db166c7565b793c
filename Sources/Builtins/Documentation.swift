import Interpreter

/// docs/cells.md, generated from the table of built-ins so that the two never differ.
package enum Documentation {
  /// The page as Markdown: the chapters of each namespace, an entry for each built-in.
  package static func markdown() -> String {
    var page = """
      # What cells can use

      Generated from the table of built-ins (`Sources/Builtins`); do not edit it by hand.
      Names, parameters and results follow Python, NumPy, SciPy and PyTorch as far as each function is implemented.

      """
    for chapter in Builtins.namespaces.flatMap(\.chapters) {
      page += "\n## \(chapter.title)\n\n"
      if !chapter.constants.isEmpty {
        page +=
          "Constants: " + chapter.constants.map { "`\($0)`" }.joined(separator: ", ") + ".\n\n"
      }
      for builtin in chapter.builtins { page += entry(builtin) }
    }
    return page
  }

  private static func entry(_ builtin: Builtin) -> String {
    let signature = Vocabulary.standard.signature(of: builtin.name) ?? builtin.signature
    var text = "**`\(signature)`** — \(builtin.summary)\n\n"
    let notes = builtin.parameters.compactMap { parameter in
      parameter.note.map { "- `\(parameter.name)`: \($0)\n" }
    }
    if !notes.isEmpty { text += notes.joined() + "\n" }
    return text
  }
}
