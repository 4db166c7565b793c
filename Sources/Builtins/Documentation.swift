import Interpreter

/// docs/cells.md, written from the table, so that the two never differ.
package enum Documentation {
  /// The page as Markdown: a chapter for each name space, an entry for each built-in.
  package static func markdown(of vocabulary: Vocabulary) -> String {
    var page = """
      # What cells can use

      Written from the table of built-ins (`Sources/Notebook/Library`); do not edit it by hand.
      Names, parameters and results are those of Python, NumPy, SciPy and PyTorch, as far as they go.

      """
    for chapter in chapters {
      let builtins = vocabulary.builtins.values
        .filter { chapter.contains($0.name) }
        .sorted { $0.name < $1.name }
      guard !builtins.isEmpty else { continue }
      page += "\n## \(chapter.title)\n\n"
      if let prefix = chapter.prefix { page += constants(of: vocabulary, prefix: prefix) }
      for builtin in builtins { page += entry(builtin, asMethod: chapter.isMethods) }
    }
    return page
  }

  private struct Chapter {
    var title: String
    /// What all its names begin with; nil for names without a module.
    var prefix: String?
    var isMethods = false
    /// Whether the names without a module are Etude's own, rather than Python's.
    var isOwn = false

    func contains(_ name: String) -> Bool {
      if let prefix { return name.hasPrefix(prefix) && !name.dropFirst(prefix.count).contains(".") }
      return !name.contains(".") && Documentation.ownNames.contains(name) == isOwn
    }
  }

  private static let chapters = [
    Chapter(title: "Etude's own functions", isOwn: true),
    Chapter(title: "Python's functions"),
    Chapter(title: "NumPy", prefix: "np."),
    Chapter(title: "NumPy's Fourier transforms", prefix: "np.fft."),
    Chapter(title: "Methods of arrays", prefix: "array.", isMethods: true),
    Chapter(title: "Methods of strings", prefix: "str.", isMethods: true),
    Chapter(title: "Methods of lists", prefix: "list.", isMethods: true),
    Chapter(title: "Methods of tuples", prefix: "tuple.", isMethods: true),
    Chapter(title: "SciPy's signal", prefix: "signal."),
    Chapter(title: "SciPy's wavfile", prefix: "wavfile."),
    Chapter(title: "PyTorch", prefix: "torch."),
    Chapter(title: "PyTorch's CUDA devices", prefix: "torch.cuda."),
    Chapter(title: "PyTorch's MPS devices", prefix: "torch.backends.mps."),
    Chapter(title: "Methods of tensors", prefix: "tensor.", isMethods: true),
    Chapter(title: "PyTorch's functions for networks", prefix: "F."),
    Chapter(title: "PyTorch's layers", prefix: "nn."),
    Chapter(title: "PyTorch's optimisers", prefix: "optim."),
  ]

  private static let ownNames = Set(
    (Builtins.widgets + Builtins.plots + Builtins.spectralPlots + Builtins.sounds + Builtins.tasks
      + Builtins.files + Builtins.timing + Builtins.dataSets + Builtins.training
      + Builtins.networks + Builtins.networkPlots).map(\.name))

  private static func constants(of vocabulary: Vocabulary, prefix: String) -> String {
    let names = vocabulary.constants.keys.filter { $0.hasPrefix(prefix) }.sorted()
    guard !names.isEmpty else { return "" }
    return "Constants: " + names.map { "`\($0)`" }.joined(separator: ", ") + ".\n\n"
  }

  private static func entry(_ builtin: Builtin, asMethod: Bool) -> String {
    let parameters = asMethod ? Array(builtin.parameters.dropFirst()) : builtin.parameters
    var text = "**`\(builtin.name)(\(list(parameters)))`** — \(builtin.summary)\n\n"
    let notes = parameters.compactMap { parameter in
      parameter.note.map { "- `\(parameter.name)`: \($0)\n" }
    }
    if !notes.isEmpty { text += notes.joined() + "\n" }
    return text
  }

  /// Parameters as Python writes them, with their defaults.
  private static func list(_ parameters: [Parameter]) -> String {
    var parts: [String] = []
    var isKeywordOnly = false
    for parameter in parameters {
      if parameter.kind == .keywordOnly, !isKeywordOnly { parts.append("*") }
      switch parameter.kind {
      case .variadic: parts.append("*\(parameter.name)")
      case .keywords: parts.append("**\(parameter.name)")
      case .positional, .keywordOnly:
        let value = parameter.defaultValue.map { "=\($0.repr)" } ?? ""
        parts.append(parameter.name + value)
      }
      isKeywordOnly = isKeywordOnly || [.variadic, .keywordOnly].contains(parameter.kind)
    }
    return parts.joined(separator: ", ")
  }
}
