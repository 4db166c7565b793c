import Interpreter

/// docs/cells.md, generated from the table of built-ins so that the two never differ.
package enum Documentation {
  /// The page as Markdown: the chapters of each namespace, an entry for each built-in.
  package static func markdown() -> String {
    var page = """
      # What cells can use

      Generated from the table of built-ins (`Sources/Builtins`); do not edit it by hand.
      Names, parameters and results follow Python, NumPy, SciPy and PyTorch as far as each function is implemented.

      \(cards)
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

  /// What tensors on a device but the CPU are for. CUDATests hold the module to it.
  private static let cards = """
    ## Tensors on a graphics card

    A tensor on "cuda" stays in the card's memory until somebody reads it. On the card run, for float32 and float64:

    - `F.conv1d`, `F.conv_transpose1d`, `F.max_pool1d`, `F.avg_pool1d`, `F.adaptive_avg_pool1d`, `F.linear`
    - activations, but for GELU without an approximation
    - `+`, `-`, `*`, `/`, comparisons, `torch.maximum`, `torch.minimum`, `-x`, `abs`
    - `sqrt`, `square`, `reciprocal`, `exp`, `log`, `log2`, `log10`
    - `sum`, `mean`, `max` and `min` along axes that follow each other
    - `train`, by whole epochs

    `reshape`, `view`, `flatten`, `squeeze` and `unsqueeze` move nothing. All other functions of tensors are computed by the CPU and
    their results put back, as are float64 convolutions whose kernels are so long that transforms cost less, the stages of a single
    batch, and what `predict` and its like ask of a network. Whichever computes, the bits are the same.

    """

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
