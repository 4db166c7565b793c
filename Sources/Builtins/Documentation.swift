import CellLanguage
import Interpreter

/// docs/cells.md, generated from the table of built-ins so that the two never differ.
package enum Documentation {
  /// The page as Markdown: the chapters of each namespace, an entry for each built-in.
  package static func markdown() -> String {
    var page = """
      # What cells can use

      Generated from the table of built-ins (`Sources/Builtins`); do not edit it by hand.
      Names, parameters and results follow Python, NumPy, SciPy and PyTorch as far as each function is implemented.

      \(attributes)
      \(files)
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

  /// The kinds of values with attributes that are worth a line, and what these are.
  private static let kinds: [(title: String, kind: ValueKind, variable: String)] = [
    ("NumPy arrays", .array, "x"), ("Tensors", .tensor, "x"), ("Data sets", .dataSet, "data"),
    ("Fits", .fit, "fit"),
  ]

  static let meanings = [
    "shape": "the lengths of its axes", "ndim": "the number of axes",
    "size": "the number of elements",
    "dtype": "the type of its elements: `np.float64`, `torch.float32`",
    "itemsize": "the bytes of an element", "nbytes": "the bytes of all elements",
    "T": "with its axes in reverse order: rows become columns", "real": "the real parts",
    "imag": "the imaginary parts", "device": "where it is, or was trained",
    "requires_grad": "False, since `train` computes the gradients",
    "X": "the signals, (count, channels, length)", "y": "their classes",
    "history": "the loss after each epoch", "test_history": "the same on the test set",
    "test_accuracy": "the fraction of the test set that is classified correctly after each epoch",
    "seconds": "of computing, over all epochs", "model": "the network with its weights",
    "epochs": "how many it was trained", "signals": "how many it has learned from",
  ]

  private static var attributes: String {
    var text = "## Attributes\n\n"
    for (title, kind, variable) in kinds {
      text += "\(title):\n\n"
      for name in (ValueKind.attributes[kind] ?? [:]).keys.sorted() {
        text += "- `\(variable).\(name)`: \(meanings[name] ?? "")\n"
      }
      text += "\n"
    }
    return text
      + """
      Numbers have `real` and `imag`. NumPy's `shape` is a tuple, PyTorch's a `torch.Size`, which can be used like one. Methods are
      below, under "Array methods" and the like. A value on a line by itself is shown: an array of up to 32 elements as NumPy and
      PyTorch print it, a longer one by a summary; `print(x)` prints what NumPy prints.

      """
  }

  private static let files = """
    ## Where files are written

    | | where | how |
    |---|---|---|
    | `save(value, "name.npy")` | see below | NumPy's format, with the array's own type |
    | `save(value, "name.safetensors")` | see below | arrays under PyTorch's names; `load` and PyTorch read them |
    | `save((rate, samples), "name.wav")` | see below | WAV, with the samples' own type: uint8, int16, int32, float32 or float64 |
    | `w` on a player | the folder where `etude` was started, as `LESSON-LABEL.wav`; a file that is there is kept, and a number added | WAV, 16 bits; samples beyond ±1 are cut off |
    | `etude eval --save name=file` | any path | by the file's ending, as `save` |

    `save` writes into the lesson's folder among your files, `$XDG_STATE_HOME/etude/LESSON/files`, else `~/.local/state/etude/LESSON/files`,
    where LESSON is the lesson's id; in `etude eval` to any path, from the folder where it was started. `etude render` writes nothing.

    """

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
