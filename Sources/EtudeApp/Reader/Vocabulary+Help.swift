import Interpreter

extension Vocabulary {
  /// The help on a name as cells write it. A method is looked up by the part after the last dot.
  package func help(on name: String) -> NameHelp? {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let candidates = [name] + (name.contains(".") ? ["array.\(last)"] : [])
    guard let builtin = candidates.lazy.compactMap({ builtins[$0] }).first,
      let signature = signature(of: builtin.name)
    else { return nil }
    return NameHelp(
      name: builtin.name, signature: signature.description, summary: builtin.summary)
  }
}
